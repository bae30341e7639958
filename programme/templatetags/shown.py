"""What templates ask of a `Shown`: its second language, its clock, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from programme.document import speaker_names
from programme.document.nodes import (
    AgendaItem,
    Meeting,
    Node,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    Text,
    TimetableEntry,
)
from programme.document.part_names import item_cited, panel_name
from programme.document.programme import ProgrammeDocument
from programme.language.bidi import direction
from programme.language.dates import format_date, format_time_range
from programme.language.lists import COMMAS
from programme.pages.links import (
    Links,
    Place,
    TranslatedPage,
    absolute,
    day_anchor,
    item_anchor,
    panel_anchor,
)
from programme.pages.shown import Shown, WithNotes
from programme.renderers import markdown
from programme.templatetags.links import part_anchor
from programme.templatetags.pages import (
    NO_TEXT,
    active,
    code,
    inline,
    item_line,
    lang_dir,
    notes_with,
)
from programme.templatetags.speakers import in_role

register = template.Library()

# --- two languages side by side ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """A text in the second language, and the notes that belong to it."""

    text: Text
    notes: Text = NO_TEXT

    def __bool__(self) -> bool:
        return bool(self.text)


@register.simple_tag
def beside(shown: Shown, node: WithNotes, name: str) -> Beside | None:
    """The text of a field in its second language.

    None where no second language is asked for, and where the same wording would stand twice.
    """
    twin = shown.twin(node)
    if twin is None or getattr(twin, name).lang == getattr(node, name).lang:
        return None
    if isinstance(twin, SpeakingList):
        return Beside(speaker_names.invitation_for_page(twin), twin.notes)
    if name in ("title", "name", "room"):
        return Beside(getattr(twin, name))
    text = getattr(twin, name)
    return Beside(text, notes_with(twin, text) if isinstance(twin, Meeting) else twin.notes)


@register.simple_tag
def second_lang_dir(shown: Shown) -> SafeString:
    """Attributes for the element that holds what stands in the second language."""
    language = shown.links.second_language
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.simple_tag
def rich_pair(text: Text, notes: Text, other: Beside, doc_id: str) -> SafeString:
    """Two texts, paragraph by paragraph where both have as many and neither has notes."""
    ours, theirs = text.value.split("\n\n"), other.text.value.split("\n\n")
    if len(ours) != len(theirs) or notes or other.notes:
        ours, theirs = [text.value], [other.text.value]
    rows = (
        (_column(replace(text, value=own), notes, doc_id), _second_column(second, other, doc_id))
        for own, second in zip(ours, theirs, strict=True)
    )
    return format_html_join("", '<div class="pair">{}{}</div>', rows)


def _column(text: Text, notes: Text, doc_id: str) -> SafeString:
    written = markdown.to_html(text, notes, doc_id)
    return format_html('<div class="prose"{}>{}</div>', lang_dir(text), written)


def _second_column(value: str, other: Beside, doc_id: str) -> SafeString:
    text = replace(other.text, value=value)
    written = markdown.to_html(text, other.notes, f"{doc_id}-{text.lang}")
    return format_html(
        '<div class="prose second" lang="{}" dir="{}">{}</div>', text.lang, text.dir, written
    )


@register.simple_tag
def roles_beside(shown: Shown, speakers: Sequence[Speaker[Text]]) -> SafeString:
    """Speakers of one role in its second language; "" without one."""
    twins = [twin for one in speakers if (twin := shown.twin(one))]
    if not twins or shown.second is None:
        return SafeString("")
    with override(shown.links.second_language):
        return in_role(twins, shown.second.words)


@register.simple_tag
def list_beside(shown: Shown, speaking_list: SpeakingList[Text]) -> SpeakingList[Text] | None:
    """A list whose names are read in the second language and its order.

    None where no second language is asked for, and where the same would stand twice.
    """
    twin = shown.twin(speaking_list)
    return None if twin is None or _names_in(twin) == _names_in(speaking_list) else twin


def _names_in(speaking_list: SpeakingList[Text]) -> list[str]:
    """What a list reads of those whom it names, without the language that it is in."""
    names = [one.name.value for one in speaking_list.delegations]
    said = [(one.on_behalf_of.value, one.note.value) for one in speaking_list.entries]
    return [*names, *(text for texts in said for text in texts)]


@register.simple_tag
def second_languages(place: Place, shown: Shown) -> list[tuple[TranslatedPage, str]]:
    """The languages that can stand beside that of the page, each with the address for it."""
    return [
        (page, shown.links.beside(place.path, page.code))
        for page in place.languages
        if not page.is_shown
    ]


@register.simple_tag
def one_language(place: Place, shown: Shown) -> str:
    """The page without a second language."""
    return shown.links.beside(place.path, "")


# --- notes of titles ---------------------------------------------------------------------------


@register.simple_tag
def title_marks(node: AgendaItem[Text] | Panel[Text]) -> SafeString:
    """The marks of footnotes in a title, to stand after it; their notes are those of the text."""
    anchor = panel_anchor(node) if isinstance(node, Panel) else item_anchor(node)
    return markdown.marks_html(node.title_marks, node.text, node.notes, anchor)


# --- now and next ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """From when until when something is on, and what is said of it at this moment."""

    start: str
    end: str
    state: str
    """now, next or ""."""


@register.simple_tag
def mark_of(shown: Shown, entry: Node) -> Mark | None:
    """The mark of what has the id of a timetable entry; None for one that has no start."""
    span = shown.spans.get(entry.id)
    if span is None:
        return None
    state = "now" if span.id in shown.phase.now else ""
    state = state or ("next" if span.id in shown.phase.next else "")
    return Mark(span.start.isoformat(), span.end.isoformat() if span.end else "", state)


@register.filter
def timed_today(shown: Shown) -> list[TimetableEntry[Text]]:
    """What begins or ends at a time on the day of reading, without the sittings around it.

    Also what is neither on nor next, so that a page that stays open can go on with the clock.
    """
    today = shown.today
    return [
        entry
        for _day, _, entry in shown.programme.entries()
        if (span := shown.spans.get(entry.id)) and not isinstance(entry, Sitting)
        if today in {span.start.date(), span.end.date() if span.end else None}
    ]


@register.filter
def is_on_or_next(shown: Shown) -> bool:
    """Whether anything is on, or comes yet on the day of reading."""
    return bool(shown.phase.now or shown.phase.next)


@register.filter
def anchor_of_now(shown: Shown) -> str:
    """The id, on the page of the whole programme, of what is on; "" where nothing is."""
    anchors = (
        _anchor_of(entry, shown.programme) or day_anchor(day)
        for day, _, entry in shown.programme.entries()
        if entry.id in shown.phase.now
    )
    return next(reversed(list(anchors)), "")


def _anchor_of(entry: TimetableEntry[Text], programme: ProgrammeDocument[Text]) -> str:
    """The id of an item or panel in the timetable; "" for anything else."""
    match entry:
        case PanelSlot(panel=Panel() as panel):
            return panel_anchor(panel)
        case Placement(item=AgendaItem() as item, in_full=True):
            return item_anchor(item)
        case Placement():
            return part_anchor(entry, programme)
    return ""


# --- citing ------------------------------------------------------------------------------------


@register.filter
def cited(item: AgendaItem[Text]) -> SafeString:
    """An item as it is cited: "Item 6 (b)"; by its name where it has no number."""
    return conditional_escape(item_cited(item, active())) or item_line(item)


@register.filter
def cited_panel(panel: Panel[Text], words: dict[str, Text]) -> SafeString:
    """A panel as it is cited: by its title, or where it has none by when it is held."""
    parts: list[str] = [inline(panel_name(panel, words))]
    if not panel.title:
        parts += [format_date(panel.date, active()), format_time_range(panel.start, None, active())]
    return format_html_join(COMMAS[active()], "{}", ((part,) for part in parts if part))


@register.simple_tag
def citation(what: str, shown: Shown) -> SafeString:
    """A programme, or a part of it, with publisher, version, meeting and day of publication."""
    meeting = shown.programme.meeting
    is_adopted = meeting.programme_status == "adopted"
    published = shown.edition.published_at.astimezone(ZoneInfo(meeting.zone)).date()
    parts = [
        gettext("Implementation Support Unit of the Anti-Personnel Mine Ban Convention"),
        what,
        gettext("Adopted programme") if is_adopted else gettext("Provisional programme"),
        code(shown.edition.designation),
        inline(meeting.name),
        format_date(published, active()),
    ]
    return format_html_join(COMMAS[active()], "{}", ((part,) for part in parts if part))


@register.simple_tag
def address_of_version(place: Place, shown: Shown) -> str:
    """The whole address of a page as it stands in the version that is read."""
    return _address(place, shown, shown.links.of_version(shown.edition.serial))


@register.simple_tag
def address_of_today(place: Place, shown: Shown) -> str:
    """The whole address of a page as it stands in what is public at any time."""
    return _address(place, shown, shown.links.of_current)


def _address(place: Place, shown: Shown, links: Links) -> str:
    here = replace(shown.links, second_language="").programme
    return absolute(links.programme + place.path.partition("?")[0].removeprefix(here))

"""What templates of public pages need beyond Django's own tags.

Filters give one value; tags are for more. All are pure functions of the document's values and
the active language.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from programme.document import delegation_points, part_names, speaker_names
from programme.document.nodes import (
    AgendaItem,
    Break,
    Day,
    Meeting,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    Text,
    TimetableEntry,
    Venue,
)
from programme.document.programme import ProgrammeDocument
from programme.language import dates, labels
from programme.language.dates import format_date, format_date_range, format_time_range
from programme.language.lists import COMMAS
from programme.renderers import markdown, text_signs

register = template.Library()


NO_TEXT = Text("", "")


LONG = 400
"""Characters beyond a first paragraph that are folded away on a page of many texts."""


class Timed(Protocol):
    """What has a start and an end, as far as they are known."""

    @property
    def start(self) -> time | None:
        """The first of its clock times."""

    @property
    def end(self) -> time | None:
        """The last of them."""


def active() -> str:
    """The language of the page."""
    return get_language() or "en"


@register.filter
def lang_dir(text: Text) -> SafeString:
    """Attributes for the element that holds a text in another language than the page's."""
    if not text.is_fallback:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', text.lang, text.dir)


@register.filter
def inline(text: Text) -> SafeString:
    """A text inside a line; in an element of its own if it is in another language."""
    if not text.is_fallback:
        return conditional_escape(text.value)
    return format_html('<span lang="{}" dir="{}">{}</span>', text.lang, text.dir, text.value)


@register.filter
def apart(words: str) -> SafeString:
    """Words of unknown direction, kept from what stands around them."""
    return format_html("<bdi>{}</bdi>", words) if words else SafeString("")


@register.filter
def code(symbol: str) -> SafeString:
    """A symbol such as Rev.1, kept from left to right; "" for none."""
    return format_html('<bdi dir="ltr">{}</bdi>', symbol) if symbol else SafeString("")


@register.simple_tag
def rich(text: Text, notes: Text = NO_TEXT, doc_id: str = "") -> SafeString:
    """A text in Markdown with its notes beneath; `doc_id` keeps their ids apart."""
    return markdown.to_html(text, notes, doc_id)


@register.simple_tag
def rich_line(text: Text, notes: Text = NO_TEXT, doc_id: str = "") -> SafeString:
    """A line in Markdown whose notes stand under the text of the same `doc_id`."""
    return markdown.inline_html(text, notes, doc_id)


@register.filter
def notes_with(meeting: Meeting[Text], text: Text) -> Text:
    """A meeting's notes, for the one of its two texts that refers to them."""
    first = meeting.introduction if "[^" in meeting.introduction.value else None
    return meeting.notes if text is (first or meeting.practical_information) else NO_TEXT


@register.filter
def for_page(speaking_list: SpeakingList[Text]) -> Text:
    """The invitation of a list whose names stand below it."""
    return speaker_names.invitation_for_page(speaking_list)


@register.filter
def as_sentence(invitation: delegation_points.Invitation) -> Text:
    """An invitation that can be read outside its item: a run-in one with what leads in to it."""
    text = for_page(invitation.list)
    lead_in = invitation.item.lead_in
    if invitation.list.form != "run_in" or lead_in.lang != text.lang:
        return text
    return replace(text, value=f"{lead_in} {text.value.rstrip('.;')}.")


@register.filter
def as_number(number: int) -> str:
    """The number of a run-in list: "1)"; in Arabic "(1)"."""
    return labels.list_number(number, active())


@register.simple_tag
def signs_of(text: Text, after: Text | None = None) -> list[text_signs.Sign]:
    """The signs of a text that stands right after another."""
    return list(text_signs.signs_of(text, after))


@register.filter
def signs_of_heading(node: AgendaItem[Text] | Panel[Text]) -> list[text_signs.Sign]:
    """The signs below an item's number and title, or a panel's title; the dagger stands at it."""
    return [sign for sign in text_signs.signs_of_heading(node) if sign.kind != "inferred"]


@register.filter
def dagger(node: AgendaItem[Text] | Panel[Text]) -> SafeString:
    """Marks a number or a title that is inferred, for the ear by its name; "" for others.

    What it means stands at the foot of the page.
    """
    signs = (sign for sign in text_signs.signs_of_heading(node) if sign.kind == "inferred")
    mark = (
        '<span class="dagger"><span aria-hidden="true">†</span>'
        '<span class="visually-hidden"> ({})</span></span>'
    )
    return format_html_join("", mark, ((sign.words,) for sign in signs))


@register.filter
def last_text(item: AgendaItem[Text]) -> Text:
    """The text of an item that its lists stand after."""
    return text_signs.last_text(item)


@register.filter
def item_name(item: AgendaItem[Text]) -> SafeString:
    """What an item is called without its label: its title, else who presents it, else its label."""
    return _item_name(item, item.title)


@register.filter
def item_in_short(item: AgendaItem[Text]) -> SafeString:
    """The same where there is little room: by its short title, if it has one."""
    return _item_name(item, part_names.in_short(item))


def _item_name(item: AgendaItem[Text], title: Text) -> SafeString:
    if title:
        return inline(title)
    if item.presenters:
        return format_html_join("; ", "{}", ((name(one),) for one in item.presenters))
    return conditional_escape(part_names.item_by_number(item.label))


@register.filter
def item_line(item: AgendaItem[Text]) -> SafeString:
    """An item's label and name on one line; the label once, where it is all there is."""
    if part_names.is_bare(item) or not item.label:
        return item_name(item)
    return format_html("{} {}", item.label, item_name(item))


@register.filter
def plain_item_name(item: AgendaItem[Text]) -> str:
    """An item's label and title as plain text, for the title of a window."""
    return part_names.item_in_full(item.label, item.title, active()).value


register.filter(part_names.is_bare)
register.filter(part_names.panel_name)
register.filter(part_names.kind_of_panel)
register.filter(part_names.panel_in_short)
register.filter(part_names.sitting_name)
register.filter(part_names.break_name)


@register.filter
def name(speaker: Speaker[Text]) -> SafeString:
    """A speaker as a line names them: person, function, delegation, as far as given."""
    return _in_line(speaker_names.speaker_parts(speaker, in_text=True))


def _in_line(parts: list[Text]) -> SafeString:
    """Texts with commas between them, which are those of their language where all share one."""
    languages = {part.lang for part in parts}
    if len(languages) == 1:
        whole = COMMAS[languages.pop()].join(part.value for part in parts)
        return inline(replace(parts[0], value=whole))
    return format_html_join(COMMAS[active()], "{}", ((inline(part),) for part in parts))


@register.filter
def name_and_address(venue: Venue[Text]) -> SafeString:
    """A venue on one line."""
    return _in_line([part for part in (venue.name, venue.address) if part])


@register.filter
def short_day(at: date) -> str:
    """A day as the bar names it: "19 June"."""
    return dates.format_day(at, active())


@register.filter
def day_in_short(at: date) -> str:
    """A day in a column of hours: "Tue 18 June"."""
    return dates.format_day_in_short(at, active())


@register.filter
def paragraphs(text: Text) -> list[Text]:
    """The first paragraph of a long text and the rest; the text alone if it is short."""
    first, _, rest = text.value.partition("\n\n")
    parts = (first, rest) if len(rest) > LONG else (text.value, "")
    return [replace(text, value=part) for part in parts if part]


@register.filter
def day(at: date) -> str:
    """A day as headings name it: "Wednesday, 19 June 2024", "Mercredi 19 juin 2024"."""
    written = format_date(at, active(), weekday=True)
    return written[:1].upper() + written[1:]


@register.filter
def days(meeting: Meeting[Text]) -> SafeString:
    """The days of a meeting: "18–20 June 2024"."""
    return conditional_escape(
        format_date_range(meeting.starts_on, meeting.ends_on, active(), markup=True)
    )


@register.filter
def times(entry: Timed) -> SafeString:
    """The clock times of what has a start and an end: "10:00 – 13:00"; "" without."""
    return conditional_escape(format_time_range(entry.start, entry.end, active(), markup=True))


@register.filter
def begins(entry: Timed) -> str:
    """The clock time at which something starts; "" without."""
    return format_time_range(entry.start, None, active())


@register.filter
def if_timed(entry: Placement[Text]) -> Placement[Text] | None:
    """A placement that has clock times; None for others."""
    return entry if entry.start else None


@register.filter
def occasions_of(
    programme: ProgrammeDocument[Text], item: AgendaItem[Text]
) -> list[delegation_points.Occasion]:
    """When an item is taken up."""
    return delegation_points.occasions(programme, item)


@register.filter
def shown_at(programme: ProgrammeDocument[Text], item: AgendaItem[Text]) -> AgendaItem[Text]:
    """The item that marks another's place in the whole programme."""
    return delegation_points.shown_at(programme, item)


@register.simple_tag
def published_on(at: datetime, meeting: Meeting[Text], *, briefly: bool = False) -> str:
    """The day and hour of a publication where the meeting is held.

    `briefly`: without the year of the meeting itself.
    """
    there = at.astimezone(ZoneInfo(meeting.zone))
    with_year = not briefly or there.year != meeting.starts_on.year
    return dates.format_moment(there, active(), with_year=with_year)


PARTIALS = {
    Sitting: "programme/_sitting.html",
    Placement: "programme/_placement.html",
    PanelSlot: "programme/_panel_slot.html",
    Break: "programme/_break.html",
}


@register.filter
def partial(entry: TimetableEntry[Text]) -> str:
    """The template of an entry of the timetable, by its kind."""
    if isinstance(entry, PanelSlot) and not entry.in_full:
        return "programme/_panel_again.html"
    return PARTIALS[type(entry)]


@register.filter
def has_no_times(programme: ProgrammeDocument[Text]) -> bool:
    """Whether no item at all has a place in the timetable."""
    return not any(programme.placements())


@register.filter
def entries_in_contents(day: Day[Text]) -> list[Placement[Text] | PanelSlot[Text]]:
    """What the contents list of a day: items and panels, without sittings and breaks."""
    return [entry for _, entry in day.walk() if isinstance(entry, (Placement, PanelSlot))]


@register.filter
def parents_of(
    programme: ProgrammeDocument[Text], item: AgendaItem[Text]
) -> tuple[AgendaItem[Text], ...]:
    """The items above a sub-item that stands by itself in the timetable."""
    return programme.parents_of(item)

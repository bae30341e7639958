"""The draft in the order of the programme, as staff survey it: one line for each subject."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.draft.status import DraftStatus, Marks
from desk.draft.warnings_in_words import WarningInWords, WarningsInWords
from desk.nothing_lost.onward import with_way_back
from desk.shared.pages import page_address
from desk.shared.subject_addresses import add_address, form_address
from desk.shared.subject_names import (
    panel_name,
    subject_name,
)
from programme.document import nodes as doc
from programme.document.nodes import Text
from programme.document.part_names import break_name, item_in_full, list_in_short, sitting_name
from programme.language.dates import format_date, format_time_range
from programme.language.lists import COMMAS
from programme.models import SpeakingList
from programme.renderers.standing import in_a_word


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done at a place of the programme."""

    name: str
    address: str
    permission: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline."""

    kind: str
    id: str
    depth: int
    name: Text
    marks: Marks
    address: str = ""
    """Its form; none for what is in the draft no more."""
    when: str = ""
    detail: str = ""
    is_context: bool = False
    """Whether it stands here only to show where the lines beneath it belong."""
    actions: tuple[Action, ...] = ()
    warnings: tuple[WarningInWords, ...] = ()
    """Its warnings in words, where the reader asked for them."""


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading: a day, or what stands in none."""

    heading: str
    entries: tuple[Entry, ...]
    actions: tuple[Action, ...] = ()


@dataclass
class Outline:
    """The outline of a draft in one language: sections with a line for each subject."""

    status: DraftStatus
    language: str
    gone: dict[str, list[Entry]] = field(default_factory=dict)
    """Lines for what the draft has no more, by the id of what it stood under."""

    def __post_init__(self) -> None:
        self.read = self.status.document.in_language(self.language)
        self.meeting = self.read.meeting
        delegations = {one.code: one.name for one in self.status.document.delegations}
        for change in self.status.draft.pending:
            subject = change.subject
            if change.what == "removed" and subject.kind != "speaker":
                entry = Entry(
                    subject.kind,
                    subject.id,
                    0,
                    subject_name(subject, self.language, delegations),
                    Marks(what="removed"),
                    actions=self.undoing(subject.id),
                )
                self.gone.setdefault(subject.parent_id, []).append(entry)

    def sections(self) -> list[Section]:
        """The meeting itself, its days, what stands in no day, and what is gone."""
        days = [self.day(day) for day in self.read.timetable]
        return [
            Section(
                _("The meeting"),
                (self.entry("meeting", self.meeting.id, 0, self.meeting.name),),
                self.actions_of_meeting(),
            ),
            *days,
            *self.unplaced({entry.id for day in days for entry in day.entries}),
            *self.removed(),
        ]

    def actions_of_meeting(self) -> tuple[Action, ...]:
        """What can be added to a meeting."""
        own = self.meeting.id
        sittings = f"{form_address('meeting', own)}#sittings-group"
        return (
            Action(_("Add item"), add_address("item", meeting=own), "programme.add_agendaitem"),
            Action(_("Add panel"), add_address("panel", meeting=own), "panels.add_panel"),
            Action(_("Sittings and breaks"), sittings, "meetings.add_sitting"),
        )

    def day(self, day: doc.Day[Text]) -> Section:
        """A day with all that stands in it."""
        entries = tuple(
            line
            for sitting, entry in day.walk()
            for line in self.in_timetable(entry, 1 if sitting else 0)
        )
        return Section(format_date(day.date, self.language, weekday=True), entries)

    def unplaced(self, placed: Container[str]) -> Iterator[Section]:
        """Items that stand in no sitting and no day; of some, the sub-items alone are placed."""
        unplaced = {item.id: item for item in self.read.unplaced}
        known = {one.id for item in unplaced.values() for one in item.walk()}
        heads = {
            item.id: replace(item, sub_items=())
            for item in self.read.items()
            if item.id not in known and item.id not in placed
        }
        tops = (unplaced | heads).get
        found = [top for item in self.read.items() if (top := tops(item.id))]
        entries = tuple(line for item in found for line in self.item(item, 0))
        if entries:
            yield Section(_("In the agenda, without a place in the timetable"), entries)

    def removed(self) -> Iterator[Section]:
        """What was taken from the draft and is still public."""
        if entries := self.gone.get(self.meeting.id):
            yield Section(_("No longer in the draft, still public"), tuple(entries))

    # --- lines

    def entry(  # noqa: PLR0913 -- each is a column of the line
        self,
        kind: str,
        subject_id: str,
        depth: int,
        name: Text,
        *,
        when: str = "",
        detail: str = "",
        actions: tuple[Action, ...] = (),
    ) -> Entry:
        """A line with its marks."""
        marks = self.marks(subject_id)
        return Entry(
            kind=kind,
            id=subject_id,
            depth=depth,
            name=name,
            marks=marks,
            address=form_address(kind, subject_id),
            when=when,
            detail=detail,
            actions=(*actions, *(self.undoing(subject_id) if marks.what else ())),
        )

    def undoing(self, subject_id: str) -> tuple[Action, ...]:
        """What can be done with what is not public as it stands here."""
        own, subjects = self.meeting.id, [subject_id]
        desk = f"{page_address('publish', own)}#difference-{subject_id}"
        some_subjects = page_address("some_subjects", own, subjects=subjects)
        restore = page_address("restore", own, subjects=subjects)
        return (
            Action(_("See the difference"), desk, "programme.add_publication"),
            Action(_("Publish this alone…"), some_subjects, "programme.add_publication"),
            Action(_("Take the public state back…"), restore, "programme.delete_agendaitem"),
        )

    def marks(self, subject_id: str) -> Marks:
        """What is marked of a subject."""
        return self.status.marks.get(subject_id, Marks())

    def with_warnings(self, entry: Entry, shown: str, language: str, back: str) -> Entry:
        """A line with its warnings in words: of texts, perhaps in one language, or all others.

        Whoever mends what it leads to is led `back`.
        """
        entry = replace(entry, address=with_way_back(entry.address, back))
        if entry.is_context:
            return entry
        of_texts = (one for one in entry.marks.texts if language in {"", one.language})
        warnings = of_texts if shown == "untranslated" else entry.marks.warnings
        in_words = map(self.warnings.in_words, warnings)
        led_back = (replace(one, address=with_way_back(one.address, back)) for one in in_words)
        return replace(entry, warnings=tuple(led_back))

    @cached_property
    def warnings(self) -> WarningsInWords:
        """The warnings of the draft in words."""
        return WarningsInWords(self.status.document, self.language)

    def in_timetable(self, entry: doc.TimetableEntry[Text], depth: int) -> Iterator[Entry]:
        """What stands in a day or a sitting, with all beneath it."""
        match entry:
            case doc.Placement(is_new_time=True) | doc.PanelSlot(is_new_time=True):
                return  # no row stands there
            case doc.Sitting():
                yield self.sitting(entry, depth)
            case doc.Placement():
                yield from self.placement(entry, depth)
            case doc.PanelSlot(panel=doc.Panel() as panel):
                yield from self.panel(panel, depth)
            case doc.Break():
                when = format_time_range(entry.start, entry.end, self.language)
                name = break_name(entry, self.read.words)
                yield self.entry("break", entry.id, depth, name, when=when)

    def sitting(self, sitting: doc.Sitting[Text], depth: int) -> Entry:
        """A half-day."""
        own = {"sitting": sitting.id}
        return self.entry(
            "sitting",
            sitting.id,
            depth,
            sitting_name(sitting, self.read.words),
            when=format_time_range(sitting.start, sitting.end, self.language),
            actions=(
                Action(
                    _("Place an item here"),
                    add_address("placement", **own),
                    "programme.add_itemplacement",
                ),
                Action(
                    _("Add panel"),
                    add_address("panel", meeting=self.meeting.id, **own),
                    "panels.add_panel",
                ),
            ),
        )

    def placement(self, placement: doc.Placement[Text], depth: int) -> Iterator[Entry]:
        """An item at one of its places; its parts stand at the first."""
        item = placement.item
        if item is None:
            return
        when = format_time_range(placement.start, placement.end, self.language)
        if placement.in_full:
            yield from self.item(item, depth, placement=placement.id, when=when)
            return
        name = item_in_full(item.label, item.title, self.language)
        again = self.read.words["continued"].value if placement.is_continued else ""
        yield self.entry("placement", placement.id, depth, name, when=when, detail=again)

    def item(
        self, item: doc.AgendaItem[Text], depth: int, *, placement: str = "", when: str = ""
    ) -> Iterator[Entry]:
        """An item, perhaps at its place in the timetable, with its lists and sub-items."""
        line = self.entry(
            "item",
            item.id,
            depth,
            item_in_full(item.label, item.title, self.language),
            when=when,
            detail=in_a_word(item),
            actions=(
                self.preview("item", label=item.slug),
                *self.actions_of_item(item.id, placement),
            ),
        )
        yield self.with_place(line, placement) if placement else line
        for speaking_list in item.lists:
            yield self.speaking_list(speaking_list, depth + 1)
        for sub_item in item.sub_items:
            yield from self.item(sub_item, depth + 1)
        yield from self.gone_from(item.id, depth + 1)

    def with_place(self, line: Entry, placement: str) -> Entry:
        """The line of an item with what is to be said of its place, which it shows too."""
        place = self.marks(placement)
        is_alone = place.what and not line.marks.what
        undoing = self.undoing(placement) if is_alone else ()
        marks = line.marks.with_those_of(place)
        return replace(line, marks=marks, actions=(*line.actions, *undoing))

    def preview(self, page: str, **parts: str) -> Action:
        """The preview of an item or a panel."""
        address = reverse(f"preview:{page}", kwargs={"meeting": self.meeting.slug, **parts})
        return Action(_("Preview"), address, "meetings.view_meeting")

    def actions_of_item(self, item_id: str, placement: str) -> tuple[Action, ...]:
        """What can be done with an item."""
        place = form_address("placement", placement) if placement else ""
        return (
            Action(
                _("Add sub-item"),
                add_address("item", meeting=self.meeting.id, parent=item_id),
                "programme.add_agendaitem",
            ),
            Action(_("Add list"), add_address("list", item=item_id), "programme.add_speakinglist"),
            Action(
                _("Place in the timetable"),
                place or add_address("placement", item=item_id),
                "programme.change_itemplacement" if place else "programme.add_itemplacement",
            ),
        )

    def speaking_list(self, speaking_list: doc.SpeakingList[Text], depth: int) -> Entry:
        """A list, and how many it names."""
        number = len(speaking_list.entries)
        named = ngettext("%(number)d delegation", "%(number)d delegations", number)
        kind = SpeakingList.Kind(speaking_list.kind)
        detail = named % {"number": number} if kind == SpeakingList.Kind.NAMED else str(kind.label)
        return self.entry(
            "list", speaking_list.id, depth, list_in_short(speaking_list.invitation), detail=detail
        )

    def panel(self, panel: doc.Panel[Text], depth: int) -> Iterator[Entry]:
        """A panel, and how many sit on it."""
        number = len(panel.panellists)
        seated = ngettext("%(number)d panellist", "%(number)d panellists", number)
        said = (in_a_word(panel), seated % {"number": number} if number else "")
        yield self.entry(
            "panel",
            panel.id,
            depth,
            panel_name(panel, self.language),
            when=format_time_range(panel.start, panel.end, self.language),
            detail=COMMAS[self.language].join(filter(None, said)),
            actions=(self.preview("panel", panel=panel.slug),),
        )
        yield from self.gone_from(panel.id, depth + 1)

    def gone_from(self, subject_id: str, depth: int) -> Iterator[Entry]:
        """What stood under a subject of the public version and stands there no more."""
        return (replace(one, depth=depth) for one in self.gone.get(subject_id, ()))


# --- what a reader chose to see --------------------------------------------------------------


def chosen(sections: Iterable[Section], matches: Callable[[Entry], bool]) -> list[Section]:
    """The sections with the lines that match, each under the lines that it stands under."""
    kept = (replace(one, entries=tuple(_with_those_above(one, matches))) for one in sections)
    return [one for one in kept if one.entries]


def _with_those_above(section: Section, matches: Callable[[Entry], bool]) -> Iterator[Entry]:
    above: list[Entry] = []
    for entry in section.entries:
        above = [one for one in above if one.depth < entry.depth]
        if matches(entry):
            yield from (replace(one, is_context=True) for one in above)
            yield entry
            above = []  # said already
        else:
            above.append(entry)

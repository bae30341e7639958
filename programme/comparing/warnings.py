"""What somebody should see before a programme is published: warnings, none of which stops it.

Pure functions of a document. Each warning names the row and field that mends it; what makes no
programme at all is refused before, where rows are compiled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from operator import attrgetter
from typing import TypeAlias

from meetings.held.hours import MINUTES_OF_A_DAY, minutes_until
from programme.comparing.only_wording import facts_of
from programme.comparing.warning import Kind, ProgrammeWarning
from programme.document.footnotes import bare_texts, footnotes_astray, without
from programme.document.nodes import (
    LANGUAGES,
    AgendaItem,
    Break,
    Delegation,
    Node,
    PanelSlot,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    Text,
    Texts,
    TimetableEntry,
)
from programme.document.part_names import UNNAMED, break_name, panel_name, sitting_name
from programme.document.programme import ProgrammeDocument
from programme.document.state_names import NamesOfStates
from programme.document.stored import stored_names
from programme.document.timetable import not_as_planned, subject_of
from programme.document.words import in_all_languages
from programme.language.conditions import condition_in
from programme.language.named_days import other_days, other_years
from programme.markdown.warnings import odd_sign_warnings, warnings_in

Document = ProgrammeDocument[Texts]
Entry: TypeAlias = TimetableEntry[Texts]


FOR_STATES_PARTIES = frozenset(
    {
        "article_5_extension_request",
        "updated_work_plan",
        "article_5_implementation",
        "article_4_missed_deadline",
        "article_4_discovered_stockpiles",
        "article_3_retained_mines",
        "article_1_compliance",
        "article_9_measures",
    }
)
"""Bases in the Convention that bind States Parties alone."""


def warnings_of(document: Document) -> list[ProgrammeWarning]:
    """Every warning about a document, in the order of the programme."""
    return list(_Warnings(document).all())


class _Warnings:
    """Looks through one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.delegations = {one.code: one for one in document.delegations}
        self.states = NamesOfStates(document)
        self.named: set[str] = set()
        self.off = not_as_planned(document.agenda, document.panels)
        """Ids of what is not held where it stands, so that nothing there is in its way."""
        self.side_events = {one.id for one in document.panels if one.kind == "side_event"}
        names = {one.id: panel_name(one, document.words) for one in document.panels}
        for item in document.items():
            names[item.id] = item.title or item.label or in_all_languages(UNNAMED["item"])
        self.titles = {key: bare_texts(name) for key, name in names.items()}
        self.lineage = {one.id: {each.id for each in one.walk()} for one in document.items()}
        """Ids of each item and its sub-items."""

    def all(self) -> Iterator[ProgrammeWarning]:
        meeting = self.document.meeting
        yield from self.texts("meeting", meeting)
        if meeting.venue:
            yield from self.texts("venue", meeting.venue)
        for item in self.document.items():
            yield from self.item(item)
        yield from self.timetable()
        for panel in self.document.panels:
            yield from self.texts("panel", panel)
            yield from self.speakers(panel.panellists)
        for named in sorted(self.named & self.delegations.keys()):
            delegation = self.delegations[named]
            for language in LANGUAGES:
                wording = delegation.name.wordings.get(language)
                found = odd_sign_warnings(wording.value) if wording else [("missing", "")]
                for code, words in found:
                    params = {"words": words}
                    yield ProgrammeWarning(
                        code, "delegation", delegation.id, "name", language, params
                    )

    # --- agenda

    def item(self, item: AgendaItem[Texts]) -> Iterator[ProgrammeWarning]:
        yield from self.texts("item", item)
        yield from self.speakers(item.presenters)
        seen: dict[str, str] = {}
        for speaking_list in item.lists:
            yield from self.texts("list", speaking_list)
            yield from self.members(speaking_list, seen)
            yield from _not_for_all(speaking_list)

    def speakers(self, speakers: Iterable[Speaker[Texts]]) -> Iterator[ProgrammeWarning]:
        for speaker in speakers:
            self.named.add(speaker.delegation_code)
            yield from self.texts("speaker", speaker)

    def members(
        self, speaking_list: SpeakingList[Texts], seen: dict[str, str]
    ) -> Iterator[ProgrammeWarning]:
        """Who stands in a list; `seen` are those in lists above it, and gains its own."""

        def warning(code: str, *also: str, **params: object) -> ProgrammeWarning:
            return ProgrammeWarning(
                code, "list", speaking_list.id, "delegations", params=params, also=also
            )

        codes = [entry.delegation_code for entry in speaking_list.entries]
        if not codes and speaking_list.kind == "named":
            yield warning("nobody_named")
        for code in codes:
            delegation = self.delegations[code]
            if code in seen:
                yield warning("in_two_lists", seen[code], delegation=delegation.name)
            if speaking_list.basis in FOR_STATES_PARTIES and not _may_be_a_party(delegation):
                yield warning("not_a_party", self.document.meeting.id, delegation=delegation.name)
        seen |= dict.fromkeys(codes, speaking_list.id)
        self.named.update(codes)

    # --- texts

    def texts(self, kind: Kind, node: Node) -> Iterator[ProgrammeWarning]:
        """All texts of a node: whether they are there, up to date, and say the same."""
        texts = {
            name: value
            for name in stored_names(type(node))
            if name != "label" and isinstance(value := getattr(node, name), Texts) and value
        }
        for name, value in texts.items():
            for language in LANGUAGES:
                for code, params in self.wording(value, language):
                    yield ProgrammeWarning(code, kind, node.id, name, language, params)
                yield from self.days(kind, node.id, name, value, language)
        if any("[^" in one.value for value in texts.values() for one in value.wordings.values()):
            for language in LANGUAGES:
                for name, code, mark in footnotes_astray(texts, language):
                    yield ProgrammeWarning(code, kind, node.id, name, language, {"mark": mark})

    def wording(self, texts: Texts, language: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Codes and parameters of the warnings about one language of a text."""
        wording, english = texts.wordings.get(language), texts.wordings.get("en")
        if wording is None:
            yield "missing", {}
            return
        if wording.behind:
            yield "behind", {}
        for code, words in warnings_in(wording.value):
            yield code, {"words": words}
        if english and language != "en":
            for what, lacking, added in self.differing(english.value, language, wording.value):
                if lacking or added:
                    how = "added" if not lacking else "instead" if added else "lacking"
                    yield f"{what}_{how}", {"english": lacking, "here": added}

    def days(
        self, kind: Kind, subject_id: str, name: str, texts: Texts, language: str
    ) -> Iterator[ProgrammeWarning]:
        """Days that a text names as the meeting's, and the year in its name, that are others."""
        meeting = self.document.meeting
        lasts = meeting.starts_on, meeting.ends_on
        value = wording.value if (wording := texts.wordings.get(language)) else ""
        others = other_days(value, language, *lasts)
        if (kind, name) == ("meeting", "name"):
            others += other_years(value, *lasts)
        for days in others:
            said = Text(days, language, asked_for=language)
            params = {"days": said, "meeting": meeting}
            yield ProgrammeWarning(
                "other_days", kind, subject_id, name, language, params, (meeting.id,)
            )

    def differing(
        self, english: str, language: str, translation: str
    ) -> Iterator[tuple[str, Sequence[object], Sequence[object]]]:
        """Numbers, symbols and States that only the English has, and only the translation."""
        here, there = facts_of(english), facts_of(translation)
        if set(here) != set(there):
            lacking, added = without(here, there), without(there, here)
            for what, is_number in (("numbers", True), ("symbols", False)):
                only_english, only_here = (
                    tuple(mark for mark in marks if mark.isdigit() is is_number)
                    for marks in (lacking, added)
                )
                yield what, only_english, only_here
        lacking_states, added_states = self.states.differing(english, language, translation)
        yield "states", self.names(lacking_states), self.names(added_states)

    def names(self, codes: Iterable[str]) -> tuple[Texts, ...]:
        return tuple(self.delegations[code].name for code in sorted(codes))

    # --- timetable

    def timetable(self) -> Iterator[ProgrammeWarning]:
        for day in self.document.timetable:
            yield from self.beside(day.entries)
            yield from self.alike([one for one in day.entries if isinstance(one, Sitting)])
            for entry in day.entries:
                yield from self.texts(KINDS[type(entry)], entry)
                yield from self.within(entry)

    def alike(self, sittings: Sequence[Sitting[Texts]]) -> Iterator[ProgrammeWarning]:
        """Two half-days of which readers cannot say which is which, as if one was typed twice."""
        seen: list[Sitting[Texts]] = []
        for one in sittings:
            for other in seen:
                if _looks_of(one) == _looks_of(other) and one.start is None:
                    yield self.warning_of_time("sitting_twice", one, "part", [other])
            seen.append(one)

    def within(self, outer: Entry) -> Iterator[ProgrammeWarning]:
        """What stands in a sitting: inside its hours, and one after the other."""
        for entry in outer.entries:
            yield from self.texts(KINDS[type(entry)], entry)
            if subject_of(entry) in self.off:
                continue
            if field_outside := _field_outside(entry, outer):
                yield self.warning_of_time(
                    "outside_sitting", entry, field_outside, [outer], hours=outer
                )
        yield from self.beside(outer.entries)

    def beside(self, entries: Iterable[Entry]) -> Iterator[ProgrammeWarning]:
        """Entries beside each other of which one begins before others have ended."""
        held = (one for one in entries if one.start and subject_of(one) not in self.off)
        timed = sorted(held, key=attrgetter("start"))
        for number, entry in enumerate(timed):
            earlier = [one for one in timed[:number] if self.is_beside(one, entry)]
            yield from self.clashes(entry, earlier)

    def is_beside(self, earlier: Entry, later: Entry) -> bool:
        """Whether one begins before another has ended, and is no part of it.

        A sub-item is taken up while its item is.
        """
        is_long = (
            earlier.end
            and later.start
            and minutes_until(earlier.end, earlier.start) > minutes_until(later.start, None)
        )
        parts = [getattr(one, "item_id", "") for one in (earlier, later)]
        is_part = parts[1] in self.lineage.get(parts[0], ()) or parts[0] in self.lineage.get(
            parts[1], ()
        )
        is_beside = earlier.start == later.start or is_long
        return bool(is_beside) and not is_part and not self.may_be_parallel(earlier, later)

    def may_be_parallel(self, one: Entry, other: Entry) -> bool:
        """Whether both are side events, or one is and the other a break, in which it is held."""
        beside = [each for each in (one, other) if each.id not in self.side_events]
        return len(beside) == 0 or (len(beside) == 1 and isinstance(beside[0], Break))

    def clashes(self, later: Entry, earlier: Sequence[Entry]) -> Iterator[ProgrammeWarning]:
        """Those at the same time, told of the later one, or of the one that is no sitting."""
        sittings = [one for one in earlier if isinstance(one, Sitting)]
        others = [one for one in earlier if not isinstance(one, Sitting)]
        if not isinstance(later, Sitting):
            if earlier:
                names = tuple(self.name(one) for one in earlier)
                yield self.warning_of_time("at_the_same_time", later, "start", earlier, other=names)
            return
        if sittings:
            yield self.warning_of_time("sitting_at_the_same_time", later, "start", sittings)
        for entry in others:
            name = self.name(later)
            yield self.warning_of_time("at_the_same_time", entry, "start", [later], other=name)

    def warning_of_time(
        self,
        code: str,
        entry: Entry,
        name: str,
        also: Iterable[Entry],
        **params: object,
    ) -> ProgrammeWarning:
        beside = tuple(one.id for one in also)
        kind = KINDS[type(entry)]
        return ProgrammeWarning(code, kind, entry.id, name, params=params, also=beside)

    def name(self, entry: Entry) -> Texts:
        """How people call what stands in a day."""
        match entry:
            case Sitting():
                return sitting_name(entry, self.document.words)
            case Break():
                return break_name(entry, self.document.words)
        return self.titles[entry.item_id if isinstance(entry, Placement) else entry.id]


def _looks_of(sitting: Sitting[Texts]) -> tuple[object, ...]:
    return sitting.part, sitting.kind, sitting.heading, sitting.start


def _not_for_all(speaking_list: SpeakingList[Texts]) -> Iterator[ProgrammeWarning]:
    """An open list whose English sets a condition, so that it is hardly open to all."""
    english = speaking_list.invitation.wordings.get("en")
    if speaking_list.kind == "open" and english and (words := condition_in(english.value)):
        params = {"words": words}
        yield ProgrammeWarning("not_for_all", "list", speaking_list.id, "kind", params=params)


KINDS: Mapping[type, Kind] = {
    Sitting: "sitting",
    Placement: "placement",
    Break: "break",
    PanelSlot: "panel",
}


def _field_outside(entry: Entry, sitting: Entry) -> str:
    """The field of an entry that lies outside its sitting, as far as hours are known."""
    opens = minutes_until(sitting.start or time.min, None)
    closes = minutes_until(sitting.end, sitting.start) if sitting.end else 2 * MINUTES_OF_A_DAY
    if entry.start and not opens <= minutes_until(entry.start, None) < closes:
        return "start"
    if entry.end and not opens < minutes_until(entry.end, entry.start) <= closes:
        return "end"
    return ""


def _may_be_a_party(delegation: Delegation[Texts]) -> bool:
    """Whether a delegation is a State Party, or a State of which that is not known."""
    return delegation.kind == "state" and delegation.status in {"state_party", ""}

"""The whole timetable in one look: a line for each thing that happens, in columns of days.

Pure functions of a document. What has no day stands in a column of its own, after the day of the
item before it in the agenda: the order of the items is that of the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from programme.document.nodes import (
    AgendaItem,
    Break,
    Day,
    Held,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    Text,
    TimetableEntry,
)
from programme.document.part_names import is_bare
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import parts_in_order


@dataclass(frozen=True, slots=True)
class Line:
    """An item, a panel, a break, or a sitting that says more than the first thing in it."""

    entry: TimetableEntry[Text] | None = None
    """What stands in the timetable; None for an item without a place of its own there."""
    item: AgendaItem[Text] | None = None
    room: Text | None = None
    """Where it is held, if that is told and is not where the line before it is."""
    invited: int = 0
    """How many delegations its lists name."""
    are_states: bool = True
    """Whether those that are invited are States, all of them."""

    @property
    def id(self) -> str:
        """Of what stands in the timetable, by which it is told whether it is on; or the item's."""
        one = self.entry or self.item
        return one.id if one else ""

    @property
    def start(self) -> time | None:
        """When it begins, if that is fixed."""
        return self.entry.start if self.entry else None

    @property
    def panel(self) -> Panel[Text] | None:
        """The panel that is held."""
        return self.entry.panel if isinstance(self.entry, PanelSlot) else None

    @property
    def pause(self) -> Break[Text] | None:
        """The break that is taken."""
        return self.entry if isinstance(self.entry, Break) else None

    @property
    def sitting(self) -> Sitting[Text] | None:
        """The sitting that begins."""
        return self.entry if isinstance(self.entry, Sitting) else None

    @property
    def held(self) -> Held | None:
        """What may be postponed or cancelled."""
        return self.item or self.panel

    @property
    def is_new_time(self) -> bool:
        """Whether it stands here once more, at the time to which it was postponed."""
        return isinstance(self.entry, Placement | PanelSlot) and self.entry.is_new_time

    @property
    def is_continued(self) -> bool:
        """Whether an item is taken up that was begun before."""
        return isinstance(self.entry, Placement) and self.entry.is_continued


@dataclass(frozen=True, slots=True)
class Column:
    """A day, or what has none."""

    date: date | None
    lines: tuple[Line, ...]

    @property
    def has_hours(self) -> bool:
        """Whether anything in it begins at a time that is fixed."""
        return any(one.start for one in self.lines)


def columns(programme: ProgrammeDocument[Text]) -> tuple[Column, ...]:
    """The days of a programme, and between them what has no day; none that is empty."""
    kinds = {one.code: one.kind for one in programme.delegations}
    found = (
        Column(part.date, tuple(_rooms_once(_of_day(part, kinds))))
        if isinstance(part, Day)
        else Column(None, tuple(_of_items(part.items, kinds)))
        for part in parts_in_order(programme)
    )
    return tuple(one for one in found if one.lines)


# --- a day -----------------------------------------------------------------------------------


def _of_day(day: Day[Text], kinds: dict[str, str]) -> Iterator[Line]:
    for entry in day.entries:
        if not isinstance(entry, Sitting):
            yield from _of_entry(entry, kinds)
            continue
        within = [line for inner in entry.entries for line in _of_entry(inner, kinds)]
        if entry.heading or not within or within[0].start is None:
            yield Line(entry, room=entry.room)
        elif entry.room and within[0].room is None:
            within[0] = replace(within[0], room=entry.room)
        yield from within


def _of_entry(entry: TimetableEntry[Text], kinds: dict[str, str]) -> Iterator[Line]:
    match entry:
        case Placement(item=AgendaItem() as item, in_full=True):
            first, *others = _of_item(item, kinds)
            yield replace(first, entry=entry)
            yield from others
        case Placement(item=item):
            yield Line(entry, item)
        case PanelSlot(panel=Panel() as panel):
            yield Line(entry, room=panel.room or None)
        case _:
            yield Line(entry)


def _rooms_once(lines: Iterator[Line]) -> Iterator[Line]:
    """Lines that tell their room where it is another than that of the line before."""
    last = ""
    for line in lines:
        room = str(line.room or "")
        yield replace(line, room=None) if room == last else line
        last = room or last


# --- items -----------------------------------------------------------------------------------


def _of_items(items: Iterable[AgendaItem[Text]], kinds: dict[str, str]) -> Iterator[Line]:
    for item in items:
        yield from _of_item(item, kinds)


def _of_item(item: AgendaItem[Text], kinds: dict[str, str]) -> list[Line]:
    """An item and its sub-items; one that is no more than a number above them is left out."""
    beneath = [_line(sub_item, [*sub_item.walk()], kinds) for sub_item in item.sub_items]
    is_head_alone = beneath and is_bare(item) and not item.has_content
    return beneath if is_head_alone else [_line(item, [item], kinds), *beneath]


def _line(item: AgendaItem[Text], told: list[AgendaItem[Text]], kinds: dict[str, str]) -> Line:
    codes = {entry.delegation_code for one in told for each in one.lists for entry in each.entries}
    are_states = all(kinds.get(code) == "state" for code in codes)
    return Line(item=item, invited=len(codes), are_states=are_states)

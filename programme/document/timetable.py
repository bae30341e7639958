"""Where things stand: by hours in a day, and items of which no day is fixed between the days.

A day holds what is fixed for it and nothing else, so that nobody waits there for what may come on
another. What is not fixed stands between the days, after that of the item before it in the agenda:
there a delegate looks for it who knows that items are taken up in order. What is postponed stands
whole where it was planned, and in a line at its new time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from meetings.held.hours import is_past_midnight
from programme.document.nodes import (
    AgendaItem,
    Break,
    Day,
    Held,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    T,
    Text,
    Texts,
    TimetableEntry,
)
from programme.document.stored import stored_names

if TYPE_CHECKING:
    from programme.document.programme import ProgrammeDocument

NOMINAL_HOURS = {
    "whole_day": time(0),
    "first_half": time(6),
    "morning": time(6),
    "second_half": time(13),
    "afternoon": time(13),
    "evening": time(18),
}
"""Where a sitting without times stands among what has times; for order alone, never shown."""

LAST = time.max
"""Where panels and breaks without times stand: after all that has a place of its own."""


Hour = tuple[time, bool, int]
"""At the same hour what really has it comes first; then sittings, items, panels and breaks."""

RANKS = (Sitting, Placement, PanelSlot, Break)

Entry: TypeAlias = TimetableEntry[Texts] | TimetableEntry[Text]
E = TypeVar("E", bound=Entry)


def hour_of(entry: Entry) -> Hour | None:
    """What orders an entry of a day.

    None for an item without times, which stands after whatever it was put after.
    """
    match entry:
        case Placement(start=None):
            return None
        case Sitting():
            hour = entry.start or NOMINAL_HOURS[entry.part]
        case _:
            hour = entry.start or LAST
    return hour, entry.start is None, RANKS.index(type(entry))


def in_time_order(entries: Iterable[E]) -> tuple[E, ...]:
    """Entries by their hours. An item without times stands after the item before it."""
    last = time.min
    hours: list[tuple[Hour, E]] = []
    for entry in entries:
        hour = hour_of(entry) or (last, True, RANKS.index(Placement))
        last = hour[0] if isinstance(entry, Placement) else last
        hours.append((hour, entry))
    hours.sort(key=itemgetter(0))
    return tuple(entry for _hour, entry in hours)


# --- without a day -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """Items that stand in no day, one after the other."""

    items: tuple[AgendaItem[Text], ...]
    number: int
    """Of several such parts of a programme, from 1; 0 where no item at all stands in a day."""


def parts_in_order(programme: ProgrammeDocument[Text]) -> Iterator[Day[Text] | Unscheduled]:
    """The days of a programme, and between them the items that stand in none."""
    after: dict[int, list[AgendaItem[Text]]] = {}
    days = _days_before(programme)
    for item in programme.unplaced:
        after.setdefault(days[_first_leaf(item).id], []).append(item)
    is_scheduled = any(programme.placements())
    parts = [(-1, None), *enumerate(programme.timetable)]
    number = 0
    for place, day in parts:
        if day:
            yield day
        if items := after.get(place):
            number += 1
            yield Unscheduled(tuple(items), number if is_scheduled else 0)


def _first_leaf(item: AgendaItem[Text]) -> AgendaItem[Text]:
    """The first of what stands in an item, or itself: its number says where the item belongs."""
    return _first_leaf(item.sub_items[0]) if item.sub_items else item


def _days_before(programme: ProgrammeDocument[Text]) -> Mapping[str, int]:
    """For each item, the place of the day on which the last is begun that precedes it; else -1."""
    begun: dict[str, int] = {}
    for place, day in enumerate(programme.timetable):
        for _sitting, entry in day.walk():
            if isinstance(entry, Placement) and not entry.is_new_time:
                begun.setdefault(entry.item_id, place)
    last, found = -1, {}
    for item in programme.items():
        last = found[item.id] = begun.get(item.id, last)
    return found


# --- within a day --------------------------------------------------------------------------------


def in_agenda_order(day: Day[Text], numbers: Mapping[str, int]) -> Day[Text]:
    """A day whose items without hours stand after what holds the items before them.

    `numbers` is the order of the agenda, by id. Those that stand after another item of the day
    already, as staff put them, stay there.
    """
    first = [one for one in takewhile(_has_no_hours, day.entries) if isinstance(one, Placement)]
    entries = list(day.entries[len(first) :])
    place = 0
    for entry in first:
        earlier = (
            each + 1
            for each, other in enumerate(entries)
            if any(numbers[one] < numbers[entry.item_id] for one in _items_in(other))
        )
        place = max(place, *earlier, 0)
        entries.insert(place, entry)
        place += 1
    return replace(day, entries=tuple(entries))


def _has_no_hours(entry: TimetableEntry[Text]) -> bool:
    return isinstance(entry, Placement) and entry.start is None


def _items_in(entry: TimetableEntry[Text]) -> Iterable[str]:
    """Ids of the items that are, or stand in, an entry of a day."""
    return [one.item_id for one in (entry, *entry.entries) if isinstance(one, Placement)]


# --- what is not held as planned -----------------------------------------------------------------

PLANNED = "planned"
SAID = stored_names(Held)


def handed_down(item: AgendaItem[T]) -> AgendaItem[T]:
    """An item whose sub-items are held as it is, but for those of which something else is said."""
    own = {} if item.status == PLANNED else {name: getattr(item, name) for name in SAID}
    sub_items = (
        handed_down(replace(one, **own) if one.status == PLANNED else one) for one in item.sub_items
    )
    return replace(item, sub_items=tuple(sub_items))


def not_as_planned(
    agenda: tuple[AgendaItem[T], ...], panels: tuple[Panel[T], ...]
) -> frozenset[str]:
    """Ids of the items and panels that are postponed or cancelled, or beneath such an item."""
    of_items = {one.id for top in agenda for one in handed_down(top).walk() if _is_off(one)}
    return frozenset(of_items | {one.id for one in panels if _is_off(one)})


def _is_off(held: Held) -> bool:
    return held.status != PLANNED


def subject_of(entry: TimetableEntry[T]) -> str:
    """The id of the item or panel that stands in a day, or of what else does."""
    return entry.item_id if isinstance(entry, Placement) else entry.id


def with_new_times(
    timetable: tuple[Day[Text], ...],
    items: Iterator[AgendaItem[Text]],
    panels: tuple[Panel[Text], ...],
) -> tuple[Day[Text], ...]:
    """The days, with a line for each of these at its new time: in a sitting of that hour, if any.

    What is postponed stands whole where it was planned.
    """
    days = {day.date: day for day in timetable}
    for day, entry in _new_places(items, panels):
        days[day] = _with(days.get(day, Day(day, ())), entry)
    return tuple(days[day] for day in sorted(days))


def _new_places(
    items: Iterator[AgendaItem[Text]], panels: tuple[Panel[Text], ...]
) -> Iterator[tuple[date, Placement[Text] | PanelSlot[Text]]]:
    for item in items:
        if item.new_date:
            yield (
                item.new_date,
                Placement(
                    f"{item.id}-new",
                    item.id,
                    is_continued=False,
                    start=item.new_start,
                    end=item.new_end,
                    item=item,
                    in_full=False,
                    is_new_time=True,
                ),
            )
    for panel in panels:
        if panel.new_date:
            yield (
                panel.new_date,
                PanelSlot(
                    f"{panel.id}-new",
                    panel.new_start,
                    panel.new_end,
                    panel=panel,
                    in_full=False,
                    is_new_time=True,
                ),
            )


def _with(day: Day[Text], entry: Placement[Text] | PanelSlot[Text]) -> Day[Text]:
    for number, outer in enumerate(day.entries):
        if isinstance(outer, Sitting) and _is_within(entry.start, outer):
            inner = replace(outer, entries=in_time_order((*outer.entries, entry)))
            return replace(day, entries=(*day.entries[:number], inner, *day.entries[number + 1 :]))
    entries: tuple[TimetableEntry[Text], ...] = (*day.entries, entry)
    return replace(day, entries=in_time_order(entries))


def _is_within(start: time | None, sitting: Sitting[Text]) -> bool:
    if not (start and sitting.start and sitting.end):
        return False
    is_open = is_past_midnight(sitting.start, sitting.end) or start < sitting.end
    return sitting.start <= start and is_open

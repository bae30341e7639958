"""Where items stand of which no day is fixed, in a programme whose other items have theirs.

A day holds what is fixed for it and nothing else, so that nobody waits there for what may come on
another. What is not fixed stands between the days, after that of the item before it in the agenda:
there a delegate looks for it who knows that items are taken up in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from programme.document.nodes import (
    AgendaItem,
    Day,
    Placement,
    Text,
    TimetableEntry,
)

if TYPE_CHECKING:
    from programme.document.programme import ProgrammeDocument


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

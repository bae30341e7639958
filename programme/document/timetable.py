"""Where things stand in a day: the hours that order also what has no times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from operator import itemgetter
from typing import TypeAlias, TypeVar

from programme.document.nodes import (
    Break,
    PanelSlot,
    Placement,
    Sitting,
    Text,
    Texts,
    TimetableEntry,
)

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

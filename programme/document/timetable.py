"""Where things stand in a day: the hours that order also what has no times."""

from __future__ import annotations

from datetime import time
from typing import Any

from programme.document.nodes import Placement, Sitting, TimetableEntry

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


def hour_of(entry: TimetableEntry[Any]) -> tuple[time, bool] | None:
    """What orders an entry of a day: its hour, at the same hour first those that really have it.

    None for an item without times, which stands after whatever it was put after.
    """
    match entry:
        case Placement():
            return (entry.start, False) if entry.start else None
        case Sitting():
            return entry.start or NOMINAL_HOURS[entry.part], entry.start is None
        case _:
            return entry.start or LAST, entry.start is None

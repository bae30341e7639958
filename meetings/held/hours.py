"""Hours of a clock, of which the later may be on the next day.

What begins in the evening may go on past midnight: an end that is not after the start is then
meant on the next day. Midnight itself, as an end, is that of the day on which something began,
24:00. Any other end that is not after its start is a slip.
"""

from __future__ import annotations

from datetime import time

MIDNIGHT = time(0)
NOON = time(12)
EVENING = time(18)
"""From when something may begin that goes on past midnight."""

MORNING = time(6)
"""Until when it does, on the next day."""

MINUTES_OF_A_DAY = 24 * 60


def is_past_midnight(start: time | None, end: time | None) -> bool:
    """Whether an end is on the day after the start; 24:00 is."""
    return bool(start and end and end <= start)


def may_end(start: time, end: time) -> bool:
    """Whether something that begins at an hour can end at another.

    Later on the same day; at midnight, if it begins at noon or later; by 06:00 of the next day,
    if it begins at 18:00 or later.
    """
    if end > start:
        return True
    if end == MIDNIGHT:
        return start >= NOON
    return start >= EVENING and end <= MORNING


def minutes_until(end: time, start: time | None) -> int:
    """An end as minutes since the midnight before the start, so that ends can be compared."""
    since = end.hour * 60 + end.minute
    return since + MINUTES_OF_A_DAY if is_past_midnight(start, end) else since

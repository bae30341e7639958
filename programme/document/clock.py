"""What is on now and what comes next, by the meeting's own clock: pure functions of a document.

Only boundaries that the programme gives count. What has no end of its own ends where the next
begins beside it, else with its sitting; if there is neither, it is never "now".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetings.held.hours import is_past_midnight, may_end
from programme.document.nodes import Day, T, Text, TimetableEntry
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import not_as_planned, subject_of


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when something of the timetable lasts; `end` None where nobody knows."""

    id: str
    start: datetime
    end: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it; its end no longer does."""
        return self.end is not None and self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Phase:
    """What is on at a moment, and what begins next on the same day, by their ids."""

    now: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()


NO_PHASE = Phase()


def phase_at(programme: ProgrammeDocument[Text], at: datetime) -> Phase:
    """What is on and what is next at a moment, which must know its zone."""
    on_the_clock = list(spans(programme))
    today = at.astimezone(ZoneInfo(programme.meeting.zone)).date()
    ahead = [one for one in on_the_clock if one.start > at and one.start.date() == today]
    soonest = min((one.start for one in ahead), default=None)
    return Phase(
        now=frozenset(one.id for one in on_the_clock if one.holds(at)),
        next=frozenset(one.id for one in ahead if one.start == soonest),
    )


def boundaries(programme: ProgrammeDocument[T]) -> tuple[datetime, ...]:
    """Every moment at which pages of a programme change by themselves, in order.

    Its phase, and at midnight the day: what is "next" is so on its own day, and a meeting is to
    come, on or over by the calendar.
    """
    zone = ZoneInfo(programme.meeting.zone)
    moments = {one.start for one in spans(programme)}
    moments |= {one.end for one in spans(programme) if one.end}
    meeting = programme.meeting
    days = {meeting.starts_on, meeting.ends_on, *(one.date for one in programme.timetable)}
    for day in days:
        moments |= {datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1))}
    return tuple(sorted(moments))


def spans(programme: ProgrammeDocument[T]) -> Iterator[Span]:
    """Everything in the timetable that has a start, outer before inner.

    What is postponed or cancelled is not on where it was planned; what is beside it ends as before.
    """
    zone = ZoneInfo(programme.meeting.zone)
    off = not_as_planned(programme.agenda, programme.panels)
    parallel = {one.id for one in programme.panels if one.kind == "side_event"}
    for day in programme.timetable:
        for entry, span in _spans_on(day, zone, parallel):
            if subject_of(entry) not in off or getattr(entry, "is_new_time", False):
                yield span


def _spans_on(
    day: Day[T], zone: ZoneInfo, parallel: Collection[str]
) -> Iterator[tuple[TimetableEntry[T], Span]]:
    """What has a start on a day; what is held in parallel, by its id, ends nothing."""
    yield from _spans_beside(day.date, zone, day.entries, None, parallel)
    for outer in day.entries:
        yield from _spans_beside(day.date, zone, outer.entries, outer.end, parallel)


def _spans_beside(
    day: date,
    zone: ZoneInfo,
    entries: Sequence[TimetableEntry[T]],
    closes: time | None,
    parallel: Collection[str],
) -> Iterator[tuple[TimetableEntry[T], Span]]:
    """Entries that stand beside each other in a day, or in a sitting that closes at a time."""
    starts = sorted({one.start for one in entries if one.start and one.id not in parallel})
    for entry in entries:
        if entry.start is None:
            continue
        later = next((start for start in starts if start > entry.start), closes)
        end = entry.end or later
        yield (
            entry,
            Span(
                id=entry.id,
                start=datetime.combine(day, entry.start, zone),
                end=_ends_at(day, entry.start, end, zone),
            ),
        )


def _ends_at(day: date, start: time, end: time | None, zone: ZoneInfo) -> datetime | None:
    """An end on its day, or on the next if it is past midnight; None if it cannot be the end."""
    if end is None or not may_end(start, end):
        return None
    last = day + timedelta(days=1) if is_past_midnight(start, end) else day
    return datetime.combine(last, end, zone)

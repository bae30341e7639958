"""Lines that need no sentence, since another line of the same changes says it for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from programme.comparing.change_lines import FIRST_TIMETABLE, TAKEN, Line
from programme.comparing.changes import ORDER
from programme.comparing.lines.taking_up import moved_in
from programme.comparing.lines.turns import exchanged_numbers, turns

IN_A_TIMETABLE = frozenset({"placement", "sitting", "break"})


def worth_telling(lines: Iterable[Line]) -> list[Line]:
    """Lines without those that others say already."""
    known = list(lines)
    whole = [one for one in known if one.field in {FIRST_TIMETABLE, TAKEN}]
    renumbered = {one for one, _other in exchanged_numbers(known)}
    return [
        one
        for one in known
        if not _is_silent(one)
        and not any(covers(each, one) for each in whole)
        and not _is_of_numbers(one, renumbered)
    ]


def _is_of_numbers(line: Line, renumbered: Collection[str]) -> bool:
    """Whether an order of the agenda is another only since items exchanged their numbers."""
    if line.field != ORDER or line.subject.kind not in {"meeting", "item"}:
        return False
    moved = moved_in(line.before or (), line.after or (), renumbered)
    return bool(moved) and all(one in renumbered for one in moved)


def covers(line: Line, other: Line) -> bool:
    """Whether a line of the meeting says what another one would: a first timetable, an order."""
    if _is_silent(line):
        return False
    if line.field == FIRST_TIMETABLE:
        return other.what == "added" and other.subject.kind in IN_A_TIMETABLE
    is_order = other.field == ORDER and other.subject.kind in {"meeting", "sitting"}
    return line.field == TAKEN and is_order


def _is_silent(line: Line) -> bool:
    """Whether it only keeps what later lines need: no first timetable, nothing in another turn."""
    if line.field == TAKEN:
        return not any(turns(line))
    return line.field == FIRST_TIMETABLE and bool(line.before or not line.after)

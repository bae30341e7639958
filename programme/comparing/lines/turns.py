"""What is taken up before what by now, as lines of an order tell it, and who changed numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from programme.comparing.change_lines import Line, Named
from programme.comparing.line_values import Kept
from programme.comparing.lines.taking_up import moved_in, neighbour


@dataclass(frozen=True, slots=True)
class Turn:
    """That something is taken up before or after another, which is named too."""

    moved: Named
    beside: Named
    is_earlier: bool


def turns(line: Line) -> Iterator[Turn]:
    """The fewest that say how an order differs, of all that a line has names for."""
    known = {one.id: one for one in line.others}
    for one, beside, is_earlier in passed(line.before, line.after, line.movers):
        if one in known and beside in known:
            yield Turn(known[one], known[beside], is_earlier)


def passed(before: Kept, after: Kept, movers: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    """What moved, what it passed, and whether it comes earlier now than that: by ids."""
    for was, now in _orders(before, after):
        for one in moved_in(was, now, movers):
            if found := neighbour(one, was, now):
                is_earlier, beside = found
                yield one, beside, is_earlier


def _orders(before: Kept, after: Kept) -> list[tuple[Sequence[str], Sequence[str]]]:
    """The orders that a line keeps: one, or that of the timetable and that of the agenda."""
    if isinstance(after, dict) and isinstance(before, dict):
        return [(before[one], after[one]) for one in after]
    return [(before or [], after or [])]


def exchanged_numbers(lines: Iterable[Line]) -> Iterator[tuple[str, Named]]:
    """Each id of an item whose number another one has and the other way round, with that one."""
    numbered = [one for one in lines if one.field == "label" and one.before and one.after]
    for line in numbered:
        for other in numbered:
            if (line.before, line.after) == (other.after, other.before) and other.subject.title:
                yield line.subject.id, other.subject

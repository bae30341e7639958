"""The lines of several publications as one list: what was changed and changed back is no change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from programme.comparing.change_lines import LOST, TAKEN, Line, in_same_order
from programme.comparing.changes import ORDER, shared


def composed(publications: Iterable[Iterable[Line]]) -> list[Line]:
    """The public lines of several publications, the oldest first, as if they were one.

    What was changed and changed back is no change. A line that was held back each time stays
    held back.
    """
    joined: dict[str, Line] = {}
    for line in (line for lines in publications for line in lines):
        earlier = joined.get(line.key)
        joined[line.key] = _after(earlier, line) if earlier else line
    whole = {
        line.subject.id
        for line in joined.values()
        if not line.field and (line.before != line.after or not line.before)
    }
    return [
        line
        for line in joined.values()
        if _says_something(line)
        and not line.is_held_back
        and not whole & {*line.above, *((line.subject.id,) if line.field else ())}
    ]


def _says_something(line: Line) -> bool:
    """Whether a line tells a difference; of order and names, of those that were there before."""
    if line.field == ORDER:
        return not in_same_order(line.before or (), line.after or ())
    if (line.subject.kind, line.field) == ("list", "names"):
        was, now = shared(line.before or {}, line.after or {})
        return was != now
    return bool(line.before != line.after)


def _after(earlier: Line, later: Line) -> Line:
    """Two lines about the same as one: by what things are called now.

    What stood somewhere at first left that place, wherever it has been meanwhile.
    """
    named = {one.id: one for one in (*earlier.others, *later.others)}
    return replace(
        later,
        owner=earlier.owner if later.field == LOST else later.owner,
        movers=tuple(dict.fromkeys((*earlier.movers, *later.movers))),
        others=tuple(named.values()) if later.field in {ORDER, TAKEN} else later.others,
        before=earlier.before,
        codes=tuple(dict.fromkeys((*earlier.codes, *later.codes))),
        is_held_back=earlier.is_held_back and later.is_held_back,
    )

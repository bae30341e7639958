"""How something moved in the timetable: which of the sentences of moves tells it."""

from __future__ import annotations

from collections.abc import Mapping

from programme.comparing.change_lines import Line
from programme.comparing.line_values import read_of_time
from programme.comparing.lines.standing import TIMES

STANDS_BY_NAME = frozenset({"sitting", "break"})
"""What has no heading of its own in a list of changes."""


def move(line: Line) -> str:
    """Which of `MOVES` a change of time is."""
    was, now = line.before or {}, line.after or {}
    differing = {one for one in TIMES if one != "sitting" and was.get(one) != now.get(one)}
    if read_of_time(was) == read_of_time(now):
        return "other part" if line.subject.kind == "sitting" else _other_sitting(was, now)
    if not was or (not was["start"] and now.get("start") and "date" not in differing):
        return "fixed"
    if was["start"] and not now.get("start") and not {"date", "part"} & differing:
        return "open"
    return "other hours" if differing == {"end"} else "moved"


def _other_sitting(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Which of `MOVES` it is to stand in another sitting, or in none, at the hours it had."""
    if was.get("sitting") and now.get("sitting"):
        return "other sitting"
    return "into a sitting" if now.get("sitting") else "out of a sitting"


def hours_say_it(line: Line) -> bool:
    """Whether hours alone say how something moved: it stays on its day, and that is known."""
    if line.subject.kind in STANDS_BY_NAME or line.number:
        return False
    was, now = line.before or {}, line.after or {}
    has_hours = move(line) != "moved" or (was["start"] and now.get("start"))
    return bool(has_hours and was.get("date") == now.get("date"))

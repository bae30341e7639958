"""In which order items and panels are taken up, and whether it is known when: values alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Self, TypeAlias, TypedDict

from programme.document.nodes import PanelSlot, Placement, Sitting, Texts
from programme.document.programme import ProgrammeDocument

Document: TypeAlias = ProgrammeDocument[Texts]

Hour: TypeAlias = tuple[date, time]


class Days(TypedDict):
    """When items are taken up, as lines keep it."""

    days: list[str]
    """As ISO dates, in order."""
    are_timed: bool
    """Whether an hour is known for each item, or for its sitting."""


class Order(TypedDict):
    """Ids of items and panels in the order in which they are taken up, as lines keep it."""

    placed: list[str]
    """As they are met first in the timetable."""
    unplaced: list[str]
    """Those of the agenda that have no place there, with all beneath them."""


@dataclass(frozen=True, slots=True)
class Times:
    """When items and panels of a document are taken up."""

    order: Order
    hours: Mapping[str, Hour]
    """Day and hour at which each is met first; the hour is the least where it has none."""

    @classmethod
    def of(cls, document: Document) -> Self:
        """Read from the timetable and, for the rest, from the agenda."""
        hours = dict(_placed(document))
        unplaced = [
            top.id for top in document.agenda if not any(one.id in hours for one in top.walk())
        ]
        return cls({"placed": list(hours), "unplaced": unplaced}, hours)

    def movers(self, later: Times) -> list[str]:
        """Those that have another day or hour by then."""
        both = (one for one in self.hours if one in later.hours)
        return [one for one in both if self.hours[one] != later.hours[one]]

    def stays_on_its_day(self, one: str, later: Times) -> bool:
        """Whether something is taken up on the day on which it was; without a day, it is."""
        nowhere = (date.min, time.min)
        return self.hours.get(one, nowhere)[0] == later.hours.get(one, nowhere)[0]


def _placed(document: Document) -> list[tuple[str, Hour]]:
    """Ids of items and panels with the day and hour at which each is met first, in their order.

    What has no hour of its own is met after what stands before it in its sitting or day.
    """
    met: dict[str, Hour] = {}
    hours: dict[str, Hour] = {}
    hour = date.min, time.min
    for day, _sitting, entry in document.entries():
        is_later = day.date != hour[0] or isinstance(entry, Sitting)
        hour = day.date, entry.start or (time.min if is_later else hour[1])
        key = entry.item_id if isinstance(entry, Placement) else entry.id
        if isinstance(entry, Placement | PanelSlot) and key not in met:
            met[key], hours[key] = (day.date, entry.start or time.min), hour
    return [(one, met[one]) for one in sorted(met, key=hours.__getitem__)]


def moved_in(
    before: Sequence[str], after: Sequence[str], movers: Collection[str] = ()
) -> list[str]:
    """The fewest that must be moved to turn one order into another, of those in both.

    Rather `movers` than others, and where there is still a choice, those that come earlier than
    they did. In their new order.
    """
    was = {one: place for place, one in enumerate(one for one in before if one in after)}
    now = [one for one in after if one in was]
    worth = [1 if one in movers else len(now) + 1 for one in now]
    best: list[tuple[int, int]] = []  # what may stay up to each, and the place of the one before
    for place, one in enumerate(now):
        earlier = [(best[at][0], at) for at in range(place) if was[now[at]] < was[one]]
        stays, at = max(earlier, default=(0, -1))
        best.append((stays + worth[place], at))
    stay: set[str] = set()
    place = max(range(len(now)), key=lambda at: (best[at][0], at), default=-1)
    while place >= 0:
        stay.add(now[place])
        place = best[place][1]
    return [one for one in now if one not in stay]


def neighbour(one: str, before: Sequence[str], after: Sequence[str]) -> tuple[bool, str] | None:
    """Whether what moved comes before another now, or after it, and which.

    The nearest of those that it did not come before then, or after. None where it has passed none.
    """
    was = [each for each in before if each in after]
    now = [each for each in after if each in was]
    place, then = now.index(one), was.index(one)
    passed = next((each for each in now[place + 1 :] if was.index(each) < then), None)
    if passed:
        return True, passed
    passed = next((each for each in reversed(now[:place]) if was.index(each) > then), None)
    return (False, passed) if passed else None


def days_and_times(document: Document) -> Days | None:
    """The days on which items are taken up; None where no item has one."""
    days: dict[str, None] = {}
    are_timed = True
    for day, sitting, entry in document.placements():
        days[day.date.isoformat()] = None
        are_timed &= bool(entry.start or (sitting and sitting.start))
    return {"days": list(days), "are_timed": are_timed} if days else None

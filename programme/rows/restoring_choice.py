"""Which rows come back from a document, and which of their columns; values in memory, no query.

A subject comes back with all that lies beneath it, and with what it cannot stand without: the
items above it, its sitting, the meeting's days. What took its number or address meanwhile goes
back to where the document has it, its texts untouched.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import models

from meetings.models import InTimetable, Meeting, Sitting, Venue
from panels.models import Panel, Panellist
from programme.models import (
    MAX_LEVELS,
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
    item_slug,
)
from programme.rows.decompiling import RowOfDocument

Key = uuid.UUID

OWNERS: Mapping[type[models.Model], str] = {
    AgendaItem: "parent_id",
    Presenter: "item_id",
    SpeakingList: "item_id",
    ItemPlacement: "item_id",
    SpeakingListEntry: "list_id",
    Panellist: "panel_id",
}
"""What each row lies beneath."""

ADDRESSES: Mapping[type[models.Model], frozenset[str]] = {
    AgendaItem: frozenset({"parent_id", "number", "label"}),
    Panel: frozenset({"slug"}),
    Sitting: frozenset({"date", "part", "kind"}),
}
"""What no two of them may share."""

DAY = frozenset({"date", "sitting_id"})
IN_TIMETABLE = DAY | {"start", "end"}
ORDER_OF_A_DAY: Mapping[type[models.Model], frozenset[str]] = {
    Sitting: frozenset({"part"}),
    ItemPlacement: frozenset({"start", "end"}),  # the next without a time stands after it
}
"""By which what stands straight in a day has its place there, besides its position."""
DAYS_OF_MEETING = frozenset({"starts_on", "ends_on"})
REFERENCES = frozenset({*OWNERS.values(), "sitting_id", "venue_id"})


class Choice:
    """What comes back: columns by row; the other columns and rows stay as they are."""

    def __init__(
        self,
        meeting: Meeting,
        present: Mapping[Key, models.Model],
        stored: Mapping[Key, RowOfDocument],
    ) -> None:
        self.meeting, self.present, self.stored = meeting, present, stored
        self.columns: dict[Key, set[str]] = defaultdict(set)
        self.whole: set[Key] = set()
        """Rows that come back wholly, with the states of their texts."""
        self.gone: set[Key] = set()
        self.reordered: set[Key] = set()
        """Rows whose parts come back in the order of the document."""
        self._beneath_now = _beneath(
            (key, getattr(row, OWNERS[type(row)]))
            for key, row in present.items()
            if type(row) in OWNERS
        )
        self._beneath_then = _beneath(
            (key, row.columns[OWNERS[row.model]])
            for key, row in stored.items()
            if row.model in OWNERS
        )

    # --- what was asked for

    def choose(self, subjects: Collection[str] | None) -> None:
        """Choose these subjects with what lies beneath them, or everything."""
        if subjects is None:
            for key, row in self.stored.items():
                if row.model is not Venue:
                    self._take_back_row(key)
            self.reordered = set(self.stored)
            self.gone = self.present.keys() - self.stored.keys()
            return
        for key in self.stored:
            if str(key) in subjects:
                self._take_back(key)
        for key in self.present.keys() - self.stored.keys():
            if str(key) in subjects:
                self._discard(key)

    def _take_back(self, key: Key) -> None:
        self._take_back_row(key)
        self.reordered.add(key)
        for child in self._beneath_then[key]:
            self._take_back(child)
        for child in self._beneath_now[key]:
            self._send_away(child)
        if self.stored[key].model is Sitting:
            self._take_back_into_sitting(key)
        elif self.stored[key].model is Meeting:
            self._take_back_order_of_days()

    def _take_back_into_sitting(self, sitting: Key) -> None:
        """Let what stood in a sitting, as far as it still exists, stand in it again."""
        for key, row in self.stored.items():
            if key in self.present and row.columns.get("sitting_id") == sitting:
                self._bring(key, IN_TIMETABLE)

    def _take_back_order_of_days(self) -> None:
        for key, row in self.stored.items():
            names = ORDER_OF_A_DAY.get(row.model)
            if names and key in self.present and self._stands_straight_in_its_day(key):
                self._bring(key, names)

    def _stands_straight_in_its_day(self, key: Key) -> bool:
        columns, now = self.stored[key].columns, self.present[key]
        is_in_sitting = columns.get("sitting_id") or getattr(now, "sitting_id", None)
        return not is_in_sitting and columns["date"] == getattr(now, "date", None)

    def _take_back_row(self, key: Key) -> None:
        self.whole.add(key)
        self._bring(key, self.stored[key].columns)

    def _discard(self, key: Key) -> None:
        self.gone.add(key)
        for child in self._beneath_now[key]:
            self._send_away(child)

    def _send_away(self, key: Key) -> None:
        """Back to where the document has it, or, where it has it nowhere, for good."""
        if key in self.stored:
            model = self.stored[key].model
            self._bring(key, {OWNERS[model], *ADDRESSES.get(model, ())})
        elif key not in self.gone:
            self._discard(key)

    def _bring(self, key: Key, names: Iterable[str]) -> None:
        self.columns[key] |= set(names)

    # --- what it needs

    def complete(self) -> None:
        """Choose what the chosen rows cannot stand without, until nothing is lacking."""
        self._until_nothing_is_added(self._bring_what_is_needed)

    def _until_nothing_is_added(self, bring: Callable[[], None]) -> None:
        size = -1
        while size != (size := sum(map(len, self.columns.values()))):
            bring()

    def _bring_what_is_needed(self) -> None:
        self._until_nothing_is_added(self._bring_what_they_refer_to)
        for key in self.clashing():
            self._bring_home(key)
        for key in list(self.outside()):
            self._bring_into_meeting(key)

    def _bring_what_they_refer_to(self) -> None:
        for key in list(self.columns):
            self._bring_needed(key)

    def _bring_home(self, key: Key) -> None:
        """Give a row its own address; where it has it, its title as well, which may make one."""
        if key not in self.stored:
            return
        address = ADDRESSES[self.stored[key].model]
        if address <= self.columns[key]:
            self._take_back_row(key)
        else:
            self._bring(key, address)

    def _bring_needed(self, key: Key) -> None:
        row = self.stored[key]
        for name in self.columns[key] & REFERENCES:
            other = row.columns[name]
            if other is None:
                continue
            if other not in self.present:
                self._take_back_row(other)
            elif name == "parent_id":  # its number stands in the label of the sub-item
                self._bring(other, ADDRESSES[AgendaItem])
            elif name == "sitting_id" and self.value(other, "date") != row.columns["date"]:
                self._bring(other, ADDRESSES[Sitting])

    def _bring_into_meeting(self, key: Key) -> None:
        if key not in self.stored:
            return
        if "date" in self.columns[key]:
            self._bring(self.meeting.pk, DAYS_OF_MEETING)
        else:
            model = self.stored[key].model
            self._bring(key, ADDRESSES[Sitting] if model is Sitting else DAY)

    # --- what the rows will say

    def remaining(self) -> Iterator[Key]:
        """Keys of all rows that will be there."""
        yield from (key for key in self.present if key not in self.gone)
        yield from (key for key in self.columns if key not in self.present)

    def model(self, key: Key) -> type[models.Model]:
        """What kind of row it is."""
        return type(self.present[key]) if key in self.present else self.stored[key].model

    def value(self, key: Key, name: str) -> Any:
        """What a column will say."""
        if name in self.columns.get(key, ()):
            return self.stored[key].columns[name]
        return getattr(self.present[key], name)

    def date(self, key: Key) -> date:
        """On which day a row will stand; what stands in a sitting goes along with it."""
        model = self.model(key)
        sitting = self.value(key, "sitting_id") if issubclass(model, InTimetable) else None
        found: date = self.value(sitting if sitting in self.columns else key, "date")
        return found

    # --- obstacles

    def clashing(self) -> set[Key]:
        """Rows that would share a number or an address and have not both come back to theirs."""
        holders: dict[tuple[Any, ...], Key] = {}
        found: set[Key] = set()
        for key in self.remaining():
            for unique in self._uniques(key):
                if holders.setdefault(unique, key) != key:
                    found |= {key, holders[unique]}
        return found

    def _uniques(self, key: Key) -> Iterator[tuple[Any, ...]]:
        model = self.model(key)
        if model is AgendaItem:
            if number := self.value(key, "number"):
                yield "number", self.value(key, "parent_id"), number
            yield "slug", self._slug(key)
        elif model in ADDRESSES:
            yield model, *(self.value(key, name) for name in sorted(ADDRESSES[model]))

    def _slug(self, key: Key) -> str:
        label, title = self.value(key, "label"), self.value(key, "title_en") or ""
        return item_slug(key, label, self._numbers(key), title)

    def _numbers(self, key: Key) -> tuple[int, ...]:
        """Numbers from the top, as `AgendaItem.numbers` gives them."""
        numbers: list[int | None] = []
        above: Key | None = key
        while above and len(numbers) <= MAX_LEVELS:
            numbers.insert(0, self.value(above, "number"))
            above = self.value(above, "parent_id")
        given = tuple(number for number in numbers if number)
        return given if len(given) == len(numbers) <= MAX_LEVELS else ()

    def outside(self) -> Iterator[Key]:
        """Rows that would stand outside the days of the meeting because of what comes back."""
        meeting = self.meeting.pk
        first, last = self.value(meeting, "starts_on"), self.value(meeting, "ends_on")
        moved = DAYS_OF_MEETING & self.columns.get(meeting, set())
        for key in self.remaining():
            concerned = (moved or key in self.columns) and self._has_day(key)
            if concerned and not first <= self.date(key) <= last:
                yield key

    def _has_day(self, key: Key) -> bool:
        return issubclass(self.model(key), (InTimetable, Sitting))


def _beneath(pairs: Iterable[tuple[Key, Key | None]]) -> dict[Key, list[Key]]:
    beneath: dict[Key, list[Key]] = defaultdict(list)
    for key, owner in pairs:
        if owner:
            beneath[owner].append(key)
    return beneath

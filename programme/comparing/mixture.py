"""A programme of which each node comes from one of two documents, and what stands where in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time
from functools import cached_property
from typing import Any

from programme.comparing.changes import Subject, with_those_beneath
from programme.comparing.directory import mixed
from programme.comparing.parts import Document, Group, Holder, Key, Node, Parts, grouped
from programme.document.nodes import (
    AgendaItem,
    Day,
    Delegation,
    Panel,
    Sitting,
    Texts,
    TimetableEntry,
)
from programme.document.timetable import hour_of, in_time_order


class Mixture:
    """The target, but for what was chosen and all beneath it: that is as in the source."""

    def __init__(self, target: Parts, source: Parts, asked: Collection[str]) -> None:
        self.target, self.source = target, source
        self.asked = frozenset(asked)
        self.chosen = self.with_all_beneath(asked)
        self.nodes: dict[Key, Node] = {
            key: nodes[key]
            for key in {**target.nodes, **source.nodes}
            if key in (nodes := self._origin(key[1]).nodes)
        }
        self.groups = grouped(self.nodes.values())
        self.meeting = self._origin(target.document.meeting.id).document.meeting

    def _origin(self, subject_id: str) -> Parts:
        return self.source if subject_id in self.chosen else self.target

    def with_all_beneath(self, ids: Collection[str]) -> set[str]:
        """Subjects with what lies beneath them in either document."""
        found: set[str] = set()
        wider = set(ids)
        while wider != found:
            found = wider
            for parts in (self.target, self.source):
                wider = with_those_beneath(wider, parts.subjects)
        return found

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """Those of both documents, in the order of the programme."""
        return {**self.target.subjects, **self.source.subjects}

    def outermost(self, ids: Collection[str]) -> tuple[Subject, ...]:
        """Subjects in order, without those beneath others of them."""
        beneath = [self.with_all_beneath({one}) - {one} for one in ids]
        inner: set[str] = set().union(*beneath)
        return tuple(one for key, one in self.subjects.items() if key in ids and key not in inner)

    # --- put together

    def document(self) -> Document:
        """The programme that the nodes make."""
        timetable = self._timetable()
        return replace(
            self.target.document,
            meeting=self.meeting,
            agenda=self._items(self.meeting.id),
            timetable=timetable,
            panels=self._panels(timetable),
            delegations=self._delegations(),
            words={**self.source.document.words, **self.target.document.words},
        )

    def _values(self, kind: str, holder: Holder) -> tuple[Any, ...]:
        return tuple(self.nodes[key].value for key in self.order((kind, holder)))

    def _items(self, holder: str) -> tuple[AgendaItem[Texts], ...]:
        return tuple(
            replace(
                item,
                presenters=self._values("speaker", item.id),
                lists=self._values("list", item.id),
                sub_items=self._items(item.id),
            )
            for item in self._values("item", holder)
        )

    def _timetable(self) -> tuple[Day[Texts], ...]:
        days = {holder for _kind, holder in self.groups if isinstance(holder, date)}
        return tuple(Day(day, self._entries(day)) for day in sorted(days))

    def _entries(self, holder: Holder) -> tuple[TimetableEntry[Texts], ...]:
        return tuple(
            replace(entry, entries=self._values("entry", entry.id))
            if isinstance(entry, Sitting)
            else entry
            for entry in self._values("entry", holder)
        )

    def _panels(self, timetable: tuple[Day[Texts], ...]) -> tuple[Panel[Texts], ...]:
        """Panels, each on the day on which it stands in the timetable."""
        days = {entry.id: day.date for day in timetable for _, entry in day.walk()}
        panels = (
            replace(
                panel,
                date=days.get(panel.id, panel.date),
                panellists=self._values("speaker", panel.id),
            )
            for panel in self._values("panel", self.meeting.id)
        )
        return tuple(sorted(panels, key=lambda panel: (panel.date, panel.start or time.min)))

    def _delegations(self) -> tuple[Delegation[Texts], ...]:
        nodes = self.nodes.values()
        return mixed(
            self.target.document.delegations,
            self.source.document.delegations,
            named={code for node in nodes for code in node.codes},
            chosen={code for node in nodes if node.id in self.chosen for code in node.codes},
            is_whole=self.meeting.id in self.chosen,
        )

    # --- order

    def orderer(self, holder: Holder) -> str:
        """The subject that decides upon the order in a holder."""
        return self.meeting.id if isinstance(holder, date) else holder

    def order(self, group: Group) -> list[Key]:
        """What stands together, in the order of the document that decides upon it.

        What has come from elsewhere stands after what it follows in its own document. In a day
        nothing stands before what begins earlier.
        """
        order = self.merged(group)
        if group[0] != "entry":
            return order
        values = in_time_order(self.nodes[key].value for key in order)
        return [("entry", value.id) for value in values]

    def merged(self, group: Group) -> list[Key]:
        """The order that both documents ask for, whatever the hours that chosen nodes have."""
        deciding, other = self.target, self.source
        if self.orderer(group[1]) in self.chosen:
            deciding, other = other, deciding
        here = set(self.groups.get(group, ()))
        order = [
            key
            for key in deciding.groups.get(group, ())
            if key in here and deciding.nodes[key].place == self.nodes[key].place
        ]
        came = here.difference(order)
        guide = other.groups.get(group, [])
        for place, key in enumerate(guide):
            if key in came:
                before = next((one for one in reversed(guide[:place]) if one in order), None)
                after = order.index(before) + 1 if before else 0
                order.insert(self._in_time(order, after, key), key)
        return order

    def _in_time(self, order: list[Key], wanted: int, key: Key) -> int:
        """The wanted place of a node, or the nearest one that its hour allows."""
        own = hour_of(self.nodes[key].value) if key[0] == "entry" else None
        if own is None:
            return wanted
        hours = [hour_of(self.nodes[one].value) for one in order]
        first = max((n + 1 for n, hour in enumerate(hours) if hour and hour < own), default=0)
        last = min((n for n, hour in enumerate(hours) if hour and hour > own), default=len(order))
        return min(max(wanted, first), last)

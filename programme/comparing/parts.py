"""A document taken apart: its nodes, each without what stands in it, and what they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from meetings.unique_keys import addresses_of
from programme.comparing.changes import subjects
from programme.document.nodes import (
    AgendaItem,
    Sitting,
    SpeakingList,
    Texts,
)
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import hour_of

Document = ProgrammeDocument[Texts]


Key = tuple[str, str]
"""What kind of node it is, and the id of its subject: a panel is a panel and an entry of a day."""


Holder = str | date
"""What a node stands in: the id of a subject, or a day."""


Group = tuple[str, Holder]
"""Nodes of one kind that stand together."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node without what stands in it; the holder is that."""

    key: Key
    holder: Holder
    value: Any

    @property
    def id(self) -> str:
        """The id of the subject that it is."""
        return self.key[1]

    @property
    def group(self) -> Group:
        """What it stands together with."""
        return self.key[0], self.holder

    @property
    def place(self) -> Hashable:
        """Where it stands, so that its order among the others there means something."""
        return self.holder, getattr(self.value, "start", None)

    @property
    def standing(self) -> Hashable:
        """Its place, and the hour that a sitting has by its part of the day."""
        return self.place, hour_of(self.value)

    @property
    def addresses(self) -> Iterable[Hashable]:
        """What no other node of a document may have."""
        return addresses_of(self.value, date=self.holder, parent_id=self.holder)

    @property
    def number(self) -> str | None:
        """What numbers it among those beside it: an item's label, a sitting's part of the day."""
        if isinstance(self.value, Sitting):
            return self.value.part
        return self.value.slug if isinstance(self.value, AgendaItem) else None

    @property
    def codes(self) -> list[str]:
        """Codes of the delegations that it names."""
        if isinstance(self.value, SpeakingList):
            return [entry.delegation_code for entry in self.value.entries]
        return [code] if (code := getattr(self.value, "delegation_code", "")) else []


class Parts:
    """A document taken apart."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = {node.key: node for node in _nodes(document)}
        self.subjects = subjects(document)
        self.groups = grouped(self.nodes.values())


def grouped(nodes: Iterable[Node]) -> dict[Group, list[Key]]:
    """Keys of what stands together, in order."""
    groups: dict[Group, list[Key]] = defaultdict(list)
    for node in nodes:
        groups[node.group].append(node.key)
    return groups


def _nodes(document: Document) -> Iterator[Node]:
    meeting_id = document.meeting.id
    for item in document.agenda:
        yield from _of_item(item, meeting_id)
    for panel in document.panels:
        yield Node(("panel", panel.id), meeting_id, replace(panel, panellists=()))
        yield from (Node(("speaker", one.id), panel.id, one) for one in panel.panellists)
    for day, sitting, entry in document.entries():
        alone = replace(entry, entries=()) if isinstance(entry, Sitting) else entry
        yield Node(("entry", entry.id), sitting.id if sitting else day.date, alone)


def _of_item(item: AgendaItem[Texts], holder: str) -> Iterator[Node]:
    yield Node(("item", item.id), holder, replace(item, presenters=(), lists=(), sub_items=()))
    yield from (Node(("speaker", one.id), item.id, one) for one in item.presenters)
    yield from (Node(("list", one.id), item.id, one) for one in item.lists)
    for sub_item in item.sub_items:
        yield from _of_item(sub_item, item.id)

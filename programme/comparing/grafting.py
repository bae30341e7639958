"""Publishing some subjects alone: the public document with just these taken from the draft.

Both documents are taken apart into nodes, each without what stands in it. The selected ones come
from the draft, all others from the public document, and the whole is put together again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from itertools import chain
from typing import Any

from programme.comparing.changes import Subject, codes_of, with_those_beneath
from programme.comparing.directory import recoded
from programme.comparing.parts import Document, Group, Holder, Key, Node, Parts
from programme.document.nodes import (
    AgendaItem,
    Day,
    Delegation,
    Meeting,
    Panel,
    PanelSlot,
    Sitting,
    Texts,
)
from programme.document.timetable import hour_of


class NeedsSubjectError(ValueError):
    """A subject cannot be public without others that are pending; `needed` names them all."""

    def __init__(self, subject_id: str, needed: tuple[Subject, ...]) -> None:
        super().__init__(f"{subject_id} needs {', '.join(one.id for one in needed)}")
        self.subject_id = subject_id
        self.needed = needed


def grafted(public: Document, draft: Document, subject_ids: Collection[str]) -> Document:
    """The public document with some subjects, and all beneath them, as the draft has them.

    What is gone from the draft goes. An order belongs to what it is the order in: others keep
    their public order unless that is selected too. The meeting is its own fields and the order of
    its agenda; a sitting, its own fields and the day of what stands in it. A delegation is named
    as in the draft where a selected subject names it, or where nothing does and the meeting is
    selected; codes are those of the draft. Raises NeedsSubjectError.
    """
    public = recoded(public, draft)
    graft = _Graft(public, draft, subject_ids)
    wanting = graft.wanting()
    if not wanting:
        return graft.document()
    needed: set[str] = set()
    whole = graft
    while more := {one.needed for one in whole.wanting()}:
        needed |= more
        whole = _Graft(public, draft, {*subject_ids, *needed})
    asked = next(one for one in subject_ids if wanting[0].subject in graft.with_all_beneath({one}))
    raise NeedsSubjectError(asked, tuple(whole.outermost(needed)))


class _Graft:
    """Chooses each node from one of two documents."""

    def __init__(self, public: Document, draft: Document, subject_ids: Collection[str]) -> None:
        self.public, self.draft = Parts(public), Parts(draft)
        self.subjects = {**self.public.subjects, **self.draft.subjects}
        self.asked = frozenset(subject_ids)
        self.selected = self.with_all_beneath(subject_ids)
        self.nodes = {
            key: parts.nodes[key]
            for key in {**self.public.nodes, **self.draft.nodes}
            if key in (parts := self._source(key[1])).nodes
        }
        self.meeting = self._source(public.meeting.id).document.meeting

    def _source(self, subject_id: str) -> Parts:
        return self.draft if subject_id in self.selected else self.public

    def with_all_beneath(self, subject_ids: Collection[str]) -> set[str]:
        """The subjects with what lies beneath them in either document."""
        selected: set[str] = set()
        wider = set(subject_ids)
        while wider != selected:
            selected = wider
            for parts in (self.public, self.draft):
                wider = with_those_beneath(wider, parts.subjects)
        return selected

    def outermost(self, ids: Collection[str]) -> list[Subject]:
        """Subjects in the order of the programme, without those beneath others of them."""
        return [
            subject
            for key, subject in self.subjects.items()
            if key in ids
            and not any(key in self.with_all_beneath({other}) for other in ids if other != key)
        ]

    def document(self) -> Document:
        timetable = self._timetable()
        return replace(
            self.public.document,
            meeting=self.meeting,
            agenda=self._items(self.meeting.id),
            timetable=timetable,
            panels=self._panels(timetable),
            delegations=self._delegations(),
            words={**self.draft.document.words, **self.public.document.words},
        )

    def _items(self, holder: str) -> tuple[AgendaItem[Texts], ...]:
        return tuple(
            replace(
                self.nodes[key].value,
                presenters=self._values("speaker", key[1]),
                lists=self._values("list", key[1]),
                sub_items=self._items(key[1]),
            )
            for key in self.order("item", holder)
        )

    def _values(self, kind: str, holder: str) -> tuple[Any, ...]:
        return tuple(self.nodes[key].value for key in self.order(kind, holder))

    def _panels(self, timetable: tuple[Day[Texts], ...]) -> tuple[Panel[Texts], ...]:
        days = {
            entry.id: day.date
            for day in timetable
            for outer in day.entries
            for entry in (outer.entries if isinstance(outer, Sitting) else (outer,))
            if isinstance(entry, PanelSlot)
        }
        panels = [
            replace(
                panel,
                date=days.get(panel.id, panel.date),
                panellists=self._values("speaker", panel.id),
            )
            for panel in self._values("panel", self.meeting.id)
        ]
        return tuple(sorted(panels, key=lambda one: (one.date, one.start or time.min)))

    def _timetable(self) -> tuple[Day[Texts], ...]:
        days = {node.holder for node in self.nodes.values() if isinstance(node.holder, date)}
        return tuple(
            Day(day, tuple(self._entry(key) for key in self.order("entry", day)))
            for day in sorted(days)
        )

    def _entry(self, key: Key) -> Any:
        entry = self.nodes[key].value
        if isinstance(entry, Sitting):
            inner = tuple(self.nodes[one].value for one in self.order("entry", entry.id))
            return replace(entry, entries=inner)
        return entry

    def _delegations(self) -> tuple[Delegation[Texts], ...]:
        public, draft = (
            {one.code: one for one in parts.document.delegations}
            for parts in (self.public, self.draft)
        )
        chosen = [self._source(key).subjects.get(key) for key in self.subjects]
        named = {one.id: set(codes_of(one)) for one in chosen if one}
        everywhere = set(chain.from_iterable(named.values()))
        renewed = set(chain.from_iterable(named[key] for key in named if key in self.selected))
        kept = {code: one for code, one in public.items() if code not in renewed & draft.keys()}
        status_of = public
        if self.meeting.id in self.selected:
            status_of = draft
            kept = {
                code: _named_as(one, draft[code], is_named=code in everywhere)
                if code in draft
                else one
                for code, one in kept.items()
            }
        known = {
            code: _with_status_of(one, status_of.get(code, one))
            for code, one in (draft | kept).items()
        }
        return tuple(known[code] for code in sorted(known) if code in draft or code in everywhere)

    # --- order

    @cached_property
    def _groups(self) -> Mapping[Group, set[Key]]:
        groups: dict[Group, set[Key]] = defaultdict(set)
        for node in self.nodes.values():
            groups[node.key[0], node.holder].add(node.key)
        return groups

    def _orders(self, holder: Holder) -> str:
        """The subject that decides upon the order in a holder."""
        return self.meeting.id if isinstance(holder, date) else holder

    def order(self, kind: str, holder: Holder) -> list[Key]:
        """What stands together, in the order of the document that decides upon it.

        What has come from elsewhere stands after what it follows in its own document, and in a
        day never before what begins earlier.
        """
        here = self._groups.get((kind, holder), set())
        parts, others = self.public, self.draft
        if self._orders(holder) in self.selected:
            parts, others = others, parts
        stayed = [
            key
            for key in parts.groups.get((kind, holder), ())
            if key in here and parts.nodes[key].place == self.nodes[key].place
        ]
        guide = others.groups.get((kind, holder), [])
        order = list(stayed)
        for number, key in enumerate(guide):
            if key in here and key not in stayed:
                before = next((one for one in reversed(guide[:number]) if one in order), None)
                wanted = order.index(before) + 1 if before else 0
                order.insert(self._in_time(order, wanted, key), key)
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

    # --- what must go together

    def wanting(self) -> list[_Need]:
        """What must be selected too before the chosen nodes make a programme."""
        wanting = [one for one in self._needs() if one.needed not in self.selected]
        return [replace(one, needed=self._whole(one.needed)) for one in wanting]

    def _whole(self, key: str) -> str:
        """The outermost of what came or went together with a subject."""
        for parts, others in ((self.public, self.draft), (self.draft, self.public)):
            while key in parts.subjects and key not in others.subjects:
                parent = parts.subjects[key].parent_id
                if parent in others.subjects:
                    break
                key = parent
        return key

    def _needs(self) -> Iterator[_Need]:
        """What keeps the chosen nodes from being one programme."""
        yield from self._what_is_not_there()
        yield from self._what_left_a_moved_sitting()
        yield from self._what_a_moved_sitting_takes_along()
        yield from self._days_outside_the_meeting()
        yield from self._taken_addresses()
        yield from self._numbers()

    def _need(self, one: str, other: str) -> _Need:
        """Of two that do not go together, the selected one needs the other."""
        return _Need(one, other) if one in self.selected else _Need(other, one)

    def _what_is_not_there(self) -> Iterator[_Need]:
        """A node and what it stands in are public together, as are a placement and its item."""
        there = {self.meeting.id, *(key for _, key in self.nodes)}
        for node in self.nodes.values():
            holders = {node.holder, getattr(node.value, "item_id", node.holder)}
            for holder in holders:
                if isinstance(holder, str) and holder not in there:
                    yield self._need(node.id, holder)

    def _what_left_a_moved_sitting(self) -> Iterator[_Need]:
        """What stands in a sitting moves with it to another day, unless the draft moves it out."""
        for key, node in self.nodes.items():
            was = self.public.nodes.get(key)
            if isinstance(node.value, Sitting) and was and was.holder != node.holder:
                for inner in self._groups.get(("entry", node.id), ()):
                    goes_to = self.draft.nodes.get(inner)
                    if goes_to is None or goes_to.holder != node.id:
                        yield _Need(node.id, inner[1])

    def _what_a_moved_sitting_takes_along(self) -> Iterator[_Need]:
        """What is asked for by itself comes to another day with its sitting, and not before."""
        for node in self.nodes.values():
            above = ("entry", str(node.holder))
            if node.key[0] == "entry" and node.id in self.asked and above in self.nodes:
                known = (parts.nodes.get(above) for parts in (self.public, self.draft))
                if len({one.holder for one in known if one}) > 1:
                    yield _Need(node.id, above[1])

    def _days_outside_the_meeting(self) -> Iterator[_Need]:
        for node in self.nodes.values():
            if isinstance(node.holder, date) and not _lasts_on(self.meeting, node.holder):
                yield self._need(node.id, self.meeting.id)

    def _taken_addresses(self) -> Iterator[_Need]:
        """No two items or panels have one address, and no two sittings one part of a day."""
        seen: dict[Hashable, Node] = {}
        for node in self.nodes.values():
            if (address := _address(node)) is None:
                continue
            other = seen.setdefault(address, node)
            if other is not node:
                yield self._need(node.id, other.id)

    def _numbers(self) -> Iterator[_Need]:
        """A new number asks for the number above it, and for its place in the order of numbers."""
        for key, node in self.nodes.items():
            was = self.public.nodes.get(key)
            number = _number(node)
            if number is None or node.id not in self.selected or (was and _number(was) == number):
                continue
            above = ("item", str(node.holder))
            if above in self.public.nodes and above in self.draft.nodes:
                numbers = (_number(parts.nodes[above]) for parts in (self.public, self.draft))
                if len(set(numbers)) > 1:
                    yield _Need(node.id, above[1])
            if was and not self._follows_the_draft(node):
                yield _Need(node.id, self._orders(node.holder))

    def _follows_the_draft(self, node: Node) -> bool:
        """Whether the same stand before a node as in the draft, among those that stand in both."""
        group = node.key[0], node.holder
        order, drafted = self.order(*group), self.draft.groups[group]
        before, in_draft = (set(one[: one.index(node.key)]) for one in (order, drafted))
        return before & set(drafted) == in_draft & set(order)


@dataclass(frozen=True, slots=True)
class _Need:
    """A subject that cannot be public without another, by their ids."""

    subject: str
    needed: str


def _with_status_of(one: Delegation[Texts], other: Delegation[Texts]) -> Delegation[Texts]:
    return replace(one, kind=other.kind, status=other.status)


def _named_as(
    public: Delegation[Texts], draft: Delegation[Texts], *, is_named: bool
) -> Delegation[Texts]:
    """A delegation as in the draft; its name as in public where a list tells that it changed."""
    if is_named and public.name != draft.name:
        return replace(draft, name=public.name, sort_keys=public.sort_keys)
    return draft


def _lasts_on(meeting: Meeting[Texts], day: date) -> bool:
    return meeting.starts_on <= day <= meeting.ends_on


def _address(node: Node) -> Hashable:
    """What only one node of a document may have."""
    if isinstance(node.value, Sitting):
        return node.holder, node.value.part, node.value.kind
    if isinstance(node.value, (AgendaItem, Panel)):
        return node.key[0], node.value.slug
    return None


def _number(node: Node) -> str | None:
    """What numbers a node among those beside it: an item's label, a sitting's part of the day."""
    if isinstance(node.value, Sitting):
        return node.value.part
    return node.value.slug if isinstance(node.value, AgendaItem) else None

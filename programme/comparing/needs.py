"""What must go together: why subjects of one document cannot stand in another without others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from meetings.unique_keys import twins
from programme.comparing.mixture import Mixture
from programme.comparing.parts import Node
from programme.document.nodes import Sitting

Reason = Literal["place", "day", "address", "number", "sitting", "order"]


@dataclass(frozen=True, slots=True)
class Need:
    """A subject that cannot be as chosen without another, by their ids."""

    subject: str
    needed: str
    reason: Reason


def needs_of(mixture: Mixture) -> list[Need]:
    """What must be chosen too before the nodes make one programme; the outermost of each."""
    return [
        replace(need, needed=_outermost(mixture, need.needed))
        for find in (
            _places_that_are_not_there,
            _those_that_leave_a_moved_sitting,
            _moved_sittings,
            _days_outside_the_meeting,
            _shared_addresses,
            _numbers,
            _orders_against_the_hours,
        )
        for need in find(mixture)
        if need.subject in mixture.chosen and need.needed not in mixture.chosen
    ]


def _outermost(mixture: Mixture, key: str) -> str:
    """The outermost of what came or went together with a subject."""
    target, source = mixture.target.subjects, mixture.source.subjects
    for there, elsewhere in ((target, source), (source, target)):
        while key in there and key not in elsewhere:
            parent = there[key].parent_id
            if parent in elsewhere:
                break
            key = parent
    return key


def _both(one: str, other: str, reason: Reason) -> Iterator[Need]:
    """Two that do not go together unless both come from the same document."""
    yield Need(one, other, reason)
    yield Need(other, one, reason)


def _places_that_are_not_there(mixture: Mixture) -> Iterator[Need]:
    """A node stands in what is there, and a placement is of an item that is there."""
    there = {mixture.meeting.id, *(key for _kind, key in mixture.nodes)}
    for node in mixture.nodes.values():
        for holder in {node.holder, getattr(node.value, "item_id", node.holder)}:
            if isinstance(holder, str) and holder not in there:
                yield from _both(node.id, holder, "place")


def _those_that_leave_a_moved_sitting(mixture: Mixture) -> Iterator[Need]:
    """What stands in a sitting moves with it to another day, unless the source moves it out."""
    for node in mixture.nodes.values():
        if isinstance(node.value, Sitting) and _moves(mixture, node):
            for inner in mixture.groups.get(("entry", node.id), ()):
                goes_to = mixture.source.nodes.get(inner)
                if goes_to is None or goes_to.holder != node.id:
                    yield Need(node.id, inner[1], "sitting")


def _moved_sittings(mixture: Mixture) -> Iterator[Need]:
    """What is asked for by itself comes to another day with its sitting, and not before."""
    for node in mixture.nodes.values():
        above = mixture.nodes.get(("entry", str(node.holder)))
        if node.key[0] == "entry" and node.id in mixture.asked and above and _moves(mixture, above):
            yield Need(node.id, above.id, "day")


def _moves(mixture: Mixture, node: Node) -> bool:
    """Whether a node stands in two places in the two documents."""
    known = (parts.nodes.get(node.key) for parts in (mixture.target, mixture.source))
    return len({one.holder for one in known if one}) > 1


def _days_outside_the_meeting(mixture: Mixture) -> Iterator[Need]:
    """What stands in a day, or in a sitting of it, stands in one of the meeting's."""
    meeting = mixture.meeting
    for node in mixture.nodes.values():
        above = mixture.nodes.get(("entry", str(node.holder)))
        day = above.holder if above else node.holder
        if isinstance(day, date) and not meeting.starts_on <= day <= meeting.ends_on:
            yield from _both(node.id, meeting.id, "day")


def _shared_addresses(mixture: Mixture) -> Iterator[Need]:
    """No two items or panels have one address."""
    for node, other in twins(mixture.nodes.values(), lambda node: node.addresses):
        yield from _both(node.id, other.id, "address")


def _numbers(mixture: Mixture) -> Iterator[Need]:
    """A new number asks for the number above it, and for its place in the order of numbers."""
    target, source = mixture.target.nodes, mixture.source.nodes
    for key, node in mixture.nodes.items():
        was = target.get(key)
        if node.number is None or (was and (was.number, was.holder) == (node.number, node.holder)):
            continue
        above = ("item", str(node.holder))
        if above in target and above in source and target[above].number != source[above].number:
            yield Need(node.id, above[1], "number")
        if was and node.id in mixture.chosen and not _follows_the_source(mixture, node):
            yield Need(node.id, mixture.orderer(node.holder), "number")


def _follows_the_source(mixture: Mixture, node: Node) -> bool:
    """Whether the same stand before a node as in the source, among those that stand in both."""
    order, theirs = mixture.order(node.group), mixture.source.groups[node.group]
    before, before_there = (set(one[: one.index(node.key)]) for one in (order, theirs))
    return before & set(theirs) == before_there & set(order)


def _orders_against_the_hours(mixture: Mixture) -> Iterator[Need]:
    """An order in a day comes together with the hours and places that make it."""
    known = [parts.nodes for parts in (mixture.target, mixture.source)]
    for group in [one for one in mixture.groups if one[0] == "entry"]:
        if mixture.order(group) != mixture.merged(group):
            for key in {*mixture.target.groups[group], *mixture.source.groups[group]}:
                standing = [nodes[key].standing if key in nodes else None for nodes in known]
                if standing[0] != standing[1]:
                    yield from _both(mixture.orderer(group[1]), key[1], "order")

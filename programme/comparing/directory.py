"""What two documents say of the delegations that both know, whether or not a list names them.

A delegation is the same by its id. What is new in the directory, or gone from it, is no
difference: it joins or leaves with whatever is published next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import is_dataclass, replace
from typing import Any, TypeAlias

from programme.document.delegation_points import category_of
from programme.document.nodes import LANGUAGES, Delegation, Fields, ListEntry, Speaker, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import stored_names

Document = ProgrammeDocument[Texts]
Pair = tuple[Delegation[Texts], Delegation[Texts]]
Sides: TypeAlias = tuple[Mapping[str, object], Mapping[str, object]]
"""What two documents say, by id."""

NAMES, CODES, SORTING, STATUSES = (
    "names of delegations",
    "codes of delegations",
    "order of delegations",
    "status of delegations",
)
"""Fields of the meeting as a subject, which it has where two documents differ in them."""

OF_DELEGATIONS = frozenset({NAMES, CODES, SORTING, STATUSES})


def of_delegations(old: Document, new: Document, named: Collection[str]) -> tuple[Fields, Fields]:
    """What an older and a newer document say otherwise of delegations, by field and id.

    `named` are the codes of those whose new name is told where they stand.
    """
    pairs = [pair for pair in _pairs(old, new) if pair[0] != pair[1]]
    if not pairs:
        return {}, {}
    fields: dict[str, list[Sides]] = {
        NAMES: [_names(one, other, named) for one, other in pairs],
        CODES: [({one.id: one.code}, {one.id: other.code}) for one, other in pairs],
        STATUSES: [
            ({one.id: category_of(one)}, {one.id: category_of(other)}) for one, other in pairs
        ],
        SORTING: list(_orders(_pairs(old, new))),
    }
    was: dict[str, dict[str, object]] = {}
    now: dict[str, dict[str, object]] = {}
    for field, values in fields.items():
        for before, after in values:
            if before != after:
                was[field] = {**was.get(field, {}), **before}
                now[field] = {**now.get(field, {}), **after}
    return was, now


def _pairs(old: Document, new: Document) -> list[Pair]:
    """The delegations that both documents know."""
    ids = {one.id: one for one in old.delegations}
    return [(ids[one.id], one) for one in new.delegations if one.id in ids]


def _names(one: Delegation[Texts], other: Delegation[Texts], named: Collection[str]) -> Sides:
    names = ("name_in_text",) if other.code in named else ("name", "name_in_text")
    was, now = ({one.id: {name: getattr(each, name) for name in names}} for each in (one, other))
    return was, now


def _orders(pairs: list[Pair]) -> Iterator[Sides]:
    """The alphabetical orders that differ otherwise than by a new name."""
    same = [pair for pair in pairs if pair[0].name == pair[1].name]
    if all(one.sort_keys == other.sort_keys for one, other in same):
        return
    for language in LANGUAGES:
        was, now = (
            [one.id for one in sorted(side, key=lambda one: one.sort_keys.get(language, one.code))]
            for side in zip(*same, strict=True)
        )
        yield {f"in {language}": was}, {f"in {language}": now}


# --- one code for each -----------------------------------------------------------------------


def recoded(old: Document, new: Document) -> Document:
    """An older document that calls its delegations by the codes that a newer one has for them."""
    codes = {one.code: other.code for one, other in _pairs(old, new) if one.code != other.code}
    anew: Document = _recoded(old, codes) if codes else old
    return anew


def _recoded(value: Any, codes: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_recoded(one, codes) for one in value)
    if isinstance(value, Delegation):
        return replace(value, code=codes.get(value.code, value.code))
    if isinstance(value, Texts) or not is_dataclass(value) or isinstance(value, type):
        return value
    names = stored_names(type(value))
    anew = {name: _recoded(getattr(value, name), codes) for name in names}
    if isinstance(value, (ListEntry, Speaker)):
        anew["delegation_code"] = codes.get(value.delegation_code, value.delegation_code)
    return replace(value, **anew)


# --- those of two documents in one -----------------------------------------------------------


def mixed(
    target: Collection[Delegation[Texts]],
    source: Collection[Delegation[Texts]],
    *,
    named: Collection[str],
    chosen: Collection[str],
    is_whole: bool,
) -> tuple[Delegation[Texts], ...]:
    """The delegations of a target of which some subjects come from a source.

    They are called as in the source where a subject that comes from it names them (`chosen`
    codes), or where no subject does (`named` are the codes of all) and the meeting comes from it
    too (`is_whole`); as to what they are, the meeting decides. Whom the source does not know is
    there only if named.
    """
    ours, theirs = ({one.code: one for one in side} for side in (target, source))

    def of(code: str) -> Delegation[Texts]:
        if code not in ours or code not in theirs:
            return ours.get(code) or theirs[code]
        one, other = ours[code], theirs[code]
        status = other if is_whole else one
        called = other if is_whole or code in chosen else one
        if code in named and code not in chosen and one.name != other.name:
            called = replace(called, name=one.name, sort_keys=one.sort_keys)
        return replace(called, kind=status.kind, status=status.status)

    codes = theirs.keys() | (ours.keys() & set(named))
    return tuple(of(code) for code in sorted(codes))

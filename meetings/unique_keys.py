"""Unique keys (what no two may share): said once, for constraints, forms, files and documents."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

SLUG = ("slug",)
NUMBER = ("parent_id", "number")

ADDRESSES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "AgendaItem": (SLUG, NUMBER),
    "Panel": (SLUG,),
}
"""What no two of a meeting may share, by the name of a class: of rows, or of a document's nodes."""


def addresses_of(thing: Any, **given: Any) -> Iterator[Hashable]:
    """What only this one may have; `given` are fields that it lacks itself."""
    name = type(thing).__name__
    for fields in ADDRESSES.get(name, ()):
        values = [given[one] if one in given else getattr(thing, one) for one in fields]
        if values[-1] is not None:
            yield name, *fields, *values


def twins(
    things: Iterable[T], addresses: Callable[[T], Iterable[Hashable]] = addresses_of
) -> Iterator[tuple[T, T]]:
    """The first that has an address, with each other that has it too."""
    seen: dict[Hashable, T] = {}
    for thing in things:
        for address in addresses(thing):
            if seen.setdefault(address, thing) is not thing:
                yield seen[address], thing

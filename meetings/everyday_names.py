"""What people call States and organisations beside their names, from `data/everyday_names.csv`.

It is part of the code and is read once in a process: the public finds by it without a query, and in
whatever was published before; staff find by it without rows of their own.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from meetings.alphabetical_order import fold

FILE = Path(__file__).parent / "data" / "everyday_names.csv"
KINDS = ("everyday", "abbreviation", "former", "spelling")


@dataclass(frozen=True, slots=True)
class EverydayName:
    """One name that people use; it is found by, and never shown in a programme."""

    code: str
    """Of the delegation."""
    language: str
    name: str
    kind: str
    """One of `KINDS`."""


@cache
def everyday_names() -> tuple[EverydayName, ...]:
    """All of them, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(EverydayName(**line) for line in csv.DictReader(file))


@cache
def _by_code() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, list[str]] = defaultdict(list)
    for one in everyday_names():
        names[one.code].append(one.name)
    return {code: tuple(its) for code, its in names.items()}


def names_of(code: str) -> tuple[str, ...]:
    """The everyday names of a delegation in all languages; none for most."""
    return _by_code().get(code, ())


@cache
def _by_folded_code() -> Mapping[str, tuple[str, ...]]:
    return {fold(code): tuple(map(fold, its)) for code, its in _by_code().items()}


def searched_names(search_text: str) -> Iterator[str]:
    """A row's folded names, of which its code is the last, and those that people call it by."""
    names = search_text.split("\n")
    yield from names
    yield from _by_folded_code().get(names[-1], ())

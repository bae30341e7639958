"""Finding delegations by what people type: what they call them, and how well a name fits it.

Everyday names (`data/everyday_names.csv`) are part of the code and are read once in a process: the
public finds by them without a query, and in whatever was published before.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from meetings.alphabetical_order import fold

# --- everyday names --------------------------------------------------------------------------

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
def _by_code() -> Mapping[str, tuple[EverydayName, ...]]:
    names: dict[str, list[EverydayName]] = defaultdict(list)
    for one in everyday_names():
        names[one.code].append(one)
    return {code: tuple(its) for code, its in names.items()}


def everyday_names_of(code: str) -> tuple[EverydayName, ...]:
    """What people call a delegation, in all languages; nothing beside its name for most."""
    return _by_code().get(code, ())


@cache
def _by_folded_code() -> Mapping[str, tuple[str, ...]]:
    return {fold(code): tuple(fold(one.name) for one in its) for code, its in _by_code().items()}


def searched_names(search_text: str) -> Iterator[str]:
    """A row's folded names, of which its code is the last, and those that people call it by."""
    names = search_text.split("\n")
    yield from names
    yield from _by_folded_code().get(names[-1], ())


# --- how a name fits -------------------------------------------------------------------------

_EN = {"and", "for", "of", "on", "the"}
_FR = {"d", "de", "des", "du", "et", "l", "la", "le", "les", "pour"}
_ES = {"de", "del", "e", "el", "la", "las", "los", "para", "y"}
SMALL_WORDS = frozenset(_EN | _FR | _ES)
"""Words, folded, whose letters stand in no abbreviation: Democratic Republic of the Congo, DRC."""

SHORTEST_ABBREVIATION = 2

NAMES_KNOWN = 8192
"""Names that are remembered as they are compared: 200 delegations have a thousand and a half."""


class Fit(IntEnum):
    """In what way a term is found in a name, the surest first."""

    WHOLE = 0
    """It is a name, or the code."""
    INITIALS = 1
    """It is how the initials of a name begin: “uk”, “usa”, “rdc”."""
    BEGINNING = 2
    """A name begins with it."""
    WORD = 3
    """Each of its words begins a word of a name."""
    INSIDE = 4
    """It stands anywhere else."""


def fit(term: str, names: Iterable[str]) -> Fit | None:
    """How a folded term is found in folded names; None where it is in none.

    At the beginning of a name blanks do not count, nor hyphens, which are folded to them.
    """
    joined_term, words = term.replace(" ", ""), term.split()
    found = (_fit(term, joined_term, words, name) for name in names)
    return min((one for one in found if one is not None), default=None)


def _fit(term: str, joined_term: str, words: list[str], name: str) -> Fit | None:
    joined, abbreviation = _compared(name)
    if joined == joined_term:
        return Fit.WHOLE
    if len(term) >= SHORTEST_ABBREVIATION and abbreviation.startswith(term):
        return Fit.INITIALS
    if joined.startswith(joined_term):
        return Fit.BEGINNING
    if not all(word in name for word in words):
        return None
    if all(f" {word}" in f" {name}" for word in words):
        return Fit.WORD
    return Fit.INSIDE if term in name else None


@lru_cache(maxsize=NAMES_KNOWN)
def _compared(name: str) -> tuple[str, str]:
    """A folded name without blanks, and its initials."""
    return name.replace(" ", ""), initials(name)


def initials(name: str) -> str:
    """The first letters of a folded name of several words, without those of small words."""
    words = [one for one in name.split() if one not in SMALL_WORDS]
    return "".join(one[0] for one in words) if len(words) > 1 else ""

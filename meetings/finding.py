"""Ranking of search results: how well a name fits what somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

_EN = {"and", "for", "of", "on", "the"}
_FR = {"d", "de", "des", "du", "et", "l", "la", "le", "les", "pour"}
_ES = {"de", "del", "e", "el", "la", "las", "los", "para", "y"}
SMALL_WORDS = frozenset(_EN | _FR | _ES)
"""Words, folded, whose letters stand in no abbreviation: Democratic Republic of the Congo, DRC."""

SHORTEST_ABBREVIATION = 2


class Fit(IntEnum):
    """In what way a term is found in a name, the surest first."""

    WHOLE = 0
    """It is a name, or the code."""
    INITIALS = 1
    """It is how the initials of a name begin: “uk”, “usa”, “rdc”."""
    BEGINNING = 2
    """A name begins with it."""
    WORD = 3
    """A word of a name begins with it."""
    INSIDE = 4
    """It stands anywhere else."""


def fit(term: str, names: Iterable[str]) -> Fit | None:
    """How a folded term is found in folded names; None where it is in none.

    At the beginning of a name blanks do not count, nor hyphens, which are folded to them.
    """
    return min((one for name in names for one in _fits(term, name)), default=None)


def _fits(term: str, name: str) -> list[Fit]:
    joined, joined_term = name.replace(" ", ""), term.replace(" ", "")
    found = {
        Fit.WHOLE: joined == joined_term,
        Fit.INITIALS: len(term) >= SHORTEST_ABBREVIATION and initials(name).startswith(term),
        Fit.BEGINNING: joined.startswith(joined_term),
        Fit.WORD: f" {term}" in name,
        Fit.INSIDE: term in name,
    }
    return [one for one, is_found in found.items() if is_found]


def initials(name: str) -> str:
    """The first letters of a folded name of several words, without those of small words."""
    words = [one for one in name.split() if one not in SMALL_WORDS]
    return "".join(one[0] for one in words) if len(words) > 1 else ""

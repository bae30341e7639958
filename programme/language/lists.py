"""Lists in a sentence, as each language joins them (Babel, and what it lacks)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.lists import format_list

if TYPE_CHECKING:
    from collections.abc import Sequence


# Spanish "y" before the sound of i; not before a diphthong (hierro, ion).
BEGINS_WITH_I = re.compile(r"^\W*h?(?:í|i(?![aeouáéó]))", re.IGNORECASE)


COMMAS = {"en": ", ", "fr": ", ", "es": ", ", "ar": "، "}


SEMICOLONS = {"en": "; ", "fr": "\u00a0; ", "es": "; ", "ar": "؛ "}


def join_list(names: Sequence[str], language: str) -> str:
    """Join names as a sentence does: "Chad, Peru, and Serbia" (with the serial comma)."""
    joined = format_list(names, locale=language)
    if language == "es" and len(names) > 1 and BEGINS_WITH_I.match(names[-1]):
        return f"{joined.removesuffix(f' y {names[-1]}')} e {names[-1]}"
    return joined


def join_clauses(clauses: Sequence[str], language: str) -> str:
    """Join whole clauses in one sentence: as names, but with commas in Arabic."""
    if language == "ar" and len(clauses) > 2:  # noqa: PLR2004 -- two need no comma
        return f"{COMMAS['ar'].join(clauses[:-1])}، و{clauses[-1]}"
    return join_list(clauses, language)


def join_described(names: Sequence[str], language: str) -> str:
    """Join names that may have commas of their own: "A, Director; B, President"."""
    if any(COMMAS[language] in name for name in names):
        return SEMICOLONS[language].join(names)
    return join_list(names, language)

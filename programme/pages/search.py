"""Finding delegations by a few letters, in any of the languages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from meetings.alphabetical_order import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from programme.document.nodes import Delegation, Texts
    from programme.shelf.edition import Edition

NAMES_KNOWN = 4096
"""Names that are remembered as they are compared: 200 delegations have a thousand."""

LONGEST_QUERY = 100
"""Characters; no name is longer, and a page should not repeat more than it was asked."""


def ids_found(editions: Iterable[Edition], query: str) -> frozenset[str]:
    """Ids of the delegations that have a name in which each word asked for begins a word.

    Accents, case and Arabic spelling variants do not count, nor blanks and hyphens at the beginning
    of a name. Where no word begins so, what is asked for may stand inside a word.
    """
    asked = fold(query)
    if not asked:
        return frozenset()
    names = _names(editions)
    begun = frozenset(key for key, name in names if _begins_words(asked, name))
    return begun or frozenset(key for key, name in names if asked in name)


def _names(editions: Iterable[Edition]) -> set[tuple[str, str]]:
    """Ids and folded names; what documents share is looked at once, however many there are."""
    distinct = {id(one): one for edition in editions for one in edition.document.delegations}
    return {(one.id, _folded(name)) for one in distinct.values() for name in _written(one)}


@lru_cache(maxsize=NAMES_KNOWN)
def _folded(name: str) -> str:
    return fold(name)


def _written(delegation: Delegation[Texts]) -> set[str]:
    names = {wording.value for wording in delegation.name.wordings.values()}
    return {*names, delegation.code}


def _begins_words(asked: str, name: str) -> bool:
    if name.replace(" ", "").startswith(asked.replace(" ", "")):
        return True
    return all(f" {word}" in f" {name}" for word in asked.split())

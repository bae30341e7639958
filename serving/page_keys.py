"""Cache keys and lifetimes: what a public page depends on, so that it can be made once and kept.

A page is a function of its address, of the shelf and of the clock. The address says which page, in
which language, with which of the parameters that it knows; the lifetime says of which generation of
the shelf, and until the clock alone changes it. Requests that agree in these are answered with the
same bytes. A process runs one build, so that pages kept in it need not name it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve

from programme.document.nodes import LANGUAGES
from programme.pages.links import KNOWN_PARAMETERS
from programme.searching.search import LONGEST_QUERY
from programme.shelf.shelf import Shelf

NEVER = float("inf")

# --- which page ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """An address below a language, with what its page reads of the query."""

    path: str
    query: str = ""
    """The parameters that the page knows, in one order and form."""
    meeting: str = ""
    """Whose page it is; "" for pages of the whole site."""
    serial: int | None = None
    """Of an old version's page."""
    is_kept: bool = False
    """Whether the page is worth keeping: it is one of few, and not one for each reader."""


def address_of(path: str, query: str, shelf: Shelf) -> Address | None:
    """The public address that a request asks for; None for what is not below a language.

    Where nothing stands there, the address is as it was asked for, and is not kept.
    """
    language, _, below = path[1:].partition("/")
    if language not in LANGUAGES:
        return None
    as_asked = Address(path, query)
    if path != path.lower() or (settings.DEBUG and "at=" in query):
        return as_asked
    try:
        match = resolve(f"/{below}", "programme.pages.urls")
    except Resolver404:
        return as_asked
    meeting, serial = match.kwargs.get("meeting", ""), match.kwargs.get("serial")
    known = dict(_known(match.url_name or "", query, language, meeting, shelf))
    return Address(path, urlencode(known), meeting, serial, is_kept="q" not in known)


def _known(
    name: str, query: str, language: str, meeting: str, shelf: Shelf
) -> Iterable[tuple[str, str]]:
    """The parameters that a page of this name reads, where they mean something."""
    names = KNOWN_PARAMETERS.get(name, ()) if query else ()
    given = dict(parse_qsl(query)) if names else {}
    for parameter in names:
        value = given.get(parameter, "").strip()[:LONGEST_QUERY]
        if value and _means_something(parameter, value, language, meeting, shelf):
            yield parameter, value


def _means_something(name: str, value: str, language: str, meeting: str, shelf: Shelf) -> bool:
    if name == "with":
        return value in LANGUAGES and value != language
    if name == "since":
        versions = shelf.versions(shelf.present_address(meeting))
        return any(value == str(one.serial) for one in versions)
    return True


# --- from when until when --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Cache validity: while a page stays as it is, by the shelf and by the clock."""

    generation: int = -1
    """Of the shelf; -1 for a page that it is not made of."""
    since: float = 0
    """POSIX seconds; 0 where the clock has changed nothing yet."""
    until: float = NEVER

    @classmethod
    def of(cls, address: Address, shelf: Shelf, at: float) -> Lifetime:
        """The lifetime around a moment of a page that is made of the shelf as it is now.

        A page may tell of any meeting, so that all of them count.
        """
        generation = shelf.generation  # before anything is read from the shelf
        turns = [
            turn
            for one in shelf.meetings
            for turn in (one.current.published_at.timestamp(), *one.turns)
        ]
        if address.serial and (old := shelf.version(address.meeting, address.serial)):
            turns += (old.published_at.timestamp(), *old.turns)
        return cls(
            generation,
            max((one for one in turns if one <= at), default=0),
            min((one for one in turns if one > at), default=NEVER),
        )


NOT_KEPT = Lifetime()

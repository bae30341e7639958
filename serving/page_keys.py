"""What a public page depends on, so that it can be made once and kept.

A page is a function of its address, of the versions on the shelf that it shows, and of the
clock. The address says which page, in which language, with which of the parameters that it
knows; the state says which versions, and when they change by the clock alone. Requests that
agree in these are answered with the same bytes. A process runs one build, so that pages kept in
it need not name it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve

from programme.document.clock import boundaries
from programme.document.nodes import LANGUAGES
from programme.pages.search import LONGEST_QUERY
from programme.pages.urls import KNOWN_PARAMETERS
from programme.shelf.edition import Edition
from programme.shelf.shelf import Shelf

NEVER = float("inf")

TURNS_KNOWN = 500
"""Editions whose boundaries are remembered, since most changes of the shelf leave most alone."""


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
    for one in names:
        value = given.get(one, "").strip()[:LONGEST_QUERY]
        if value and _means_something(one, value, language, meeting, shelf):
            yield one, value


def _means_something(name: str, value: str, language: str, meeting: str, shelf: Shelf) -> bool:
    if name == "with":
        return value in LANGUAGES and value != language
    if name == "since":
        versions = shelf.versions(shelf.present_address(meeting))
        return any(value == str(one.serial) for one in versions)
    return True


# --- which versions, and when ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """The versions that a page shows, and the moments at which it changes without a new one."""

    digest: str
    turns: tuple[float, ...]
    """POSIX seconds, in order."""
    published_at: float
    """When the latest of the versions was published, in POSIX seconds."""
    is_old: bool = False
    """Whether it is the page of a version that is not current any more."""

    def phase(self, at: float) -> int:
        """How many turns are over at a moment, in POSIX seconds."""
        return bisect_right(self.turns, at)

    def turned_at(self, phase: int) -> float:
        """When a phase began; 0 for the first."""
        return self.turns[phase - 1] if phase else 0

    def turns_at(self, phase: int) -> float:
        """When a phase ends; infinite for the last."""
        return self.turns[phase] if phase < len(self.turns) else NEVER


class States:
    """The states of a shelf's pages, each found out once after a change of the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._generation = -1
        self._known: dict[tuple[str, int | None], State] = {}
        self._before: dict[tuple[str, int | None], State] = {}
        self._turns: dict[tuple[str, int, str], tuple[float, ...]] = {}
        self._lock = Lock()

    def of(self, address: Address) -> State | None:
        """The state of a page; None if there is nothing on the shelf to make it of."""
        with self._lock:
            generation = self.shelf.generation  # before anything is read from the shelf
            if generation != self._generation:
                self._generation, self._before, self._known = generation, self._known, {}
            known = self._known
        key = address.meeting, address.serial
        if (state := known.get(key)) is None and (state := self._found(*key)):
            known[key] = state
        return state

    def before(self, address: Address) -> State | None:
        """The state of a page before the last change of the shelf, if it was asked for then."""
        return self._before.get((address.meeting, address.serial))

    def _found(self, meeting: str, serial: int | None) -> State | None:
        shelf = self.shelf
        if not meeting:
            return self._state(shelf.current_editions())
        shown = shelf.version(meeting, serial) if serial else shelf.current(meeting)
        if shown is None:
            return None
        current = shelf.current(meeting)
        return self._state(
            [shown, *([current] if current else []), *self._related(shown)],
            is_old=current is None or current.serial != shown.serial,
        )

    def _related(self, edition: Edition) -> Iterable[Edition]:
        """Editions of other meetings that a meeting's pages name."""
        follows = edition.document.meeting.follows
        if follows and (followed := self.shelf.of_meeting(follows.id)):
            yield followed
        yield from self.shelf.following(edition)

    def _state(self, editions: Iterable[Edition], *, is_old: bool = False) -> State:
        digest = hashlib.sha256()
        turns: set[float] = set()
        published_at = 0.0
        for one in editions:
            # What a page tells of changes, it takes from all versions that stand.
            versions = [(each.serial, each.digest) for each in self.shelf.versions(one.slug)]
            digest.update(repr((one.slug, one.serial, one.digest, versions)).encode())
            turns.update(self._turns_of(one))
            published_at = max(published_at, one.published_at.timestamp())
        return State(digest.hexdigest(), tuple(sorted(turns)), published_at, is_old)

    def _turns_of(self, edition: Edition) -> tuple[float, ...]:
        key = edition.slug, edition.serial, edition.digest
        turns = self._turns.get(key)
        if turns is None:
            turns = tuple(one.timestamp() for one in boundaries(edition.document))
            if len(self._turns) >= TURNS_KNOWN:
                self._turns.clear()
            self._turns[key] = turns
        return turns

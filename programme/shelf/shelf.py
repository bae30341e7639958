"""The shelf: what each process holds ready for the public. It knows no database.

`watching` fills it; views and renderers read it. Its contents are replaced whole, so that a
reader never meets half a change.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Lock
from zoneinfo import ZoneInfo

from programme.comparing.change_lines import named_in
from programme.document.nodes import Delegation, Text
from programme.shelf.edition import Edition, Key, Version, key_of
from programme.shelf.left_addresses import LeftAddresses
from programme.shelf.proving import proved
from programme.shelf.releases import end_of_marks

logger = logging.getLogger(__name__)

OLD_EDITIONS_KEPT = 8
"""Size of the LRU cache of old versions that stay unpacked; each takes about a megabyte."""


@dataclass(frozen=True)
class MeetingShelf:
    """All versions of one meeting that can be shown, and its current edition."""

    current: Edition
    versions: tuple[Version, ...] = field(default=())
    """The latest first; the current one is the first of them."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """Of its versions, or of the edition that is held by itself."""
        alone = (self.current.document.meeting.id, self.current.serial, self.current.digest)
        return tuple(map(key_of, self.versions)) or (alone,)

    @cached_property
    def turns(self) -> tuple[float, ...]:
        """The moments at which its pages change by themselves, as POSIX seconds.

        Those of the programme, and those at which what a version changed loses its mark.
        """
        told = (one for one in self.versions or (self.current,) if one.lines)
        ends = (end_of_marks(one.published_at).timestamp() for one in told)
        return (*self.current.turns, *ends)


class Shelf:
    """The current edition of every published meeting, and all versions at rest."""

    def __init__(self) -> None:
        self._meetings: dict[str, MeetingShelf] = {}
        self._standing: tuple[Version, ...] = ()
        self._withdrawn: frozenset[tuple[str, int]] = frozenset()
        self._unshowable: frozenset[Key] = frozenset()
        self._old: OrderedDict[str, tuple[Version, Edition]] = OrderedDict()
        self._named: dict[str, frozenset[str]] = {}
        self._lock = Lock()
        self.left = LeftAddresses()
        """What stood at the addresses of all versions."""
        # Of a request that is answered without some versions, in its own thread.
        self._without: ContextVar[dict[str, MeetingShelf] | None] = ContextVar(
            "without", default=None
        )
        self.is_filled = False
        """Whether it was ever known what is public; till then nobody may say "no such page"."""
        self.generation = 0
        """Rises with each change."""

    def replace(
        self, versions: Iterable[Version], *, withdrawn: frozenset[tuple[str, int]] = frozenset()
    ) -> None:
        """Hold exactly these versions; what is held already is not unpacked again.

        `withdrawn` names, by address and serial, what was public once and is no more.
        """
        self._standing = tuple(sorted(versions, key=lambda one: -one.serial))
        self._unshowable &= frozenset(map(key_of, self._standing))
        self._meetings = self._put_up()
        self._withdrawn = withdrawn
        self._named = {}
        self.left.keep(list(map(key_of, self._standing)))
        self._renewed()

    def hold(self, *editions: Edition) -> None:
        """Hold these editions as current ones, without versions at rest."""
        self._meetings = {one.slug: MeetingShelf(one) for one in editions}
        self._renewed()

    def _renewed(self) -> None:
        # Last: what is made from now on is made of what is held now.
        self.is_filled = True
        self.generation += 1

    def _put_up(self) -> dict[str, MeetingShelf]:
        by_meeting: dict[str, list[Version]] = {}
        for version in self._standing:
            by_meeting.setdefault(version.meeting_id, []).append(version)
        held = {one.current.document.meeting.id: one for one in self._meetings.values()}
        shelves = (
            self._meeting_shelf(its, held.get(meeting_id)) for meeting_id, its in by_meeting.items()
        )
        # Publishing refuses an address that another meeting has.
        return {one.current.slug: one for one in shelves if one}

    def _meeting_shelf(
        self, versions: Iterable[Version], held: MeetingShelf | None
    ) -> MeetingShelf | None:
        """The last good version of a meeting, and those before it."""
        known = tuple(one for one in versions if key_of(one) not in self._unshowable)
        for place, version in enumerate(known):
            if held and held.current.serial == version.serial and version in held.versions:
                return MeetingShelf(held.current, known[place:])
            if edition := self._proved(version):
                return MeetingShelf(edition, known[place:])
        return None

    def _proved(self, version: Version) -> Edition | None:
        """The edition that a version is; None, and told once, where no page can be made of it."""
        if key_of(version) in self._unshowable:
            return None
        try:
            return proved(version)
        except Exception:
            # Whatever is wrong with one document, the last good one goes on being served.
            logger.exception("%s v%s cannot be read", version.slug, version.serial)
            self._unshowable |= {key_of(version)}
            return None

    # --- what keeps pages from being made ------------------------------------------------------

    @property
    def unshowable(self) -> int:
        """How many publications that stand are not shown, since no page can be made of them."""
        return len(self._unshowable)

    @property
    def meetings(self) -> tuple[MeetingShelf, ...]:
        """All meetings, those first of which something was published last."""
        shown = self._shown.values()
        return tuple(sorted(shown, key=lambda one: one.current.published_at, reverse=True))

    @contextmanager
    def without(self, keys: Collection[Key]) -> Iterator[None]:
        """Let this thread see the shelf as it would be without some versions."""
        token = self._without.set(dict(self._rest(keys)) if keys else self._without.get())
        try:
            yield
        finally:
            self._without.reset(token)

    def _rest(self, keys: Collection[Key]) -> Iterator[tuple[str, MeetingShelf]]:
        for slug, meeting in self._meetings.items():
            if not set(meeting.keys) & set(keys):
                yield slug, meeting
            elif rest := self._shelf_of_rest(meeting, keys):
                yield rest.current.slug, rest

    def _shelf_of_rest(self, held: MeetingShelf, keys: Collection[Key]) -> MeetingShelf | None:
        known = tuple(one for one in held.versions if key_of(one) not in keys)
        for place, version in enumerate(known):
            if version is held.versions[0]:
                return MeetingShelf(held.current, known)
            if edition := self._unpacked(version):
                return MeetingShelf(edition, known[place:])
        return None

    def set_aside(self, keys: Collection[Key]) -> None:
        """Show these versions no more: the last good one before each is current."""
        self._unshowable |= frozenset(keys)
        self._meetings = dict(self._rest(keys))
        self._renewed()

    @property
    def _shown(self) -> Mapping[str, MeetingShelf]:
        without = self._without.get()
        return self._meetings if without is None else without

    # --- what is public ------------------------------------------------------------------------

    def current_editions(self) -> tuple[Edition, ...]:
        """The current edition of every meeting, the latest meeting first."""
        editions = (one.current for one in self._shown.values())
        return tuple(sorted(editions, key=lambda one: one.document.meeting.starts_on, reverse=True))

    def current(self, slug: str) -> Edition | None:
        """The current edition of a meeting, or None if it has no publication."""
        shelf = self._shown.get(slug)
        return shelf.current if shelf else None

    def of_meeting(self, meeting_id: str) -> Edition | None:
        """The current edition of a meeting by its id, whatever its address; None if none."""
        editions = (one.current for one in self._shown.values())
        return next((one for one in editions if one.document.meeting.id == meeting_id), None)

    def present_address(self, slug: str) -> str:
        """The address that the meeting once published at this one has now; mostly this one.

        Whoever is at an address now has it; of those that left it, whoever left it last.
        """
        if slug in self._shown:
            return slug
        present = {one.current.document.meeting.id: slug for slug, one in self._shown.items()}
        left = (
            (version.published_at, present[version.meeting_id])
            for version in self._standing
            if version.slug == slug and version.meeting_id in present
        )
        return max(left, default=(None, slug))[1]

    def versions(self, slug: str) -> tuple[Version, ...]:
        """All standing versions of a meeting, the latest first."""
        shelf = self._shown.get(slug)
        return shelf.versions if shelf else ()

    def all_versions(self) -> list[Version]:
        """All versions of all meetings, those that were published last first."""
        every = (version for one in self._shown.values() for version in one.versions)
        return sorted(every, key=lambda one: (one.published_at, one.serial), reverse=True)

    def version(self, slug: str, serial: int) -> Edition | None:
        """One version of a meeting, or None if there is no such publication."""
        current = self.current(slug)
        if current and current.serial == serial:
            return current
        version = next((one for one in self.versions(slug) if one.serial == serial), None)
        return self._unpacked(version) if version else None

    def named_at_first(self, slug: str) -> frozenset[str]:
        """Codes of the delegations that the first standing version of a meeting names."""
        versions = self.versions(slug)
        if not versions:
            return frozenset()
        first = versions[-1]
        if first.digest not in self._named:
            edition = self.version(slug, first.serial)
            self._named[first.digest] = named_in(edition.document) if edition else frozenset()
        return self._named[first.digest]

    @property
    def is_all_withdrawn(self) -> bool:
        """Whether something was public and nothing is any more."""
        return bool(self._withdrawn) and not self._standing

    def is_withdrawn(self, slug: str, serial: int | None = None) -> bool:
        """Whether a version, or all that was ever public of a meeting, is withdrawn."""
        if serial:
            return (slug, serial) in self._withdrawn
        is_there = self.present_address(slug) in self._shown
        return not is_there and any(slug == one for one, _ in self._withdrawn)

    def is_unshowable(self, slug: str, serial: int | None = None) -> bool:
        """Whether a version stands, or any of a meeting, of which no page can be made."""
        here = {self.present_address(slug), slug}
        ids = {one.meeting_id for one in self._standing if one.slug in here}
        its = (one for one in self._standing if one.meeting_id in ids)
        return any(key_of(one) in self._unshowable and serial in (None, one.serial) for one in its)

    def _unpacked(self, version: Version) -> Edition | None:
        with self._lock:
            key = f"{version.meeting_id} {version.serial}"
            known, edition = self._old.get(key, (None, None))
            if edition is None or known != version:
                edition = self._proved(version)
            if edition is None:
                return None
            self._old[key] = version, edition
            self._old.move_to_end(key)
            if len(self._old) > OLD_EDITIONS_KEPT:
                self._old.popitem(last=False)
            return edition

    def following(self, edition: Edition) -> tuple[Edition, ...]:
        """Current editions of the meetings that follow one, the first first."""
        follow = (
            later
            for later in self.current_editions()
            if later.document.meeting.follows
            and later.document.meeting.follows.id == edition.document.meeting.id
        )
        return tuple(sorted(follow, key=lambda one: one.document.meeting.starts_on))

    def delegations(self, language: str) -> tuple[Delegation[Text], ...]:
        """Every delegation of any current edition, in a language's order.

        Where editions differ, the latest meeting's word counts: of the name, of the code, and of
        who has a code.
        """
        ids: set[str] = set()
        known: dict[str, Delegation[Text]] = {}
        for edition in self.current_editions():
            its = edition.in_language(language).delegations
            known = {one.code: one for one in its if one.id not in ids} | known
            ids |= {one.id for one in its}
        return tuple(sorted(known.values(), key=lambda one: one.sort_key))


def today_at(edition: Edition, at: datetime) -> date:
    """The calendar day of a moment where a meeting is held."""
    return at.astimezone(ZoneInfo(edition.document.meeting.zone)).date()


def on_or_next(editions: Iterable[Edition], at: datetime) -> Edition | None:
    """The meeting that is on at a moment, or the next to come; None if all are over."""
    return next(iter(to_come(editions, at)), None)


def to_come(editions: Iterable[Edition], at: datetime) -> list[Edition]:
    """Meetings that are on or to come, the next first."""
    ahead = [one for one in editions if one.document.meeting.ends_on >= today_at(one, at)]
    return sorted(ahead, key=lambda one: one.document.meeting.starts_on)


def past(editions: Iterable[Edition], at: datetime) -> list[Edition]:
    """Meetings that are over, the latest first."""
    over = [one for one in editions if one.document.meeting.ends_on < today_at(one, at)]
    return sorted(over, key=lambda one: one.document.meeting.starts_on, reverse=True)


shelf = Shelf()
"""The shelf of this process."""

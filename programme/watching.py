"""Fills the shelf from the database: once at start, then once a second."""

from __future__ import annotations

import atexit
import logging
from threading import Event, Thread
from uuid import UUID

from django.db import close_old_connections, connection

from meetings.rows import LANGUAGES, column
from programme.document import Texts
from programme.edition import Version
from programme.lines import Line
from programme.models import Publication
from programme.shelf import Shelf, shelf

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds between two looks: a publication is public in every process soon after."""

Key = tuple[str, int, str]


class Watcher:
    """Makes a shelf equal to what is published."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._held: dict[Key, Version] = {}
        self._withdrawn: frozenset[tuple[str, int]] = frozenset()

    def look(self) -> bool:
        """Compare the shelf with the database; True if it had to be changed.

        One query where nothing is new, two where something is.
        """
        standing, withdrawn = _published()
        if standing == self._held.keys() and withdrawn == self._withdrawn:
            return False
        # Where one is withdrawn, those after it tell anew what they changed.
        touched = {meeting_id for meeting_id, *_rest in self._held.keys() - standing}
        held = {
            key: version
            for key, version in self._held.items()
            if key in standing and version.meeting_id not in touched
        }
        held |= self._loaded(standing - held.keys())
        self.shelf.replace(held.values(), withdrawn=withdrawn)
        self._held, self._withdrawn = held, withdrawn
        return True

    def _loaded(self, missing: set[Key]) -> dict[Key, Version]:
        meetings = {UUID(meeting_id) for meeting_id, _serial, _digest in missing}
        publications = Publication.objects.standing().filter(
            meeting__in=meetings, digest__in={digest for *_rest, digest in missing}
        )
        versions = (version_of(one) for one in publications.iterator(chunk_size=50))
        loaded = {(one.meeting_id, one.serial, one.digest): one for one in versions}
        return {key: version for key, version in loaded.items() if key in missing}


def _published() -> tuple[set[Key], frozenset[tuple[str, int]]]:
    """All standing versions, and the address and serial of each withdrawn one."""
    standing, withdrawn = set(), set()
    columns = ("meeting_id", "serial", "digest", "slug", "withdrawn_at")
    for meeting_id, serial, digest, slug, at in Publication.objects.order_by().values_list(
        *columns
    ):
        if at is None:
            standing.add((str(meeting_id), serial, digest))
        else:
            withdrawn.add((slug, serial))
    return standing, frozenset(withdrawn)


def version_of(publication: Publication) -> Version:
    """A publication as the shelf holds it."""
    notes = {one: getattr(publication, column("note", one)) or "" for one in LANGUAGES}
    return Version(
        meeting_id=str(publication.meeting_id),
        slug=publication.slug,
        serial=publication.serial,
        designation=publication.designation,
        published_at=publication.published_at,
        digest=publication.digest,
        note=Texts.of(**notes),
        lines=tuple(map(Line.read, publication.changes)),
        is_reissue=publication.is_reissue,
        cancelled=tuple(publication.cancelled),
        packed=Version.pack(publication.document),
    )


watcher = Watcher(shelf)
_stop = Event()


def start() -> None:
    """Fill the shelf and go on watching in the background; called once per web process."""
    look_once()
    Thread(target=_watch, name="watcher", daemon=True).start()
    atexit.register(_stop.set)


def _watch() -> None:
    while not _stop.wait(INTERVAL):
        look_once()
    connection.close()


_failing = Event()


def look_once() -> None:
    """Look once; whatever goes wrong, such as a database that is away, is logged once."""
    try:
        close_old_connections()
        watcher.look()
    except Exception:  # whatever it was, the next look may succeed
        if not _failing.is_set():
            logger.exception("The shelf cannot be brought up to date; it stays as it is.")
        _failing.set()
        connection.close()
    else:
        if _failing.is_set():
            logger.warning("The shelf is brought up to date again.")
        _failing.clear()

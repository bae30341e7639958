"""Fills the shelf from the database: at start, whenever something is published, once a second."""

from __future__ import annotations

import atexit
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.utils import timezone

from meetings.rows import LANGUAGES, column
from programme.comparing.change_lines import Line
from programme.document.nodes import Texts
from programme.models import Publication
from programme.publishing.announcing import heard
from programme.shelf.edition import Key, Version, key_of
from programme.shelf.outage import Outage, outage, patience
from programme.shelf.shelf import Shelf, shelf
from programme.shelf.spool import Spool

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds between two looks, where nobody told of a publication meanwhile."""

LONGEST_INTERVAL = 3.0
"""Seconds between two looks at a database that was away for a while."""

ANSWER_WITHIN = 0.8
"""Seconds after which a database that does not answer counts as away."""


class Watcher:
    """Makes a shelf equal to what is published.

    `renew` is called whenever the shelf has changed; a spool holds the same on this machine.
    """

    def __init__(
        self, shelf: Shelf, *, spool: Spool | None = None, renew: Callable[[], None] = lambda: None
    ) -> None:
        self.shelf = shelf
        self.spool = spool
        self.renew = renew
        self._held: dict[Key, Version] = {}
        self._unreadable: set[Key] = set()
        self._withdrawn: frozenset[tuple[str, int]] = frozenset()

    def restore(self) -> bool:
        """Fill the shelf from the spool; False if it holds nothing."""
        versions, withdrawn = self.spool.read() if self.spool else ([], frozenset())
        if not versions and not withdrawn:
            return False
        self._hold({key_of(one): one for one in versions}, withdrawn)
        return True

    def look(self) -> bool:
        """Compare the shelf with the database; True if it had to be changed.

        One query where nothing is new, two where something is.
        """
        standing, withdrawn = _published()
        self._unreadable &= standing
        is_known = standing == self._held.keys() | self._unreadable
        is_known &= withdrawn == self._withdrawn
        if is_known and self.shelf.is_filled:
            self._keep_again()
            return False
        # Where one is withdrawn, those after it tell anew what they changed.
        touched = {meeting_id for meeting_id, *_rest in self._held.keys() - standing}
        held = {
            key: version
            for key, version in self._held.items()
            if key in standing and version.meeting_id not in touched
        }
        held |= self._loaded(standing - held.keys() - self._unreadable)
        self._hold(held, withdrawn)
        self._keep()
        return True

    def _keep_again(self) -> None:
        """Write what a full disk or a process that knew less has kept out of the spool."""
        if self.spool and not self.spool.is_whole():
            self._keep()

    def _keep(self) -> None:
        if self.spool:
            self.spool.keep(self._held.values(), self._withdrawn)

    def _hold(self, held: dict[Key, Version], withdrawn: frozenset[tuple[str, int]]) -> None:
        self.shelf.replace(held.values(), withdrawn=withdrawn)
        self._held, self._withdrawn = held, withdrawn
        self.renew()

    def _loaded(self, missing: set[Key]) -> dict[Key, Version]:
        meetings = {UUID(meeting_id) for meeting_id, _serial, _digest in missing}
        publications = Publication.objects.standing().filter(
            meeting__in=meetings, digest__in={digest for *_rest, digest in missing}
        )
        loaded: dict[Key, Version] = {}
        for publication in publications.iterator(chunk_size=4):
            key = str(publication.meeting_id), publication.serial, publication.digest
            if key in missing:
                self._load(publication, key, loaded)
        return loaded

    def _load(self, publication: Publication, key: Key, loaded: dict[Key, Version]) -> None:
        """Load one publication; what keeps it from that is told once, and harms no other."""
        try:
            loaded[key] = version_of(publication)
        except Exception:
            logger.exception("%s v%s cannot be loaded", publication.slug, publication.serial)
            self._unreadable.add(key)


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


class Watch:
    """Looks again and again, and tells how it went."""

    def __init__(self, watcher: Watcher, outage: Outage) -> None:
        self.watcher = watcher
        self.outage = outage
        self.looked_at: datetime | None = None
        """When the shelf was last found or made equal to the database."""
        self.failures = 0
        """How many looks failed since the start."""
        self._failing = 0
        self._stop = Event()

    def start(self) -> None:
        """Look, and go on looking in the background; called once per web process."""
        self.restore_once()
        self.look_once()
        Thread(target=self._go_on, name="watcher", daemon=True).start()
        atexit.register(self._stop.set)

    def _go_on(self) -> None:
        while not self._stop.is_set():
            self.wait()
            self.look_once()
        connection.close()

    def wait(self) -> None:
        """Wait until something is published, or else for the pause, whatever the database does."""
        until = time.monotonic() + self.pause()
        # What goes wrong here, such as a server that only reads, the next look tells.
        with suppress(Error):
            if not self._failing and heard(INTERVAL, answer_within=ANSWER_WITHIN):
                return
        self._stop.wait(max(0, until - time.monotonic()))

    def restore_once(self) -> None:
        """Begin with what the spool holds; whatever is wrong with it, the process starts."""
        try:
            self.watcher.restore()
        except Exception:
            logger.exception("The shelf cannot be filled from the spool")

    def pause(self) -> float:
        """Seconds until the next look: exponential backoff with jitter after failures."""
        if not self._failing:
            return INTERVAL
        longer = min(INTERVAL * 2.0 ** min(self._failing - 1, 8), LONGEST_INTERVAL)
        return longer * random.uniform(0.8, 1.2)  # noqa: S311 -- no secret, only a spread

    def look_once(self) -> None:
        """Look once; whatever goes wrong, such as a database that is away, is logged once."""
        try:
            self._look()
        except Exception as error:  # noqa: BLE001 -- whatever it was, the next look may succeed
            self._fail(error)
        else:
            self._succeed()

    def _look(self) -> None:
        asked_at = time.monotonic()
        with patience(ANSWER_WITHIN):
            try:
                self.watcher.look()
            except (OperationalError, InterfaceError):
                connection.close()
                if time.monotonic() - asked_at >= ANSWER_WITHIN:
                    raise
                # The connection was cut, perhaps by a restart that is over.
                self.watcher.look()

    def _fail(self, error: Exception) -> None:
        if not self._failing:
            logger.error(
                "The shelf cannot be brought up to date; it stays as it is.", exc_info=error
            )
        self.failures += 1
        self._failing += 1
        connection.close()
        if isinstance(error, OperationalError | InterfaceError):
            self.outage.begin()

    def _succeed(self) -> None:
        if self._failing:
            logger.warning("The shelf is brought up to date again.")
        self._failing = 0
        self.looked_at = timezone.now()
        self.outage.end()


_spool = Spool(Path(settings.SPOOL_DIR)) if settings.SPOOL_DIR else None
watch = Watch(Watcher(shelf, spool=_spool), outage)
"""The watch of this process."""

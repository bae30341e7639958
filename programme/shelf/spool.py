"""What the shelf holds, in a file of this machine, so that a restart during an outage serves.

Its first line is the digest of the rest. Several processes and releases may share the folder: the
file is written beside its place and then renamed, so that nobody reads half of it.

Processes hear of a publication up to a second apart. So the one that is behind may replace what the
one ahead has just written; that one finds it replaced when it looks the next time, and writes it
again. Whoever is ahead never gives way, since what it knows is what the database says.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from programme.comparing.change_lines import Line
from programme.document.stored import encoded, texts_of
from programme.document.upgrades import Stored
from programme.shelf.edition import Version, key_of

logger = logging.getLogger(__name__)

FORMAT = 2
"""Raised when the file is written otherwise; that of each format has a name of its own."""

DAMAGED = ".damaged"
BEING_WRITTEN = ".part"

LEFT_BEHIND = 60
"""Seconds after which a file that is being written was left by a process that died."""

Withdrawn = frozenset[tuple[str, int]]


class Spool:
    """A file that holds what was public when the database was last asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / f"published-{FORMAT}"
        self.failures = 0
        """How often it could not be written since the start."""
        self.is_failing = False
        """Whether it could not be written the last time."""
        self._first_line = b""
        self._withdrawn: Withdrawn = frozenset()

    def read(self) -> tuple[list[Version], Withdrawn]:
        """Standing versions, and the address and serial of each withdrawn one.

        A file that is damaged is set aside; one that cannot be read holds nothing.
        """
        try:
            versions, self._withdrawn = _contents(_checked(self.file.read_bytes()))
        except FileNotFoundError:
            return [], frozenset()
        except OSError as error:  # a disk that fails must not keep the process from starting
            logger.error("The spool cannot be read: %s", error)  # noqa: TRY400 -- said in a line
            return [], frozenset()
        except Exception as error:  # noqa: BLE001 -- what is written there may break a reader anyhow
            logger.error("%s is set aside, since it cannot be read: %s", self.file.name, error)  # noqa: TRY400 -- as above
            with suppress(OSError):
                self.file.rename(self.file.with_name(self.file.name + DAMAGED))
            return [], frozenset()
        return versions, self._withdrawn

    def is_whole(self) -> bool:
        """Whether all that was to be kept the last time is there; asked at each look."""
        try:
            with self.file.open("rb") as file:
                return not self.is_failing and file.readline() == self._first_line
        except OSError:
            return False

    def keep(self, versions: Iterable[Version], withdrawn: Withdrawn) -> None:
        """Hold exactly this; a folder that cannot be written is logged once and does no harm."""
        written = _with_digest(_written(versions, withdrawn))
        self._first_line = written[: written.index(b"\n") + 1]
        if self.is_whole():  # another process was quicker
            return
        try:
            self._keep(written, has_more_withdrawn=not withdrawn <= self._withdrawn)
        except OSError as error:
            if not self.is_failing:
                logger.error("The spool cannot be written: %s", error)  # noqa: TRY400 -- said in a line
            self.is_failing = True
            self.failures += 1
        else:
            self.is_failing = False
            self._withdrawn = withdrawn

    def _keep(self, written: bytes, *, has_more_withdrawn: bool) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._remove_left_behind()
        try:
            _write(self.file, written)
        except OSError:
            if not has_more_withdrawn:
                raise
            # What must not be shown again leaves even a full disk, and its room may do.
            self.file.unlink(missing_ok=True)
            _write(self.file, written)

    def _remove_left_behind(self) -> None:
        for path in self.folder.glob(f"*{BEING_WRITTEN}"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > LEFT_BEHIND:
                    path.unlink()


def _write(path: Path, written: bytes) -> None:
    """Write a file atomically, whole or not at all, for this user's eyes only."""
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=BEING_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).rename(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise


def _with_digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _checked(written: bytes) -> bytes:
    content = written.partition(b"\n")[2]
    if written != _with_digest(content):
        raise ValueError("it is not as it was written")
    return content


# --- its content -----------------------------------------------------------------------------


def _written(versions: Iterable[Version], withdrawn: Withdrawn) -> bytes:
    """The same bytes in every process that knows the same."""
    told = {
        "withdrawn": sorted(withdrawn),
        "versions": [_told(one) for one in sorted(versions, key=key_of)],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _told(version: Version) -> Stored:
    told = {
        field.name: encoded(getattr(version, field.name))
        for field in fields(version)
        if field.name not in {"packed", "lines"}
    }
    lines = [line.stored() for line in version.lines]
    return told | {"lines": lines, "packed": b64encode(version.packed).decode()}


def _contents(content: bytes) -> tuple[list[Version], Withdrawn]:
    told = json.loads(content)
    withdrawn = frozenset((str(slug), int(serial)) for slug, serial in told["withdrawn"])
    return [_version(one) for one in told["versions"]], withdrawn


def _version(told: Stored) -> Version:
    return Version(
        **told
        | {
            "published_at": datetime.fromisoformat(told["published_at"]),
            "note": texts_of(told["note"]),
            "lines": tuple(map(Line.read, told["lines"])),
            "cancelled": tuple(told["cancelled"]),
            "packed": b64decode(told["packed"]),
        }
    )

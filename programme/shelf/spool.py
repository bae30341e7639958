"""What the shelf holds, in files of this machine, so that a restart during an outage serves.

One file for each standing version, and one that names the withdrawn. Several processes and
releases may share a folder: a file is written beside its place and then renamed, its name tells
its content, and what another process took away meanwhile is not missed while reading.

Processes hear of a publication up to a second apart. So the one that is behind may take away what
the one ahead has just written; that one finds it missing when it looks the next time, and writes it
again. Whoever is ahead never gives way, since what it knows is what the database says.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from programme.comparing.change_lines import Line
from programme.comparing.changes import texts_of
from programme.document.stored import encoded
from programme.shelf.edition import Version

logger = logging.getLogger(__name__)

FORMAT = 1
"""Raised when files are written otherwise; the files of each format have a folder of their own."""

HEAD = b"programme-spool %d " % FORMAT
VERSION = ".version"
WITHDRAWN = "withdrawn.json"
DAMAGED = ".damaged"
BEING_WRITTEN = ".part"

LEFT_BEHIND = 60
"""Seconds after which a file that is being written was left by a process that died."""

Withdrawn = frozenset[tuple[str, int]]
Content = TypeVar("Content")


class Spool:
    """A folder that holds what was public when the database was last asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / str(FORMAT)
        self.failures = 0
        """How often the folder could not be written since the start."""
        self.is_failing = False
        """Whether it could not be written the last time."""
        self._kept: frozenset[str] = frozenset()
        self._withdrawn = b""

    def read(self) -> tuple[list[Version], Withdrawn]:
        """Standing versions, and the address and serial of each withdrawn one.

        What is damaged is set aside; a folder that cannot be read holds nothing.
        """
        versions = (_read(path, _version_in) for path in self._versions())
        withdrawn = _read(self.folder / WITHDRAWN, _withdrawn_in)
        return [one for one in versions if one], withdrawn or frozenset()

    def _versions(self) -> list[Path]:
        try:
            return sorted(self.folder.glob(f"*{VERSION}"))
        except OSError as error:  # a disk that fails must not keep the process from starting
            logger.error("The spool cannot be read: %s", error)  # noqa: TRY400 -- said in a line
            return []

    def is_whole(self) -> bool:
        """Whether all that was to be kept the last time is there; asked at each look."""
        if self.is_failing or not self._withdrawn:
            return False
        try:
            there = {path.name for path in self.folder.iterdir()}
            withdrawn = (self.folder / WITHDRAWN).read_bytes()
        except OSError:
            return False
        return self._kept <= there and withdrawn == self._withdrawn

    def keep(self, versions: Iterable[Version], withdrawn: Withdrawn) -> None:
        """Hold exactly this; a folder that cannot be written is logged once and does no harm."""
        files = {_name_of(one): one for one in versions}
        self._kept = frozenset(files)
        self._withdrawn = _wrapped(json.dumps(sorted(withdrawn)).encode())
        try:
            self._keep(files)
        except OSError as error:
            if not self.is_failing:
                logger.error("The spool cannot be written: %s", error)  # noqa: TRY400 -- said in a line
            self.is_failing = True
            self.failures += 1
        else:
            self.is_failing = False

    def _keep(self, files: Mapping[str, Version]) -> None:
        """First what needs no room and must not be shown again, then what is new."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = {path.name for path in self.folder.glob(f"*{VERSION}")}
        standing = {_publication_in(name) for name in files}
        replaced = {one for one in there - files.keys() if _publication_in(one) in standing}
        self._remove(there - files.keys() - replaced)
        self._remove_left_behind()
        _write(self.folder / WITHDRAWN, self._withdrawn)
        for name in files.keys() - there:
            _write(self.folder / name, _wrapped(_content_of(files[name])))
        self._remove(replaced)

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def _remove_left_behind(self) -> None:
        for path in self.folder.glob(f"*{BEING_WRITTEN}"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > LEFT_BEHIND:
                    path.unlink()


# --- files -----------------------------------------------------------------------------------


def _read(path: Path, meaning: Callable[[bytes], Content]) -> Content | None:
    """What a file means; None where it is not there or is damaged."""
    try:
        return meaning(_unwrapped(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        logger.error("%s cannot be read: %s", path.name, error)  # noqa: TRY400 -- said in a line
    except Exception as error:  # noqa: BLE001 -- what is written there may break a reader anyhow
        logger.error("%s is set aside, since it cannot be read: %s", path.name, error)  # noqa: TRY400 -- as above
        with suppress(OSError):
            path.rename(path.with_name(path.name + DAMAGED))
    return None


def _write(path: Path, written: bytes) -> None:
    """Write a file whole or not at all, for this user's eyes only."""
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


def _wrapped(content: bytes) -> bytes:
    """Content below a line that says whose it is and what it must add up to."""
    return HEAD + hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _unwrapped(written: bytes) -> bytes:
    content = written.partition(b"\n")[2]
    if written != _wrapped(content):
        raise ValueError("it is not as it was written")
    return content


# --- their content ---------------------------------------------------------------------------


def _name_of(version: Version) -> str:
    """The name of a version's file: which publication it is, and what the file holds."""
    digest = hashlib.sha256(_content_of(version)).hexdigest()
    return f"{version.meeting_id}-{version.serial}-{digest[:16]}{VERSION}"


def _publication_in(name: str) -> str:
    """Meeting and serial, as a file's name tells them."""
    return name.rpartition("-")[0]


def _content_of(version: Version) -> bytes:
    """What a version's file holds: what is said about it in a line, then its document."""
    told = {
        one.name: encoded(getattr(version, one.name))
        for one in fields(version)
        if one.name not in {"packed", "lines"}
    }
    told["lines"] = [line.stored() for line in version.lines]
    return json.dumps(told, ensure_ascii=False).encode() + b"\n" + version.packed


def _version_in(content: bytes) -> Version:
    line, _, packed = content.partition(b"\n")
    told = json.loads(line)
    return Version(
        **told
        | {
            "published_at": datetime.fromisoformat(told["published_at"]),
            "note": texts_of(told["note"]),
            "lines": tuple(map(Line.read, told["lines"])),
            "cancelled": tuple(told["cancelled"]),
            "packed": packed,
        }
    )


def _withdrawn_in(content: bytes) -> Withdrawn:
    return frozenset((str(slug), int(serial)) for slug, serial in json.loads(content))

"""What the shelf holds, in files of this machine, so that a restart during an outage serves.

One file for each standing version, and one that names the withdrawn. Several processes and
releases may share a folder: a file is written beside its place and then renamed, its name tells
its content, and what another process took away meanwhile is not missed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from programme.changes import texts_of
from programme.document import encoded
from programme.edition import Version
from programme.lines import Line

logger = logging.getLogger(__name__)

FORMAT = 1
"""Raised when files are written otherwise; the files of each format have a folder of their own."""

HEAD = b"programme-spool %d " % FORMAT
VERSION = ".version"
WITHDRAWN = "withdrawn.json"
DAMAGED = ".damaged"
BEING_WRITTEN = ".part"

Withdrawn = frozenset[tuple[str, int]]
Content = TypeVar("Content")


class Spool:
    """A folder that holds what was public when the database was last asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / str(FORMAT)
        self._failing = False

    def read(self) -> tuple[list[Version], Withdrawn]:
        """Standing versions, and the address and serial of each withdrawn one.

        What is damaged is set aside.
        """
        versions = (_read(path, _version_in) for path in sorted(self.folder.glob(f"*{VERSION}")))
        withdrawn = _read(self.folder / WITHDRAWN, _withdrawn_in)
        return [one for one in versions if one], withdrawn or frozenset()

    def keep(self, versions: Iterable[Version], withdrawn: Withdrawn) -> None:
        """Hold exactly this; a folder that cannot be written is logged once and does no harm."""
        files = dict(map(_file_of, versions))
        files[WITHDRAWN] = json.dumps(sorted(withdrawn)).encode()
        try:
            self._keep(files)
        except OSError as error:
            if not self._failing:
                logger.error("The spool cannot be written: %s", error)  # noqa: TRY400 -- said in a line
            self._failing = True
        else:
            self._failing = False

    def _keep(self, files: dict[str, bytes]) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = {path.name for path in self.folder.glob(f"*{VERSION}")}
        for name, content in files.items():
            if name not in there:
                _write(self.folder / name, content)
        for name in there - files.keys():
            (self.folder / name).unlink(missing_ok=True)


# --- files -----------------------------------------------------------------------------------


def _read(path: Path, meaning: Callable[[bytes], Content]) -> Content | None:
    """What a file means; None where it is not there or is damaged."""
    try:
        return meaning(_unwrapped(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        logger.error("%s cannot be read: %s", path.name, error)  # noqa: TRY400 -- said in a line
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        logger.error("%s is set aside, since it cannot be read: %s", path.name, error)  # noqa: TRY400 -- as above
        with suppress(OSError):
            path.rename(path.with_name(path.name + DAMAGED))
    return None


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for this user's eyes only."""
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=BEING_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_wrapped(content))
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


def _file_of(version: Version) -> tuple[str, bytes]:
    """Name and content of a version's file: what is said about it in a line, then its document."""
    told = {
        one.name: encoded(getattr(version, one.name))
        for one in fields(version)
        if one.name not in {"packed", "lines"}
    }
    told["lines"] = [line.stored() for line in version.lines]
    content = json.dumps(told, ensure_ascii=False).encode() + b"\n" + version.packed
    digest = hashlib.sha256(content).hexdigest()
    return f"{version.meeting_id}-{version.serial}-{digest[:16]}{VERSION}", content


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

"""What stood at which address of a version: read from its stored form, without the whole of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from threading import Lock
from typing import Literal

from programme.document.upgrades import Stored
from programme.shelf.edition import Key, Version, key_of

logger = logging.getLogger(__name__)

Kind = Literal["item", "panel", "delegation"]
"""What has a page of its own."""

IdByAddress = Mapping[str, str]
"""Ids of all of a kind, by how addresses call them."""

IN_DIRECTORY = re.compile(r'\{"code":"([^"\\]+)","id":"([^"\\]+)","kind":"')
"""The head of a delegation in the stored form, whose names are in order: of nothing else."""


@dataclass(frozen=True, slots=True)
class Stay:
    """What stood at an address of a version."""

    id: str
    version: Version


class LeftAddresses:
    """What stood at the addresses of versions; each version is read once, when first asked for.

    Versions that follow each other mostly have the same addresses; such share one mapping. Of 200
    delegations in 2,000 versions, which 50 meetings have in 40 versions each, all codes are read in
    two seconds and take 1 MB; of one meeting, all items and panels in a fifth of a second.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Kind, Key], IdByAddress] = {}
        self._last: dict[Kind, IdByAddress] = {}
        self._lock = Lock()

    def in_version(self, kind: Kind, version: Version) -> IdByAddress:
        """All of a kind that have an address in a version; nothing where it cannot be read."""
        key = key_of(version)
        if (known := self._known.get((kind, key))) is not None:
            return known
        with self._lock:
            if (kind, key) not in self._known:
                for read, found in _read(kind, version.stored).items():
                    last = self._last.get(read)
                    self._last[read] = self._known[read, key] = last if last == found else found
            return self._known[kind, key]

    def last(
        self, kind: Kind, address: str, versions: Iterable[Version], *, but: Collection[str] = ()
    ) -> Stay | None:
        """What stood at an address in the first of these versions that has it; `but` by its id."""
        for version in versions:
            if (key := self.in_version(kind, version).get(address, "")) and key not in but:
                return Stay(key, version)
        return None

    def called(self, ids: Collection[str], versions: Iterable[Version]) -> str:
        """How the first of these versions that knows a delegation calls it; "" for none."""
        looked_at: set[int] = set()
        for version in versions:
            ids_by_code = self.in_version("delegation", version)
            if id(ids_by_code) not in looked_at:
                looked_at.add(id(ids_by_code))
                if code := next((code for code, key in ids_by_code.items() if key in ids), ""):
                    return code
        return ""

    def keep(self, keys: Collection[Key]) -> None:
        """Forget all versions but these."""
        kept = set(keys)
        with self._lock:
            self._known = {one: its for one, its in self._known.items() if one[1] in kept}


def _read(kind: Kind, stored: str) -> dict[Kind, dict[str, str]]:
    try:
        return _directory(stored) if kind == "delegation" else _programme(stored)
    except (ValueError, LookupError, TypeError, RecursionError):
        logger.exception("Addresses of a version cannot be read")
        return {"delegation": {}} if kind == "delegation" else {"item": {}, "panel": {}}


def _directory(stored: str) -> dict[Kind, dict[str, str]]:
    found = {intern(code): intern(key) for code, key in IN_DIRECTORY.findall(stored)}
    if not found:
        found = {one["code"]: one["id"] for one in json.loads(stored)["delegations"]}
    return {"delegation": found}


def _programme(stored: str) -> dict[Kind, dict[str, str]]:
    document = json.loads(stored)
    items = {one["slug"]: one["id"] for one in _walk(document["agenda"])}
    panels = {one["slug"]: one["id"] for one in document["panels"]}
    return {"item": items, "panel": panels}


def _walk(beneath: list[Stored]) -> Iterator[Stored]:
    for item in beneath:
        yield item
        yield from _walk(item["sub_items"])

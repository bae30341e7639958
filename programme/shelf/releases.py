"""Versions as people call them: publications under one designation, and what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from programme.comparing.change_lines import Line
from programme.comparing.composed_lines import composed
from programme.shelf.edition import Edition, Version

MARKED_FOR = timedelta(days=1)
"""How long a change stays marked at least, whatever is published after it."""


@dataclass(frozen=True, slots=True)
class Release:
    """A publication and its reissues, which have the same designation and mend wording alone."""

    versions: tuple[Version | Edition, ...]
    """The latest first; there is at least one."""

    @property
    def designation(self) -> str:
        """Rev.1, Rev.2 …; "" for the first."""
        return self.versions[0].designation

    @property
    def latest(self) -> Version | Edition:
        """What holds under this designation."""
        return self.versions[0]

    @property
    def first(self) -> Version | Edition:
        """What was published under this designation at first."""
        return self.versions[-1]

    @property
    def reissues(self) -> tuple[Version | Edition, ...]:
        """What mended its wording, the latest first."""
        return self.versions[:-1]

    @property
    def published_at(self) -> datetime:
        """When it was published; a reissue does not count."""
        return self.first.published_at

    @property
    def reissued_at(self) -> datetime | None:
        """When its wording was mended last; None if it never was."""
        return self.latest.published_at if self.reissues else None

    @property
    def lines(self) -> list[Line]:
        """What it changed, without what is held back."""
        return composed(one.lines for one in reversed(self.versions))


def releases(versions: Iterable[Version | Edition]) -> list[Release]:
    """Versions, the latest first, by their designation."""
    groups = groupby(versions, key=lambda one: one.designation)
    return [Release(tuple(group)) for _, group in groups]


def moments_told(versions: Iterable[Version | Edition]) -> dict[int, datetime]:
    """When each version was told to those who follow them, by its first serial.

    That is when it was published, but always after the one before it: where the clock went back
    between the two, serials say which is newer, and readers go by moments.
    """
    moments: dict[int, datetime] = {}
    before: datetime | None = None
    for release in reversed(releases(versions)):
        at = release.published_at
        before = at if before is None else max(at, before + timedelta(seconds=1))
        moments[release.first.serial] = before
    return moments


def lines_since(versions: Iterable[Version | Edition], serial: int) -> list[Line]:
    """What changed after a version, as if it were one change; of versions, the latest first.

    A draft, which has no serial yet, comes after all of them.
    """
    later = [one.lines for one in versions if one.serial > serial or not one.serial]
    return composed(reversed(later))


def end_of_marks(published_at: datetime) -> datetime:
    """The moment at which what was published at another one is no longer of the last day."""
    return published_at + MARKED_FOR


def marked_since(versions: Sequence[Version | Edition], release: Release, at: datetime) -> int:
    """The serial of the version after which changes are still marked at a moment.

    That is the one before this release, which is the current one, or if it is earlier the one that
    was public a day ago: however many publications followed, nothing loses its mark within a day.
    """
    before = (one.serial for one in versions if one.serial < release.first.serial)
    a_day_ago = (one.serial for one in versions if end_of_marks(one.published_at) <= at)
    return min(next(before, 0), next(a_day_ago, 0))

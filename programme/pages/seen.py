"""What changed since the version that a reader last saw, which their browser alone knows.

So a page counts for each of the last versions, and a few lines of script choose the one that is
meant: nobody is told what anybody has seen.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from programme.pages.shown import Shown, language, told
from programme.renderers.changes import count
from programme.shelf.edition import Edition, Key, Version, key_of
from programme.shelf.releases import lines_since

MOST_COUNTED = 8
"""Versions before the current one for which changes are counted."""

MOST_REMEMBERED = 200

_counts: OrderedDict[tuple[str, tuple[Key, ...]], tuple[Since, ...]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Since:
    """How many changes were published after a version."""

    version: Version | Edition
    count: int


def counted(shown: Shown) -> tuple[Since, ...]:
    """The last versions before the one that is public, the latest first, each with its count."""
    earlier = [one for one in shown.versions if one.serial < shown.edition.serial]
    known = [one for one in shown.versions if isinstance(one, Version)]
    key = language(), tuple(map(key_of, known))
    if key not in _counts:
        last = earlier[:MOST_COUNTED]
        every = [(one, told(lines_since(shown.versions, one.serial), shown)) for one in last]
        _counts[key] = tuple(Since(one, count(groups)) for one, groups in every)
        while len(_counts) > MOST_REMEMBERED:
            _counts.popitem(last=False)
    return _counts[key]

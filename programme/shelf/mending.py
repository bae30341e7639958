"""Fault isolation: a page that cannot be made of one publication is made of all others.

`programme.shelf.proving` keeps away what cannot be counted or read. A fault may still wait in a
text until it is rendered, in one language or on one page. Then whose fault it is, is found by
trying: the page is made without one version after the other. A version without which it can be
made is set aside, so that the last good one of its meeting is served everywhere. A meeting of
which no version lets a page over several be made is left out of that page alone.

What is tried is the page without its query: nothing that a reader writes decides about it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from programme.shelf.edition import Key
    from programme.shelf.shelf import MeetingShelf, Shelf

logger = logging.getLogger(__name__)

Make = Callable[[], "HttpResponse"]

LONGEST_SEARCH = 5.0
"""Seconds for which whose fault it is may be sought, once for each page and change of the shelf."""

PAGES_KNOWN = 5000


class Outcome(Enum):
    """What came of making a page."""

    MADE = auto()
    NOT_THERE = auto()
    FAULT = auto()


@dataclass(slots=True)
class Mender:
    """What is known of the pages of one shelf that could not be made as it stands."""

    shelf: Shelf
    generation: int = -1
    left_out: dict[str, frozenset[Key]] = field(default_factory=dict)
    """By page, what it is made without; nothing where that did not help."""
    told: set[tuple[Key, str]] = field(default_factory=set)

    def made(self, page: str, make: Make, make_plain: Make) -> HttpResponse:
        """A page, if need be without what keeps it from being made.

        `page` names it, and `make_plain` makes it as for a reader who asks nothing more.
        """
        if self.generation != self.shelf.generation:
            self.generation, self.left_out = self.shelf.generation, {}
        known = self.left_out.get(page)
        try:
            with self.shelf.without(known or ()):
                return make()
        except Http404:
            raise
        except Exception as error:
            if known is not None or not self._mended(page, make_plain, error):
                raise
        with self.shelf.without(self.left_out.get(page, ())):
            return make()

    def _mended(self, page: str, make: Make, error: Exception) -> bool:
        """Find whose fault it is; False if it is nobody's alone."""
        aside, left_out = Search(self.shelf, make).found()
        self._tell("is shown no more, since %s cannot be made of it", aside, page, error)
        self._tell("is left out of %s, which cannot be made with it", left_out, page, error)
        if aside:
            self.shelf.set_aside(aside)
            self.generation, self.left_out = self.shelf.generation, {}
        if left_out or not aside:
            if len(self.left_out) >= PAGES_KNOWN:
                self.left_out.clear()
            self.left_out[page] = frozenset(left_out)
        return bool(aside or left_out)

    def _tell(self, what: str, keys: Sequence[Key], page: str, error: Exception) -> None:
        for key in keys:
            if (key, what) not in self.told:
                self.told.add((key, what))
                meeting_id, serial, _digest = key
                logger.error(f"v%s of meeting %s {what}", serial, meeting_id, page, exc_info=error)  # noqa: G004 -- one of two


@dataclass(slots=True)
class Search:
    """The search for whose fault it is that one page cannot be made."""

    shelf: Shelf
    make: Make
    until: float = field(default_factory=lambda: time.monotonic() + LONGEST_SEARCH)

    def found(self) -> tuple[list[Key], list[Key]]:
        """Versions without which the page can be made, and those of meetings to be left out."""
        if self._outcome(()) is not Outcome.FAULT:
            return [], []  # it was something that the reader asked for
        meetings = self.shelf.meetings
        all_keys = [key for one in meetings for key in one.keys]
        aside: list[Key] = []
        left_out: list[Key] = []
        for meeting, others in self._suspects(meetings, all_keys):
            if faulty := self._without_some(meeting, others):
                aside += faulty
            else:
                left_out += meeting.keys
        return self._confirmed(aside, left_out, is_left=set(all_keys) > {*aside, *left_out})

    def _confirmed(
        self, aside: list[Key], left_out: list[Key], *, is_left: bool
    ) -> tuple[list[Key], list[Key]]:
        """What was found, as far as it helps and leaves something to be shown."""
        self.until = float("inf")
        if is_left and left_out and self._outcome([*aside, *left_out]) is Outcome.MADE:
            return aside, left_out
        return (aside, []) if aside and self._outcome(aside) is Outcome.MADE else ([], [])

    def _suspects(
        self, meetings: Sequence[MeetingShelf], all_keys: Sequence[Key]
    ) -> list[tuple[MeetingShelf, list[Key]]]:
        """Meetings that alone make the fault; else those without which there is none.

        With each, what else is not looked at while it is tried.
        """
        alone = [
            (meeting, others)
            for meeting in meetings
            if self._outcome(others := [key for key in all_keys if key not in meeting.keys])
            is Outcome.FAULT
        ]
        return alone or [
            (meeting, [])
            for meeting in meetings
            if self._outcome(list(meeting.keys)) is Outcome.MADE
        ]

    def _without_some(self, meeting: MeetingShelf, others: Sequence[Key]) -> Sequence[Key]:
        """The versions of a meeting without which those that are left make a page."""
        for some in _some_of(meeting.keys):
            if self._outcome([*others, *some]) is Outcome.MADE:
                return some
        return ()

    def _outcome(self, keys: Sequence[Key]) -> Outcome:
        if time.monotonic() > self.until:
            return Outcome.NOT_THERE
        try:
            with self.shelf.without(keys):
                status = self.make().status_code
        except Http404:
            return Outcome.NOT_THERE
        except Exception:  # noqa: BLE001 -- what it was is told of the page that was asked for
            return Outcome.FAULT
        return Outcome.MADE if status < HTTPStatus.BAD_REQUEST else Outcome.NOT_THERE


def _some_of(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Each key, then the first two, the first three …, but never all."""
    if len(keys) > 1:
        yield from ((key,) for key in keys)
    yield from (keys[:many] for many in range(2, len(keys)))

"""A circuit breaker: whether the database is away, as last found, and how long to wait for it.

A frozen PostgreSQL answers nothing, so that no time-out of its own ever fires, and the kernel
goes on taking connections for it. Only whoever waits can decide to wait no longer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

RETRY_AFTER = 5
"""Seconds after which it is worth asking again: by then it is noticed that all is well."""


class Outage:
    """An outage of the database: the watcher begins and ends it, requests ask for it."""

    def __init__(self) -> None:
        self._is_on = Event()

    @property
    def is_on(self) -> bool:
        """Whether the database is away."""
        return self._is_on.is_set()

    def begin(self) -> None:
        """The database did not answer."""
        self._is_on.set()

    def end(self) -> None:
        """The database answers again."""
        self._is_on.clear()


outage = Outage()
"""The outage of this process; in commands, which nobody watches, there is none."""


_patience: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Wait no longer than this for any one answer of the database."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def is_worth_waiting(since: float) -> bool:
    """Whether to go on waiting for an answer asked for at this `time.monotonic()`.

    Whoever has no patience of their own waits until the watcher finds the database away, so
    that a statement that takes long is not taken for an outage.
    """
    seconds = _patience.get()
    if seconds is None:
        return not outage.is_on
    return time.monotonic() < since + seconds

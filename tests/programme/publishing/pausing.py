"""Two who write at the same moment: one pauses inside a transaction, where a test says.

On PostgreSQL, which says who waits for a lock; SQLite lets one writer in at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.db import connection

MOST = 60.0
"""Seconds that anything takes on the slowest machine; what takes longer hangs."""


@dataclass
class Outcome:
    """What came of something: an answer, or what was raised."""

    answer: Any = None
    error: Exception | None = None


class After:
    """The first statement after one that begins so."""

    def __init__(self, begins: str) -> None:
        self.begins, self.is_past = begins, False

    def __call__(self, sql: str) -> bool:
        """Whether this is it."""
        was_past, self.is_past = self.is_past, self.is_past or sql.startswith(self.begins)
        return was_past


@dataclass
class _Pause:
    """Lets somebody else act before the first statement that looks like this."""

    before: Callable[[str], bool]
    reached: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        if not self.reached.is_set() and self.before(sql):
            self.reached.set()
            self.go_on.wait(MOST)
        return execute(sql, params, many, context)


def beside(
    first: Callable[[], Any], other: Callable[[], Any], *, before: Callable[[str], bool]
) -> tuple[Outcome, Outcome]:
    """What comes of the first, who pauses before a statement, and of the other, who acts then.

    The first goes on when the other has finished, or has to wait for it.
    Raises AssertionError where no such statement is made.
    """
    pause = _Pause(before)
    outcomes = Outcome(), Outcome()

    def run(act: Callable[[], Any], outcome: Outcome) -> None:
        try:
            outcome.answer = act()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test looks at it
            outcome.error = error
        finally:
            connection.close()

    def paused() -> None:
        with connection.execute_wrapper(pause):
            run(first, outcomes[0])

    one = Thread(target=paused)
    one.start()
    assert pause.reached.wait(MOST), f"no such statement: {outcomes[0]}"
    two = Thread(target=run, args=(other, outcomes[1]))
    two.start()
    _until_it_has_finished_or_waits(two)
    pause.go_on.set()
    for thread in (one, two):
        thread.join(MOST)
        assert not thread.is_alive()
    return outcomes


def _until_it_has_finished_or_waits(thread: Thread) -> None:
    since = monotonic()
    while thread.is_alive() and not _somebody_waits_for_a_lock() and monotonic() - since < MOST:
        thread.join(0.02)


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])

"""Client-side time-outs for PostgreSQL: nobody waits for ever for a server that is frozen.

`statement_timeout` is the server's own, and so never fires; TCP keep-alives are answered by the
kernel. So each wait is cut into short ones, and given up when it is no longer worth while.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from types import ModuleType, SimpleNamespace
from typing import Any, Self, TypeVar, cast

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import PQGen, PQGenConn
from psycopg.rows import TupleRow
from psycopg.waiting import Ready

from programme.shelf.outage import is_worth_waiting

STEP = 0.1
"""Seconds between two looks at whether it is worth waiting on."""

Step = TypeVar("Step")
Result = TypeVar("Result")


class Connection(psycopg.Connection[TupleRow]):
    """A connection with a time-out on the client's side."""

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> PQGenConn[Self]:
        return _while_worth_waiting(super()._connect_gen(conninfo))

    def wait(
        self, gen: PQGen[Result], interval: float = STEP, timeout: float | None = None
    ) -> Result:
        """Wait for an answer; raise OperationalError and hang up if that is not worth while."""
        try:
            waiting = _while_worth_waiting(gen)
            return super().wait(waiting, interval=min(interval, STEP), timeout=timeout)
        except NoAnswerError:
            # What was asked may still be answered one day: nothing else can be asked here.
            self.close()
            raise


class NoAnswerError(psycopg.OperationalError):
    """The server took a question and does not answer."""


def _while_worth_waiting(
    gen: Generator[Step, Ready | int, Result],
) -> Generator[Step, Ready | int, Result]:
    """The same steps, ended where nothing is ready and waiting is not worth while."""
    since = time.monotonic()
    ready: Any = None
    while True:
        try:
            step = gen.send(ready)
        except StopIteration as done:
            result: Result = done.value
            return result
        ready = yield step
        if not ready and not is_worth_waiting(since):
            raise NoAnswerError("the server does not answer")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper, which connects with a connection that gives up."""

    # Django asks this "module" to connect, and for its exceptions.
    Database = cast(
        "ModuleType", SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})
    )

    def get_new_connection(self, conn_params: dict[str, object]) -> Connection:
        """Connect, unless the server is known to be away."""
        if not is_worth_waiting(time.monotonic()):
            raise psycopg.OperationalError("the server is away")
        connection: Connection = super().get_new_connection(conn_params)
        return connection

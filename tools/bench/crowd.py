"""Delegates who read, again and again, and remember what went wrong."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Self

from config.ready import Connection
from tools.servers.site import HOST

HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "identity"}
PAUSE = 0.002
"""Seconds between two requests of one reader: the crowd measures the site, not itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took."""

    at: float
    status: int
    seconds: float
    address: str
    body: bytes = b""

    @property
    def is_good(self) -> bool:
        """Whether a delegate got the page, whole."""
        return self.status == HTTPStatus.OK and self.body.rstrip().endswith(b"</html>")


class Reader:
    """One connection that is kept; another process is asked where one cannot be had.

    A kept connection that is closed before a first byte came is made anew once, as browsers and
    nginx do (RFC 9112, 9.3.1).
    """

    def __init__(self, places: list[str], headers: dict[str, str] | None = None) -> None:
        self._places = itertools.cycle(places)
        self._tries = len(places) + 1
        self._headers = HEADERS | (headers or {})
        self._connection: Connection | None = None

    def get(self, address: str, *, patience: float = 20.0) -> Answer:
        """Ask for a page; status 0 stands for no answer at all."""
        began = time.monotonic()
        for _ in range(self._tries):
            try:
                answer = self._ask(address, patience)
                body = answer.read()
            except (OSError, HTTPException):
                self.close()
            else:
                taken = time.monotonic() - began
                return Answer(began, answer.status, taken, address, body)
        return Answer(began, 0, time.monotonic() - began, address)

    def _ask(self, address: str, patience: float) -> HTTPResponse:
        if self._connection is None:
            self._connection = Connection(next(self._places), patience)
        self._connection.request("GET", address, headers=self._headers)
        return self._connection.getresponse()

    def close(self) -> None:
        """Let the connection go."""
        if self._connection:
            self._connection.close()
        self._connection = None


@dataclass
class Crowd:
    """Readers at the same time, each walking through all addresses from a place of its own."""

    places: list[str]
    addresses: list[str]
    size: int = 16
    count: int = 0
    bad: list[Answer] = field(default_factory=list)
    slowest: Answer | None = None

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=[number]) for number in range(self.size)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number: int) -> None:
        reader = Reader(self.places)
        start = number * 3 % len(self.addresses)
        walk = itertools.cycle(self.addresses[start:] + self.addresses[:start])
        while not self._stop.wait(PAUSE):
            self._note(reader.get(next(walk)))
        reader.close()

    def _note(self, answer: Answer) -> None:
        with self._lock:
            self.count += 1
            if not answer.is_good:
                self.bad.append(answer)
            if self.slowest is None or answer.seconds > self.slowest.seconds:
                self.slowest = answer

    def since(self) -> tuple[int, list[Answer], Answer | None]:
        """How many answers, which bad ones and the slowest; then begin to count anew."""
        with self._lock:
            told = self.count, self.bad, self.slowest
            self.count, self.bad, self.slowest = 0, [], None
        return told

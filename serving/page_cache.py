"""An LRU cache of rendered pages, bounded by bytes: the least recently used go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, Protocol, TypeVar

SECONDS_TO_WAIT = 10
"""For a page that another thread is making; then a thread makes its own."""


class Sized(Protocol):
    """Something that takes room."""

    @property
    def size(self) -> int:
        """Bytes in memory."""


Page = TypeVar("Page", bound=Sized)
Key = TypeVar("Key", bound=Hashable)


class PageCache(Generic[Key, Page]):
    """One page for each key, such as an address: a newer one takes the room of the older."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        """Bytes; with 0 nothing is held."""
        self.bytes = 0
        self.hits = 0
        self.misses = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._making: dict[Hashable, Future[Page]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        """The page that is held for a key; None if there is none."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        """Hold a page, and let go of the least recently used ones as far as room is needed."""
        with self._lock:
            self._drop(key)
            if page.size > self.limit:
                return
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.limit:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self.bytes -= page.size

    def most_recent(self) -> list[Key]:
        """The keys for which a page is held, the most recently used first."""
        with self._lock:
            return list(reversed(self._pages))

    def made_once(self, work: Hashable, make: Callable[[], Page]) -> Page:
        """Make a page in single flight: whoever asks for the same meanwhile waits for it."""
        with self._lock:
            made = self._making.get(work)
            if is_ours := made is None:
                made = self._making[work] = Future()
        if not is_ours:
            try:
                return made.result(SECONDS_TO_WAIT)
            except Exception:  # noqa: BLE001 -- whatever befell the other, this thread tries itself
                return make()
        try:
            page = make()
        except BaseException as error:
            made.set_exception(error)
            raise
        else:
            made.set_result(page)
            return page
        finally:
            with self._lock:
                del self._making[work]

"""Pages as they were rendered, held in memory: bounded by bytes, the least used go first."""

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
Place = TypeVar("Place", bound=Hashable)


class PageCache(Generic[Place, Page]):
    """One page for each place, such as an address: a newer one takes the room of the older."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        """Bytes; with 0 nothing is held."""
        self.bytes = 0
        self.hits = 0
        self.misses = 0
        self._pages: OrderedDict[Place, Page] = OrderedDict()
        self._making: dict[Hashable, Future[Page]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, place: Place) -> Page | None:
        """The page that is held for a place; None if there is none."""
        with self._lock:
            page = self._pages.get(place)
            if page is not None:
                self._pages.move_to_end(place)
        return page

    def put(self, place: Place, page: Page) -> None:
        """Hold a page, and let go of those that were not asked for for the longest time."""
        with self._lock:
            self._drop(place)
            if page.size > self.limit:
                return
            self._pages[place] = page
            self.bytes += page.size
            while self.bytes > self.limit:
                self._drop(next(iter(self._pages)))

    def _drop(self, place: Place) -> None:
        if (page := self._pages.pop(place, None)) is not None:
            self.bytes -= page.size

    def places(self) -> list[Place]:
        """The places for which a page is held, the last one asked for first."""
        with self._lock:
            return list(reversed(self._pages))

    def made_once(self, key: Hashable, make: Callable[[], Page]) -> Page:
        """Make a page; whoever asks for the same meanwhile waits for it instead of making it."""
        with self._lock:
            made = self._making.get(key)
            if is_ours := made is None:
                made = self._making[key] = Future()
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
                del self._making[key]

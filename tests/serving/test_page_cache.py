from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event

import pytest

from serving.page_cache import PageCache


@dataclass(frozen=True)
class Page:
    size: int
    says: str = ""


def cache(limit: int = 100) -> PageCache[str, Page]:
    return PageCache(limit)


def test_the_least_used_go_first_when_there_is_no_room() -> None:
    pages = cache()
    for name in "abc":
        pages.put(name, Page(30))
    pages.get("a")

    pages.put("d", Page(30))

    assert pages.most_recent() == ["d", "a", "c"]
    assert pages.bytes == 90


def test_bytes_are_bounded_whatever_is_put_in() -> None:
    pages = cache()

    for number in range(500):
        pages.put(str(number % 37), Page(1 + number % 60))
        assert pages.bytes == sum(
            kept.size for one in pages.most_recent() if (kept := pages.get(one))
        )
        assert pages.bytes <= 100


def test_a_newer_page_takes_the_room_of_the_older() -> None:
    pages = cache()
    pages.put("a", Page(90, "old"))

    pages.put("a", Page(80, "new"))

    assert (pages.get("a"), len(pages), pages.bytes) == (Page(80, "new"), 1, 80)


def test_a_page_larger_than_all_is_not_kept_and_no_older_one_in_its_place() -> None:
    pages = cache()
    pages.put("a", Page(90, "old"))

    pages.put("a", Page(101, "new"))

    assert pages.get("a") is None
    assert pages.bytes == 0


def test_without_room_nothing_is_kept() -> None:
    pages = cache(0)

    pages.put("a", Page(1))

    assert len(pages) == 0


def test_of_many_who_ask_at_once_one_makes_the_page() -> None:
    pages, begun, made = cache(), Event(), Event()
    makers: list[int] = []

    def make() -> Page:
        makers.append(1)
        begun.set()
        made.wait(5)
        return Page(1)

    with ThreadPoolExecutor(5) as crowd:
        asked = [crowd.submit(pages.made_once, "a", make)]
        begun.wait(5)
        asked += [crowd.submit(pages.made_once, "a", make) for _ in range(4)]
        wait(asked, timeout=0.1)  # so that all are there
        made.set()

    assert [one.result() for one in asked] == [Page(1)] * 5
    assert makers == [1]


def test_who_waited_for_one_that_failed_tries_again() -> None:
    pages, begun, failing = cache(), Event(), Event()

    def fails() -> Page:
        begun.set()
        failing.wait(5)
        raise ZeroDivisionError

    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(pages.made_once, "a", fails)
        begun.wait(5)
        second = crowd.submit(pages.made_once, "a", lambda: Page(2))
        failing.set()

    assert isinstance(first.exception(), ZeroDivisionError)
    assert second.result() == Page(2)
    assert pages.made_once("a", lambda: Page(3)) == Page(3)


@pytest.mark.parametrize("key", ["b", "c"])
def test_different_pages_do_not_wait_for_each_other(key: str) -> None:
    pages = cache()

    assert pages.made_once("a", lambda: pages.made_once(key, lambda: Page(1))) == Page(1)

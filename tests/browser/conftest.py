"""A real browser, Debian's Chromium, against a server of our own that holds every kind of page.

One server serves all tests from a shelf; what stands on it is made from rows once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from programme.shelf.edition import Version
from programme.shelf.shelf import shelf
from tests.browser.places import every_version, nothing
from tests.programme.builders import proved_once
from tools.browser.chromium import executable, launch_options

# Playwright keeps an event loop in the thread of the tests, where Django then refuses queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine may be many times slower than ours; what never comes fails all the same.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that Debian brings."""
    if not executable():
        pytest.skip("There is no Chromium here: on Debian, apt-get install chromium.")
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Stand in for the fixture of a plugin, which pytest warns of: a visitor knows its site."""
    return ""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server that serves what is on the shelf."""
    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()


@pytest.fixture(scope="session")
def kept() -> list[Version]:
    """Publications of every kind, once a test has made them."""
    return []


@pytest.fixture
def site(server: str, kept: list[Version], db: None) -> Iterator[str]:  # noqa: ARG001 -- for those
    """The address of a site that has every kind of page."""
    if not kept:
        kept.extend(every_version())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("programme.shelf.shelf.proved", proved_once)
        shelf.replace(kept)
        yield server
        shelf.replace([])


@pytest.fixture
def site_with_little(server: str) -> Iterator[str]:
    """The address of a site whose one meeting has nothing in its programme."""
    shelf.replace([nothing()])
    yield server
    shelf.replace([])


@pytest.fixture
def site_with_nothing(server: str) -> str:
    """The address of a site that has no meeting."""
    shelf.replace([])
    return server


@pytest.fixture
def desk_site(server: str, transactional_db: None) -> str:  # noqa: ARG001 -- the server sees rows
    """The address of a server that reads and writes the rows of the test."""
    return server

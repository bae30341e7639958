"""A real browser, Debian's Chromium, against a server of our own with the programmes of 2024."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from meetings.directory import import_delegations
from programme.shelf import shelf
from programme.watching import Watcher
from tests.browser.chromium import executable, launch_options
from tests.rows import PROGRAMMES, meeting_from, published

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request
    from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in the thread of the tests, where Django then refuses queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

axe_runs: list[str] = []
"""Addresses of the pages that axe looked at, for the summary."""

FILES = ("2024-intersessional-meetings.yaml", "2024-first-preparatory-meeting.yaml")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that Debian brings."""
    if not executable():
        pytest.skip("There is no Chromium here: on Debian, apt-get install chromium.")
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Stand in for the fixture of a plugin, which pytest warns of: each test has its own site."""
    return ""


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """The address of a running site that has the programmes of 2024 in public."""
    import_delegations()
    for name in FILES:
        published(meeting_from(PROGRAMMES / name))
    Watcher(shelf).look()
    yield live_server.url
    shelf.replace([])


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    """A page on a phone that fails the test for what the browser complains about.

    It tells of missing files and broken rules of the content security policy in its console.
    """
    complaints: list[str] = []
    page.set_viewport_size({"width": 390, "height": 844})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(refusal(request)))
    yield page
    assert complaints == []


def refusal(request: Request) -> list[str]:
    """Why a request failed; nothing if a reader who walked on left it behind."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many pages axe looked at."""
    if axe_runs:
        terminalreporter.write_line(f"axe looked at {len(axe_runs)} pages.")

"""The desk in a real browser, of somebody who may do everything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from desk.admin.directory import DelegationAdmin
from meetings.directory import import_delegations
from tests.browser.desk.staff import desk
from tests.factories import make_editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, desk_site: str) -> Iterator[Page]:
    """A page on a desktop, which has opened nothing yet."""
    with desk(browser, desk_site, make_editor(is_superuser=True)) as page:
        yield page


# --- who chooses delegations by typing -----------------------------------------------------------

LATE = 0.5
"""Seconds that each answer takes for somebody on a poor line."""


@pytest.fixture
def directory(desk_site: str) -> None:  # noqa: ARG001 -- the server sees the rows
    """All delegations are known."""
    import_delegations()


@pytest.fixture
def slow_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk find rows as late as on a poor line."""
    find: Callable[..., Any] = DelegationAdmin.get_search_results

    def find_late(*args: Any) -> Any:
        time.sleep(LATE)
        return find(*args)

    monkeypatch.setattr(DelegationAdmin, "get_search_results", find_late)

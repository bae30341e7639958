"""A shelf that a test fills by itself: pages are made from values, without a database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from programme.shelf.mending import Mender
from programme.shelf.shelf import Shelf
from tests.programme.builders import proved_once, small_meeting

if TYPE_CHECKING:
    from programme.shelf.edition import Version

Publish = Callable[..., None]


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Put exactly these versions on the shelf of the pages, which is empty before."""
    shelf = Shelf()
    monkeypatch.setattr("programme.shelf.shelf.proved", proved_once)
    for module in ("shown", "views", "home", "feeds", "finding", "whereabouts", "gone"):
        monkeypatch.setattr(f"programme.pages.{module}.shelf", shelf)
    monkeypatch.setattr("programme.pages.views.mender", Mender(shelf))

    def replace(*versions: Version, withdrawn: frozenset[tuple[str, int]] = frozenset()) -> None:
        shelf.replace(versions, withdrawn=withdrawn)

    return replace


@pytest.fixture
def _published(publish: Publish) -> None:
    """Have the small programme of 2024 in public."""
    publish(small_meeting())

"""What is tested here needs pages that are published, as those of `programme` do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from programme.pages import views
from programme.shelf.edition import Version
from serving.front import Front, Page, PageKey
from serving.page_cache import PageCache
from tests.programme.builders import intersessionals, version
from tests.programme.conftest import Publish, publish

__all__ = ["publish"]

MEETING = "meetings/2024-intersessional-meetings/"


class Counted:
    """Django, which counts how often it is asked."""

    def __init__(self) -> None:
        self.django = WSGIHandler()
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        return self.django(environ, start_response)


@pytest.fixture
def _connections_of_tests_stay() -> Iterator[None]:
    """Let no request close what a test before it left open, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def versions() -> list[Version]:
    return [version(intersessionals(), 1), version(intersessionals(), 2, "Rev.1")]


@pytest.fixture
def django(
    publish: Publish,
    versions: list[Version],
    _connections_of_tests_stay: None,
) -> Counted:
    publish(*versions)
    return Counted()


@pytest.fixture
def front(django: Counted) -> Front:
    pages: PageCache[PageKey, Page] = PageCache(16 * 1024 * 1024)
    return Front(django, shelf=views.shelf, pages=pages)

from __future__ import annotations

import logging
from unittest import mock

import pytest
from django.db import OperationalError
from django.utils import timezone

from programme import watching
from programme.models import AgendaItem, Publication
from programme.shelf import Shelf
from programme.watching import Watcher
from tests.rows import published, shapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def watcher() -> Watcher:
    return Watcher(Shelf())


def test_a_publication_is_on_the_shelf_after_the_next_look(watcher: Watcher) -> None:
    publication = published(shapes())

    assert watcher.look()

    edition = watcher.shelf.current("shapes")
    assert edition
    assert (edition.serial, edition.digest) == (1, publication.digest)


def test_a_look_at_nothing_new_costs_one_query_and_one_at_something_new_two(
    watcher: Watcher, django_assert_num_queries: object
) -> None:
    published(shapes())
    with django_assert_num_queries(2):  # type: ignore[operator]
        watcher.look()

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert not watcher.look()


def test_a_revision_replaces_the_current_edition_and_keeps_the_old_version(
    watcher: Watcher,
) -> None:
    meeting = shapes()
    published(meeting)
    watcher.look()
    AgendaItem.objects.of(meeting).filter(label="A bis").delete()
    published(meeting)

    watcher.look()

    current = watcher.shelf.current("shapes")
    assert current
    assert current.designation == "Rev.1"
    first = watcher.shelf.version("shapes", 1)
    assert first
    assert first.document.item("a-bis")


def test_a_withdrawn_publication_leaves_the_shelf(watcher: Watcher) -> None:
    published(shapes())
    watcher.look()
    Publication.objects.update(withdrawn_at=timezone.now())

    watcher.look()

    assert watcher.shelf.current("shapes") is None


def test_a_meeting_without_publication_is_not_on_the_shelf(watcher: Watcher) -> None:
    shapes()

    watcher.look()

    assert watcher.shelf.current_editions() == ()


def test_a_database_that_is_away_is_logged_once_and_the_shelf_stays(
    watcher: Watcher, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(shapes())
    watcher.look()
    monkeypatch.setattr(watching, "watcher", watcher)
    monkeypatch.setattr(watching, "connection", mock.Mock())
    monkeypatch.setattr(watching, "close_old_connections", mock.Mock())

    with caplog.at_level(logging.WARNING):
        with mock.patch.object(Watcher, "look", side_effect=OperationalError("away")):
            watching.look_once()
            watching.look_once()
        watching.look_once()

    assert watcher.shelf.current("shapes")
    assert [record.getMessage() for record in caplog.records] == [
        "The shelf cannot be brought up to date; it stays as it is.",
        "The shelf is brought up to date again.",
    ]

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import OperationalError
from django.utils import timezone

from programme.models import AgendaItem, Publication
from programme.publishing import watcher as watching
from programme.publishing.watcher import Watch, Watcher
from programme.shelf.outage import Outage
from programme.shelf.shelf import Shelf
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


# Looking again and again ---------------------------------------------------------------------


@pytest.fixture
def watch(watcher: Watcher) -> Watch:
    return Watch(watcher, Outage())


@contextmanager
def looks_fail(error: Exception) -> Iterator[None]:
    """Let every look fail, and leave the connection of the test alone."""
    with (
        mock.patch.object(Watcher, "look", side_effect=error),
        mock.patch.object(watching, "connection"),
    ):
        yield


def test_a_database_that_is_away_is_logged_once_and_the_shelf_stays(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    published(shapes())
    watch.look_once()

    with caplog.at_level(logging.WARNING):
        with looks_fail(OperationalError("away")):
            watch.look_once()
            watch.look_once()
            was_away = watch.outage.is_on
        watch.look_once()

    assert watch.watcher.shelf.current("shapes")
    assert watch.failures == 2
    assert (was_away, watch.outage.is_on) == (True, False)
    assert [record.getMessage() for record in caplog.records] == [
        "The shelf cannot be brought up to date; it stays as it is.",
        "The shelf is brought up to date again.",
    ]


def test_looks_grow_rare_while_the_database_is_away_but_never_too_rare(watch: Watch) -> None:
    assert watch.pause() == 1.0

    with looks_fail(OperationalError("away")):
        pauses = []
        for _ in range(20):
            watch.look_once()
            pauses.append(watch.pause())

    assert 0.8 <= pauses[0] <= 1.2
    assert 1.6 <= pauses[1] <= 2.4
    assert all(2.4 <= one <= 3.6 for one in pauses[2:])
    assert len(set(pauses)) > 1
    watch.look_once()
    assert watch.pause() == 1.0


def test_a_connection_that_was_cut_is_made_anew_at_once(watch: Watch) -> None:
    look = Watcher.look
    answers = iter([OperationalError("terminating connection")])

    def cut_once(self: Watcher) -> bool:
        for one in answers:
            raise one
        return look(self)

    with (
        mock.patch.object(Watcher, "look", cut_once),
        mock.patch.object(watching, "connection"),
    ):
        watch.look_once()

    assert watch.failures == 0
    assert not watch.outage.is_on
    assert watch.looked_at


def test_a_fault_of_ours_is_no_outage(watch: Watch) -> None:
    with looks_fail(ValueError("a fault")):
        watch.look_once()

    assert watch.failures == 1
    assert not watch.outage.is_on


def test_whoever_keeps_pages_is_told_of_each_change(watcher: Watcher) -> None:
    told: list[str] = []
    watcher.renew = lambda: told.append("changed")
    published(shapes())

    watcher.look()
    watcher.look()

    assert told == ["changed"]

"""What cannot be shown is not published, and harms nothing if it was."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meetings.models import Break, Meeting, Sitting
from panels.models import Panel
from programme.models import AgendaItem, Publication, SpeakingListEntry
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish_again
from programme.publishing.watcher import Watcher
from programme.renderers import markdown
from programme.rows.problems import InvalidDraftError
from programme.shelf.shelf import Shelf
from tests.admin_forms import admin_url, fields_of
from tests.factories import make_item, make_meeting
from tests.rows import published, shapes

pytestmark = pytest.mark.django_db


def broken(*_: Any) -> Any:
    raise ZeroDivisionError


def test_whatever_is_published_is_shown() -> None:
    meeting, watcher = shapes(), Watcher(Shelf())
    published(meeting)
    changes: tuple[Callable[[], Any], ...] = (
        lambda: Break.objects.update(start=None, end=None),
        lambda: AgendaItem.objects.of(meeting).update(title_fr="Autre titre"),
        lambda: Sitting.objects.update(heading_en="Another heading"),
        lambda: Panel.objects.all().delete(),
        lambda: SpeakingListEntry.objects.filter(position=1).delete(),
    )
    for change in changes:
        change()
        newest = published(meeting)

        watcher.look()

        current = watcher.shelf.current("shapes")
        assert newest.changes
        assert current
        assert current.serial == newest.serial
        assert watcher.shelf.unshowable == 0


def test_a_zone_that_is_gone_since_it_was_saved_is_a_problem_of_the_draft() -> None:
    meeting = make_meeting()
    Meeting.objects.update(zone="Europe/Geneva")

    with pytest.raises(InvalidDraftError) as refused:
        draft_of(meeting)

    assert "“Europe/Geneva” is not a time zone" in str(refused.value)


def test_an_old_version_that_cannot_be_counted_any_more_is_not_published_again() -> None:
    meeting = make_meeting()
    old = published(meeting)
    make_item(meeting)
    new = published(meeting)
    old.document = old.document.replace("Europe/Zurich", "Europe/Geneva")
    old.save()

    with pytest.raises(InvalidDraftError):
        publish_again(old, by=None, at=new.published_at, expected_serial=new.serial)

    assert Publication.objects.count() == 2


def test_the_desk_publishes_nothing_of_which_a_page_cannot_be_made(
    desk: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    meeting = make_meeting(introduction_en="Welcome.")
    address = admin_url(Meeting, "publish", meeting.pk)
    fields = fields_of(desk.get(address).content.decode()) | {"warnings_seen": "on"}
    monkeypatch.setattr(markdown, "to_html", broken)

    response = desk.post(address, fields)

    assert response.status_code == 409
    assert "No page can be made of this programme." in response.content.decode()
    assert not Publication.objects.exists()
    assert "ZeroDivisionError" in caplog.text


def test_a_publication_that_cannot_be_loaded_harms_no_other_and_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    other, meeting = published(make_meeting(slug="other")), shapes()
    first, watcher = published(meeting), Watcher(Shelf())
    make_item(meeting, title_en="New")
    second = published(meeting)
    Publication.objects.filter(pk=second.pk).update(changes=[{"subject": None}])

    with caplog.at_level(logging.ERROR):
        looks = [watcher.look() for _ in range(3)]

    current = watcher.shelf.current("shapes")
    assert looks == [True, False, False]
    assert current
    assert current.serial == first.serial
    assert watcher.shelf.current(other.slug)
    assert len(caplog.records) == 1

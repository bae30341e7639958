"""Reissue, rollback, withdrawal, and lines that are held back."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from meetings.models import Meeting
from programme.comparing.change_lines import Line
from programme.models import AgendaItem, Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import (
    DraftMovedError,
    NothingChangedError,
    NotOnlyWordingError,
    WithdrawnError,
    publish,
    publish_again,
    withdraw,
)
from programme.publishing.watcher import Watcher
from programme.shelf.shelf import Shelf
from tests.factories import chad, make_entry, make_item, make_list, make_meeting, peru
from tests.rows import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting(name_en="June")
    make_list(make_item(meeting, number=1, title_en="Opening of 2 sittings"), chad())
    return meeting


def retitle(meeting: Meeting, **titles: str) -> None:
    item: AgendaItem = meeting.agenda_items.get()
    for column, title in titles.items():
        setattr(item, column, title)
    item.save()


def publish_draft(meeting: Meeting, **options: Any) -> Publication:
    digest = draft_of(meeting).digest
    return publish(meeting, by=None, at=timezone.now(), expected_digest=digest, **options)


def again(old: Publication, **options: Any) -> Publication:
    public = Publication.objects.of(old.meeting).current().get()
    return publish_again(old, by=None, at=timezone.now(), expected_serial=public.serial, **options)


def withdrawn(publication: Publication) -> None:
    withdraw(publication, by=None, at=timezone.now(), reason="Published by mistake")


def lines(publication: Publication) -> list[tuple[str, str, bool]]:
    publication.refresh_from_db()
    read = map(Line.read, publication.changes)
    return [(one.what, one.field, one.is_held_back) for one in read]


# --- reissue ---------------------------------------------------------------------------------


def test_a_late_translation_is_reissued_under_the_same_designation(meeting: Meeting) -> None:
    published(meeting)
    retitle(meeting, title_en="Opening of the 2 sittings")
    revision = published(meeting)
    retitle(meeting, title_fr="Ouverture des 2 séances")

    reissued = publish_draft(meeting, reissue=True)

    assert (revision.designation, reissued.designation) == ("Rev.1", "Rev.1")
    assert (reissued.serial, reissued.is_reissue, reissued.changes) == (3, True, [])
    retitle(meeting, title_en="Opening of 3 sittings", title_fr="Ouverture de 3 séances")
    assert published(meeting).designation == "Rev.2"


def test_a_changed_fact_is_not_reissued(meeting: Meeting) -> None:
    published(meeting)
    retitle(meeting, title_en="Opening of 3 sittings")

    with pytest.raises(NotOnlyWordingError):
        publish_draft(meeting, reissue=True)

    assert Publication.objects.count() == 1


# --- lines -----------------------------------------------------------------------------------


def test_single_lines_are_held_back_from_the_public(meeting: Meeting) -> None:
    published(meeting)
    retitle(meeting, title_en="Opening")
    make_entry(meeting.agenda_items.get().lists.get(), peru())
    joined = next(one.key for one in draft_of(meeting).lines if one.what == "joined")

    publication = publish_draft(meeting, hold_back={joined})

    assert sorted(lines(publication)) == [
        ("changed", "title", False),
        ("joined", "delegations", True),
    ]


# --- rollback --------------------------------------------------------------------------------


def test_an_old_version_is_published_again_and_the_rows_stay(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, title_en="Closing")
    published(meeting)

    third = again(first)

    assert (third.serial, third.designation, third.restored_serial) == (3, "Rev.2", 1)
    assert third.document == first.document
    assert lines(third) == [("changed", "title", False)]
    assert meeting.agenda_items.get().title_en == "Closing"
    assert draft_of(meeting).has_changes


def test_an_old_wording_is_reissued(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, title_en="Opening of the 2 sittings")
    published(meeting)

    third = again(first, reissue=True)

    assert (third.designation, third.is_reissue) == ("Rev.1", True)


def test_the_version_that_is_public_is_not_published_again(meeting: Meeting) -> None:
    first = published(meeting)

    with pytest.raises(NothingChangedError):
        again(first)


def test_a_rollback_is_refused_where_a_colleague_published_meanwhile(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, title_en="Closing")
    published(meeting)

    with pytest.raises(DraftMovedError):
        publish_again(first, by=None, at=timezone.now(), expected_serial=first.serial)


def test_a_version_that_is_withdrawn_by_now_is_not_published_again(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, title_en="Closing")
    published(meeting)
    withdrawn(Publication.objects.get(pk=first.pk))  # by a colleague, as nobody here knows

    with pytest.raises(WithdrawnError):
        again(first)
    assert Publication.objects.count() == 2


def test_a_draft_compared_with_another_version_is_refused(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, title_en="Closing")
    published(meeting)
    retitle(meeting, title_en="Closure")

    with pytest.raises(DraftMovedError):
        publish_draft(meeting, expected_serial=first.serial)


# --- withdrawal ------------------------------------------------------------------------------


def test_a_withdrawn_version_gives_way_to_the_one_before(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, title_en="Closing")
    second = published(meeting)

    withdrawn(second)

    assert list(Publication.objects.current()) == [first]
    assert published(meeting).designation == "Rev.2"


def test_after_a_withdrawal_the_next_version_tells_what_changed_since_the_one_before(
    meeting: Meeting,
) -> None:
    published(meeting)
    retitle(meeting, title_en="Closing")
    joined = meeting.agenda_items.get().lists.get()
    second = published(meeting)
    make_entry(joined, peru())
    third = published(meeting)

    withdrawn(second)

    assert sorted(lines(third)) == [
        ("changed", "title", False),
        ("joined", "delegations", False),
    ]


def test_what_was_held_back_stays_held_back_when_changes_are_told_anew(meeting: Meeting) -> None:
    published(meeting)
    make_entry(meeting.agenda_items.get().lists.get(), peru())
    (joined,) = draft_of(meeting).lines
    second = publish_draft(meeting, hold_back={joined.key})
    retitle(meeting, title_en="Closing")
    third = published(meeting)

    withdrawn(second)

    assert sorted(lines(third)) == [
        ("changed", "title", False),
        ("joined", "delegations", True),
    ]


def test_a_reissue_stands_for_its_revision_when_that_is_withdrawn(meeting: Meeting) -> None:
    published(meeting)
    retitle(meeting, title_en="Opening of 3 sittings")
    revision = published(meeting)
    retitle(meeting, title_fr="Ouverture de 3 séances")
    reissued = publish_draft(meeting, reissue=True)

    withdrawn(revision)

    assert lines(reissued) == [("changed", "title", False)]
    assert not reissued.is_reissue


def test_the_shelf_follows_a_withdrawal(meeting: Meeting) -> None:
    watcher = Watcher(Shelf())
    published(meeting)
    retitle(meeting, title_en="Closing")
    second = published(meeting)
    make_entry(meeting.agenda_items.get().lists.get(), peru())
    published(meeting)
    watcher.look()

    withdrawn(second)
    watcher.look()

    shelf = watcher.shelf
    assert [one.serial for one in shelf.versions(meeting.slug)] == [3, 1]
    assert shelf.is_withdrawn(meeting.slug, 2)
    assert not shelf.is_withdrawn(meeting.slug)
    current = shelf.current(meeting.slug)
    assert current
    assert {one.field for one in current.lines} == {"title", "delegations"}


def test_a_meeting_of_which_all_is_withdrawn_is_known_as_such(meeting: Meeting) -> None:
    watcher = Watcher(Shelf())
    first = published(meeting)
    watcher.look()

    withdrawn(first)
    watcher.look()

    assert watcher.shelf.current(meeting.slug) is None
    assert watcher.shelf.is_withdrawn(meeting.slug)
    assert not watcher.shelf.is_withdrawn("unknown")


def test_what_is_withdrawn_twice_keeps_its_first_reason(meeting: Meeting) -> None:
    first = published(meeting)
    withdrawn(first)

    withdraw(first, by=None, at=timezone.now(), reason="Again")

    first.refresh_from_db()
    assert first.withdrawal_reason == "Published by mistake"

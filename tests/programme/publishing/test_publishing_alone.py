"""Publishing one subject alone, whatever else is pending."""

from __future__ import annotations

import pytest
from django.utils import timezone

from meetings.models import Meeting
from programme.comparing.grafting import NeedsSubjectError
from programme.document.programme import ProgrammeDocument
from programme.models import AgendaItem, ItemPlacement, Publication, SpeakingList
from programme.publishing.draft import draft_of
from programme.publishing.verbs import DraftMovedError, publish
from programme.rows.problems import InvalidDraftError
from tests.factories import (
    FIRST_DAY,
    chad,
    make_entry,
    make_item,
    make_list,
    make_meeting,
    make_sitting,
    peru,
)
from tests.rows import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting(name_en="June")
    make_list(make_item(meeting, number=1, title_en="Opening"), chad())
    make_item(meeting, number=2, title_en="Closing")
    published(meeting)
    return meeting


def item(meeting: Meeting, number: int) -> AgendaItem:
    found: AgendaItem = meeting.agenda_items.get(number=number)
    return found


def retitle(meeting: Meeting, number: int, title: str) -> AgendaItem:
    row = item(meeting, number)
    row.title_en = title
    row.save()
    return row


def publish_alone(meeting: Meeting, row: AgendaItem | SpeakingList) -> Publication:
    ids = [str(row.pk)]
    digest = draft_of(meeting, ids).digest
    return publish(meeting, by=None, at=timezone.now(), expected_digest=digest, subjects=ids)


def titles(publication: Publication) -> list[str]:
    document = ProgrammeDocument.from_json(publication.document)
    return [str(one.title.in_language("en")) for one in document.agenda]


def test_a_subject_alone_leaves_a_colleagues_half_done_work_private(meeting: Meeting) -> None:
    retitle(meeting, 2, "Half-done")

    publication = publish_alone(meeting, retitle(meeting, 1, "Opening ceremony"))

    assert titles(publication) == ["Opening ceremony", "Closing"]
    assert [one.subject.id for one in draft_of(meeting).pending] == [str(item(meeting, 2).pk)]


def test_what_a_colleague_saves_elsewhere_meanwhile_is_no_obstacle(meeting: Meeting) -> None:
    ids = [str(retitle(meeting, 1, "Opening ceremony").pk)]
    digest = draft_of(meeting, ids).digest
    retitle(meeting, 2, "Half-done")

    publication = publish(meeting, by=None, at=timezone.now(), expected_digest=digest, subjects=ids)

    assert titles(publication) == ["Opening ceremony", "Closing"]


def test_what_a_colleague_saves_in_it_meanwhile_is_shown_first(meeting: Meeting) -> None:
    ids = [str(retitle(meeting, 1, "Opening ceremony").pk)]
    digest = draft_of(meeting, ids).digest
    retitle(meeting, 1, "Opening by a colleague")

    with pytest.raises(DraftMovedError):
        publish(meeting, by=None, at=timezone.now(), expected_digest=digest, subjects=ids)


def test_rows_that_make_no_programme_elsewhere_are_no_obstacle(meeting: Meeting) -> None:
    sitting = make_sitting(meeting)
    placement = ItemPlacement.objects.create(
        item=item(meeting, 2), sitting=sitting, date=sitting.date, position=1
    )
    ItemPlacement.objects.filter(pk=placement.pk).update(date=FIRST_DAY.replace(year=2023))
    with pytest.raises(InvalidDraftError):
        draft_of(meeting)

    publication = publish_alone(meeting, retitle(meeting, 1, "Opening ceremony"))

    assert titles(publication) == ["Opening ceremony", "Closing"]
    with pytest.raises(InvalidDraftError):
        publish_alone(meeting, item(meeting, 2))


def test_a_list_under_a_new_item_needs_it(meeting: Meeting) -> None:
    third = make_item(meeting, number=3, title_en="New")
    speaking_list = make_list(third, peru())

    with pytest.raises(NeedsSubjectError) as refused:
        publish_alone(meeting, speaking_list)

    assert [one.id for one in refused.value.needed] == [str(third.pk)]
    assert Publication.objects.count() == 1


def test_a_list_alone_takes_its_names_along(meeting: Meeting) -> None:
    row = retitle(meeting, 1, "Half-done")
    make_entry(row.lists.get(), peru())

    publication = publish_alone(meeting, row.lists.get())

    document = ProgrammeDocument.from_json(publication.document)
    assert document.named_codes() == {"tcd", "per"}
    assert titles(publication) == ["Opening", "Closing"]


def test_where_nothing_is_public_the_whole_meeting_is_needed() -> None:
    meeting = make_meeting(name_en="June")
    row = make_item(meeting, number=1, title_en="Opening")

    with pytest.raises(NeedsSubjectError) as refused:
        draft_of(meeting, [str(row.pk)])

    assert [one.kind for one in refused.value.needed] == ["meeting"]

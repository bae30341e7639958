from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings.models import Delegation, Meeting
from programme.comparing.change_lines import Line
from programme.comparing.lines.covering import worth_telling
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.models import AgendaItem, ItemPlacement, Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import DraftMovedError, NothingChangedError, publish
from programme.rows.problems import InvalidDraftError
from tests.rows import published, shapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return shapes()


def retitle(meeting: Meeting, title: str) -> AgendaItem:
    item: AgendaItem = AgendaItem.objects.of(meeting).top_level().get(number=1)
    item.title_en = title
    item.save()
    return item


def test_the_first_publication_has_no_designation_and_the_next_are_revisions(
    meeting: Meeting,
) -> None:
    first = published(meeting)
    retitle(meeting, "Opening ceremony")
    second = published(meeting)
    retitle(meeting, "Opening of the meeting")
    third = published(meeting)

    assert [(one.serial, one.designation) for one in (first, second, third)] == [
        (1, ""),
        (2, "Rev.1"),
        (3, "Rev.2"),
    ]


def test_a_designation_is_never_used_again_even_after_a_withdrawal(meeting: Meeting) -> None:
    published(meeting)
    retitle(meeting, "Opening ceremony")
    withdrawn = published(meeting)
    withdrawn.withdrawn_at = timezone.now()
    withdrawn.save(update_fields=["withdrawn_at"])

    again = published(meeting)

    assert (again.serial, again.designation) == (3, "Rev.2")


def test_what_is_published_is_the_document_with_its_digest_and_note(meeting: Meeting) -> None:
    draft = draft_of(meeting)

    publication = publish(
        meeting,
        by=None,
        at=timezone.now(),
        expected_digest=draft.digest,
        note={"en": "First version", "fr": "Première version"},
    )

    publication.refresh_from_db()
    assert ProgrammeDocument.from_json(publication.document) == draft.document
    assert publication.digest == digest_of(publication.document)
    assert publication.note_fr == "Première version"


def test_an_unchanged_draft_is_refused(meeting: Meeting) -> None:
    published(meeting)

    with pytest.raises(NothingChangedError):
        published(meeting)

    assert Publication.objects.count() == 1


def test_a_new_organisation_in_the_directory_makes_nothing_pending(meeting: Meeting) -> None:
    published(meeting)
    Delegation.objects.create(code="of-tomorrow", kind="ngo", name_en="A new organisation")

    assert not draft_of(meeting).has_changes


def test_a_draft_that_moved_is_refused_and_shown(meeting: Meeting) -> None:
    published(meeting)
    retitle(meeting, "Opening ceremony")
    looked_at = draft_of(meeting).digest
    retitle(meeting, "Opening by a colleague")

    with pytest.raises(DraftMovedError) as refused:
        publish(meeting, by=None, at=timezone.now(), expected_digest=looked_at)

    assert Publication.objects.count() == 1
    (pending,) = refused.value.draft.pending
    assert str(pending.subject.title.in_language("en")) == "Opening by a colleague"


def test_rows_that_make_no_programme_are_refused(meeting: Meeting) -> None:
    digest = draft_of(meeting).digest
    ItemPlacement.objects.update(date="2023-07-01")

    with pytest.raises(InvalidDraftError):
        publish(meeting, by=None, at=timezone.now(), expected_digest=digest)

    assert not Publication.objects.exists()


def test_changes_and_cancelled_subjects_are_kept_with_the_publication(meeting: Meeting) -> None:
    published(meeting)
    item = AgendaItem.objects.of(meeting).get(label="A bis")
    gone = str(item.pk)
    item.delete()

    second = published(meeting)

    told = worth_telling(map(Line.read, second.changes))
    assert [(one.what, one.key) for one in told] == [("removed", gone)]
    assert second.cancelled == [gone]


def test_a_subject_that_came_back_is_cancelled_no_more(meeting: Meeting) -> None:
    published(meeting)
    item = AgendaItem.objects.of(meeting).get(label="A bis")
    key = item.pk
    item.delete()
    published(meeting)
    AgendaItem.objects.create(pk=key, meeting=meeting, label="A bis", title_en="Back again")

    assert published(meeting).cancelled == []


def test_a_version_keeps_what_it_said(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, "Opening ceremony")
    published(meeting)

    first.refresh_from_db()
    opening = ProgrammeDocument.from_json(first.document).item("1")
    assert opening
    assert str(opening.title.in_language("en")) == "Opening"


def test_current_is_the_latest_that_is_not_withdrawn(meeting: Meeting) -> None:
    first = published(meeting)
    retitle(meeting, "Opening ceremony")
    second = published(meeting)
    assert list(Publication.objects.current()) == [second]

    Publication.objects.filter(pk=second.pk).update(withdrawn_at=timezone.now())

    assert list(Publication.objects.current()) == [first]


def test_a_serial_is_used_once_in_a_meeting(meeting: Meeting) -> None:
    first = published(meeting)
    first.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_an_address_under_which_another_meeting_is_public_is_refused(meeting: Meeting) -> None:
    published(meeting)
    meeting.slug = "renamed"
    meeting.save()
    second = Meeting.objects.create(
        slug="shapes", name_en="Another", starts_on="2023-01-01", ends_on="2023-01-02"
    )

    with pytest.raises(InvalidDraftError, match="is public under the same address, shapes"):
        draft_of(second)


def test_a_delegation_renamed_in_the_directory_can_be_published(meeting: Meeting) -> None:
    published(meeting)
    kenya = Delegation.objects.get(code="ken")
    kenya.name_en = "Republic of Kenya"
    kenya.save()

    (change,) = draft_of(meeting).pending

    assert (change.subject.kind, change.fields) == ("list", ("names",))

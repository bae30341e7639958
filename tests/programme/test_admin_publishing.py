from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry

from programme.models import Publication
from programme.publishing import draft_of
from tests.admin_forms import admin_url, fields_of, messages_of
from tests.factories import chad, make_editor, make_item, make_list, make_meeting, make_placement
from tests.rows import published

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import Meeting
    from programme.models import AgendaItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(
        make_editor("programme.add_publication", "meetings.change_meeting", username="publisher")
    )
    return client


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(slug="june")


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return make_item(meeting, number=3, title_en="Opening")


def address(meeting: Meeting, language: str = "en") -> str:
    return f"/{language}/admin/meetings/meeting/{meeting.pk}/publish/"


def retitle(item: AgendaItem, title: str) -> None:
    item.title_en = title  # type: ignore[attr-defined]
    item.save()


def confirm(desk: Client, page: Any, meeting: Meeting, **values: str) -> Any:
    """Send the form of a page as it came, with a note perhaps."""
    return desk.post(address(meeting), fields_of(page.content.decode()) | values)


def told(page: Any) -> dict[str, tuple[str, ...]]:
    return {group.name: group.sentences for group in page.context["groups"]}


# What the page shows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "3. Opening"), ("fr", "3. Ouverture"), ("es", "3. Apertura"), ("ar", "3 - افتتاح")],
)
def test_the_page_opens_in_each_language_and_writes_nothing(
    desk: Client, meeting: Meeting, language: str, heading: str
) -> None:
    titles = {"title_fr": "Ouverture", "title_es": "Apertura", "title_ar": "افتتاح"}
    make_item(meeting, number=3, title_en="Opening", **titles)

    page = desk.get(address(meeting, language))

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()
    assert list(told(page)) == ["2024 Intersessional Meetings", heading]
    assert Publication.objects.count() == 0


def test_the_page_names_what_is_pending_and_the_designation(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    speaking_list = make_list(item, invitation_en="Who requested it")
    published(meeting)
    retitle(item, "Opening ceremony")
    speaking_list.entries.create(delegation=chad())
    make_placement(item)

    page = desk.get(address(meeting))

    assert told(page) == {
        "3. Opening ceremony": (
            "Changed: title (en)",
            "Speaking list changed: “Who requested it” – named delegations (added: Chad)",
            "Added to the timetable: 18 June 2024",
        )
    }
    content = page.content.decode()
    assert "You publish Rev.1, in all four languages at once" in content
    assert "Public now: first version." in content
    assert fields_of(content)["digest"] == draft_of(meeting).digest


def test_the_first_publication_has_no_designation(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    page = desk.get(address(meeting))

    assert told(page) == {
        "2024 Intersessional Meetings": ("The meeting is new.",),
        "3. Opening": ("The item is new.",),
    }
    assert "for the first time; it gets no designation" in page.content.decode()
    assert item.meeting == meeting


def test_a_meeting_leads_to_the_page_only_for_those_who_may_publish(
    client: Client, meeting: Meeting
) -> None:
    form = admin_url(type(meeting), "change", meeting.pk)
    link = f'href="{address(meeting)}"'

    client.force_login(make_editor("meetings.change_meeting", "programme.add_publication"))
    assert link in client.get(form).content.decode()
    client.force_login(make_editor("meetings.change_meeting"))
    assert link not in client.get(form).content.decode()


def test_the_page_costs_as_many_queries_as_a_compilation(
    desk: Client,
    meeting: Meeting,
    item: AgendaItem,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(50):
        make_item(meeting, parent=item, number=n + 1)
    desk.get(address(meeting))

    # session and account, two of permissions; the meeting; 12 of the compilation; the address,
    # the public version and the designations used
    with django_assert_num_queries(20):
        desk.get(address(meeting))


# Publishing ----------------------------------------------------------------------------------


def test_a_confirmation_publishes_what_was_shown(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    page = desk.get(address(meeting))
    shown = draft_of(meeting).digest

    sent = confirm(desk, page, meeting, note_en="First version", note_ar="الصيغة الأولى")
    after = desk.get(sent.headers["Location"])

    publication = Publication.objects.get()
    assert sent.status_code == 302
    assert publication.digest == shown
    assert publication.published_by is not None
    assert publication.published_by.username == "publisher"
    assert (publication.note_en, publication.note_ar) == ("First version", "الصيغة الأولى")  # type: ignore[attr-defined]
    assert messages_of(after) == [
        'Published: first version. <a href="/en/meetings/june/">See the public page</a>'
    ]
    assert LogEntry.objects.get().object_id == str(publication.pk)
    assert str(item.pk) in publication.document


def test_the_next_publication_is_a_revision(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    retitle(item, "Opening ceremony")

    confirm(desk, desk.get(address(meeting)), meeting)

    assert list(Publication.objects.values_list("serial", "designation")) == [(2, "Rev.1"), (1, "")]


def test_an_unchanged_meeting_has_nothing_to_publish(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)

    page = desk.get(address(meeting))
    refused = desk.post(address(meeting), {"digest": draft_of(meeting).digest})

    for response, status in ((page, 200), (refused, 409)):
        content = response.content.decode()
        assert response.status_code == status
        assert "There is nothing to publish" in content
        assert "digest" not in fields_of(content)
    assert Publication.objects.count() == 1
    assert item.meeting == meeting


def test_a_draft_that_moved_is_shown_anew_with_the_notes_kept(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    retitle(item, "Opening ceremony")
    page = desk.get(address(meeting))
    make_item(meeting, number=4, title_en="Closing")

    refused = confirm(desk, page, meeting, note_fr="Ouverture précisée")

    assert refused.status_code == 409
    assert Publication.objects.count() == 1
    assert "somebody saved since you opened this page" in refused.content.decode()
    assert told(refused) == {
        "3. Opening ceremony": ("Changed: title (en)",),
        "4. Closing": ("The item is new.",),
    }
    assert fields_of(refused.content.decode())["note_fr"] == "Ouverture précisée"

    sent = confirm(desk, refused, meeting)

    assert sent.status_code == 302
    assert Publication.objects.latest("serial").note_fr == "Ouverture précisée"  # type: ignore[attr-defined]


def test_an_overlong_note_is_refused_and_kept(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    refused = confirm(desk, desk.get(address(meeting)), meeting, note_es="ñ" * 301)

    assert refused.status_code == 200
    assert "Ensure this value has at most 300 characters (it has 301)." in refused.content.decode()
    assert fields_of(refused.content.decode())["note_es"] == "ñ" * 301
    assert Publication.objects.count() == 0
    assert item.meeting == meeting


@pytest.mark.parametrize("digest", ["", "0" * 64, "0" * 65])
def test_a_digest_of_no_draft_publishes_nothing(
    desk: Client, meeting: Meeting, item: AgendaItem, digest: str
) -> None:
    refused = desk.post(address(meeting), {"digest": digest})

    assert refused.status_code in {200, 409}
    assert Publication.objects.count() == 0
    assert item.meeting == meeting


def test_rows_that_make_no_programme_are_named_and_linked(desk: Client, meeting: Meeting) -> None:
    make_item(meeting, label="A bis")
    twin = make_item(meeting, label="a-bis")

    page = desk.get(address(meeting))
    refused = desk.post(address(meeting), {"digest": "0" * 64})

    for response, status in ((page, 200), (refused, 409)):
        content = response.content.decode()
        assert response.status_code == status
        assert f'href="/en/admin/programme/agendaitem/{twin.pk}/change/"' in content
        assert "Another item has the same address, a-bis." in content
        assert "digest" not in fields_of(content)
    assert Publication.objects.count() == 0


# Who may -------------------------------------------------------------------------------------


def test_whoever_may_not_publish_is_refused(client: Client, meeting: Meeting) -> None:
    client.force_login(make_editor("meetings.change_meeting", "programme.change_agendaitem"))

    assert client.get(address(meeting)).status_code == 403
    refused = client.post(address(meeting), {"digest": draft_of(meeting).digest})
    assert refused.status_code == 403
    assert Publication.objects.count() == 0


def test_strangers_are_sent_to_log_in(client: Client, meeting: Meeting) -> None:
    sent = client.post(address(meeting), {"digest": draft_of(meeting).digest})

    assert sent.headers["Location"] == f"/en/admin/login/?next={address(meeting)}"
    assert Publication.objects.count() == 0


def test_a_meeting_that_is_not_there_is_not_found(desk: Client, meeting: Meeting) -> None:
    gone = address(meeting)
    meeting.delete()

    assert desk.get(gone).status_code == 404


def test_other_methods_are_refused(desk: Client, meeting: Meeting) -> None:
    assert desk.delete(address(meeting)).status_code == 405

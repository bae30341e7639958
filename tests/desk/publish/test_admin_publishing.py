from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry

from programme.comparing.change_lines import Line
from programme.models import Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from tests.admin_forms import admin_url, fields_of, messages_of
from tests.factories import (
    chad,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_placement,
    peru,
    rewrite,
)
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


def address(meeting: Meeting, language: str = "en") -> str:
    return f"/{language}/admin/meetings/meeting/{meeting.pk}/publish/"


def confirm(desk: Client, page: Any, meeting: Meeting, **values: str) -> Any:
    """Send the form of a page as it came, with its warnings seen, and a note perhaps."""
    fields = fields_of(page.content.decode()) | {"warnings_seen": "on"}
    return desk.post(address(meeting), fields | values)


def told(page: Any) -> dict[str, list[str]]:
    """The differences by subject: what happened to it, then the fields that differ."""
    return {
        f"{one.kind} {one.name}": [one.what, *(field.name for field in one.fields)]
        for one in page.context["differences"]
    }


def lines_of(page: Any) -> dict[str, dict[str, str]]:
    """What delegates would read, by heading and sentence, with the value of each box."""
    return {
        group.heading: {box.sentence: box.value for box in group.boxes}
        for group in page.context["lines"]
    }


# What the page shows -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_page_opens_in_each_language_and_writes_nothing(
    desk: Client, meeting: Meeting, language: str
) -> None:
    titles = {"en": "Opening", "fr": "Ouverture", "es": "Apertura", "ar": "افتتاح"}
    item = make_item(meeting, number=3)
    published(meeting)
    for code, title in titles.items():
        setattr(item, f"title_{code}", title)
    rewrite(item, title_en="Opening ceremony")

    page = desk.get(address(meeting, language))

    assert page.status_code == 200
    content = page.content.decode()
    assert f'<html lang="{language}"' in content
    assert '<p lang="en" dir="ltr">Opening<ins> ceremony</ins></p>' in content
    assert '<p lang="ar" dir="rtl"><ins>افتتاح</ins></p>' in content
    assert Publication.objects.count() == 1


def test_the_page_shows_what_differs_field_by_field(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    speaking_list = make_list(item, peru(), invitation_en="Who requested it")
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    speaking_list.entries.all().delete()
    speaking_list.entries.create(delegation=chad())
    make_placement(item)

    page = desk.get(address(meeting))

    assert told(page) == {
        "item 3. Opening ceremony": ["changed", "Title"],
        "list Who requested it": ["changed", "Named delegations"],
        "placement 18 June 2024": ["added", "Date"],
    }
    content = page.content.decode()
    assert '<p lang="en" dir="ltr">Opening<ins> ceremony</ins></p>' in content
    assert "<p><del>Peru</del></p>" in content
    assert "<p><ins>Chad</ins></p>" in content
    assert (
        f'<a href="{admin_url(type(item), "change", item.pk)}">3. Opening ceremony</a>' in content
    )
    assert "You publish Rev.1, in all four languages at once" in content
    assert "Public now: first version." in content
    assert fields_of(content)["digest"] == draft_of(meeting).digest


def test_the_first_publication_has_no_designation_and_no_lines(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    page = desk.get(address(meeting))

    assert (told(page), lines_of(page)) == ({}, {})
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


@pytest.mark.parametrize("number", [8, 24])
def test_the_page_costs_the_same_for_few_and_many_changes(
    desk: Client,
    meeting: Meeting,
    item: AgendaItem,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    items = [make_item(meeting, parent=item, number=n + 1) for n in range(number)]
    published(meeting)
    for one in items:
        rewrite(one, title_en="Opening ceremony")
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
    assert sent.headers["Location"] == f"/en/admin/meetings/meeting/{meeting.pk}/notice/1/"
    assert "The programme of “Meetings in June” is published." in after.content.decode()


def test_the_next_publication_is_a_revision(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")

    confirm(desk, desk.get(address(meeting)), meeting)

    assert list(Publication.objects.values_list("serial", "designation")) == [(2, "Rev.1"), (1, "")]


def test_an_unchanged_meeting_has_nothing_to_publish(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)

    page = desk.get(address(meeting))
    refused = desk.post(address(meeting), {"digest": draft_of(meeting).digest, "serial": "1"})

    for response, status in ((page, 200), (refused, 409)):
        content = response.content.decode()
        assert response.status_code == status
        assert "There is nothing to publish" in content
        assert "digest" not in fields_of(content)
    assert Publication.objects.count() == 1
    assert item.meeting == meeting


def test_a_draft_that_moved_is_shown_anew_with_what_is_new_and_what_was_typed(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    page = desk.get(address(meeting))
    [box] = lines_of(page)["3. Opening ceremony"].values()
    make_item(meeting, number=4, title_en="Closing")

    values = {"note_fr": "Ouverture précisée", "note_as_it_is": "on", "hold_back": box}
    refused = confirm(desk, page, meeting, **values)

    assert refused.status_code == 409
    assert Publication.objects.count() == 1
    assert "somebody saved since you opened this page" in refused.content.decode()
    news = {str(one.name): one.is_news for one in refused.context["differences"]}
    assert news == {"3. Opening ceremony": False, "4. Closing": True}
    kept = fields_of(refused.content.decode())
    assert (kept["note_fr"], kept["hold_back"]) == ("Ouverture précisée", box)

    sent = confirm(desk, refused, meeting)

    assert sent.status_code == 302
    latest = Publication.objects.latest("serial")
    assert latest.note_fr == "Ouverture précisée"  # type: ignore[attr-defined]
    held_back = [one.get("field") for one in latest.changes if one.get("is_held_back")]
    assert held_back == ["title"]


def test_a_first_draft_that_moved_promises_no_mark(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    page = desk.get(address(meeting))
    rewrite(item, title_en="Opening ceremony")

    refused = confirm(desk, page, meeting)

    assert refused.status_code == 409
    assert "Look at the draft and confirm again." in refused.content.decode()
    assert "marked below" not in refused.content.decode()


def test_what_came_beneath_something_new_is_marked(desk: Client, meeting: Meeting) -> None:
    published(meeting)
    new = make_item(meeting, number=4, title_en="Closing")
    page = desk.get(address(meeting))
    make_list(new, chad(), invitation_en="Last words")

    refused = confirm(desk, page, meeting)

    news = {one.kind: one.is_news for one in refused.context["differences"]}
    assert news == {"item": False, "list": True}


def test_the_second_of_two_publishers_is_told_who_published_what(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    page = desk.get(address(meeting))
    first = make_editor("programme.add_publication", username="amina")
    publish(
        meeting,
        by=first,
        at=datetime(2024, 6, 1, 9, 30, tzinfo=UTC),
        expected_digest=draft_of(meeting).digest,
    )
    rewrite(item, title_en="Opening of the meetings")

    refused = confirm(desk, page, meeting, note_en="Mine")

    assert refused.status_code == 409
    assert "Nothing was published: amina published Rev.1 at 11:30" in refused.content.decode()
    assert fields_of(refused.content.decode())["note_en"] == "Mine"
    assert confirm(desk, refused, meeting).status_code == 302
    assert Publication.objects.latest("serial").designation == "Rev.2"


# Warnings ------------------------------------------------------------------------------------


def test_warnings_must_be_seen_and_lead_to_the_field_that_mends_them(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    nobody = make_list(item, invitation_en="Some States")
    page = desk.get(address(meeting))
    content = page.content.decode()

    [[name, [warning]]] = page.context["warnings"]
    assert (str(name), warning.sentence) == ("Some States", "This list names nobody.")
    assert warning.address == f"{admin_url(type(nobody), 'change', nobody.pk)}#entries-group"
    assert [one.code for one in page.context["texts"]] == ["fr", "es", "ar"]
    link = (
        f'<a href="{admin_url(type(item), "change", item.pk)}#id_title_fr">3. Opening – Title</a>'
    )
    assert link in content

    refused = desk.post(address(meeting), fields_of(content))
    assert "Look at the warnings, then tick this." in refused.content.decode()
    assert Publication.objects.count() == 1

    assert confirm(desk, refused, meeting).status_code == 302


def test_where_there_is_no_warning_nothing_is_to_be_ticked(desk: Client) -> None:
    names = {"name_fr": "Réunions 2024", "name_es": "Reuniones 2024", "name_ar": "اجتماعات 2024"}
    meeting = make_meeting(**names)
    page = desk.get(address(meeting))

    assert "warnings_seen" not in page.content.decode()
    assert desk.post(address(meeting), fields_of(page.content.decode())).status_code == 302


# Reissue and what is held back ---------------------------------------------------------------


def test_wording_alone_may_be_reissued_if_the_publisher_vouches_for_it(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening,")
    page = desk.get(address(meeting))

    refused = confirm(desk, page, meeting, how="reissue")
    assert refused.status_code == 200
    assert "Tick this, or choose the new revision instead." in refused.content.decode()
    assert fields_of(refused.content.decode())["how"] == "reissue"
    assert Publication.objects.count() == 1

    assert confirm(desk, refused, meeting, no_change_of_meaning="on").status_code == 302
    latest = Publication.objects.latest("serial")
    assert (latest.designation, latest.is_reissue, latest.changes) == ("", True, [])


def test_more_than_wording_is_offered_no_reissue_and_the_page_says_why(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    rewrite(item, title_en="Opening at 10")
    published(meeting)
    rewrite(item, title_en="Opening at 11")
    page = desk.get(address(meeting))

    assert 'value="reissue"' not in page.content.decode()
    [reason] = page.context["reasons"]
    assert (reason.name, reason.field, reason.language, reason.before, reason.after) == (
        "3. Opening at 11",
        "Title",
        "English",
        "10",
        "11",
    )

    forced = confirm(desk, page, meeting, how="reissue", no_change_of_meaning="on")
    assert forced.status_code == 409
    assert "more than wording has changed" in forced.content.decode()
    assert Publication.objects.count() == 1


def test_single_lines_are_held_back_from_the_public_list(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    speaking_list = make_list(item, chad(), peru())
    published(meeting)
    speaking_list.entries.all().delete()
    rewrite(item, title_en="Opening ceremony")
    page = desk.get(address(meeting))
    boxes = lines_of(page)["3. Opening ceremony"]
    assert list(boxes) == [
        "Peru removed from the list",
        "Chad removed from the list",
        "Title changed",
    ]

    confirm(desk, page, meeting, hold_back=boxes["Chad removed from the list"])

    lines = [Line.read(one) for one in Publication.objects.latest("serial").changes]
    assert {one.code for one in lines if one.is_held_back} == {"tcd"}
    assert len(lines) == 3
    notice = desk.get(f"/en/admin/meetings/meeting/{meeting.pk}/notice/2/").context["notices"][0]
    assert "Peru removed from the list" in notice.text
    assert "Chad" not in notice.text


def test_the_box_of_a_list_that_opens_no_more_holds_back_all_that_its_sentence_tells(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    opened = {"kind": "open", "open_to_organisations": True, "other_than_named": True}
    speaking_list = make_list(item, **opened)
    published(meeting)
    for name in opened:
        setattr(speaking_list, name, "named" if name == "kind" else False)
    speaking_list.save()
    page = desk.get(address(meeting))

    [box] = lines_of(page)["3. Opening"].values()
    confirm(desk, page, meeting, hold_back=box)

    lines = [Line.read(one) for one in Publication.objects.latest("serial").changes]
    assert {one.field for one in lines} == {"kind", "open_to", "other_than_named"}
    assert all(one.is_held_back for one in lines)


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
@pytest.mark.parametrize("serial", ["", "0", "-1", "7", "x"])
@pytest.mark.parametrize("seen", ["", "[1]", "{"])
def test_a_digest_of_no_draft_publishes_nothing(
    desk: Client, meeting: Meeting, item: AgendaItem, digest: str, serial: str, seen: str
) -> None:
    refused = desk.post(address(meeting), {"digest": digest, "serial": serial, "seen": seen})

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
    refused = client.post(address(meeting), {"digest": draft_of(meeting).digest, "serial": "1"})
    assert refused.status_code == 403
    assert Publication.objects.count() == 0


def test_strangers_are_sent_to_log_in(client: Client, meeting: Meeting) -> None:
    sent = client.post(address(meeting), {"digest": draft_of(meeting).digest, "serial": "1"})

    assert sent.headers["Location"] == f"/en/admin/login/?next={address(meeting)}"
    assert Publication.objects.count() == 0


def test_a_meeting_that_is_not_there_is_not_found(desk: Client, meeting: Meeting) -> None:
    gone = address(meeting)
    meeting.delete()

    assert desk.get(gone).status_code == 404


def test_other_methods_are_refused(desk: Client, meeting: Meeting) -> None:
    assert desk.delete(address(meeting)).status_code == 405

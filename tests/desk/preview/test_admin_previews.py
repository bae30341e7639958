from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import translation

from meetings.models import Meeting
from programme.models import SharedPreview
from programme.publishing.previews import address_of, revoke, share
from tests.admin_forms import admin_url, messages_of
from tests.factories import make_editor, make_meeting
from tests.programme.html import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar")
NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(slug="june")


@pytest.fixture
def bob() -> User:
    return make_editor("meetings.change_meeting", username="bob")


@pytest.fixture
def desk(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def address(meeting: Meeting, language: str = "en") -> str:
    return admin_url(Meeting, "previews", meeting.pk, language=language)


def for_ana(meeting: Meeting, **values: Any) -> SharedPreview:
    defaults: dict[str, Any] = {"whom": "Ana", "by": None, "at": NOON, "days": 3}
    return share(meeting, **defaults | values)


def boxes(response: Any) -> list[str]:
    """The addresses that the page offers to be copied."""
    shown = Page(response.content.decode())
    return [one.attributes["value"] for one in shown.all("input", readonly="")]


def test_a_link_is_made_and_its_address_shown(desk: Client, meeting: Meeting, bob: User) -> None:
    page = desk.post(address(meeting), {"whom": " Ana, Cambodia ", "days": "14"}, follow=True)

    made = SharedPreview.objects.get()
    assert (made.meeting, made.whom, made.created_by) == (meeting, "Ana, Cambodia", bob)
    assert (made.created_at, made.expires_at) == (NOON, NOON + timedelta(days=14))
    assert boxes(page) == [address_of(made)]
    assert messages_of(page) == ["The link for Ana, Cambodia is made: copy its address below."]
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"whom": "", "days": "7"}, {"whom"}),
        ({"whom": "Ana", "days": "365"}, {"days"}),
        ({"whom": "Ana", "days": "0"}, {"days"}),
        ({"whom": "Ana"}, {"days"}),
        ({"whom": "x" * 101, "days": "7"}, {"whom"}),
    ],
)
def test_what_makes_no_link_is_told(
    desk: Client, meeting: Meeting, typed: dict[str, str], wrong: set[str]
) -> None:
    page = desk.post(address(meeting), typed)

    assert {*page.context["form"].errors} == wrong
    assert SharedPreview.objects.count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_there_in_each_language(desk: Client, meeting: Meeting, language: str) -> None:
    for_ana(meeting)

    page = desk.get(address(meeting, language))

    choices = [one.text for one in Page(page.content.decode()).all("option")]
    assert page.status_code == 200
    assert len(choices) == 5
    with translation.override(language):
        expected = translation.ngettext("%(days)s day", "%(days)s days", 1) % {"days": 1}
    assert choices[0] == expected


def test_a_link_is_revoked(desk: Client, meeting: Meeting) -> None:
    shared = for_ana(meeting)

    page = desk.post(address(meeting), {"revoke": str(shared.pk)}, follow=True)

    shared.refresh_from_db()
    assert shared.revoked_at == NOON
    assert boxes(page) == []
    assert messages_of(page) == ["The link for Ana is revoked: it leads nowhere any more."]


@pytest.mark.parametrize("which", ["revoked", "of another meeting", "nonsense"])
def test_what_is_not_open_here_cannot_be_revoked(
    desk: Client, meeting: Meeting, which: str
) -> None:
    closed, elsewhere = for_ana(meeting), for_ana(make_meeting())
    revoke(closed, at=NOON - timedelta(hours=1))
    named = {"revoked": str(closed.pk), "of another meeting": str(elsewhere.pk)}

    page = desk.post(address(meeting), {"revoke": named.get(which, "x")}, follow=True)

    assert messages_of(page) == ["This link was closed already."]
    elsewhere.refresh_from_db()
    assert elsewhere.revoked_at is None
    assert LogEntry.objects.count() == 0


def test_open_links_have_an_address_and_closed_ones_have_none(
    desk: Client, meeting: Meeting
) -> None:
    still_open = for_ana(meeting)
    for_ana(meeting, whom="Bo", at=NOON - timedelta(days=5))
    revoke(for_ana(meeting, whom="Cy"), at=NOON)
    for_ana(make_meeting(), whom="Di")

    page = desk.get(address(meeting))

    text = Page(page.content.decode()).text
    assert boxes(page) == [address_of(still_open)]
    assert "Bo Expired on 1 June 2024, 14:00" in text
    assert "Cy Revoked on 3 June 2024, 14:00" in text
    assert "Di " not in text


def test_both_are_written_down(desk: Client, meeting: Meeting, bob: User) -> None:
    desk.post(address(meeting, "fr"), {"whom": "Ana", "days": "7"})
    desk.post(address(meeting, "ar"), {"revoke": str(SharedPreview.objects.get().pk)})

    entries = LogEntry.objects.order_by("pk")

    assert [(one.user, one.object_id) for one in entries] == [(bob, str(meeting.pk))] * 2
    with translation.override("en"):
        assert [one.get_change_message() for one in entries] == [
            "Added shared preview “Ana”.",
            "Changed revoked at for shared preview “Ana”.",
        ]


@pytest.mark.parametrize(
    "permissions",
    [(), ("meetings.view_meeting",), ("meetings.view_meeting", "meetings.translate_fr")],
)
def test_who_may_not_change_the_meeting_shares_nothing(
    client: Client, meeting: Meeting, permissions: tuple[str, ...]
) -> None:
    client.force_login(make_editor(*permissions))

    assert client.get(address(meeting)).status_code == 403
    assert client.post(address(meeting), {"whom": "Ana", "days": "7"}).status_code == 403
    assert SharedPreview.objects.count() == 0


def test_a_form_from_elsewhere_makes_no_link(meeting: Meeting, bob: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)

    assert strict.post(address(meeting), {"whom": "Ana", "days": "7"}).status_code == 403
    assert SharedPreview.objects.count() == 0


def test_the_page_costs_the_same_for_many_links(
    desk: Client, meeting: Meeting, bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(20):
        for_ana(meeting, by=bob)

    # session, user, two for permissions, the meeting, its links
    with django_assert_num_queries(6):
        desk.get(address(meeting))


def test_the_form_and_the_draft_lead_to_the_preview_and_to_sharing(
    desk: Client, meeting: Meeting
) -> None:
    for page in ("change", "draft"):
        html = desk.get(admin_url(Meeting, page, meeting.pk)).content.decode()

        links = {one.attributes.get("href") for one in Page(html).all("a")}
        assert {"/en/preview/june/", address(meeting)} <= links

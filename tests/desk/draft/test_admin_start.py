from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from desk.draft.start import StartPage, at_hand
from meetings.models import Meeting
from tests.admin_forms import change
from tests.factories import make_editor, make_item, make_list, make_meeting
from tests.rows import published

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 6, 18, 8, tzinfo=UTC)
FULL = {"name_fr": "Réunions 2024", "name_es": "Reuniones 2024", "name_ar": "اجتماعات 2024"}


@pytest.mark.parametrize(
    ("at", "slug"),
    [
        (datetime(2024, 1, 1, tzinfo=UTC), "june"),
        (datetime(2024, 6, 20, 21, 59, tzinfo=UTC), "june"),
        (datetime(2024, 6, 20, 22, 0, tzinfo=UTC), "november"),  # midnight in Zurich
        (datetime(2025, 6, 1, tzinfo=UTC), "november"),
    ],
)
def test_the_meeting_at_hand_is_on_or_next_or_else_the_latest(at: datetime, slug: str) -> None:
    make_meeting(slug="june")
    make_meeting(slug="november", starts_on=date(2024, 11, 25), ends_on=date(2024, 11, 29))

    found = at_hand(Meeting.objects.in_order(), at)

    assert found is not None
    assert found.slug == slug


def test_without_meetings_there_is_one_to_be_added(client: Client) -> None:
    client.force_login(make_editor(is_superuser=True))

    page = client.get("/en/admin/").content.decode()

    assert "There is no meeting yet. Add the first one." in page
    assert 'href="/en/admin/meetings/meeting/add/"' in page


# The next thing to do ------------------------------------------------------------------------


def next_thing(user: User) -> tuple[str, str]:
    """What is suggested to an account, and where it leads below the meeting's address."""
    found = StartPage(user, NOW).next_thing
    return found.sentence, found.address.rpartition(f"{Meeting.objects.get().pk}/")[2]


@pytest.fixture
def publisher() -> User:
    return make_editor("meetings.view_meeting", "programme.add_publication")


def test_errors_come_first(publisher: User) -> None:
    meeting = make_meeting()
    make_item(meeting, label="A bis")
    make_item(meeting, label="a-bis")

    assert next_thing(publisher) == (
        "1 error keeps the draft from being published.",
        "draft/?show=unfinished",
    )


def test_then_texts_are_translated(publisher: User) -> None:
    make_item(make_meeting(**FULL), title_en="Opening", title_fr="Ouverture", title_es="Apertura")

    assert next_thing(publisher) == (
        "1 text is missing or behind the English in \u2067العربية\u2069.",
        "draft/?show=untranslated&language=ar",
    )


def test_then_the_draft_is_published(publisher: User) -> None:
    make_meeting(**FULL)

    assert next_thing(publisher) == ("Nothing of this meeting is public yet.", "publish/")


def test_warnings_are_to_be_looked_at_before(publisher: User) -> None:
    item = make_item(make_meeting(**FULL), number=1, title_en="")
    make_list(item, **{f"invitation_{one}": "States" for one in ("en", "fr", "es", "ar")})

    assert next_thing(publisher) == (
        "Nothing of this meeting is public yet. 1 warning should be looked at before.",
        "publish/",
    )


def test_translators_are_sent_to_their_own_language() -> None:
    make_item(make_meeting(**FULL), title_en="Opening", title_fr="Ouverture")
    translator = make_editor("meetings.view_meeting", "meetings.translate_es")

    assert next_thing(translator) == (
        "1 text is missing or behind the English in Español.",
        "draft/?show=untranslated&language=es",
    )
    assert [one.code for one in StartPage(translator, NOW).languages] == ["es", "fr", "ar"]


def test_languages_are_listed_as_the_reader_lists(publisher: User) -> None:
    make_item(make_meeting(), title_en="Opening")

    with translation.override("ar"):
        sentence, _address = next_thing(publisher)

    assert "\u2066Français\u2069، \u2066Español\u2069، العربية" in sentence


def test_whoever_may_not_publish_sees_what_is_pending(client: Client) -> None:
    meeting = make_meeting(**FULL)
    published(meeting)
    client.force_login(make_editor(is_superuser=True))
    change(client, meeting, ends_on="2024-06-21")
    editor = make_editor("meetings.view_meeting")

    assert next_thing(editor) == ("1 change is not public yet.", "draft/?show=unpublished")


def test_then_there_is_nothing_to_do(publisher: User) -> None:
    published(make_meeting(**FULL))

    assert next_thing(publisher) == ("Nothing: all that stands in the draft is public.", "")


# What the page shows -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_start_page_tells_what_is_public_and_open(client: Client, language: str) -> None:
    client.force_login(make_editor(is_superuser=True, first_name="Amina"))
    meeting = make_meeting(slug="june")
    make_meeting(name_en="Earlier", starts_on=date(2020, 6, 1), ends_on=date(2020, 6, 2))
    make_item(meeting, title_en="Opening")
    published(meeting)

    page = client.get(f"/{language}/admin/").content.decode()

    assert f'<html lang="{language}"' in page
    assert f'href="/{language}/admin/meetings/meeting/{meeting.pk}/draft/"' in page
    for code in ("fr", "es", "ar"):
        assert f'/draft/?show=untranslated&amp;language={code}" lang="{code}"' in page
    assert "Earlier" in page


def test_an_account_that_may_not_see_meetings_sees_its_lists_alone(client: Client) -> None:
    make_meeting(name_en="Secret meeting")
    client.force_login(make_editor("meetings.view_delegation"))

    page = client.get("/en/admin/").content.decode()

    assert "Secret meeting" not in page
    assert "Delegations" in page

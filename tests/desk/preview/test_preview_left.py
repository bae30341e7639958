"""What left its address in the draft leads on, or says that it is gone, in both of its mounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Delegation, Meeting
from panels.models import Panel
from programme.models import AgendaItem, SpeakingList
from programme.publishing.previews import share, token_of
from programme.publishing.watcher import Watcher
from programme.shelf.shelf import shelf
from tests.factories import (
    chad,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
)
from tests.programme.html import Page
from tests.rows import published

pytestmark = pytest.mark.django_db

Change = Callable[[], Any]


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    """A meeting in June that is public, and its draft as it is."""
    made = make_meeting(slug="june")
    item = make_item(made, number=3, title_en="Opening")
    make_list(item, chad(), invitation_en="States ({delegations}) are invited.")
    make_panel(made, slug="theme", title_en="Victims")
    published(made)
    Watcher(shelf).look()
    yield made
    shelf.replace([])


@pytest.fixture(params=["preview", "shared"])
def mount(request: pytest.FixtureRequest, meeting: Meeting, client: Client) -> str:
    """Where the draft is read: by staff, or by a link."""
    if request.param == "preview":
        client.force_login(make_editor("meetings.view_meeting"))
        return "/ar/preview/june/"
    shared = share(meeting, whom="Ana", by=None, at=timezone.now(), days=3)
    assert shared.expires_at - timezone.now() < timedelta(days=4)
    return f"/ar/shared/{token_of(shared)}/"


def renumber() -> None:
    AgendaItem.objects.update(number=4)


def rename_panel() -> None:
    Panel.objects.update(slug="victims")


def recode() -> None:
    Delegation.objects.update(code="chd")


def remove_all() -> None:
    SpeakingList.objects.all().delete()
    for model in (AgendaItem, Panel):
        model.objects.all().delete()
    Delegation.objects.all().delete()


MOVED: dict[str, tuple[Change, str, str]] = {
    "item": (renumber, "items/3/", "items/4/"),
    "panel": (rename_panel, "panels/theme/", "panels/victims/"),
    "delegation": (recode, "delegations/tcd/", "delegations/chd/"),
}


def assert_private(response: Any) -> None:
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(("change", "old", "new"), MOVED.values(), ids=MOVED)
def test_a_public_address_leads_to_the_one_in_the_draft(
    client: Client, mount: str, change: Change, old: str, new: str
) -> None:
    change()

    response = client.get(f"{mount}{old}?with=en")

    assert (response.status_code, response["Location"]) == (301, f"{mount}{new}?with=en")
    assert_private(response)
    assert client.get(f"{mount}{new}").status_code == 200


@pytest.mark.parametrize(
    ("below", "name", "then"),
    [
        ("items/3/", "Opening", "v/1/items/3/"),
        ("panels/theme/", "Victims", "v/1/panels/theme/"),
        ("delegations/tcd/", "تشاد", "v/1/"),
    ],
)
def test_what_is_gone_from_the_draft_says_what_it_was(
    client: Client, mount: str, below: str, name: str, then: str
) -> None:
    remove_all()

    response = client.get(f"{mount}{below}")

    page = Page(response.content.decode())
    assert response.status_code == 410
    assert_private(response)
    assert name in page.one("p", class_="lead").text
    assert {mount, f"/ar/meetings/june/{then}"} <= set(page.links)
    assert client.get(f"/ar/meetings/june/{then}").status_code == 200


@pytest.mark.parametrize("below", ["items/9/", "panels/none/", "delegations/xyz/"])
def test_what_never_was_is_not_there(client: Client, mount: str, below: str) -> None:
    response = client.get(f"{mount}{below}")

    assert response.status_code == 404
    assert_private(response)


def test_a_draft_says_nothing_of_what_stood_at_an_address(
    client: Client, meeting: Meeting, mount: str
) -> None:
    renumber()
    make_item(meeting, number=3, title_en="Another")

    page = Page(client.get(f"{mount}items/3/").content.decode())

    assert page.one("h1").text.endswith("Another")
    assert page.all("p", class_="past") == []

"""No form of the desk cuts what is pasted: the server says that it is too long, and keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from programme.models import AgendaItem, Publication
from tests.admin_filling import registered
from tests.admin_forms import admin_url, send
from tests.factories import make_item, make_meeting
from tests.rows import published

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)
def test_no_form_of_rows_cuts(desk: Client, model: type[Model]) -> None:
    page = desk.get(admin_url(model, "add"))
    if page.status_code == 403:
        pytest.skip("nobody adds such rows")
    assert "maxlength" not in page.content.decode()


@pytest.mark.parametrize("name", ["publish", "previews", "draft"])
def test_no_page_of_a_meeting_cuts(desk: Client, name: str) -> None:
    meeting = make_meeting()
    answer = desk.get(reverse(f"admin:meetings_meeting_{name}", args=[meeting.pk]))
    assert "maxlength" not in answer.content.decode()


@pytest.mark.parametrize("name", ["again", "withdraw", "change"])
def test_no_page_of_a_version_cuts(desk: Client, name: str) -> None:
    publication = published(make_meeting())
    answer = desk.get(admin_url(Publication, name, publication.pk))
    assert "maxlength" not in answer.content.decode()


def test_neither_account_nor_login_cuts(desk: Client, client: Client) -> None:
    account = User.objects.get()
    for page in ("change", "password_change"):
        if page == "change":
            address = admin_url(User, page, account.pk)
        else:
            address = reverse("admin:auth_user_password_change", args=[account.pk])
        assert "maxlength" not in desk.get(address).content.decode(), page
    client.logout()
    assert "maxlength" not in client.get(reverse("admin:login")).content.decode()


def test_a_title_that_is_too_long_is_refused_and_kept(desk: Client) -> None:
    item = make_item(make_meeting())
    title = "word " * 61 + "end"

    refused = send(desk, admin_url(AgendaItem, "change", item.pk), title_en=title)

    assert refused.status_code == 200
    (error,) = refused.context["adminform"].form.errors["title_en"]
    assert "300" in error
    assert f'value="{title}"' in refused.content.decode()

"""Staff read hours as their watches show them: where a meeting is held, or at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import Delegation, Meeting
from programme.models import Publication, SharedPreview
from programme.publishing.verbs import withdraw
from tests.admin_forms import admin_url, change, fields_of
from tests.factories import chad, make_editor, make_status
from tests.rows import published, shapes

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
"""Half past midnight of the next day in Geneva, half past seven of the same evening in New York."""

IN_UTC = ("23:30", "10 March 2026", "2026-03-10", "10/03/2026")
IN_GENEVA = "11 March 2026, 00:30"


def moments() -> Iterator[tuple[type[Model], str]]:
    """Every column that holds a moment which staff may read."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateTimeField) and model is not Session:
                yield model, field.name


def let_all_be_late() -> None:
    """Let all that happened so far have happened at one moment."""
    for model, name in moments():
        model._default_manager.exclude(**{name: None}).update(**{name: LATE})


@pytest.fixture
def meeting() -> Meeting:
    """A meeting with all that happens to one: versions, one withdrawn, links to its draft."""
    meeting = shapes()
    user = make_editor(is_superuser=True, last_login=LATE)
    published(meeting)
    meeting.name_en = "Renamed"  # type: ignore[attr-defined]
    meeting.save()
    second = published(meeting)
    for expires, revoked in ((LATE.replace(year=2099), None), (LATE, None), (LATE, LATE)):
        SharedPreview.objects.create(
            meeting=meeting,
            whom="Amina",
            created_by=user,
            created_at=LATE,
            expires_at=expires,
            revoked_at=revoked,
        )
    meeting.name_en = "Renamed again"  # type: ignore[attr-defined]
    meeting.save()
    published(meeting)
    withdraw(second, by=user, at=LATE, reason="A test")
    for model in apps.get_models():
        if admin.site.is_registered(model) and (row := model._default_manager.first()):
            LogEntry.objects.create(
                user=user,
                content_type=ContentType.objects.get_for_model(model),
                object_id=str(row.pk),
                object_repr=str(row),
                action_flag=CHANGE,
            )
    return meeting


OF_SEVERAL_STATES = {Publication, SharedPreview}
"""Kinds of rows of which one may be withdrawn, another closed, another open."""


def pages(meeting: Meeting) -> Iterator[str]:
    """The addresses of all pages of the desk, by the admin's own table of addresses."""
    yield reverse("admin:index")
    yield f"/en/preview/{meeting.slug}/"
    for model in apps.get_models():
        if not admin.site.is_registered(model):
            continue
        rows = list(model._default_manager.all()[: 3 if model in OF_SEVERAL_STATES else 1])
        if model is Meeting:
            rows = [meeting]
        for pattern in admin.site.get_model_admin(model).urls:
            if not pattern.name:
                continue
            name = f"admin:{pattern.name}"
            converters = pattern.pattern.converters
            if not converters:
                yield reverse(name)
                continue
            for row in rows:
                serials: Any = {
                    "serial": row.publications.first().serial if model is Meeting else 0
                }
                values = {key: serials.get(key, row.pk) for key in converters}
                yield reverse(name, kwargs=values)


def text_of(client: Client, address: str) -> str:
    """What a page says; "" where it only leads on."""
    response = client.get(address)
    assert response.status_code in {200, 302, 403, 404}, (address, response.status_code)
    return response.content.decode() if response.status_code == 200 else ""


def test_no_page_of_the_desk_shows_the_hour_or_the_day_of_utc(
    client: Client, meeting: Meeting
) -> None:
    client.force_login(make_editor(is_superuser=True))
    let_all_be_late()

    told = {address: text_of(client, address) for address in pages(meeting)}

    wrong = {one: [bad for bad in IN_UTC if bad in text] for one, text in told.items()}
    assert {one: bad for one, bad in wrong.items() if bad} == {}
    showing = [one for one, text in told.items() if IN_GENEVA in text]
    assert len(told) > 50
    for part in ("/admin/", "/draft/", "/previews/", "/history/", "/withdraw/", "/again/"):
        assert any(one.endswith(part) for one in showing), part
    assert admin_url(Publication, "changelist") in showing
    assert admin_url(User, "changelist") in told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "10 March 2026, 19:30 (\u2066America/New_York\u2069)"),
        ("ar", "10 آذار/مارس 2026، 19:30 (\u2066America/New_York\u2069)"),
    ],
)
def test_what_is_about_a_meeting_stands_in_its_zone_which_is_named_where_it_is_another(
    client: Client, meeting: Meeting, language: str, told: str
) -> None:
    Meeting.objects.update(zone="America/New_York")
    let_all_be_late()
    client.force_login(make_editor(is_superuser=True))

    for model, page, args in (
        (Meeting, "draft", [meeting.pk]),
        (Meeting, "previews", [meeting.pk]),
        (Meeting, "change", [meeting.pk]),
        (Publication, "changelist", []),
    ):
        address = admin_url(model, page, *args, language=language)
        assert told in client.get(address).content.decode(), address
    own = client.get(admin_url(Meeting, "history", meeting.pk)).content.decode()
    assert IN_GENEVA in own  # an entry of the desk, whose zone the foot of the page names
    assert '<bdi dir="ltr">Europe/Zurich</bdi>' in own


def test_a_colleague_is_told_the_hour_of_the_desk(client: Client) -> None:
    state = chad()
    client.force_login(make_editor(is_superuser=True))
    address = admin_url(Delegation, "change", state.pk)
    sent = fields_of(client.get(address).content.decode())
    other = Client()
    other.force_login(make_editor(is_superuser=True, username="amina"))
    change(other, state, name_fr="Le Tchad")
    LogEntry.objects.update(action_time=LATE.replace(year=2099))

    answer = client.post(address, sent | {"name_fr": "République du Tchad"})

    assert "amina saved on 11 March 2099, 00:30" in answer.content.decode()


def test_today_is_the_day_of_the_desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_status(chad(), status="state_not_party", as_of=date(2026, 3, 11))
    client.force_login(make_editor(is_superuser=True))
    monkeypatch.setattr(timezone, "now", lambda: LATE)

    listed = client.get(admin_url(Delegation, "changelist")).content.decode()

    assert "State not party</td>" in listed

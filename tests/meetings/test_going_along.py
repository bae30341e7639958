"""A row that is deleted in the form above it asks first, where something else goes or loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.utils.translation import override

from desk.rows.forms import RowFormSet
from meetings.models import Meeting, Sitting
from programme.models import AgendaItem, Presenter, SpeakingList, SpeakingListEntry
from tests.admin_filling import registered
from tests.admin_forms import admin_url, errors_of, fields_of
from tests.factories import (
    chad,
    make_break,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_placement,
    make_presenter,
    make_sitting,
    peru,
)
from tests.rows import published

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def delete_beneath(client: Client, address: str, prefix: str, *numbers: int, **more: str) -> Any:
    """Open a form, tick that rows beneath it are deleted, and send it."""
    ticked = {f"{prefix}-{number}-DELETE": "on" for number in numbers}
    return client.post(address, fields_of(client.get(address).content.decode()) | ticked | more)


def again(client: Client, refused: Any, address: str) -> Any:
    """Send a refused form as it came back."""
    return client.post(address, fields_of(refused.content.decode()))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_lists_with_their_states_ask_before_they_go(desk: Client, language: str) -> None:
    item = make_item(make_meeting())
    states = [chad(), peru()]
    make_list(item, *states), make_list(item, *states)
    address = admin_url(AgendaItem, "change", item.pk, language=language)

    refused = delete_beneath(desk, address, "lists", 0, 1)

    told = " ".join(errors_of(refused))
    with override(language):
        assert [told.count(f">{one}</bdi>") for one in states] == [2, 2]
    assert all(str(one.pk) in told for one in SpeakingList.objects.all())
    assert SpeakingList.objects.count() == 2
    assert again(desk, refused, address).status_code == 302
    assert not SpeakingListEntry.objects.exists()


def test_a_sitting_names_what_loses_it(desk: Client) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    place = {"sitting": sitting, "date": sitting.date}
    make_placement(make_item(meeting), **place)
    panel = make_panel(meeting, **place)
    make_break(meeting, **place)
    address = admin_url(Meeting, "change", meeting.pk)

    refused = delete_beneath(desk, address, "sittings", 0)

    told = " ".join(errors_of(refused))
    for name in ("Opening", "Universalization", "lunch break"):
        assert name in told
    assert "(sitting)" in told
    assert Sitting.objects.exists()
    assert again(desk, refused, address).status_code == 302
    panel.refresh_from_db()
    assert panel.sitting is None


def test_what_was_put_beneath_meanwhile_is_told_first(desk: Client) -> None:
    item = make_item(make_meeting())
    speaking_list = make_list(item, chad())
    address = admin_url(AgendaItem, "change", item.pk)
    refused = delete_beneath(desk, address, "lists", 0)
    speaking_list.entries.create(delegation=peru())

    refused = again(desk, refused, address)

    told = " ".join(errors_of(refused))
    assert "Chad" in told
    assert "Peru" in told
    assert SpeakingListEntry.objects.count() == 2


def test_what_goes_alone_asks_nothing(desk: Client) -> None:
    item = make_item(make_meeting())
    make_presenter(item)
    make_list(item)

    for prefix in ("presenters", "lists"):
        address = admin_url(AgendaItem, "change", item.pk)
        assert delete_beneath(desk, address, prefix, 0).status_code == 302

    assert not Presenter.objects.exists()
    assert not SpeakingList.objects.exists()


def test_the_form_says_then_what_is_not_public_yet(desk: Client) -> None:
    meeting = make_meeting()
    item = make_item(meeting, number=1)
    make_list(item, chad())
    published(meeting)
    address = admin_url(AgendaItem, "change", item.pk)

    again(desk, delete_beneath(desk, address, "lists", 0), address)

    pending = admin_url(Meeting, "pending", meeting.pk)
    told = desk.get(pending, {"subject": str(item.pk)}).content.decode()
    assert "desk-banner" in told
    assert f"subject={item.pk}" in told


def test_all_rows_that_are_deleted_in_a_form_ask() -> None:
    for model in registered():
        above = admin.site.get_model_admin(model)
        for one in above.inlines:
            assert not one.can_delete or issubclass(one.formset, RowFormSet), one

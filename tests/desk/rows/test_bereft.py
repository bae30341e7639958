"""The confirmation of a deletion names the rows that stay and lose what goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import SET_NULL

from desk.nothing_lost.deleting import ASK_AGAIN, DeletesWhatWasShown
from meetings.models import Sitting
from tests.admin_forms import admin_url, delete, fields_of, messages_of
from tests.each_kind import in_sitting
from tests.factories import make_meeting, make_sitting

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def bereft_in(page: Any) -> set[str]:
    """The addresses of the rows that a confirmation says lose something."""
    _before, _mark, told = page.content.decode().partition('id="desk-bereft"')
    return set(re.findall(r'href="([^"]+)"', told.partition("</ul>")[0]))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_sitting_says_what_stands_in_it(desk: Client, language: str) -> None:
    sitting = make_sitting(make_meeting())
    rows = in_sitting(sitting)
    lose = {
        relation.related_model
        for relation in Sitting._meta.related_objects
        if relation.on_delete is SET_NULL
    }
    assert {type(one) for one in rows} == lose

    one = desk.get(admin_url(Sitting, "delete", sitting.pk, language=language))
    chosen = {"action": "delete_selected", "_selected_action": str(sitting.pk)}
    several = desk.post(admin_url(Sitting, "changelist", language=language), chosen)

    addresses = {admin_url(type(one), "change", one.pk, language=language) for one in rows}
    assert bereft_in(one) == bereft_in(several) == addresses


def test_what_goes_too_loses_nothing(desk: Client) -> None:
    meeting = make_meeting()
    in_sitting(make_sitting(meeting))
    assert bereft_in(desk.get(admin_url(type(meeting), "delete", meeting.pk))) == set()


def test_what_was_put_into_the_sitting_meanwhile_is_shown_first(desk: Client) -> None:
    sitting = make_sitting(make_meeting())
    address = admin_url(Sitting, "delete", sitting.pk)
    sent = fields_of(desk.get(address).content.decode())
    in_sitting(sitting)

    assert messages_of(desk.post(address, sent, follow=True)) == [str(ASK_AGAIN)]
    assert delete(desk, sitting).status_code == 302
    assert not Sitting.objects.exists()


def test_every_row_that_others_lose_asks_so() -> None:
    lost = {
        relation.model
        for model in apps.get_models()
        for relation in model._meta.related_objects
        if relation.on_delete is SET_NULL and admin.site.is_registered(relation.related_model)
    }
    for model in lost - {apps.get_model("auth", "User")}:
        assert isinstance(admin.site.get_model_admin(model), DeletesWhatWasShown)

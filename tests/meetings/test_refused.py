"""Whatever is entered in the form of a row, the form is shown again and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django import forms
from django.db import transaction

from meetings.models import Meeting
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import admin_url, errors_of
from tests.factories import (
    chad,
    make_break,
    make_delegation,
    make_editor,
    make_entry,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    make_status,
    make_venue,
)
from tests.rows import published

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_editor(is_superuser=True))
    return client


@pytest.fixture
def meeting() -> Meeting:
    """A meeting with a row of each kind, published."""
    meeting = make_meeting(venue=make_venue())
    sitting = make_sitting(meeting)
    item = make_item(meeting)
    make_status(chad())
    make_break(meeting)
    make_presenter(item)
    make_placement(item, sitting=sitting)
    make_entry(make_list(item), make_delegation("ukr"))
    make_panellist(make_panel(meeting))
    published(meeting)
    return meeting


def unlikely(field: forms.Field) -> Iterator[str]:
    """What a field cannot take; but for the first, some fields can."""
    match field:
        case forms.BooleanField() | forms.ModelMultipleChoiceField() | forms.MultiValueField():
            return
        case forms.ModelChoiceField():
            yield str(uuid4())
        case forms.ChoiceField():
            yield "neither"
        case forms.DateField():
            yield "some day"
        case forms.TimeField():
            yield "some time"
        case forms.IntegerField():
            yield "one"
        case _:
            yield from ("a\x07b", "Europe/Geneva")


def open_fields(form: forms.BaseForm) -> Iterator[tuple[str, forms.Field]]:
    for name, field in form.fields.items():
        hidden = isinstance(field.widget, forms.HiddenInput)
        if not (field.disabled or hidden or name.endswith(("_fr", "_es", "_ar", "DELETE"))):
            yield form.add_prefix(name), field


@KINDS
@pytest.mark.usefixtures("meeting")
def test_a_form_with_a_fault_is_shown_again(desk: Client, model: type[Model]) -> None:
    row = model._default_manager.first()
    if row is None:
        return  # accounts' groups and the like, of which there is none
    opened = OpenForm(desk, admin_url(model, "change", row.pk))
    if opened.status != 200 or "_save" not in desk.get(opened.address).content.decode():
        return  # a row that is only looked at
    beneath = [one for formset in opened.beneath for one in formset.initial_forms]
    for name, field in (pair for one in (opened.form, *beneath) for pair in open_fields(one)):
        for number, value in enumerate(unlikely(field)):
            with transaction.atomic():
                answer = desk.post(opened.address, opened.fields | {name: value})
                transaction.set_rollback(True)
            assert answer.status_code in {200, 302}, (name, value[:20])
            assert number or errors_of(answer), (name, value[:20])


def test_a_zone_that_nobody_knows_is_named(desk: Client, meeting: Meeting) -> None:
    opened = OpenForm(desk, admin_url(Meeting, "change", meeting.pk))
    answer = desk.post(opened.address, opened.fields | {"zone": "Europe/Geneva"})
    assert errors_of(answer) == ["“Europe/Geneva” is not a time zone; write it like Europe/Zurich."]
    assert answer.context["original"].zone == "Europe/Zurich"
    assert b'value="Europe/Geneva"' in answer.content

"""What a form lets choose: rows of the meeting that its row belongs to, in new rows too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin

from desk.rows.choices import KnownChoiceField
from desk.rows.initial_values import above_in
from meetings import groups
from meetings.models import Delegation, Meeting, Sitting
from programme.models import AgendaItem, ItemPlacement, SpeakingList
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import admin_url, errors_of, new_row
from tests.factories import (
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_sitting,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

ADDED = [
    one
    for one in registered()
    if getattr(admin.site.get_model_admin(one), "to_meeting", None)
    and one._meta.model_name not in groups.FOR_GOOD
]
KINDS = pytest.mark.parametrize("model", ADDED, ids=lambda one: one._meta.label)


@pytest.fixture
def here() -> Meeting:
    return meeting_with_rows("here")


@pytest.fixture
def elsewhere() -> Meeting:
    return meeting_with_rows("elsewhere")


def meeting_with_rows(slug: str) -> Meeting:
    meeting = make_meeting(slug=slug, name_en=slug)
    make_sitting(meeting)
    make_list(make_item(meeting))
    make_panel(meeting)
    return meeting


def choices_in(opened: OpenForm) -> Iterator[tuple[str, Any]]:
    """The fields of a form, and of new rows beneath it, that choose among rows of meetings."""
    for form in (opened.form, *(one.empty_form for one in opened.beneath)):
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField) and field.known.rows.model is not Delegation:
                yield form.add_prefix(name), field


def meeting_of(row: Any) -> Meeting:
    """The meeting of a sitting, item, list or panel."""
    return row.item.meeting if isinstance(row, SpeakingList) else row.meeting


@KINDS
def test_new_rows_choose_among_all_meetings_by_name(
    desk: Client, here: Meeting, elsewhere: Meeting, model: type[Model]
) -> None:
    for name, field in choices_in(OpenForm(desk, admin_url(model, "add"))):
        meetings = [label for label, rows in field.choices if isinstance(rows, list)]
        assert sorted(meetings) == ["elsewhere", "here"], name
        assert {meeting_of(row) for row in field.known.by_id.values()} == {here, elsewhere}, name


@KINDS
@pytest.mark.usefixtures("elsewhere")
def test_new_rows_of_a_chosen_meeting_choose_among_its_rows(
    desk: Client, here: Meeting, model: type[Model]
) -> None:
    name = above_in(admin.site.get_model_admin(model).to_meeting)  # type: ignore[attr-defined]
    related: Any = model._meta.get_field(name).related_model
    row = (
        here
        if related is Meeting
        else next(one for one in related.objects.all() if meeting_of(one) == here)
    )
    opened = OpenForm(desk, f"{admin_url(model, 'add')}?{name}={row.pk}")
    for field_name, field in choices_in(opened):
        if field_name != name:
            assert {meeting_of(one) for one in field.known.by_id.values()} == {here}, field_name


@pytest.mark.parametrize("address", ["", "?meeting={here}", "?meeting=nobody"])
def test_a_new_item_is_placed_in_a_sitting(
    desk: Client, here: Meeting, elsewhere: Meeting, address: str
) -> None:
    before = set(AgendaItem.objects.values_list("pk", flat=True))
    opened = OpenForm(desk, admin_url(AgendaItem, "add") + address.format(here=here.pk))
    wrong, right = (Sitting.objects.get(meeting=one) for one in (elsewhere, here))
    sent = opened.fields | {"meeting": str(here.pk), "title_en": "Opening", "number": "7"}

    untitled = desk.post(opened.address, sent | {"number": "x"} | placed(right))
    assert errors_of(untitled) == ["Enter a whole number."]
    [formset] = [
        one.formset
        for one in untitled.context["inline_admin_formsets"]
        if one.formset.model is ItemPlacement
    ]
    assert right.pk in formset.forms[0].fields["sitting"].known.by_id

    refused = desk.post(opened.address, sent | placed(wrong))
    assert errors_of(refused)
    assert errors_of(desk.post(opened.address, sent | placed(right))) == []
    [item] = AgendaItem.objects.exclude(pk__in=before)
    assert [one.sitting for one in item.placements.all()] == [right]


def placed(sitting: Sitting) -> dict[str, str]:
    return new_row("placements", 0, sitting=str(sitting.pk), position="1")


def test_a_meeting_chosen_by_hand_after_another_was_preselected(
    desk: Client, here: Meeting, elsewhere: Meeting
) -> None:
    address = f"{admin_url(AgendaItem, 'add')}?meeting={elsewhere.pk}"
    sent = OpenForm(desk, address).fields | {"meeting": str(here.pk), "title_en": "Opening"}
    sitting = Sitting.objects.get(meeting=here)
    assert errors_of(desk.post(address, sent | placed(sitting))) == []

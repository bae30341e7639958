"""Whatever is entered in the form of a row, the form is shown again and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django import forms

from meetings.models import Meeting
from tests.admin_filling import OpenForm
from tests.admin_forms import admin_url, errors_of
from tests.each_kind import KINDS, a_row_of_each, taken_back
from tests.rows import published

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows(rows_of_a_module: None) -> dict[type[Model], Model]:  # noqa: ARG001 -- they stay
    """A row of each kind, of a meeting that is public."""
    made = a_row_of_each()
    published(Meeting.objects.get(pk=made[Meeting].pk))
    return made


def unlikely(field: forms.Field) -> str:
    """What a field cannot take; "" where it takes all that it is sent."""
    match field:
        case forms.BooleanField() | forms.ModelMultipleChoiceField() | forms.MultiValueField():
            return ""
        case forms.ModelChoiceField():
            return str(uuid4())
        case forms.ChoiceField():
            return "neither"
        case forms.DateField():
            return "some day"
        case forms.TimeField():
            return "some time"
        case forms.IntegerField():
            return "one"
        case _:
            return "a\x07b"


def open_fields(form: forms.BaseForm) -> Iterator[tuple[str, forms.Field]]:
    for name, field in form.fields.items():
        hidden = isinstance(field.widget, forms.HiddenInput)
        if not (field.disabled or hidden or name.endswith(("_fr", "_es", "_ar", "DELETE"))):
            yield form.add_prefix(name), field


def refused_in(response: Any) -> set[str]:
    """The names of the fields of which a form that came back says what is wrong."""
    if response.status_code == 302:
        return set()
    own = response.context["adminform"].form
    beneath = (one.formset.forms for one in response.context["inline_admin_formsets"])
    return {form.add_prefix(name) for form in chain([own], *beneath) for name in form.errors}


@KINDS
def test_a_form_with_a_fault_is_shown_again(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    """One fault in the row at a time, or one in each row beneath."""
    if model not in rows:
        return  # a version, which is only looked at
    opened = OpenForm(desk, admin_url(model, "change", rows[model].pk))
    beneath = [one for formset in opened.beneath for one in formset.initial_forms]
    in_row, *in_rows = (faults_of(one) for one in (opened.form, *beneath))
    for together in [*([one] for one in in_row), *zip_longest(*in_rows)]:
        faults = dict(filter(None, together))
        with taken_back():
            answer = desk.post(opened.address, opened.fields | faults)
        assert answer.status_code == 200, faults
        assert set(faults) <= refused_in(answer), faults


def faults_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    return [(name, value) for name, field in open_fields(form) if (value := unlikely(field))]


@KINDS
def test_a_form_with_odd_texts_is_saved_or_shown_again(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    """In all texts at once, and then in those that take them."""
    if model not in rows:
        return
    opened = OpenForm(desk, admin_url(model, "change", rows[model].pk))
    beneath = [one for formset in opened.beneath for one in formset.initial_forms]
    texts = {
        name: "Europe/Geneva"
        for form in (opened.form, *beneath)
        for name, field in open_fields(form)
        if unlikely(field) == "a\x07b"
    }
    with taken_back():
        first = desk.post(opened.address, opened.fields | texts)
    taken = {name: text for name, text in texts.items() if name not in refused_in(first)}
    with taken_back():
        assert desk.post(opened.address, opened.fields | taken).status_code == 302


def test_a_zone_that_nobody_knows_is_named(desk: Client, rows: dict[type[Model], Model]) -> None:
    opened = OpenForm(desk, admin_url(Meeting, "change", rows[Meeting].pk))
    answer = desk.post(opened.address, opened.fields | {"zone": "Europe/Geneva"})
    assert errors_of(answer) == ["“Europe/Geneva” is not a time zone; write it like Europe/Zurich."]
    assert answer.context["original"].zone == "Europe/Zurich"
    assert b'value="Europe/Geneva"' in answer.content

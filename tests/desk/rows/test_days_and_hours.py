"""Days and hours as people type them, in all forms of all rows."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.utils import translation

from meetings.models import Break
from meetings.rows import LANGUAGES
from tests.admin_filling import OpenForm
from tests.admin_forms import admin_url, change, errors_of
from tests.each_kind import KINDS
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    make_break,
    make_item,
    make_meeting,
    make_panel,
    make_placement,
    make_sitting,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db


HOURS = {
    "15:00": time(15),
    "١٥:٠٠": time(15),
    "۱۵:۳۰": time(15, 30),
    "١٥٫٣٠": time(15, 30),
    "10h": time(10),
    "10h30": time(10, 30),
    "13H00": time(13),
    "10 h 30": time(10, 30),
    "10.30": time(10, 30),
    " \u200f10:30\u00a0": time(10, 30),
    "9:05": time(9, 5),
}
NO_HOURS = ("10.3", "25h", "half past ten", "10h60", "1.2.3")
DAYS = ("17.6.2027", "17.06.2027", "17. 6. 2027", "2027-06-17", "٢٠٢٧-٠٦-١٧", "۱۷.۶.۲۰۲۷")
NO_DAYS = ("17.6.27", "32.1.2027", "Thursday", "17.13.2027")


@KINDS
def test_what_is_plainly_meant_is_taken(desk: Client, model: type[Model]) -> None:
    opened = OpenForm(desk, admin_url(model, "add"))
    if opened.status != 200:
        return
    own = [opened.form, *(one.empty_form for one in opened.beneath)]
    for field in (field for form in own for field in form.fields.values()):
        for language in LANGUAGES:
            more = ["17 June 2027"] if language == "en" else ["١٧/٦/٢٠٢٧"]
            with translation.override(language):
                if isinstance(field, forms.TimeField):
                    reads(field, HOURS, NO_HOURS, "15:00")
                elif isinstance(field, forms.DateField):
                    days = dict.fromkeys([*DAYS, *more], date(2027, 6, 17))
                    reads(field, days, NO_DAYS, "17.06.2027")


def reads(field: forms.Field, taken: dict[str, Any], refused: Any, example: str) -> None:
    for typed, meant in taken.items():
        assert field.clean(typed) == meant, typed
    for typed in refused:
        with pytest.raises(forms.ValidationError) as told:
            field.clean(typed)
        assert example in told.value.messages[0]


# An error of its own is enough ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"start": "ten", "end": "11:00"}, "Enter a time like 15:00."),
        ({"start": "11:00", "end": "ten"}, "Enter a time like 15:00."),
        ({"date": "some day"}, "Enter a date like 17.06.2027."),
        (
            {"sitting": "nobody", "date": ""},
            "Select a valid choice. That choice is not one of the available choices.",
        ),
    ],
)
def test_no_error_follows_from_another(desk: Client, values: dict[str, str], told: str) -> None:
    meeting = make_meeting()
    for row in (make_break(meeting), make_panel(meeting), make_placement(make_item(meeting))):
        assert errors_of(change(desk, row, **values)) == [told]


@pytest.mark.parametrize("name", ["starts_on", "ends_on"])
def test_nor_from_a_meetings_day(desk: Client, name: str) -> None:
    refused = change(desk, make_meeting(), **{name: "some day"})
    assert errors_of(refused) == ["Enter a date like 17.06.2027."]


# A day that was not touched follows the sitting ----------------------------------------------


def test_the_day_follows_the_sitting_where_it_was_not_changed(desk: Client) -> None:
    meeting = make_meeting()
    first, last = (make_sitting(meeting, date=one) for one in (FIRST_DAY, LAST_DAY))
    on_first = {"sitting": first, "date": FIRST_DAY}
    item = make_item(meeting)
    for row in (
        make_break(meeting, **on_first),
        make_panel(meeting, **on_first),
        make_placement(item, **on_first),
    ):
        assert errors_of(change(desk, row, sitting=str(last.pk))) == []
        row.refresh_from_db()
        assert (row.sitting, row.date) == (last, LAST_DAY)

        both = {"sitting": str(first.pk), "date": "2024-06-19"}
        assert errors_of(change(desk, row, **both)) == ["The sitting is on another day."]

    assert errors_of(change(desk, item, **{"placements-0-sitting": str(first.pk)})) == []
    assert [one.date for one in item.placements.all()] == [FIRST_DAY]  # type: ignore[attr-defined]
    assert errors_of(change(desk, meeting, **{"breaks-0-sitting": str(first.pk)})) == []
    assert [one.date for one in Break.objects.all()] == [FIRST_DAY]

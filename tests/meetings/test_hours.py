"""What may end past midnight: as rows, in forms, in files and in the database."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from desk.rows.days_and_hours import EndField, HourField
from meetings.held.hours import may_end
from meetings.models import Break, Sitting
from panels.models import Panel
from programme.models import ItemPlacement
from programme.rows.importing import import_programme
from programme.rows.yaml_file import InvalidFileError
from tests.factories import (
    make_break,
    make_item,
    make_meeting,
    make_panel,
    make_placement,
    make_sitting,
)

AT = time.fromisoformat

ENDS = {
    "later on the same day": ("10:00", "13:00", True),
    "a plain slip": ("10:00", "09:00", False),
    "no time at all": ("10:00", "10:00", False),
    "midnight after an evening": ("20:00", "00:00", True),
    "midnight after an afternoon": ("15:00", "00:00", True),
    "midnight after a morning": ("10:00", "00:00", False),
    "past midnight": ("22:00", "01:00", True),
    "from the first hour of an evening to the last of a night": ("18:00", "06:00", True),
    "an afternoon typed as of twelve hours": ("15:00", "05:00", False),
    "an evening until breakfast": ("20:00", "06:01", False),
    "from midnight on": ("00:00", "01:00", True),
    "a whole day": ("20:00", "20:00", False),
}

every_end = pytest.mark.parametrize(("start", "end", "is_right"), ENDS.values(), ids=ENDS)


@every_end
def test_what_may_end_when(start: str, end: str, *, is_right: bool) -> None:
    assert may_end(AT(start), AT(end)) is is_right


MAKE: dict[type[Any], Any] = {
    Sitting: make_sitting,
    Break: make_break,
    Panel: make_panel,
    ItemPlacement: lambda meeting: make_placement(make_item(meeting)),
}


def row_of(kind: type[Any], **values: Any) -> Any:
    """A row of a kind with hours, in memory."""
    row = MAKE[kind](make_meeting())
    for name, value in values.items():
        setattr(row, name, value)
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("kind", MAKE, ids=lambda one: one.__name__)
@every_end
def test_rows_and_the_database_agree(kind: type, start: str, end: str, *, is_right: bool) -> None:
    row = row_of(kind, start=AT(start), end=AT(end))

    if is_right:
        row.full_clean()
        row.save()
        return
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "end" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.django_db
@every_end
def test_a_new_time_is_judged_alike(start: str, end: str, *, is_right: bool) -> None:
    later = {"status": "postponed", "new_date": date(2024, 6, 20)}
    row = row_of(Panel, **later, new_start=AT(start), new_end=AT(end))

    if is_right:
        row.full_clean()
        row.save()
        return
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "new_end" in refused.value.message_dict


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("10:00", "09:00", "The end (09:00) must be after the start (10:00)."),
        ("15:00", "05:00", "Only what begins at 18:00 or later can end on the next day, by 06:00."),
    ],
)
def test_a_slip_is_told_as_one(start: str, end: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        row_of(Panel, start=AT(start), end=AT(end)).full_clean()

    (message,) = refused.value.message_dict["end"]
    assert message.endswith(says)


@pytest.mark.parametrize("typed", ["24:00", "24.00", "24h", "24 h 00", "٢٤:٠٠"])
def test_midnight_is_typed_as_an_end_alone(typed: str) -> None:
    assert EndField().clean(typed) == time(0)
    with pytest.raises(ValidationError):
        HourField().clean(typed)
    with pytest.raises(ValidationError):
        EndField().clean("24:30")


FILE = """
meeting: {{key: m, slug: m, name: {{en: Meeting}}, starts_on: 2024-06-18, ends_on: 2024-06-20}}
panels:
  - {{key: one, slug: one, date: 2024-06-19, start: "{start}", end: "{end}"}}
"""


def read(tmp_path: Path, start: str, end: str) -> Panel:
    file = tmp_path / "hours.yaml"
    file.write_text(FILE.format(start=start, end=end), encoding="utf-8")
    import_programme(file)
    return Panel.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(("end", "is_stored"), [("24:00", time(0)), ("01:30", time(1, 30))])
def test_a_file_says_it(tmp_path: Path, end: str, is_stored: time) -> None:
    assert read(tmp_path, "20:00", end).end == is_stored


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"), [("24:00", "24:00"), ("10:00", "09:00"), ("20:00", "24:01")]
)
def test_a_file_is_refused_as_a_form_is(tmp_path: Path, start: str, end: str) -> None:
    with pytest.raises(InvalidFileError):
        read(tmp_path, start, end)

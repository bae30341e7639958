"""Days have bounds, whichever row they stand in and whoever writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.utils import translation

from meetings.models import Meeting, Sitting, TreatyStatus
from meetings.rows import FIRST_DAY, LAST_DAY, is_within_reach
from programme.rows.importing import import_programme
from programme.rows.yaml_file import InvalidFileError
from tests.admin_forms import change, errors_of
from tests.factories import (
    chad,
    make_break,
    make_item,
    make_meeting,
    make_panel,
    make_placement,
    make_sitting,
    make_status,
)
from tests.rows import DATA

ODD_DAYS = (date.min, FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date.max)
LANGUAGES = ("en", "fr", "es", "ar")

ROWS: dict[str, Callable[[Meeting], models.Model]] = {
    "meetings.meeting": lambda meeting: meeting,
    "meetings.sitting": make_sitting,
    "meetings.break": make_break,
    "meetings.treatystatus": lambda _meeting: make_status(chad()),
    "panels.panel": lambda meeting: make_panel(meeting, status="postponed"),
    "programme.agendaitem": lambda meeting: make_item(meeting, status="postponed"),
    "programme.itemplacement": lambda meeting: make_placement(make_item(meeting)),
}


def days() -> dict[str, tuple[str, str]]:
    """Every column of ours that holds a day, by the registry of models."""
    return {
        f"{model._meta.label_lower}.{one.name}": (model._meta.label_lower, one.name)
        for app in ("config", "meetings", "panels", "programme")
        for model in apps.get_app_config(app).get_models()
        for one in model._meta.get_fields()
        if type(one) is models.DateField
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("label", "column"), days().values(), ids=days())
@pytest.mark.parametrize("odd", ODD_DAYS, ids=str)
def test_a_day_out_of_reach_is_refused_by_rows_and_database(
    label: str, column: str, odd: date
) -> None:
    row = ROWS[label](make_meeting())
    setattr(row, column, odd)

    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**{column: odd})

    assert "out_of_reach" in {one.code for one in refused.value.error_dict[column]}


@pytest.mark.django_db
@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_the_bounds_themselves_are_days(day: date) -> None:
    make_meeting(starts_on=day, ends_on=day).full_clean()


def test_the_refusal_speaks_four_languages() -> None:
    told = set()
    for language in LANGUAGES:
        with translation.override(language), pytest.raises(ValidationError) as refused:
            is_within_reach(date.max)
        with translation.override(language):
            (message,) = refused.value.messages
        told.add(message)
        assert "9999-12-31" in message
        assert "1997" in message
        assert "2100" in message

    assert len(told) == len(LANGUAGES)


@pytest.mark.django_db
def test_a_form_says_which_day_is_out_of_reach(desk: Client) -> None:
    meeting = make_meeting()

    response = change(desk, meeting, ends_on="9999-12-31")

    assert response.status_code == 200
    assert any("9999-12-31 is out of reach" in one for one in errors_of(response))
    meeting.refresh_from_db()
    assert meeting.ends_on.year == 2024


@pytest.mark.django_db
def test_a_file_with_a_day_out_of_reach_is_refused_by_line(tmp_path: Path) -> None:
    text = (DATA / "half-day.yaml").read_text(encoding="utf-8")
    path = tmp_path / "half-day.yaml"
    text = text.replace("  follows: shapes\n", "")
    path.write_text(text.replace("ends_on: 2023-06-20", "ends_on: 9999-12-31"), encoding="utf-8")

    with pytest.raises(InvalidFileError) as refused:
        import_programme(path)

    assert "ends_on: 9999-12-31 is out of reach" in str(refused.value)
    assert not Meeting.objects.exists()


# --- what was stored before --------------------------------------------------------------------


@contextmanager
def without_bounds() -> Iterator[None]:
    """Tables as they were before."""
    bounds: list[tuple[Any, models.BaseConstraint]] = [
        (model, one)
        for model in apps.get_models()
        for one in model._meta.constraints
        if one.name.endswith("within_reach")
    ]
    with connection.schema_editor() as editor:
        for model, bound in bounds:
            model._meta.constraints.remove(bound)  # SQLite makes the table anew from these
            editor.remove_constraint(model, bound)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for model, bound in bounds:
                model._meta.constraints.append(bound)
                editor.add_constraint(model, bound)


@pytest.mark.django_db(transaction=True)
def test_odd_days_that_are_stored_are_brought_within_reach(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with without_bounds():
        meeting = make_meeting(starts_on=date(2024, 6, 18), ends_on=date.max)
        rows: list[Any] = [
            make_sitting(meeting, date=date.max),
            make_sitting(meeting, date=date(9998, 1, 1)),
            make_break(meeting, date=date.min),
            make_panel(meeting, date=date.max),
            make_placement(make_item(meeting), date=date.max),
        ]
        state = chad()
        statuses = [make_status(state, as_of=one) for one in (date.min, date(2, 1, 1), FIRST_DAY)]
        migration: Any = import_module("meetings.migrations.0003_days_within_reach")

        migration.bring_within_reach(apps, None)

    for row in (meeting, *rows, *statuses):
        row.refresh_from_db()
    assert meeting.ends_on == LAST_DAY
    assert {one.date for one in rows[:2]} == {LAST_DAY, LAST_DAY - timedelta(days=1)}
    assert [one.date for one in rows[2:]] == [FIRST_DAY, LAST_DAY, LAST_DAY]
    assert len({one.as_of for one in statuses}) == 3
    assert Sitting.objects.count() == 2
    assert TreatyStatus.objects.count() == 3
    assert "9999-12-31" in caplog.text

"""Items and panels that are postponed or cancelled, as rows, in files and in lines of changes."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from panels.models import Panel
from programme.models import AgendaItem
from programme.rows.compiling import compile_document
from programme.rows.importing import import_programme
from programme.rows.restoring import restore
from tests.factories import make_item, make_meeting, make_panel

pytestmark = pytest.mark.django_db

Kind: TypeAlias = type[AgendaItem] | type[Panel]

LATER: dict[str, Any] = {
    "status": "postponed",
    "new_date": date(2024, 6, 20),
    "new_start": time(15),
}


def held(kind: Kind, **values: Any) -> AgendaItem | Panel:
    """An item or a panel in memory."""
    meeting = make_meeting()
    row = make_item(meeting) if kind is AgendaItem else make_panel(meeting)
    for name, value in values.items():
        setattr(row, name, value)
    return row


both = pytest.mark.parametrize("kind", [AgendaItem, Panel], ids=lambda one: one.__name__)

WRONG: dict[str, dict[str, Any]] = {
    "status": {"new_date": date(2024, 6, 20)},
    "new_date": {"status": "postponed", "new_start": time(10)},
    "new_start": {**LATER, "new_start": None, "new_end": time(10)},
    "new_end": {**LATER, "new_end": time(14)},
}
"""By the field that the message stands at."""


@both
@pytest.mark.parametrize("field", WRONG)
def test_a_new_time_is_of_something_postponed_and_in_order(kind: Kind, field: str) -> None:
    row = held(kind, **WRONG[field])

    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert field in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@both
def test_a_new_time_may_lie_after_the_meeting(kind: Kind) -> None:
    held(kind, **LATER | {"new_date": date(2025, 1, 7)}).full_clean()


@both
def test_what_is_cancelled_comes_back_from_a_document_as_it_was(kind: Kind) -> None:
    row = held(kind, status="cancelled")
    row.save()
    document = compile_document(row.meeting)
    kind.objects.update(**LATER)

    restore(row.meeting, document=document)

    row.refresh_from_db()
    assert [row.status, row.new_date, row.new_start] == ["cancelled", None, None]
    assert compile_document(row.meeting) == document


FILE = """
meeting: {key: m, slug: m, name: {en: Meeting}, starts_on: 2024-06-18, ends_on: 2024-06-20}
agenda:
  - {key: one, number: 1, title: {en: One}, status: cancelled}
panels:
  - key: two
    slug: two
    date: 2024-06-19
    start: "10:00"
    status: postponed
    new_date: 2024-06-20
    new_start: "11:00"
    new_end: "12:00"
"""


def test_a_file_says_it(tmp_path: Path) -> None:
    file = tmp_path / "held.yaml"
    file.write_text(FILE, encoding="utf-8")

    import_programme(file)

    item, panel = AgendaItem.objects.get(), Panel.objects.get()
    assert item.status == "cancelled"
    assert (panel.status, panel.start, panel.new_date) == (
        "postponed",
        time(10),
        date(2024, 6, 20),
    )
    assert (panel.new_start, panel.new_end) == (time(11), time(12))

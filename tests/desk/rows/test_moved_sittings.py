"""What stands in a sitting goes along where a form moves the sitting to another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from tests.admin_forms import admin_url, change, errors_of, fields_of, messages_of
from tests.each_kind import in_sitting
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    SECOND_DAY,
    make_editor,
    make_item,
    make_meeting,
    make_placement,
    make_sitting,
)

if TYPE_CHECKING:
    from meetings.models import Sitting

pytestmark = pytest.mark.django_db

ON_BOTH_FORMS = pytest.mark.parametrize("on_meeting", [False, True], ids=["sitting", "meeting"])


def move(client: Client, sitting: Sitting, *, on_meeting: bool, **more: str) -> Any:
    """Move a sitting to the last day, on its own form or on that of its meeting."""
    row, name = (sitting.meeting, "sittings-0-date") if on_meeting else (sitting, "date")
    return change(client, row, **{name: LAST_DAY.isoformat(), **more})


def days(rows: list[Any]) -> set[object]:
    for row in rows:
        row.refresh_from_db()
    return {row.date for row in rows}


@ON_BOTH_FORMS
def test_whatever_stands_in_it_goes_along(desk: Client, *, on_meeting: bool) -> None:
    sitting = make_sitting(make_meeting())
    rows = in_sitting(sitting)
    elsewhere = in_sitting(make_sitting(sitting.meeting, part="evening"))

    saved = move(desk, sitting, on_meeting=on_meeting)

    assert errors_of(saved) == []
    assert days(rows) == {LAST_DAY}
    assert days(elsewhere) == {FIRST_DAY}
    assert messages_of(desk.get(admin_url(type(sitting), "changelist")))[0] == (
        "3 rows that stand in moved sittings went along to their new days."
    )
    for row in rows:
        entry = LogEntry.objects.get(object_id=row.pk)
        assert entry.get_edited_object() == row
        assert "Changed Date." in desk.get(admin_url(type(row), "history", row.pk)).content.decode()


@ON_BOTH_FORMS
def test_a_row_on_another_day_is_left_there(desk: Client, *, on_meeting: bool) -> None:
    sitting = make_sitting(make_meeting())
    pause, *rows = in_sitting(sitting)
    for row in rows:
        type(row).objects.update(date=SECOND_DAY)

    move(desk, sitting, on_meeting=on_meeting)

    assert days(rows) == {SECOND_DAY}
    assert days([pause]) == {LAST_DAY}


def test_what_else_is_written_in_the_same_form_is_kept(desk: Client) -> None:
    sitting = make_sitting(make_meeting())
    pause, _panel, placement = in_sitting(sitting)

    move(desk, sitting, on_meeting=True, **{"breaks-0-start": "13:00"})
    assert days([pause, placement]) == {LAST_DAY}
    assert pause.start.hour == 13


def test_so_is_another_order_in_the_sitting(desk: Client) -> None:
    sitting = make_sitting(make_meeting())
    first = in_sitting(sitting)[-1]
    item = make_item(sitting.meeting, number=2)
    second = make_placement(item, sitting=sitting, date=sitting.date, position=2)
    turned = {"itemplacements-0-position": "2", "itemplacements-1-position": "1"}

    move(desk, sitting, on_meeting=False, **turned)

    assert days([first, second]) == {LAST_DAY}
    assert (first.position, second.position) == (2, 1)


def test_what_leaves_the_sitting_in_the_same_form_stays(desk: Client) -> None:
    sitting = make_sitting(make_meeting())
    pause = in_sitting(sitting)[0]

    move(desk, sitting, on_meeting=True, **{"breaks-0-sitting": ""})

    assert days([pause]) == {FIRST_DAY}
    assert pause.sitting is None


@ON_BOTH_FORMS
def test_an_open_form_of_a_colleague_still_saves(desk: Client, *, on_meeting: bool) -> None:
    sitting = make_sitting(make_meeting())
    rows = in_sitting(sitting)
    addresses = [admin_url(type(row), "change", row.pk) for row in rows]
    opened = [fields_of(desk.get(address).content.decode()) for address in addresses]

    move(desk, sitting, on_meeting=on_meeting)

    for address, fields in zip(addresses, opened, strict=True):
        assert errors_of(desk.post(address, fields | {"start": "11:00"})) == []
    assert days(rows) == {LAST_DAY}
    assert {row.start.hour for row in rows} == {11}


def test_it_goes_along_for_whoever_may_change_sittings_alone() -> None:
    sitting = make_sitting(make_meeting())
    rows = in_sitting(sitting)
    editor = make_editor()
    names = ["view_sitting", "change_sitting"]
    editor.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(editor)

    move(client, sitting, on_meeting=False)

    assert days(rows) == {LAST_DAY}

"""Every kind of row that the admin knows: accounts who open its forms, and rows to begin with."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from meetings import groups
from meetings.models import InTimetable
from tests.admin_filling import registered
from tests.factories import (
    chad,
    make_break,
    make_delegation,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    make_state,
    make_status,
    make_venue,
    peru,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User
    from django.db.models import Model

    from meetings.models import Sitting

KINDS = pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)
ALL = "all rights"


def somebody(who: str) -> User:
    """Somebody of a group, or who may do everything."""
    user = make_editor(is_superuser=who == ALL)
    if who != ALL:
        user.groups.add(Group.objects.get(name=who))
    return user


@contextmanager
def taken_back() -> Iterator[None]:
    """What is saved within is taken back, so that one test can try much with the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def some_of_each() -> None:
    """Rows of one meeting to choose from."""
    chad(), peru(), make_delegation("ukr"), make_venue()
    meeting = make_meeting()
    make_sitting(meeting)
    make_list(make_item(meeting))
    make_panel(meeting)


def a_row_of_each() -> dict[type[Model], Model]:
    """A row of each kind, with rows beneath it; publications are made by publishing."""
    meeting = make_meeting(venue=make_venue())
    sitting = make_sitting(meeting)
    item = make_item(meeting, number=1)
    sub_item = make_item(meeting, parent=item, number=1)
    speaking_list = make_list(item, chad())
    panel = make_panel(meeting)
    made: list[Model] = [
        meeting,
        sitting,
        make_break(meeting),
        make_placement(item, sitting=sitting),
        make_presenter(item),
        make_status(speaking_list.entries.get().delegation),
        make_panellist(panel),
        make_venue(),
        *(item, speaking_list, panel),
        speaking_list.entries.get(),
        speaking_list.entries.get().delegation,
        make_editor(),
        Group.objects.get(name=groups.EDITORS),
    ]
    make_state(sub_item, "title", "en")
    make_state(item, "title", "en")
    return {type(row): row for row in made}


def in_sitting(sitting: Sitting) -> list[Any]:
    """A row of each kind that stands in the timetable, in a sitting."""
    meeting, place = sitting.meeting, {"sitting": sitting, "date": sitting.date}
    rows: list[Any] = [
        make_break(meeting, **place),
        make_panel(meeting, **place),
        make_placement(make_item(meeting), **place),
    ]
    assert {type(one) for one in rows} == set(InTimetable.__subclasses__())
    return rows

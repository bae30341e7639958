"""The question before a deletion names each row that would go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import CASCADE, Model
from django.test.utils import CaptureQueriesContext

from desk.nothing_lost.deleting import DeletesWhatWasShown
from meetings.rows import TextState
from tests.admin_forms import admin_url, change, errors_of
from tests.each_kind import KINDS, a_row_of_each, in_sitting
from tests.factories import chad, make_item, make_list, make_meeting, make_placement, make_sitting

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def going(row: Model) -> set[Model]:
    """A row with all that goes with it."""
    found = {row}
    for relation in row._meta.related_objects:
        model: Any = relation.related_model
        if relation.on_delete is CASCADE and model is not TextState:
            for one in model.objects.filter(**{relation.field.name: row}):
                found |= going(one)
    return found


@KINDS
def test_each_row_that_goes_is_named(desk: Client, model: type[Model]) -> None:
    row = a_row_of_each().get(model)
    if row is None or not isinstance(admin.site.get_model_admin(model), DeletesWhatWasShown):
        return
    page = desk.get(admin_url(model, "delete", row.pk))
    if page.context["protected"]:
        return
    chosen = {"action": "delete_selected", "_selected_action": str(row.pk)}
    for asked in (page, desk.post(admin_url(model, "changelist"), chosen)):
        _before, _mark, named = asked.content.decode().partition('id="deleted-objects"')
        named = named.partition("<form")[0]
        for one in going(row):
            assert f'href="{admin_url(type(one), "change", one.pk)}"' in named, one


def test_so_it_is_in_the_form_above_them(desk: Client) -> None:
    item = make_item(make_meeting())
    entry = make_list(item, chad()).entries.get()

    refused = change(desk, item, **{"lists-0-DELETE": "on"})

    assert admin_url(type(entry), "change", entry.pk) in "".join(errors_of(refused))


def test_naming_more_rows_asks_the_database_no_oftener(desk: Client) -> None:
    meeting, state, asked = make_meeting(), chad(), []
    for part in ("morning", "afternoon", "evening"):
        in_sitting(make_sitting(meeting, part=part))
        above = make_item(meeting)
        for number in (1, 2):
            item = make_item(meeting, parent=above, number=number)
            make_list(item, state)
            make_placement(item)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(admin_url(type(meeting), "delete", meeting.pk)).status_code == 200
        asked.append(len(queries))

    assert asked[2] == asked[1]

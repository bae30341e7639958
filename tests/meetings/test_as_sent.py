"""A form that was refused comes back as it was sent; a place alone makes no row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin

from desk.rows.base import RowAdmin
from meetings.rows import OrderedRow
from programme.models import AgendaItem
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import FormReader, admin_url, errors_of, fields_of, new_row, send
from tests.factories import (
    FIRST_DAY,
    chad,
    make_item,
    make_meeting,
    make_panel,
    make_presenter,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

ROWS = [one for one in registered() if isinstance(admin.site.get_model_admin(one), RowAdmin)]


def add_form(client: Client, model: type[Model]) -> OpenForm:
    """The add form of a kind of rows, whose relations have something to be chosen."""
    meeting = make_meeting()
    make_item(meeting), make_panel(meeting), chad()
    return OpenForm(client, admin_url(model, "add"))


def empty_row(client: Client, address: str, prefix: str) -> dict[str, str]:
    """What is sent of a row that was added and left as it is."""
    reader = FormReader()
    reader.feed(client.get(address).content.decode())
    start = f"{prefix}-__prefix__-"
    copied = {name: value for name, value in reader.data.items() if name.startswith(start)}
    return {name.replace("__prefix__", "0"): value for name, value in copied.items()}


@pytest.mark.parametrize("model", ROWS, ids=lambda one: one._meta.label)
def test_a_place_alone_makes_no_row(desk: Client, model: type[Model]) -> None:
    form = add_form(desk, model)
    tables = [one for one in form.beneath if issubclass(one.model, OrderedRow)]
    if not tables:
        pytest.skip("nothing beneath it has a place")
    sent = form.filled(rows=0)
    if "date" in sent:
        sent["date"] = FIRST_DAY.isoformat()
    for one in tables:
        sent |= empty_row(desk, form.address, one.prefix) | new_row(one.prefix, 0, position="3")
    before = [one.model._default_manager.count() for one in tables]

    answer = desk.post(form.address, sent)

    assert errors_of(answer) == []
    above = int(model in {one.model for one in tables})
    after = [one.model._default_manager.count() for one in tables]
    assert sum(after) == sum(before) + above


def order_of(page: str, prefix: str) -> list[str]:
    """The rows of a table by number, in the order of the page."""
    return re.findall(rf'name="{prefix}-(\w+)-id"', page)


def test_rows_stand_as_they_were_sent(desk: Client) -> None:
    item = make_item(make_meeting())
    for number in (1, 2, 3):
        make_presenter(item, function_en=f"Speaker {number}", position=number)
    address = admin_url(AgendaItem, "change", item.pk)
    fields = fields_of(desk.get(address).content.decode())
    moved = [name for name in fields if name.startswith("presenters-2-")]
    sent = {name: fields[name] for name in [*moved, *(one for one in fields if one not in moved)]}

    refused = desk.post(address, sent | {"number": "none"})

    assert refused.status_code == 200
    assert order_of(refused.content.decode(), "presenters") == ["2", "0", "1", "__prefix__"]


def folded(page: str) -> list[tuple[str, str]]:
    """The folded boxes of a page, as far as their summaries."""
    return re.findall(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", page, re.DOTALL)


def named(box: str) -> list[str]:
    """The fields within a box, by name."""
    return re.findall(r'name="([^"]+)"', box)


def in_folds(page: Any) -> list[str]:
    """The fields in folded boxes."""
    boxes = [one[1] for one in folded(page.content.decode())]
    return [name for box in boxes for name in named(box)]


@pytest.mark.parametrize("model", ROWS, ids=lambda one: one._meta.label)
def test_nothing_that_was_typed_is_folded_away(desk: Client, model: type[Model]) -> None:
    form = add_form(desk, model)
    sent = form.filled(rows=1)
    of_meeting = "starts_on" if "starts_on" in sent else "date"
    sent |= {of_meeting: "no day", "number": "none", "invitation_en": "", "role": "none"}

    refused = desk.post(form.address, sent)

    if refused.status_code == 302:
        pytest.skip("nothing of it can be refused")
    assert [one for one in in_folds(refused) if sent.get(one)] == []


def test_notes_stay_open_beside_another_fault(desk: Client) -> None:
    item = make_item(make_meeting(), notes_fr="une note")
    address = admin_url(AgendaItem, "change", item.pk)
    assert "notes_en" in in_folds(desk.get(address))

    refused = send(desk, address, notes_en="A note that was typed", number="none")
    assert "A note that was typed" in refused.content.decode()
    assert "notes_en" not in in_folds(refused)

    refused = send(desk, address, title_en="Another", number="none")
    assert "notes_en" in in_folds(refused)

"""Whatever number a form or an address carries, a process answers, and soon."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.urls import reverse

from meetings import groups
from meetings.models import Meeting
from meetings.rows import LAST_POSITION, OrderedRow, TranslatedRow, column
from meetings.text_states import text_fields
from programme.admin.pages import page_address
from programme.models import AgendaItem, SpeakingListEntry
from programme.publishing import draft_of, publish
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import admin_url, change, errors_of
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
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)
HOSTILE = ("99999999999", "2147483648", "3000", "-1", "9" * 5_000, "٣٠٠٠", "1.5", "x", "")
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SOON = 3.0
"""Seconds of work that no answer takes."""


@contextmanager
def soon() -> Iterator[None]:
    """Let no answer take more work than that, however busy the machine is with other things."""

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"no answer after {SOON} seconds of work")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SOON)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture
def rows() -> dict[type[Model], Model]:
    """A row of each kind, with rows beneath it; publications are made by publishing."""
    meeting = make_meeting(venue=make_venue())
    item = make_item(meeting, number=1)
    sub_item = make_item(meeting, parent=item, number=1)
    speaking_list = make_list(item, chad())
    panel = make_panel(meeting)
    made: list[Model] = [
        meeting,
        make_break(meeting),
        make_sitting(meeting),
        make_placement(item),
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


def somebody(group: str) -> Any:
    user = make_editor()
    user.groups.add(Group.objects.get(name=group))
    return user


# Rows that are counted wrongly ---------------------------------------------------------------


@KINDS
@pytest.mark.parametrize("who", [groups.EDITORS, groups.TRANSLATORS_INTO["ar"]])
@pytest.mark.parametrize("where", ["add", "change"])
def test_rows_that_are_counted_wrongly_are_refused_soon(
    client: Client, rows: dict[type[Model], Model], model: type[Model], who: str, where: str
) -> None:
    client.force_login(somebody(who))
    args = [rows[model].pk] if where == "change" and model in rows else []
    address = admin_url(model, where if args else "add", *args)
    form = OpenForm(client, address)
    fields = form.fields if form.status == 200 else {}
    prefixes = {name.removesuffix("-TOTAL_FORMS") for name in fields if "-TOTAL_FORMS" in name}

    for number in HOSTILE:
        for which in (*COUNTS[:2], COUNTS):
            names = (which,) if isinstance(which, str) else which
            wrong = {f"{prefix}-{name}": number for prefix in prefixes for name in names}
            with soon():
                answered = client.post(address, fields | wrong)
            assert answered.status_code in {200, 302, 400, 403}


def test_so_many_empty_rows_as_nobody_adds_are_refused_soon(
    desk: Client, rows: dict[type[Model], Model]
) -> None:
    form = OpenForm(desk, admin_url(AgendaItem, "change", rows[AgendaItem].pk))
    many = {f"{one.prefix}-TOTAL_FORMS": "1000" for one in form.beneath}

    with soon():
        refused = desk.post(form.address, form.fields | many)

    assert len(many) == 3
    assert errors_of(refused) != []
    assert len(refused.content) < 500_000


def test_the_button_for_another_row_goes_where_no_more_are_taken(
    desk: Client, rows: dict[type[Model], Model]
) -> None:
    form = OpenForm(desk, admin_url(AgendaItem, "change", rows[AgendaItem].pk))

    for formset in form.beneath:
        most = int(form.fields[f"{formset.prefix}-MAX_NUM_FORMS"])
        assert most == formset.initial_form_count() + formset.most_new
        refused = {
            number: refused_rows(form, formset.prefix, number) for number in (most, most + 1)
        }
        assert refused == {most: [], most + 1: [f"Please submit at most {most} forms."]}


def refused_rows(form: OpenForm, prefix: str, number: int) -> list[str]:
    """Why so many rows are refused, whatever stands in them."""
    answered = form.client.post(form.address, form.fields | {f"{prefix}-TOTAL_FORMS": str(number)})
    if answered.status_code == 302:
        return []
    formsets = [one.formset for one in answered.context["inline_admin_formsets"]]
    (counts,) = (one.management_form for one in formsets if one.prefix == prefix)
    return [message for messages in counts.errors.values() for message in messages]


# A form that claims to make a new row of an old one -------------------------------------------


@KINDS
@pytest.mark.parametrize("who", [groups.EDITORS, groups.TRANSLATORS_INTO["ar"]])
def test_no_form_saves_a_row_as_a_new_one(
    client: Client, rows: dict[type[Model], Model], model: type[Model], who: str
) -> None:
    client.force_login(somebody(who))
    if model not in rows:
        return
    form = OpenForm(client, admin_url(model, "change", rows[model].pk))
    before = model._default_manager.count()

    answered = client.post(form.address, (form.fields or {}) | {"_saveasnew": "1"})

    assert answered.status_code in {200, 302, 403}
    assert model._default_manager.count() == before


# Numbers in fields ---------------------------------------------------------------------------


def whole_numbers(form: forms.BaseForm) -> list[str]:
    return [name for name, one in form.fields.items() if type(one) is forms.IntegerField]


@KINDS
def test_each_number_in_a_form_has_bounds(desk: Client, model: type[Model]) -> None:
    if model._meta.model_name in groups.FOR_GOOD:
        return
    form = OpenForm(desk, admin_url(model, "add"))

    for one in (form.form, *(formset.empty_form for formset in form.beneath)):
        for name in whole_numbers(one):
            field = one.fields[name]
            assert isinstance(field, forms.IntegerField)
            assert isinstance(field.min_value, int)
            assert isinstance(field.max_value, int)
            assert 0 <= field.min_value < field.max_value <= LAST_POSITION, name


@KINDS
def test_no_number_in_a_field_stops_a_form(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    if model not in rows:
        return
    address = admin_url(model, "change", rows[model].pk)
    form = OpenForm(desk, address)
    names = [
        one.add_prefix(name)
        for one in (form.form, *(one for each in form.inlines for one in each.formset.forms))
        for name in whole_numbers(one)
    ]

    for number in (*HOSTILE, "2147483647", str(2**63), "nan"):
        with soon():
            answered = desk.post(address, form.fields | dict.fromkeys(names, number))
        assert answered.status_code in {200, 302}


ORDERED = [one for one in registered() if issubclass(one, OrderedRow)]


@pytest.mark.parametrize("model", ORDERED, ids=lambda one: one._meta.label)
def test_a_row_stands_last_after_one_at_the_last_place(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    """However often: on PostgreSQL a place has an end."""
    first = rows[model]
    assert errors_of(change(desk, first, position=str(LAST_POSITION))) == []
    first.refresh_from_db()
    assert isinstance(first, OrderedRow)
    assert first.position == LAST_POSITION
    shared = {name: getattr(first, name) for name in first.siblings_share}

    for again in range(2):
        last = copy(first)
        last.pk = None
        last.position = None  # type: ignore[assignment]  # as where the box is empty
        if isinstance(last, AgendaItem):
            last.number = 2 + again
        if isinstance(last, SpeakingListEntry):
            last.delegation = make_delegation(f"another-{again}")
        last.save(force_insert=True)
        places = type(first)._default_manager.filter(**shared).values_list("position", flat=True)
        assert max(places) == last.position <= LAST_POSITION
        assert list(places).count(last.position) == 1


# Numbers in addresses ------------------------------------------------------------------------

IN_LISTS = ("p", "o", "all", "e", "_popup", "_to_field", "_facets", "q", "meeting", "id__exact")


@KINDS
def test_no_number_in_an_address_of_a_list_stops_it(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    del rows
    address = admin_url(model, "changelist")

    for name in IN_LISTS:
        for number in HOSTILE:
            with soon():
                answered = desk.get(address, {name: number})
            assert answered.status_code in {200, 302, 400}, (name, number[:20])
    for name in ("index", "select_across"):
        for number in HOSTILE:
            chosen = {"action": "delete_selected", "_selected_action": number, name: number}
            with soon():
                assert desk.post(address, chosen).status_code in {200, 302}, (name, number[:20])


@KINDS
@pytest.mark.parametrize("where", ["change", "history", "delete"])
def test_no_number_in_an_address_of_a_row_stops_it(
    desk: Client, model: type[Model], where: str
) -> None:
    for number in filter(None, HOSTILE):
        address = admin_url(model, where, number)
        with soon():
            assert desk.get(address).status_code in {302, 403, 404}, number[:20]
            assert desk.post(address, {"post": "yes"}).status_code in {302, 403, 404}, number[:20]


def test_no_number_stops_the_search_for_delegations(desk: Client) -> None:
    asked = {"app_label": "programme", "model_name": "presenter", "field_name": "delegation"}

    for number in HOSTILE:
        answered = desk.get(reverse("admin:autocomplete"), asked | {"term": "a", "page": number})
        assert answered.status_code in {200, 404}


# Numbers in texts ----------------------------------------------------------------------------


def test_no_digits_in_a_text_stop_the_release_desk(
    desk: Client, rows: dict[type[Model], Model]
) -> None:
    """Python reads no number of more than 4 300 digits."""
    meeting = rows[Meeting]
    assert isinstance(meeting, Meeting)
    publish(meeting, by=None, at=NOW, expected_digest=draft_of(meeting).digest)
    for row in rows.values():
        for field in text_fields(type(row)) if isinstance(row, TranslatedRow) else ():
            longest = getattr(row._meta.get_field(field), "max_length", None) or 0
            digits = "9" * (longest - 1) + "a"
            type(row)._default_manager.filter(pk=row.pk).update(
                **{column(field, one): digits for one in ("en", "fr", "ar")}
            )

    for page in ("draft", "publish", "restore"):
        with soon():
            shown = desk.get(page_address(page, meeting.pk))
        assert shown.status_code == 200
        assert "9" * 100 in shown.content.decode()

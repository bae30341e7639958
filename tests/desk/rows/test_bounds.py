"""Whatever number a form or an address carries, a process answers, and soon."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from datetime import UTC, datetime
from itertools import cycle, product
from typing import TYPE_CHECKING

import pytest
from django import forms
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from desk.shared.pages import page_address
from meetings import groups
from meetings.models import Meeting
from meetings.rows import LAST_POSITION, OrderedRow, TranslatedRow, column
from meetings.texts.text_states import text_fields
from programme.models import AgendaItem, SpeakingListEntry
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import admin_url, change, errors_of
from tests.each_kind import ALL, KINDS, a_row_of_each, somebody
from tests.factories import make_delegation

if TYPE_CHECKING:
    from types import FrameType

    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

ENDLESS = "99999999999"
LONGEST = "9" * 5_000
HOSTILE = (ENDLESS, "2147483648", "3000", "-1", LONGEST, "٣٠٠٠", "1.5", "x", "")
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
WRONG = [
    dict.fromkeys(names, number)
    for number, names in product(HOSTILE, [*((one,) for one in COUNTS[:2]), COUNTS])
]
"""What a table may say of its rows: one count is wrong, or all are."""
EACH_NUMBER = [WRONG[3 * n + (n + 1) % 3] for n in range(len(HOSTILE))]
"""Each number once, the endless one as the rows that were there."""
WORST = [one for one in EACH_NUMBER if {*one.values()} & {ENDLESS, LONGEST}]
TRANSLATORS = groups.TRANSLATORS_INTO["ar"]
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SOON = 20.0
"""Seconds of work that no answer takes on the slowest machine; what is meant ends never."""


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


@pytest.fixture(scope="module")
def rows(rows_of_a_module: None) -> dict[type[Model], Model]:  # noqa: ARG001 -- they stay
    """A row of each kind."""
    return a_row_of_each()


# Rows that are counted wrongly ---------------------------------------------------------------


@KINDS
@pytest.mark.parametrize("who", [ALL, TRANSLATORS])
def test_no_table_beneath_a_form_believes_what_is_said_of_its_rows(
    rows: dict[type[Model], Model], model: type[Model], who: str
) -> None:
    """Each table by itself, with each number, and without the page around it."""
    request = RequestFactory().get("/")
    request.user = somebody(who)
    row = rows.get(model)
    for formset, _inline in admin.site.get_model_admin(model).get_formsets_with_inlines(
        request, row
    ):
        prefix = formset.get_default_prefix()
        for wrong in WRONG:
            counted = {f"{prefix}-{name}": number for name, number in wrong.items()}
            good = {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
            with soon():
                sent = formset(good | counted, instance=row or model(), prefix=prefix)
                assert len(sent.forms) < 1000
                assert not sent.is_valid() or not {*counted.values()} & {ENDLESS, LONGEST}


@KINDS
@pytest.mark.parametrize("who", [groups.EDITORS, TRANSLATORS])
@pytest.mark.parametrize("where", ["add", "change"])
def test_rows_that_are_counted_wrongly_are_refused_soon(
    client: Client, rows: dict[type[Model], Model], model: type[Model], who: str, where: str
) -> None:
    """Each table in a form says something else, so that one sending tries many.

    All numbers come to those who may change rows that are there; to the others, the worst.
    """
    if where == "change" and model not in rows:
        return
    client.force_login(somebody(who))
    address = admin_url(model, where, *([rows[model].pk] if where == "change" else []))
    form = OpenForm(client, address)
    fields = form.fields if form.status == 200 else {}
    prefixes = [name.removesuffix("-TOTAL_FORMS") for name in fields if "-TOTAL_FORMS" in name]

    left = deque(EACH_NUMBER if (who, where) == (groups.EDITORS, "change") else WORST)
    while left:
        wrong = {
            f"{prefix}-{name}": number
            for prefix, counts in [(one, left.popleft()) for one in prefixes if left]
            for name, number in counts.items()
        }
        with soon():
            answered = client.post(address, fields | wrong)
        assert answered.status_code in {200, 302, 400, 403}
        if not prefixes:
            return


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
@pytest.mark.parametrize("who", [groups.EDITORS, TRANSLATORS])
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
    """Each field by itself takes or refuses each number; the page, odd ones in all its fields."""
    if model not in rows:
        return
    address = admin_url(model, "change", rows[model].pk)
    form = OpenForm(desk, address)
    fields = {
        one.add_prefix(name): one.fields[name]
        for one in (form.form, *(one for each in form.inlines for one in each.formset.forms))
        for name in whole_numbers(one)
    }
    numbers = deque((LONGEST, str(2**63), str(LAST_POSITION), "-1", "nan", ""))
    for field in fields.values():
        for number in (*HOSTILE, *numbers):
            with soon(), suppress(forms.ValidationError):
                taken = field.clean(number)
                assert taken is None or 0 <= taken <= LAST_POSITION

    for _turn in range(0, len(numbers) if fields else 0, len(fields) or 1):
        with soon():
            answered = desk.post(address, form.fields | dict(zip(fields, cycle(numbers))))
        assert answered.status_code in {200, 302}
        numbers.rotate(-len(fields))


ORDERED = [one for one in registered() if issubclass(one, OrderedRow)]


@pytest.mark.parametrize("model", ORDERED, ids=lambda one: one._meta.label)
def test_a_row_stands_last_after_one_at_the_last_place(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    """However often: on PostgreSQL a place has an end."""
    first = model._default_manager.get(pk=rows[model].pk)
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
TOGETHER = {"p", "o", "all", "_facets", "q", "meeting"}
"""Those of which none keeps Django from reading the others."""


@KINDS
def test_no_number_in_an_address_of_a_list_stops_it(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    """Many at once with each number, and each by itself with one of them, another in each list."""
    del rows
    address = admin_url(model, "changelist")
    nth = registered().index(model)
    asked = [dict.fromkeys(TOGETHER, number) for number in HOSTILE]
    asked += [{name: LONGEST} for name in IN_LISTS if name not in TOGETHER]
    asked += [{name: HOSTILE[(nth + n) % len(HOSTILE)]} for n, name in enumerate(IN_LISTS)]

    for query in asked:
        with soon():
            answered = desk.get(address, query)
        assert answered.status_code in {200, 302, 400}, {k: v[:20] for k, v in query.items()}


@KINDS
def test_no_number_with_a_deed_of_a_list_stops_it(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    del rows
    sent = [{"_selected_action": number, "index": number} for number in HOSTILE]
    sent += [{"_selected_action": one, "select_across": one} for one in (ENDLESS, LONGEST, "x")]

    for chosen in sent:
        with soon():
            answered = desk.post(
                admin_url(model, "changelist"), {"action": "delete_selected", **chosen}
            )
        assert answered.status_code in {200, 302}, {k: v[:20] for k, v in chosen.items()}


@KINDS
@pytest.mark.parametrize("where", ["change", "history", "delete"])
def test_no_number_in_an_address_of_a_row_stops_it(
    desk: Client, model: type[Model], where: str
) -> None:
    """What such a page shows, it finds by the same key as what is sent to it."""
    for number in filter(None, HOSTILE):
        with soon():
            answered = desk.get(admin_url(model, where, number))
        assert answered.status_code in {302, 403, 404}, number[:20]
    for number in (ENDLESS, LONGEST, "x"):
        with soon():
            answered = desk.post(admin_url(model, where, number), {"post": "yes"})
        assert answered.status_code in {302, 403, 404}, number[:20]


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
    meeting = Meeting.objects.get(pk=rows[Meeting].pk)
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

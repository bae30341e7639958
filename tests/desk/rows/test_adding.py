"""Whatever the admin knows can be added, with rows beneath it, by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin

from meetings import groups
from meetings.rows import Row
from programme.models import SharedPreview
from tests.admin_filling import OpenForm
from tests.admin_forms import admin_url, errors_of
from tests.each_kind import ALL, KINDS, some_of_each, somebody, taken_back
from tests.programme.html import Page

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]

WHO = (*groups.rights(()), ALL)
"""Of those who may add, the one with the fewest rights comes first."""


@pytest.fixture(scope="module")
def rows(rows_of_a_module: None) -> None:  # noqa: ARG001 -- they stay
    some_of_each()


def test_each_kind_of_row_has_a_form_of_its_own_or_beneath_another() -> None:
    forms = admin.site._registry  # noqa: SLF001 -- the one list of them all
    beneath = {table.model for form in forms.values() for table in form.inlines}
    kinds = {model for model in apps.get_models() if issubclass(model, Row)}

    assert kinds - forms.keys() - beneath == {SharedPreview}  # made by a button of the draft


@KINDS
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_two_columns_of_a_table_have_one_heading(
    client: Client, model: type[Model], language: str
) -> None:
    user = somebody(ALL)
    if not may_add(user, model):
        return
    client.force_login(user)

    page = Page(client.get(admin_url(model, "add", language=language)).content.decode())

    for table in page.all("table"):
        headings = [one.text for one in page.all("th") if table in one.parents and one.text]
        assert len(headings) == len(set(headings)), headings


def may_add(user: User, model: type[Model]) -> bool:
    """Whether an account is given it; publications are made by publishing alone."""
    permission = f"{model._meta.app_label}.{groups.codename('add', model)}"
    return user.has_perm(permission) and model._meta.model_name not in groups.FOR_GOOD


def counted(kinds: list[type[Model]]) -> dict[type[Model], int]:
    return {kind: kind._default_manager.count() for kind in kinds}


@KINDS
def test_a_row_is_added_with_what_stands_beneath_it(client: Client, model: type[Model]) -> None:
    """First by the one with the fewest rights who may: two rows of each kind, and later a third.

    Then by all others who may: one row of each kind.
    """
    for nth, user in enumerate(one for one in map(somebody, WHO) if may_add(one, model)):
        with taken_back():
            client.force_login(user)
            there = list(model._default_manager.values_list("pk", flat=True))
            saved_with(OpenForm(client, admin_url(model, "add")), 1 if nth else 2)
            if not nth:
                row = model._default_manager.exclude(pk__in=there).get()
                saved_with(OpenForm(client, admin_url(model, "change", row.pk)), 1, anew=False)


@KINDS
def test_nobody_else_is_shown_the_form(client: Client, model: type[Model]) -> None:
    for user in (one for one in map(somebody, WHO) if not may_add(one, model)):
        client.force_login(user)
        assert client.get(admin_url(model, "add")).status_code == 403


def saved_with(form: OpenForm, rows: int, **how: Any) -> None:
    """A form is saved, with so many rows beneath it, of each kind that it takes."""
    kinds = [formset.model for formset in form.beneath]
    there = counted(kinds)

    answer = form.send(rows=rows, **how)

    assert errors_of(answer) == []
    assert answer.status_code == 302
    assert counted(kinds) == {kind: number + rows for kind, number in there.items()}

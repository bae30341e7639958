"""Whatever the admin knows can be added, with rows beneath it, by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group

from meetings import groups
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import admin_url, errors_of
from tests.factories import (
    chad,
    make_delegation,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_sitting,
    make_venue,
    peru,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_of_each")]

ALL = "all rights"
WHO = (ALL, *groups.rights(()))
KINDS = pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)


@pytest.fixture
def some_of_each() -> None:
    """Rows of one meeting to choose from."""
    chad(), peru(), make_delegation("ukr"), make_venue()
    meeting = make_meeting()
    make_sitting(meeting)
    make_list(make_item(meeting))
    make_panel(meeting)


def somebody(who: str) -> User:
    """Somebody of a group, or who may do everything."""
    user = make_editor(is_superuser=who == ALL)
    if who != ALL:
        user.groups.add(Group.objects.get(name=who))
    return user


def may_add(user: User, model: type[Model]) -> bool:
    """Whether an account is given it; publications are made by publishing alone."""
    permission = f"{model._meta.app_label}.{groups.codename('add', model)}"
    return user.has_perm(permission) and model._meta.model_name not in groups.FOR_GOOD


def counted(kinds: list[type[Model]]) -> dict[type[Model], int]:
    return {kind: kind._default_manager.count() for kind in kinds}


@KINDS
@pytest.mark.parametrize("who", WHO)
def test_a_row_is_added_with_what_stands_beneath_it(
    client: Client, who: str, model: type[Model]
) -> None:
    user = somebody(who)
    client.force_login(user)
    address = admin_url(model, "add")
    if not may_add(user, model):
        assert client.get(address).status_code == 403
        return

    for rows in (1, 2) if OpenForm(client, address).beneath else (0,):
        there = list(model._default_manager.values_list("pk", flat=True))
        saved_with(OpenForm(client, address), rows)
        row = model._default_manager.exclude(pk__in=there).get()
        saved_with(OpenForm(client, admin_url(model, "change", row.pk)), 1, anew=False)


def saved_with(form: OpenForm, rows: int, **how: Any) -> None:
    """A form is saved, with so many rows beneath it, of each kind that it takes."""
    kinds = [formset.model for formset in form.beneath]
    there = counted(kinds)

    answer = form.send(rows=rows, **how)

    assert errors_of(answer) == []
    assert answer.status_code == 302
    assert counted(kinds) == {kind: number + rows for kind, number in there.items()}

"""Everyday names are sound, and the desk finds by each of them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from meetings.alphabetical_order import fold
from meetings.directory import DATA, import_delegations
from meetings.finding import (
    KINDS,
    EverydayName,
    Fit,
    everyday_names,
    everyday_names_of,
    fit,
    searched_names,
)
from meetings.models import Delegation
from meetings.rows import LANGUAGES
from meetings.texts.typed_text import heal
from tests.admin_forms import admin_url

if TYPE_CHECKING:
    from django.test import Client

NAMES = everyday_names()


def codes() -> list[str]:
    """All of the directory, in the order of its files."""
    found: list[str] = []
    for name in ("states.csv", "organisations.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            found += [line["code"] for line in csv.DictReader(file)]
    return found


def test_each_row_is_sound_and_names_one_of_the_directory() -> None:
    known = set(codes())

    assert len(NAMES) > 300
    for one in NAMES:
        assert one.code in known, one
        assert one.language in LANGUAGES, one
        assert one.kind in KINDS, one
        assert fold(one.name), one
        assert one.name == heal(one.name), one
        assert "'" not in one.name, one


def test_rows_stand_once_and_in_the_order_of_the_other_tables() -> None:
    order = codes()

    def place(one: EverydayName) -> tuple[int, int, int]:
        return order.index(one.code), LANGUAGES.index(one.language), KINDS.index(one.kind)

    assert list(NAMES) == sorted(NAMES, key=place)
    assert len({(one.code, one.language, one.name.casefold()) for one in NAMES}) == len(NAMES)


def test_names_are_in_each_language_and_of_each_kind() -> None:
    assert {(one.language, one.kind) for one in NAMES} >= {
        (language, kind) for language in ("en", "fr", "es") for kind in KINDS
    }
    assert {one.kind for one in NAMES if one.language == "ar"} >= {"everyday", "former"}


def test_a_delegation_without_any_has_none() -> None:
    assert everyday_names_of("per") == ()


@pytest.mark.django_db
def test_each_name_is_at_the_desk_as_good_as_the_official_one() -> None:
    import_delegations()

    known = {one.code: one.search_text for one in Delegation.objects.all()}

    assert [
        one for one in NAMES if fit(fold(one.name), searched_names(known[one.code])) != Fit.WHOLE
    ] == []
    found: Any = Delegation.objects.matching("DRC")
    assert {one.code for one in found if one.fit == Fit.WHOLE} == {"cod", "drc"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "code"),
    [("Holland", "nld"), ("Royaume-Uni", "gbr"), ("EE.UU.", "usa"), ("بريطانيا", "gbr")],
)
def test_lists_of_rows_that_name_a_delegation_are_searched_by_them_too(
    desk: Client, name: str, code: str
) -> None:
    import_delegations()

    statuses = admin_url(Delegation.treaty_statuses.rel.related_model, "changelist")
    listed = desk.get(statuses, {"q": name}).context["cl"].result_list

    assert {one.delegation.code for one in listed} == {code}

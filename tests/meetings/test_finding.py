"""Which delegations a term finds, and which of them is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meetings.alphabetical_order import fold
from meetings.directory import import_delegations
from meetings.finding import Fit, fit
from meetings.models import Delegation
from tests.admin_forms import admin_url

if TYPE_CHECKING:
    from django.test import Client


def offered(desk: Client, term: str, *, language: str = "en") -> list[dict[str, Any]]:
    """What the form of a list offers for a term."""
    asked = {
        "term": term,
        "app_label": "programme",
        "model_name": "speakinglistentry",
        "field_name": "delegation",
    }
    results: list[dict[str, Any]] = desk.get(f"/{language}/admin/autocomplete/", asked).json()[
        "results"
    ]
    codes = {str(one.pk): one.code for one in Delegation.objects.all()}
    return [{"code": codes[one["id"]], "fit": one["fit"]} for one in results]


@pytest.mark.parametrize(
    ("term", "name", "how"),
    [
        ("peru", "Peru", Fit.WHOLE),
        ("PÉROU", "Pérou", Fit.WHOLE),
        ("uk", "United Kingdom of Great Britain and Northern Ireland", Fit.INITIALS),
        ("drc", "Democratic Republic of the Congo", Fit.INITIALS),
        ("rdc", "République démocratique du Congo", Fit.INITIALS),
        ("uk", "Ukraine", Fit.BEGINNING),
        ("u", "United Kingdom of Great Britain and Northern Ireland", Fit.BEGINNING),
        ("kingdom", "United Kingdom of Great Britain and Northern Ireland", Fit.WORD),
        ("bissau", "Guinea-Bissau", Fit.WORD),
        ("cote d ivoire", "Côte d’Ivoire", Fit.WHOLE),
        ("cote-d'ivoire", "Côte d’Ivoire", Fit.WHOLE),
        ("cote d i", "Côte d’Ivoire", Fit.BEGINNING),
        ("guineabissau", "Guinea-Bissau", Fit.WHOLE),
        ("lao people s", "Lao People's Democratic Republic", Fit.BEGINNING),
        ("denice", "Costa de Nice", None),
        ("eu", "Équateur", Fit.INSIDE),
        ("المغرب", "المغرب", Fit.WHOLE),
        ("elsewhere", "Peru", None),
    ],
)
def test_a_name_is_meant_wholly_by_its_beginning_or_hardly(
    term: str, name: str, how: Fit | None
) -> None:
    assert fit(fold(term), [fold(name)]) == how


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("niger", ["ner", "nga"]),
        ("guinea", ["gin"]),
        ("ner", ["ner"]),
        ("uk", ["gbr", "ukr"]),
        ("oman", ["omn"]),
        ("omán", ["omn"]),
        ("chad", ["tcd"]),
        ("mali", ["mli"]),
        ("india", ["ind"]),
        ("dominica", ["dma", "dom"]),
    ],
)
def test_codes_and_names_come_first_then_beginnings_then_the_rest(
    desk: Client, term: str, first: list[str]
) -> None:
    import_delegations()

    found = [one["code"] for one in offered(desk, term)]
    listed = desk.get(admin_url(Delegation, "changelist"), {"q": term}).context["cl"].result_list

    assert found[: len(first)] == first
    assert [one.code for one in listed][: len(found)] == found


@pytest.mark.django_db
def test_what_stands_inside_a_name_is_never_offered_as_if_it_were_meant(desk: Client) -> None:
    import_delegations()

    found = offered(desk, "eu")

    assert found[0]["code"] != "ecu"
    assert {"code": "ecu", "fit": "inside"} in found


@pytest.mark.django_db
def test_a_list_in_another_order_stays_in_it_while_it_is_searched(desk: Client) -> None:
    import_delegations()

    listed = desk.get(admin_url(Delegation, "changelist"), {"q": "niger", "o": "-2"})

    assert [one.code for one in listed.context["cl"].result_list] == ["nga", "ner"]

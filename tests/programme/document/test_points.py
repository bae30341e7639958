from __future__ import annotations

from datetime import time

import pytest

from programme.document.delegation_points import (
    Points,
    category_of,
    is_open_to,
    occasions,
    points_of,
    shown_at,
)
from programme.document.nodes import Delegation, Texts
from tests.programme.builders import (
    CHAD,
    CYPRUS,
    FIRST_DAY,
    ICRC,
    INDIA,
    PERU,
    SECOND_DAY,
    TUVALU,
    busy_days,
    day,
    delegation,
    document,
    in_english,
    intersessionals,
    item,
    named_list,
    open_list,
    placement,
    sitting,
)

ALL = ("states_parties", "states_not_party", "organisations")
PROGRAMME = in_english(intersessionals())


def points(code: str) -> Points:
    found = points_of(PROGRAMME, code)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "named", "open_lists"),
    [
        pytest.param("tcd", ["3.1"], ["6b.2"], id="in one list"),
        pytest.param("ukr", ["3.2", "6b.1"], ["6b.2"], id="in two lists"),
        pytest.param("nor", [], ["3.3", "6b.2"], id="State Party"),
        pytest.param("ind", [], ["6a.1", "6b.2"], id="State not party"),
        pytest.param("tuv", [], ["6b.2"], id="State of unknown status"),
        pytest.param("icrc", [], ["3.3", "6b.2"], id="organisation"),
    ],
)
def test_a_delegation_is_named_or_finds_open_lists(
    code: str, named: list[str], open_lists: list[str]
) -> None:
    found = points(code)

    assert [f"{one.item.slug}.{one.number}" for one in found.named] == named
    assert [f"{one.item.slug}.{one.number}" for one in found.open] == open_lists


def test_roles_stand_in_the_order_of_the_programme() -> None:
    assert [(one.speaker.role, one.item and one.item.slug) for one in points("nor").roles] == [
        ("presents", "3"),
        ("panellist", None),
    ]
    assert [(one.speaker.role, one.item and one.item.slug) for one in points("khm").roles] == [
        ("opens", "1"),
    ]


def test_a_role_on_a_panel_has_the_panels_time() -> None:
    (*_, on_panel) = points("nor").roles

    (occasion,) = on_panel.occasions

    assert on_panel.panel
    assert on_panel.panel.slug == "victim-assistance"
    assert (occasion.date, occasion.start, occasion.end) == (SECOND_DAY, time(11, 30), time(13))


def test_a_delegation_that_a_programme_does_not_know_has_no_points() -> None:
    assert points_of(PROGRAMME, "xyz") is None


def test_a_programme_may_hold_nothing_for_a_delegation() -> None:
    nothing = points_of(in_english(document(item(1))), "tcd")

    assert nothing is not None
    assert not nothing


def test_a_turn_is_told_only_where_the_order_is_as_called() -> None:
    called = item(2, lists=[named_list(PERU, CHAD, order="as_called"), named_list(PERU, CHAD)])

    found = points_of(in_english(document(called)), "tcd")

    assert found
    assert [one.turn for one in found.named] == [2, None]


def test_other_than_named_leaves_out_those_in_lists_above_alone() -> None:
    others = open_list(*ALL, other_than_named=True)
    between = item(2, lists=[named_list(CHAD), others, named_list(CYPRUS)])
    programme = in_english(document(between))

    open_to = [
        one.code
        for one in (CHAD, CYPRUS)
        if (found := points_of(programme, one.code)) and found.open
    ]

    assert open_to == ["cyp"]


@pytest.mark.parametrize(
    ("one", "category"),
    [
        (PERU, "states_parties"),
        (INDIA, "states_not_party"),
        (TUVALU, ""),
        (ICRC, "organisations"),
        (delegation("eu", kind="regional_organisation"), "organisations"),
        (delegation("icbl", kind="ngo"), "organisations"),
    ],
    ids=lambda value: value.code if isinstance(value, Delegation) else value or "unknown",
)
def test_a_category_follows_from_kind_and_status(one: Delegation[Texts], category: str) -> None:
    programme = in_english(document(delegations=[one]))

    assert category_of(programme.delegations[0]) == category


def test_a_named_list_is_open_to_nobody() -> None:
    programme = in_english(document(item(1, lists=[named_list(CHAD)])))
    (only,) = next(programme.items()).lists

    assert not is_open_to(programme.delegations[0], only)


def test_an_item_is_taken_up_where_it_is_placed() -> None:
    programme = in_english(busy_days())
    debate = programme.item("2")
    assert debate

    found = list(occasions(programme, debate))

    assert [(one.date, one.start, one.is_continued) for one in found] == [
        (FIRST_DAY, time(10, 30), False),
        (SECOND_DAY, None, True),
    ]
    assert [one.sitting and one.sitting.part for one in found] == ["morning", None]


def test_a_sub_item_without_a_place_goes_with_its_item() -> None:
    programme = in_english(busy_days())
    with_place, without, other = (programme.item(slug) for slug in ("3b", "3a", "unnumbered"))
    assert with_place
    assert without
    assert other

    assert [one.sitting and one.sitting.part for one in occasions(programme, with_place)] == [
        "afternoon"
    ]
    assert not list(occasions(programme, without))
    assert not list(occasions(programme, other))


def test_an_item_of_which_sub_items_alone_are_placed_is_taken_up_with_them() -> None:
    beneath = item(3, 2, title="Beneath")
    above = item(3, title="Above", sub_items=[beneath])
    placed = day(FIRST_DAY, sitting(placement(beneath, time(11))))
    programme = in_english(document(above, timetable=[placed]))
    read = programme.item("3")
    assert read

    assert [one.start for one in occasions(programme, read)] == [time(11)]
    # It stands nowhere by itself, so that the way back leads to what does.
    assert shown_at(programme, read).slug == "3b"
    assert shown_at(programme, read.sub_items[0]).slug == "3b"

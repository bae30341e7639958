"""When somebody speaks, on what and with whom: on the page of a delegation, an item, a panel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from programme.document.delegation_points import points_of
from programme.document.nodes import Texts
from tests.programme.builders import (
    CAST,
    CHAD,
    FIRST_DAY,
    GREECE,
    NORWAY,
    PERU,
    SECOND_DAY,
    UKRAINE,
    day,
    delegation,
    document,
    in_english,
    intersessionals,
    item,
    named_list,
    open_list,
    panel,
    placement,
    sitting,
    slot,
    speaker,
    two_meetings,
    version,
    versions_in_turn,
)
from tests.programme.html import Element, Page

if TYPE_CHECKING:
    from django.test import Client

    from programme.document.nodes import AgendaItem
    from programme.document.programme import ProgrammeDocument
    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"


@pytest.fixture(autouse=True)
def _two_meetings(publish: Publish) -> None:
    publish(*two_meetings())


def page(client: Client, code: str, language: str = "en") -> Page:
    response = client.get(f"/{language}/delegations/{code}/")
    assert response.status_code == 200
    return Page(response.content.decode())


def lines(read: Page, name: str = "ledger") -> list[str]:
    """The lines of a ledger that is not folded away."""
    (ledger,) = [
        one
        for one in read.all(class_=name)
        if not any(above.tag == "details" for above in one.parents)
        and (name != "ledger" or "floor" not in one.attributes["class"])
    ]
    return [one.text for one in read.all("li") if one.parents[-1] is ledger]


def timed(*agenda: AgendaItem[Texts], **of_meeting: Any) -> ProgrammeDocument[Texts]:
    """Item 2, then 1 on the first day; 1 again and a panel on the second; others have no time."""
    theme = panel(title="A theme", panellists=[speaker("panellist", person="Jane Doe", of=PERU)])
    first, second = agenda[:2]
    return document(
        *agenda,
        timetable=[
            day(
                FIRST_DAY,
                sitting(placement(second, time(10)), placement(first, time(11, 30))),
            ),
            day(
                SECOND_DAY,
                sitting(placement(first, is_continued=True), end=None),
                slot(replace(theme, start=time(15), end=time(16))),
            ),
        ],
        panels=[replace(theme, start=time(15), end=time(16))],
        **of_meeting,
    )


# --- the ledger ------------------------------------------------------------------------------


def test_each_line_says_when_then_what_why_and_with_whom(client: Client, publish: Publish) -> None:
    plans = replace(named_list(PERU, CHAD, GREECE), basis="updated_work_plan")
    publish(
        version(timed(item(1, title="Clearance", lists=[plans]), item(2, title="Opening"), item(3)))
    )

    read = page(client, "per")

    assert lines(read) == [
        (
            "11:30 Tue 18 June 1 Clearance Updated work plan With Chad and Greece "
            "Continues: Wed 19 June, Morning"
        ),
        "15:00 Wed 19 June A theme Panellist: Jane Doe, Peru",
    ]
    assert f"/en/{MEETING}/items/1/#item-1-list-1" in read.links


def test_lines_stand_in_the_order_of_the_meeting(publish: Publish) -> None:
    agenda = [item(one, lists=[named_list(PERU)]) for one in (1, 2, 3)]
    publish(version(timed(*agenda)))

    found = points_of(in_english(timed(*agenda)), "per")

    assert found
    names = [one.item.slug if one.item else one.panel and one.panel.slug for one in found.ledger]
    # 3 has no time: it is taken up after 2, which comes before it in the agenda.
    assert names == ["2", "3", "1", "victim-assistance"]


def test_a_sub_item_that_nobody_placed_comes_with_the_item_above_it() -> None:
    beneath = item(2, 1, lists=[named_list(PERU)])
    above = item(2, sub_items=[beneath])
    programme = timed(item(1, lists=[named_list(PERU)]), above, item(3, lists=[named_list(PERU)]))

    found = points_of(in_english(programme), "per")

    assert found
    assert [one.item and one.item.slug for one in found.ledger][:3] == ["2a", "3", "1"]
    assert found.ledger[0].first
    assert found.ledger[0].first.start == time(10)


def test_lists_and_roles_at_one_item_share_a_line(client: Client, publish: Publish) -> None:
    lists = [replace(named_list(PERU, CHAD), id=one) for one in ("a", "b")]
    publish(
        version(
            document(item(1, title="Debate", presenters=[speaker("chairs", of=PERU)], lists=lists))
        )
    )

    (line,) = lines(page(client, "per"))

    assert line == (
        "1 Debate States will be invited to speak. With Chad "
        "States will be invited to speak. With Chad Chaired by Peru"
    )


def test_of_many_others_a_line_gives_the_number(client: Client, publish: Publish) -> None:
    many = [delegation(f"x{number:02}", en=f"State {number}") for number in range(39)]
    publish(
        version(
            document(item(1, lists=[named_list(PERU, *many)]), delegations=[*CAST, *many]),
        )
    )

    (line,) = lines(page(client, "per"))

    assert line.endswith("With 39 others")


def test_a_name_in_another_language_says_so_among_others(client: Client, publish: Publish) -> None:
    halo = delegation("halo", kind="ngo", en="HALO <Trust>")
    publish(
        version(document(item(1, lists=[named_list(PERU, halo)]), delegations=[PERU, halo])),
    )

    read = page(client, "per", "ar")

    (name,) = [one for one in read.all("span", lang="en", dir="ltr") if "HALO" in one.text]
    assert name.text == "HALO <Trust>"
    assert name.parents[-1].text == "مع: HALO <Trust>"


def test_without_any_time_there_is_no_column_for_it(client: Client) -> None:
    read = page(client, "ukr")

    assert "No times are fixed for the items of this meeting." in read.text
    assert [
        one for one in read.all(class_="ledger") if "untimed" not in one.attributes["class"]
    ] == []


def test_what_is_on_says_so(client: Client, publish: Publish) -> None:
    publish(version(timed(item(1, lists=[named_list(PERU)]), item(2))))

    with time_machine.travel("2024-06-18T09:45Z"):
        read = page(client, "per")

    assert lines(read)[0].startswith("11:30 Tue 18 June Now")
    assert read.all("script")


def test_what_changed_stands_at_its_line(client: Client, publish: Publish) -> None:
    plans = replace(named_list(CHAD), id="plans")
    before, after = (
        timed(item(1, title="Debate", lists=[one]), item(2))
        for one in (plans, replace(plans, entries=named_list(PERU, CHAD).entries))
    )
    publish(*versions_in_turn(before, after))

    line = lines(page(client, "per"))[0]
    assert line.startswith("11:30 Tue 18 June 1 Debate Peru added to the list States will be")


# --- what it may ask the floor for -----------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "status", "items"),
    [
        ("per", "State Party", ["6b"]),
        ("ind", "State not party", ["6a", "6b"]),
        ("tuv", "State", ["6b"]),
        ("icrc", "Organisation", ["3", "6b"]),
    ],
)
def test_open_lists_are_those_of_a_delegations_kind_a_line_each(
    client: Client, code: str, status: str, items: list[str]
) -> None:
    read = page(client, code)

    assert read.all(class_="lead")[0].text == status
    assert (3, "May ask for the floor") in read.headings
    assert [one.split()[0] for one in lines(read, "floor")] == items
    assert "you may" not in read.text


def test_an_open_list_says_when_and_about_what(client: Client, publish: Publish) -> None:
    about = replace(open_list("states_parties"), basis="preliminary_observations")
    same = replace(open_list("states_parties"), id="same", basis="universalization")
    publish(
        version(
            timed(
                item(1, title="Debate", lists=[about]),
                item(2, title="Universalization", lists=[same]),
            )
        )
    )

    assert lines(page(client, "nor"), "floor") == [
        "Tue 18 June, 10:00 2 Universalization",
        "Tue 18 June, 11:30 1 Debate – preliminary observations",
    ]


# --- which meetings, and what is left out ----------------------------------------------------


def test_what_names_a_delegation_stands_apart_from_what_is_open(client: Client) -> None:
    read = page(client, "ukr")

    assert read.headings[:6] == [
        (1, "Ukraine"),
        (2, "2024 Intersessional Meetings"),
        (3, "Named in the programme"),
        (4, "3 Article 5 Implementation"),
        (4, "6b Stockpile destruction"),
        (3, "May ask for the floor"),
    ]
    assert f"/en/{MEETING}/items/6b/#item-6b-list-1" in read.links


def test_a_state_that_no_list_names_reads_so_first(client: Client) -> None:
    says = "No list of this meeting names this delegation."
    nobody, speaks, named = (page(client, one) for one in ("ind", "nor", "ukr"))

    assert (3, "Named in the programme") not in nobody.headings
    assert nobody.text.index(says) < nobody.text.index("May ask for the floor")
    assert speaks.text.index(says) < speaks.text.index("Presented by the Committee, Norway")
    assert says not in named.text


def _is_folded(one: Element) -> bool:
    return any(above.tag == "details" for above in one.parents)


@pytest.mark.parametrize(
    ("now", "at_once", "in_a_line"),
    [
        ("2024-06-01T12:00Z", ["next", "later"], ["unnamed", "past", "older"]),
        ("2024-12-01T12:00Z", ["later"], ["unnamed", "next", "past", "older"]),
        ("2026-01-01T12:00Z", ["later"], ["unnamed", "next", "past", "older"]),
    ],
)
def test_the_meeting_that_names_it_comes_first_others_in_a_line(
    client: Client, publish: Publish, now: str, at_once: list[str], in_a_line: list[str]
) -> None:
    def on(slug: str, day: date, *, names: bool = True) -> ProgrammeDocument[Texts]:
        lists = [*([named_list(PERU)] if names else []), open_list("states_parties")]
        debate = item(1, title="Debate", lists=lists)
        return document(debate, slug=slug, name=Texts.of(en=slug), starts_on=day, ends_on=day)

    publish(
        *(version(on("past", date(2023, 6, 1))), version(on("older", date(2022, 6, 1)))),
        *(version(on("later", date(2025, 6, 1))), version(on("next", date(2024, 7, 1)))),
        version(on("unnamed", date(2025, 7, 1), names=False)),
    )

    with time_machine.travel(now):
        read = page(client, "per")

    headings = read.all("h2")
    assert [one.text for one in headings if not _is_folded(one)] == at_once
    assert [one.text for one in headings if _is_folded(one)] == in_a_line
    assert "not named" in read.all("summary")[in_a_line.index("unnamed")].text


def test_where_none_names_it_the_next_meeting_stands_whole(client: Client) -> None:
    with time_machine.travel("2024-06-01T12:00Z"):
        read = page(client, NORWAY.code)

    assert [one.text for one in read.all("h2") if not _is_folded(one)][:1] == [
        "2024 Intersessional Meetings"
    ]


def test_the_page_says_which_version_it_was_made_of(client: Client, publish: Publish) -> None:
    publish(version(intersessionals()), version(intersessionals(name=Texts.of(en="M")), 2, "Rev.1"))

    read = page(client, UKRAINE.code)

    assert "Provisional programme Rev.1" in read.text
    assert read.one(class_="address").text.endswith("/en/delegations/ukr/")


@pytest.mark.parametrize("provenance", ["official", "inferred"])
def test_what_is_inferred_is_marked_and_the_foot_says_what_that_means(
    client: Client, publish: Publish, provenance: str
) -> None:
    title = Texts.of(provenance, en="Debate")
    publish(version(document(item(1, title=title, lists=[named_list(PERU)]))))

    read = page(client, "per")

    is_marked = bool(read.all(class_="dagger"))
    assert is_marked is (provenance == "inferred")
    assert ("What is marked with †" in read.text) is is_marked


# --- an item, a panel ------------------------------------------------------------------------


def part(client: Client, path: str, language: str = "en") -> Page:
    response = client.get(f"/{language}/{MEETING}/{path}/")
    assert response.status_code == 200
    return Page(response.content.decode())


def told(read: Page, name: str) -> list[str]:
    (block,) = read.all(class_=name)
    return [one.text for one in read.all("li") if block in one.parents]


THREE_LISTS = (
    replace(named_list(PERU, CHAD), id="a", basis="updated_work_plan"),
    replace(open_list("states_parties", "organisations"), id="b", basis="preliminary_observations"),
    replace(
        open_list("states_parties", kind="conditional"), id="c", basis="article_3_retained_mines"
    ),
)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Updated work plan – Chad, Peru",
                "Preliminary observations – open to States Parties and organisations",
                "Mines retained (Article 3) – only for some, whom its invitation describes",
            ],
        ),
        (
            "fr",
            [
                "Plan de travail actualisé – Pérou, Tchad",
                "Observations préliminaires – ouverte aux États parties et aux organisations",
                (
                    "Mines conservées (article 3) – réservée à certaines délégations, "
                    "que décrit l’invitation"
                ),
            ],
        ),
    ],
)
def test_an_item_says_who_speaks_before_its_text(
    client: Client, publish: Publish, language: str, lines: list[str]
) -> None:
    publish(version(document(item(1, title="Debate", text="Long words.", lists=THREE_LISTS))))

    read = part(client, "items/1", language)

    assert told(read, "who") == lines
    assert read.text.index(lines[0]) < read.text.index("Long words.")
    assert {"#item-1-list-1", "#item-1-list-3", f"/{language}/delegations/tcd/"} <= {*read.links}


def test_an_item_without_lists_has_no_block_for_them(client: Client, publish: Publish) -> None:
    publish(version(document(item(1, title="Debate"))))

    assert part(client, "items/1").all(class_="who") == []


def test_an_item_says_its_room_and_that_it_is_on(client: Client, publish: Publish) -> None:
    first = item(1, title="Debate")
    morning = replace(sitting(placement(first, time(10))), room=Texts.of(en="Room XIX"))
    publish(version(document(first, timetable=[day(FIRST_DAY, morning)])))

    with time_machine.travel("2024-06-18T08:10Z"):
        assert told(part(client, "items/1"), "occasions") == [
            "Tuesday, 18 June 2024 10:00 Room XIX Now"
        ]


@pytest.mark.parametrize("path", ["items/1", "panels/theme"])
def test_the_version_stands_below_the_text(client: Client, publish: Publish, path: str) -> None:
    theme = panel("theme", title="A theme", text="Long words.")
    publish(version(document(item(1, title="Debate", text="Long words."), panels=[theme])))

    read = part(client, path)

    assert read.text.index("Long words.") < read.text.index("Provisional programme")


def test_a_panel_leads_on_to_those_before_and_after_it(client: Client, publish: Publish) -> None:
    hours = {"c": time(15), "a": time(9), "b": time(11)}
    themes = [panel(one, title=one, start=hour) for one, hour in hours.items()]
    publish(version(document(panels=[replace(one, end=None) for one in themes])))

    read = part(client, "panels/b")

    (nav,) = read.all("nav", class_="neighbours")
    assert [one.text for one in read.all("a") if nav in one.parents] == ["a", "c"]


def test_a_panel_alone_has_no_neighbours(client: Client, publish: Publish) -> None:
    publish(version(document(panels=[panel("theme")])))

    assert part(client, "panels/theme").all("nav", class_="neighbours") == []

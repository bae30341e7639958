"""Items of which only some have a day: what stands where, on pages and in plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from programme.document.nodes import Day, Placement, Sitting, Text
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import Unscheduled, parts_in_order
from programme.renderers.text import render
from tests.programme.builders import (
    FIRST_DAY,
    SECOND_DAY,
    day,
    document,
    item,
    panel,
    placement,
    sitting,
    slot,
)

ITEMS = tuple(item(number, title=f"Item {number}") for number in range(1, 7))
ONE, TWO, THREE, FOUR, FIVE, SIX = ITEMS
PARTS = (item(3, 1), item(3, 2))
WITH_PARTS = replace(THREE, sub_items=PARTS)
AFTERNOON: Any = {"part": "afternoon", "start": time(15), "end": time(18)}


def read(*days: Day[Any], items: Any = ITEMS, panels: Any = ()) -> ProgrammeDocument[Text]:
    return document(*items, timetable=days, panels=panels).in_language("en")


def outline(programme: ProgrammeDocument[Text]) -> list[str]:
    """Days with their items, and what stands between them."""
    found = []
    for part in parts_in_order(programme):
        if isinstance(part, Unscheduled):
            slugs = [each.slug for one in part.items for each in one.walk()]
            found.append(f"({' '.join(slugs)})")
        else:
            found.append(f"{part.date.day}: {' '.join(_slugs(part))}")
    return found


def _slugs(of: Day[Text]) -> list[str]:
    return [one.item.slug for _, one in of.walk() if isinstance(one, Placement) and one.item]


def at(number: int, start: time | None = None) -> Placement[Any]:
    return placement(ITEMS[number - 1], start)


ORDERS: dict[str, tuple[ProgrammeDocument[Text], list[str]]] = {
    "between two days, after the item before it": (
        read(day(FIRST_DAY, at(1), at(2)), day(SECOND_DAY, at(5))),
        ["18: 1 2", "(3 4)", "19: 5", "(6)"],
    ),
    "before the first day": (read(day(FIRST_DAY, at(3))), ["(1 2)", "18: 3", "(4 5 6)"]),
    "never within a day": (
        read(day(FIRST_DAY, at(1, time(10)), at(3, time(11)))),
        ["18: 1 3", "(2 4 5 6)"],
    ),
    "after the day on which the item before it is begun": (
        read(
            day(FIRST_DAY, at(1)),
            day(SECOND_DAY, replace(at(1), id="again", is_continued=True), at(6)),
        ),
        ["18: 1", "(2 3 4 5)", "19: 1 6"],
    ),
    "nothing is scheduled at all": (
        read(day(SECOND_DAY, slot(panel())), panels=[panel()]),
        ["(1 2 3 4 5 6)", "19: "],
    ),
    "everything is": (read(day(FIRST_DAY, *map(at, range(1, 7)))), ["18: 1 2 3 4 5 6"]),
    "a sub-item by itself, after the other": (
        read(
            day(FIRST_DAY, at(1)),
            day(SECOND_DAY, placement(PARTS[0])),
            items=(ONE, WITH_PARTS, SIX),
        ),
        ["18: 1", "19: 3a", "(3 3b 6)"],
    ),
    "a sub-item by itself, before the other": (
        read(
            day(FIRST_DAY, at(1)),
            day(SECOND_DAY, placement(PARTS[1])),
            items=(ONE, WITH_PARTS, SIX),
        ),
        ["18: 1", "(3 3a)", "19: 3b", "(6)"],
    ),
    "an item whose new time is on another day": (
        read(
            day(FIRST_DAY, at(1)),
            day(SECOND_DAY, at(3)),
            items=(replace(ONE, status="postponed", new_date=date(2024, 6, 20)), TWO, THREE),
        ),
        ["18: 1", "(2)", "19: 3", "20: 1"],
    ),
}


@pytest.mark.parametrize(("programme", "parts"), ORDERS.values(), ids=ORDERS)
def test_what_has_no_day_stands_between_the_days(
    programme: ProgrammeDocument[Text], parts: list[str]
) -> None:
    assert outline(programme) == parts


WITHIN: dict[str, tuple[Day[Any], str]] = {
    "after the sitting that holds the item before it": (
        day(FIRST_DAY, at(2), sitting(at(1)), sitting(at(3), **AFTERNOON)),
        "1 2 3",
    ),
    "after a sitting at no hour": (
        day(FIRST_DAY, at(3), sitting(at(1), at(2), start=None, end=None)),
        "1 2 3",
    ),
    "before all others": (
        day(FIRST_DAY, at(1), sitting(at(2)), sitting(at(3), **AFTERNOON)),
        "1 2 3",
    ),
    "several, as staff put them": (day(FIRST_DAY, at(4), at(2), sitting(at(1), at(3))), "1 3 4 2"),
    "after another item, as staff put it": (
        day(FIRST_DAY, sitting(at(2)), at(4, time(14)), at(3)),
        "2 4 3",
    ),
}


@pytest.mark.parametrize(("of_day", "slugs"), WITHIN.values(), ids=WITHIN)
def test_an_item_without_hours_does_not_jump_before_those_that_come_first(
    of_day: Day[Any], slugs: str
) -> None:
    programme = read(of_day)

    assert " ".join(_slugs(programme.timetable[0])) == slugs
    assert sum(isinstance(one, Sitting) for _, one in programme.timetable[0].walk()) == sum(
        isinstance(one, Sitting) for one in of_day.entries
    )


HEADINGS = {
    "en": "Not yet scheduled",
    "fr": "Points non encore programmés",
    "es": "Temas aún sin programar",
    "ar": "بنود لم يُحدَّد موعدها بعد",
}


@pytest.mark.parametrize("language", HEADINGS)
def test_plain_text_has_them_between_the_days_too(language: str) -> None:
    written = document(*ITEMS, timetable=[day(FIRST_DAY, at(1)), day(SECOND_DAY, at(4))])
    text = render(written.in_language(language), designation="", published_at=None)
    lines = [one.strip("\u200f") for one in text.splitlines()]

    places = [n for n, line in enumerate(lines) if line == HEADINGS[language]]
    assert len(places) == 2
    between = [line for line in lines[places[0] :] if line]
    assert "Item 2" in between[1]
    assert "Item 3" in between[2]


def test_plain_text_of_an_agenda_without_days_says_each_item_once() -> None:
    text = render(read(), designation="", published_at=None)

    assert text.count("Item 2") == 1
    assert HEADINGS["en"] not in text

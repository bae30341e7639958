"""Where what is postponed or cancelled stands, and what the clock and the desk make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import pytest

from programme.comparing.warnings import warnings_of
from programme.document.clock import phase_at
from programme.document.nodes import PanelSlot, Placement, Sitting
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
from tests.programme.edits import Document

CANCELLED: dict[str, Any] = {"status": "cancelled"}
POSTPONED: dict[str, Any] = {"status": "postponed"}
THIRD_DAY = date(2024, 6, 20)


def to(on: date, start: time | None = None, end: time | None = None) -> dict[str, Any]:
    """Postponed to a new time."""
    return {"status": "postponed", "new_date": on, "new_start": start, "new_end": end}


PARTS = (item(1, 1, title="Part one"), item(1, 2, title="Part two"))
ONE = item(1, title="One", sub_items=PARTS)
TWO = item(2, title="Two")
THEME = panel(title="Theme", start=time(15), end=time(16))


def programme(of_item: Any = (), of_panel: Any = ()) -> Document:
    """One at 10:00 and Two at 11:00 in a morning; a second morning with a panel after it."""
    one, theme = replace(ONE, **dict(of_item)), replace(THEME, **dict(of_panel))
    morning = sitting(placement(one, time(10), time(11)), placement(TWO, time(11), time(13)))
    other = replace(sitting(), id="sitting-2")
    return document(
        *(one, TWO),
        timetable=[day(FIRST_DAY, morning), day(SECOND_DAY, other, slot(theme))],
        panels=[theme],
    )


def geneva(day_of_june: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 6, day_of_june, hour - 2, minute, tzinfo=UTC)


# --- beneath an item, and at the new time --------------------------------------------------------


def test_what_lies_beneath_an_item_is_held_as_it_is_but_where_something_else_is_said() -> None:
    parts = (PARTS[0], replace(PARTS[1], **CANCELLED))

    read = programme({**to(THIRD_DAY, time(10)), "sub_items": parts}).in_language("en")

    assert [(one.status, one.new_date) for one in read.items()] == [
        ("postponed", THIRD_DAY),
        ("postponed", THIRD_DAY),
        ("cancelled", None),
        ("planned", None),
    ]


NEW_PLACES = {
    "in a sitting of that hour": (to(SECOND_DAY, time(12)), SECOND_DAY, "sitting-2"),
    "after the hours of the sitting": (to(SECOND_DAY, time(13)), SECOND_DAY, None),
    "on a day without an hour": (to(SECOND_DAY), SECOND_DAY, None),
    "on a day that nothing else has": (to(date(2024, 7, 1), time(9)), date(2024, 7, 1), None),
}


@pytest.mark.parametrize("of", ["item", "panel"])
@pytest.mark.parametrize(("said", "on", "within"), NEW_PLACES.values(), ids=NEW_PLACES)
def test_what_is_postponed_stands_once_more_at_its_new_time(
    of: str, said: Any, on: date, within: str | None
) -> None:
    read = programme(**{f"of_{of}": said}).in_language("en")

    found = [
        (each.date, outer.id if outer else None, entry.start, entry.in_full)
        for each, outer, entry in read.entries()
        if isinstance(entry, Placement | PanelSlot) and entry.is_new_time
    ]
    assert found == [(on, within, said["new_start"], False)]
    assert [one.date for one in read.timetable] == sorted({one.date for one in read.timetable})
    assert [one.in_full for _day, _in, one in read.placements()][:2] == [True, True]


# --- now and next --------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [CANCELLED, POSTPONED, to(THIRD_DAY, time(15))], ids=str)
def test_what_is_not_held_is_neither_now_nor_next_where_it_was_planned(said: Any) -> None:
    read = programme(said, said).in_language("en")
    of_item, of_panel = "placement-1-10:00:00", THEME.id

    at_nine, at_ten = (phase_at(read, geneva(18, hour)) for hour in (9, 10))
    assert of_item not in at_nine.next | at_ten.now
    assert at_ten.next == {"placement-2-11:00:00"}
    assert of_panel not in phase_at(read, geneva(19, 14)).next
    assert of_panel not in phase_at(read, geneva(19, 15)).now


def test_a_sub_item_is_not_on_that_stands_beneath_what_is_cancelled() -> None:
    one = replace(ONE, **CANCELLED)
    part = placement(PARTS[0], time(10), time(11))
    read = document(one, timetable=[day(FIRST_DAY, sitting(part))]).in_language("en")

    assert phase_at(read, geneva(18, 10)).now == {"sitting-morning"}


def test_it_is_on_at_its_new_time() -> None:
    said = to(THIRD_DAY, time(15), time(16))
    read = programme(said, said).in_language("en")

    assert phase_at(read, geneva(20, 14)).next == {f"{ONE.id}-new", f"{THEME.id}-new"}
    assert phase_at(read, geneva(20, 15, 30)).now == {f"{ONE.id}-new", f"{THEME.id}-new"}


# --- the desk and plain text ---------------------------------------------------------------------


@pytest.mark.parametrize("said", [{}, CANCELLED, POSTPONED, to(THIRD_DAY)], ids=str)
def test_nothing_is_in_the_way_of_what_is_not_held(said: Any) -> None:
    one = replace(ONE, **said)
    late = replace(placement(one, time(12), time(14)), id="late")
    beside = placement(TWO, time(12), time(13))
    of_day = day(FIRST_DAY, sitting(late, beside))

    codes = [one.code for one in warnings_of(document(one, TWO, timetable=[of_day]))]

    found = {"outside_sitting", "at_the_same_time"} & set(codes)
    assert found == (set() if said else {"outside_sitting", "at_the_same_time"})


@cache
def lines_of(language: str, *said: tuple[str, Any]) -> list[str]:
    read = programme(dict(said), dict(said)).in_language(language)
    text = render(read, designation="", published_at=None)
    return text.translate({0xA0: " ", 0x202F: " "}).splitlines()


def test_plain_text_says_it_in_the_agenda_and_at_both_times() -> None:
    lines = lines_of("en", *to(THIRD_DAY, time(15), time(16)).items())

    says = "[Postponed to 20 June 2024, 15:00 – 16:00]"
    assert [one for one in lines if "One" in one] == [
        f"1. One {says}",
        f"10:00 – 11:00  1. One {says}",
        "15:00 – 16:00  1. One (new time)",
    ]
    assert [one for one in lines if "Theme" in one] == [
        f"15:00 – 16:00  Theme {says}",
        "15:00 – 16:00  Theme (new time)",
    ]


IN_WORDS = {
    "en": ("Cancelled", "Postponed; no new time is fixed yet"),
    "fr": ("Annulé", "Reporté ; nouvelle date à préciser"),
    "es": ("Cancelado", "Aplazado; nueva fecha por determinar"),
    "ar": ("ملغى", "مؤجل، ولم يُحدَّد موعد جديد بعد"),
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_plain_text_says_it_in_every_language(language: str) -> None:
    for said, words in zip((CANCELLED, POSTPONED), IN_WORDS[language], strict=True):
        lines = [one for one in lines_of(language, *said.items()) if f"[{words}]" in one]

        of_items = [one for one in lines if "Theme" not in one]
        assert len(of_items) == 2 + 2 * len(PARTS)  # in the agenda and in the timetable


def test_sittings_stay_as_they_are() -> None:
    read = programme(CANCELLED).in_language("en")

    (first, second) = (one for *_, one in read.entries() if isinstance(one, Sitting))
    assert [len(first.entries), len(second.entries)] == [2, 0]

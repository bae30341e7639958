"""Sentences by what a delegate needs to know: why invited, where now, before what, which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from itertools import pairwise
from typing import Any

import pytest

from programme.comparing.composed_lines import composed
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import LANGUAGES
from programme.renderers.changes import groups
from programme.renderers.marks import Marking
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    NIGER,
    PERU,
    SECOND_DAY,
    day,
    document,
    item,
    named_list,
    panel,
    placement,
    sitting,
    slot,
    speaker,
)
from tests.programme.edits import Document

INVISIBLE = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069")) | {0xA0: " "}


def told(old: Document, *later: Document, language: str = "en") -> list[str]:
    """Every sentence of one publication, or of several as one, with its heading in front."""
    steps = [old, *later]
    lines = composed(lines_between(*two) for two in pairwise(steps))
    return [
        f"{group.heading}: {one}".translate(INVISIBLE)
        for group in groups(lines, language)
        for one in group.sentences
    ]


# --- who is invited, and why -------------------------------------------------------------------


def invited(*who: Any, basis: str = "article_4_missed_deadline") -> Document:
    held = replace(named_list(*who), id="list", basis=basis)
    return document(item(6, 2, title="Stockpiles", lists=[held]))


IN_WORDS = {
    "en": (
        "6b. Stockpiles: Chad and Peru invited (missed Article 4 deadline)",
        "no longer invited",
    ),
    "fr": ("6b. Stockpiles: Invitation : Pérou et Tchad (", "Invitation retirée"),
    "es": ("6b. Stockpiles: Invitación: Chad y Perú (", "Invitación retirada"),
    "ar": ("6 (ب) - Stockpiles: دعوة بيرو وتشاد (", "سحب دعوة"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_invited_is_told_with_the_reason(language: str) -> None:
    joined, left = IN_WORDS[language]
    few, more = invited(NIGER), invited(NIGER, PERU, CHAD)

    assert told(few, more, language=language)[0].startswith(joined)
    assert left in told(more, few, language=language)[0]


def test_without_a_known_reason_the_list_is_named() -> None:
    assert told(invited(NIGER, basis=""), invited(NIGER, PERU, basis="")) == [
        "6b. Stockpiles: Peru added to the list"
    ]


# --- where something stands now ------------------------------------------------------------------


def with_list(under: int, *, at: int | None = 15) -> Document:
    held = replace(named_list(PERU, invitation="States will speak."), id="list")
    who = replace(speaker(person="Jane Doe"), id="who")
    items = [
        replace(
            item(
                n,
                title=f"Item of {n}",
                lists=[held] if n == under else [],
                presenters=[who] if n == under else [],
            ),
            id=f"{n}",
        )
        for n in (3, 5)
    ]
    places = [replace(placement(one, time(at)), id=f"at-{one.id}") for one in items] if at else []
    return document(*items, timetable=[day(FIRST_DAY, *places)] if places else [])


def test_a_list_that_moved_is_told_at_both_items_with_its_hour() -> None:
    assert told(with_list(3), with_list(5)) == [
        "3. Item of 3: Speaking list moved to item 5: “States will speak.”",
        "3. Item of 3: Speaker moved to item 5: Jane Doe",
        (
            "5. Item of 5: Speaking list moved here from item 3: “States will speak.”,"
            " 18 June 2024, 15:00"
        ),
        "5. Item of 5: Speaker moved here from item 3: Jane Doe",
    ]


def test_without_an_hour_none_is_told() -> None:
    *_others, here, _speaker = told(with_list(3, at=None), with_list(5, at=None))

    assert here == "5. Item of 5: Speaking list moved here from item 3: “States will speak.”"


def test_what_moved_and_came_back_lost_nobody_anything() -> None:
    assert told(with_list(3), with_list(5), with_list(3)) == []


def test_an_item_that_is_gone_is_told_with_its_sub_items() -> None:
    beneath = [item(6, 1, title="Universalization"), item(6, 2, title="Stockpiles")]
    old = document(item(3, title="C"), item(6, title="President", sub_items=beneath))

    assert told(old, document(old.agenda[0])) == [
        "6. President: Item removed, with 6a. Universalization and 6b. Stockpiles"
    ]


def test_numbers_that_were_exchanged_are_told_directly() -> None:
    def numbered(first: int, second: int) -> Document:
        made = [(first, "Cooperation"), (second, "Compliance")]
        ordered = sorted(made)
        return document(*(replace(item(n, title=one), id=one) for n, one in ordered))

    assert told(numbered(4, 5), numbered(5, 4)) == [
        "4. Compliance: Numbers exchanged with “Cooperation”: 4, before 5",
        "5. Cooperation: Numbers exchanged with “Compliance”: 5, before 4",
    ]


# --- before what ---------------------------------------------------------------------------------


def in_turn(*numbers: int, hours: Sequence[int] = ()) -> Document:
    """Items that keep their numbers, taken up in turn: in the agenda, or at hours of one day."""
    items = {n: replace(item(n, title=f"Item of {n}"), id=f"{n}") for n in sorted(numbers)}
    if not hours:
        return document(*(items[n] for n in numbers))
    places = [
        replace(placement(items[n], time(hour)), id=f"at-{n}")
        for n, hour in zip(numbers, hours, strict=True)
    ]
    return document(*items.values(), timetable=[day(FIRST_DAY, *places)])


def without_hours(*numbers: int) -> Document:
    """The same in a sitting, without hours."""
    items = {n: replace(item(n, title=f"Item of {n}"), id=f"{n}") for n in sorted(numbers)}
    places = [replace(placement(items[n]), id=f"at-{n}") for n in numbers]
    half = replace(sitting(*places), id="half")
    return document(*items.values(), timetable=[day(FIRST_DAY, half)])


WHOLE = "The meeting as a whole: "


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((4, 5), (5, 4), "Item 5 is taken before item 4"),
        ((1, 2, 3, 4), (2, 3, 4, 1), "Item 1 is taken after item 4"),
        ((1, 2, 3, 4), (1, 4, 2, 3), "Item 4 is taken before item 2"),
        (
            (1, 2, 3, 4),
            (2, 1, 4, 3),
            "Item 2 is taken before item 1; item 4 is taken before item 3",
        ),
    ],
)
@pytest.mark.parametrize("made", [in_turn, without_hours])
def test_another_order_says_what_is_taken_before_what(
    made: Any, old: tuple[int, ...], new: tuple[int, ...], expected: str
) -> None:
    assert told(made(*old), made(*new)) == [WHOLE + expected]


def test_with_hours_the_order_is_told_beside_the_hours() -> None:
    old = in_turn(4, 5, 6, hours=(10, 11, 12))
    new = in_turn(5, 4, 6, hours=(9, 10, 12))

    assert told(old, new) == [
        WHOLE + "Item 5 is taken before item 4",
        "5. Item of 5: Moved to 09:00 (before: 11:00)",
    ]


def test_a_panel_is_named_by_its_title() -> None:
    def made(start: int) -> Document:
        one = replace(item(4, title="D"), id="4")
        theme = panel(title="Theme", on=FIRST_DAY, start=time(start), end=time(start + 1))
        at = replace(placement(one, time(11)), id="at")
        entries: list[Any] = sorted((at, slot(theme)), key=lambda each: each.start or time.min)
        return document(one, timetable=[day(FIRST_DAY, *entries)], panels=[theme])

    assert WHOLE + "Theme is taken before item 4" in told(made(14), made(9))


def test_a_new_day_says_enough_of_the_order() -> None:
    def made(on: Any) -> Document:
        items = [replace(item(n, title=f"Item of {n}"), id=f"{n}") for n in (4, 5)]
        first, second = (
            replace(placement(one, time(10 + n)), id=f"at-{n}") for n, one in enumerate(items)
        )
        days = {FIRST_DAY: [second], SECOND_DAY: []}
        days[on].insert(0, first)
        return document(*items, timetable=[day(one, *its) for one, its in days.items()])

    assert [one for one in told(made(FIRST_DAY), made(SECOND_DAY)) if "taken" in one] == []


def test_sub_items_in_another_order_are_named() -> None:
    def made(*order: int) -> Document:
        beneath = {n: replace(item(6, n, title=f"{n}"), id=f"6-{n}") for n in (1, 2)}
        return document(replace(item(6, title="F", sub_items=[beneath[n] for n in order]), id="6"))

    assert told(made(1, 2), made(2, 1)) == ["6. F: Item 6b is taken before item 6a"]


def test_an_order_that_came_back_is_not_told() -> None:
    assert told(in_turn(4, 5), in_turn(5, 4), in_turn(4, 5)) == []


def test_at_the_item_the_mark_says_before_what() -> None:
    lines = lines_between(in_turn(4, 5), in_turn(5, 4))

    marks = Marking("en").everywhere(lines)

    assert {place: [str(one) for one in mark.told] for place, mark in marks.items()} == {
        "5": ["Now taken before item\u00a04"]
    }


# --- a first timetable ---------------------------------------------------------------------------


def timed(*, hours: bool = True, on: Any = SECOND_DAY) -> Document:
    items = [replace(item(n, title=f"Item of {n}"), id=f"{n}") for n in (1, 2)]
    first, second = (
        replace(placement(one, time(10) if hours else None), id=f"at-{one.id}") for one in items
    )
    half = replace(sitting(first), id="half")
    return document(*items, timetable=[day(FIRST_DAY, half), day(on, second)])


def untimed() -> Document:
    return replace(timed(), timetable=())


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (True, "Days and times are now fixed: 18 June 2024 and 19 June 2024"),
        (False, "Days are now fixed: 18 June 2024 and 19 June 2024"),
    ],
)
def test_a_first_timetable_is_one_line(*, hours: bool, expected: str) -> None:
    assert told(untimed(), timed(hours=hours)) == [WHOLE + expected]


def test_the_first_timetable_is_told_with_the_days_that_hold_by_now() -> None:
    later = timed(on=SECOND_DAY.replace(day=20))

    assert told(untimed(), timed(), later) == [
        WHOLE + "Days and times are now fixed: 18 June 2024 and 20 June 2024"
    ]
    assert not [one for one in told(timed(), later) if "fixed" in one]


def test_a_timetable_that_is_gone_again_is_not_told() -> None:
    assert told(untimed(), timed(), untimed()) == []


def test_a_first_timetable_marks_no_item() -> None:
    assert Marking("en").everywhere(lines_between(untimed(), timed())) == {}


def test_lines_of_before_are_told_as_they_can_be() -> None:
    lines = lines_between(with_list(3), with_list(5))
    before = [replace(one, others=(), when=None) for one in lines if one.field == "place"]

    assert [str(one) for group in groups(before, "en") for one in group.sentences] == [
        "Speaking list moved here from another item: “States will speak.”",
        "Speaker moved here from another item: Jane Doe",
    ]

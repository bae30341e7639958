"""A programme at a glance: its columns, and the lines in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from programme.document.nodes import Delegation, Texts
from programme.document.programme import ProgrammeDocument
from programme.renderers.glance import Column, Line, columns
from tests.programme.builders import (
    FIRST_DAY,
    ICRC,
    PERU,
    SECOND_DAY,
    UKRAINE,
    busy_days,
    day,
    document,
    in_english,
    intersessionals,
    item,
    named_list,
    panel,
    pause,
    placement,
    sitting,
    slot,
)


def shown(programme: ProgrammeDocument[Texts]) -> list[tuple[date | None, list[str]]]:
    """Each column with what its lines are called."""
    return [(one.date, [called(each) for each in one.lines]) for one in seen(programme)]


def seen(programme: ProgrammeDocument[Texts]) -> tuple[Column, ...]:
    return columns(in_english(programme))


def called(line: Line) -> str:
    start = f"{line.start:%H:%M} " if line.start else ""
    if line.item:
        return f"{start}{line.item.slug}{'+' if line.is_continued else ''}"
    name = (line.panel and line.panel.slug) or (line.pause and line.pause.name.value)
    return f"{start}{name or (line.sitting and line.sitting.part)}"


def test_without_times_the_agenda_comes_first_and_panels_on_their_day() -> None:
    assert shown(intersessionals()) == [
        # 7 is no more than a number above 7a.
        (None, ["1", "3", "6", "6a", "6b", "7a"]),
        (SECOND_DAY, ["11:30 victim-assistance"]),
    ]


def test_days_are_columns_and_what_has_no_day_comes_after_the_item_before_it() -> None:
    assert shown(busy_days()) == [
        (FIRST_DAY, ["10:00 1", "10:30 2", "13:00 Lunch break", "15:00 afternoon", "3b"]),
        (None, ["3a", "unnumbered"]),
        (SECOND_DAY, ["2+"]),
    ]


def test_where_some_days_are_known_the_order_is_that_of_the_meeting() -> None:
    items = [item(number) for number in (1, 2, 3, 4)]
    programme = document(
        *items,
        timetable=[
            day(FIRST_DAY, placement(items[1], time(10))),
            day(SECOND_DAY, placement(items[3], time(10))),
        ],
    )

    assert shown(programme) == [
        (None, ["1"]),
        (FIRST_DAY, ["10:00 2"]),
        (None, ["3"]),
        (SECOND_DAY, ["10:00 4"]),
    ]


def test_what_is_continued_later_draws_nothing_after_it() -> None:
    items = [item(number) for number in (1, 2, 3)]
    again = placement(items[0], time(11), is_continued=True)
    programme = document(
        *items,
        timetable=[
            day(FIRST_DAY, placement(items[0], time(10))),
            day(SECOND_DAY, placement(items[2], time(10)), again),
        ],
    )

    assert shown(programme) == [
        (FIRST_DAY, ["10:00 1"]),
        (None, ["2"]),
        (SECOND_DAY, ["10:00 3", "11:00 1+"]),
    ]


def test_a_day_with_nothing_in_it_is_no_column() -> None:
    assert shown(document(timetable=[day(FIRST_DAY)])) == []


def test_a_sitting_is_a_line_where_nothing_in_it_says_when() -> None:
    first, second = item(1), item(2)
    programme = document(
        first,
        second,
        timetable=[
            day(
                FIRST_DAY,
                sitting(placement(first, time(10))),
                sitting(placement(second), part="afternoon", start=time(15)),
                sitting(part="evening", start=None, end=None),
            )
        ],
    )

    assert shown(programme) == [(FIRST_DAY, ["10:00 1", "15:00 afternoon", "2", "evening"])]


def test_a_head_that_is_no_more_than_a_number_gives_its_hour_to_what_is_beneath() -> None:
    head = item(7, sub_items=[item(7, 1, title="A"), item(7, 2, title="B")])
    programme = document(head, timetable=[day(FIRST_DAY, placement(head, time(12)))])

    assert shown(programme) == [(FIRST_DAY, ["12:00 7a", "7b"])]


@pytest.mark.parametrize(
    ("members", "told"),
    [([PERU, UKRAINE], (2, True)), ([PERU, ICRC], (2, False)), ([PERU], (1, True))],
)
def test_a_line_says_how_many_are_invited(
    members: list[Delegation[Texts]], told: tuple[int, bool]
) -> None:
    lists = [named_list(*members), replace(named_list(*members[:1]), id="again")]
    ((line,),) = [one.lines for one in seen(document(item(1, lists=lists)))]

    assert (line.invited, line.are_states) == told


def test_those_who_are_invited_are_told_once() -> None:
    debate = item(1, lists=[named_list(PERU)])
    programme = document(
        debate,
        timetable=[
            day(one, placement(debate, time(10), is_continued=one == SECOND_DAY))
            for one in (FIRST_DAY, SECOND_DAY)
        ],
    )

    assert [each.invited for one in seen(programme) for each in one.lines] == [1, 0]


def test_a_room_is_told_where_it_is_another() -> None:
    first, second, third = item(1), item(2), item(3)
    room, other = Texts.of(en="Room A"), Texts.of(en="Room B")
    theme = replace(panel(start=time(15), end=None, on=FIRST_DAY), room=other)
    morning = sitting(placement(first, time(10)), placement(second, time(11)))
    programme = document(
        *(first, second, third),
        timetable=[
            day(
                FIRST_DAY,
                replace(morning, room=room),
                pause(),
                slot(theme),
                replace(sitting(placement(third, time(16)), part="evening"), room=other),
            )
        ],
        panels=[theme],
    )

    ((*lines,),) = [one.lines for one in seen(programme)]
    assert [str(one.room or "") for one in lines] == ["Room A", "", "", "Room B", ""]


def test_two_hundred_items_are_two_hundred_lines() -> None:
    items = [item(number) for number in range(1, 201)]
    placed = [placement(one, time(10)) for one in items[::2]]

    found = seen(document(*items, timetable=[day(FIRST_DAY, *placed)]))

    assert [len(one.lines) for one in found] == [100, 100]

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from programme.comparing.change_lines import FIRST_TIMETABLE, TAKEN, Line, held_back, named_in
from programme.comparing.changes import ORDER
from programme.comparing.composed_lines import composed
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import (
    LANGUAGES,
    Break,
    Day,
    ListEntry,
    Placement,
    Sitting,
    Texts,
    Wording,
)
from programme.document.programme import ProgrammeDocument
from tests.programme.stored import document

Document = ProgrammeDocument[Texts]
Told = list[tuple[str, str]]


def item(old: Document, place: int = 0, **values: Any) -> Document:
    agenda = list(old.agenda)
    agenda[place] = replace(agenda[place], **values)
    return replace(old, agenda=tuple(agenda))


def members(old: Document, *codes: str, **values: Any) -> Document:
    entries = tuple(ListEntry(f"entry-{code}", code) for code in codes)
    (speaking_list,) = old.agenda[0].lists
    return item(old, lists=(replace(speaking_list, entries=entries, **values),))


def at(old: Document, start: int, *, day: int = 19) -> Document:
    """The one placement at another hour, perhaps on another day."""
    (first,) = old.timetable
    sitting = next(one for one in first.entries if isinstance(one, Sitting))
    placed = tuple(
        replace(one, start=time(start), end=None) if isinstance(one, Placement) else one
        for one in sitting.entries
    )
    entries = (replace(sitting, entries=placed), *first.entries[1:])
    return replace(old, timetable=(Day(date(2024, 6, day), entries),))


def without_list(old: Document) -> Document:
    return item(old, lists=())


def without_item(old: Document) -> Document:
    (day,) = old.timetable
    sitting = next(one for one in day.entries if isinstance(one, Sitting))
    others = tuple(one for one in sitting.entries if not isinstance(one, Placement))
    entries = (replace(sitting, entries=others), *day.entries[1:])
    return replace(old, agenda=old.agenda[1:], timetable=(replace(day, entries=entries),))


def without_break(old: Document) -> Document:
    (day,) = old.timetable
    entries = tuple(one for one in day.entries if not isinstance(one, Break))
    return replace(old, timetable=(replace(day, entries=entries),))


def titled(old: Document, title: str, **others: str) -> Document:
    return item(old, title=Texts.of(en=title, **others))


def one_of(lines: list[Line], key: str) -> Line:
    """The line with a key."""
    (line,) = (one for one in lines if one.key == key)
    return line


def told(lines: list[Line]) -> Told:
    return [(one.what, one.key) for one in lines]


CASES: dict[str, tuple[Callable[[Document], Document], Told]] = {
    "nothing": (lambda old: old, []),
    "a title": (lambda old: titled(old, "Another"), [("changed", "item-1 title")]),
    "a text that is behind no more": (
        lambda old: item(
            old, title=Texts({"en": Wording("Opening"), "fr": Wording("Ouverture", "unofficial")})
        ),
        [],
    ),
    "a State more": (
        lambda old: members(old, "cyp", "tcd", "per"),
        [("joined", "list-1 delegations per")],
    ),
    "one State for another": (
        lambda old: members(old, "cyp", "per"),
        [("joined", "list-1 delegations per"), ("left", "list-1 delegations tcd")],
    ),
    "how a list is printed": (lambda old: members(old, "cyp", "tcd", form="run_in"), []),
    "a list less": (without_list, [("removed", "list-1")]),
    "another hour, after the panel": (
        lambda old: at(old, 12),
        [("changed", "placement-1 time"), ("changed", f"meeting {TAKEN}")],
    ),
    "an item less, with its placement, the only one": (
        without_item,
        [
            ("removed", "item-1"),
            ("changed", f"meeting {FIRST_TIMETABLE}"),
            ("changed", f"meeting {TAKEN}"),
        ],
    ),
    "an item's number": (
        lambda old: item(old, label=Texts.of(en="7", ar="7"), slug="7"),
        [("changed", "item-1 label")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_line_says_one_fact(case: str) -> None:
    change, expected = CASES[case]
    old = document()

    assert sorted(told(lines_between(old, change(old)))) == sorted(expected)


def test_a_first_publication_has_no_lines() -> None:
    assert lines_between(None, document()) == []


def test_another_order_as_called_is_a_line() -> None:
    old = members(document(), "cyp", "tcd", order="as_called")

    lines = lines_between(old, members(old, "tcd", "cyp", order="as_called"))

    assert told(lines) == [("changed", f"list-1 {ORDER}")]


def test_whoever_joins_a_list_as_called_hides_no_other_order_of_the_others() -> None:
    old = members(document(), "cyp", "tcd", order="as_called")

    joined = lines_between(old, members(old, "cyp", "per", "tcd", order="as_called"))
    reordered = lines_between(old, members(old, "tcd", "cyp", "per", order="as_called"))

    assert told(joined) == [("joined", "list-1 delegations per")]
    assert told(reordered) == [
        ("joined", "list-1 delegations per"),
        ("changed", f"list-1 {ORDER}"),
    ]


def test_a_line_knows_its_languages_and_where_it_belongs() -> None:
    old = document()

    (line,) = lines_between(old, titled(old, "Opening", fr="L’ouverture"))

    assert line.retold
    assert line.retold.reworded == ("fr",)
    assert [one for one in LANGUAGES if line.is_read_in(one)] == ["fr"]
    assert (line.owner.kind, line.owner.id, str(line.owner.label.in_language("ar"))) == (
        "item",
        "item-1",
        "1",
    )


def test_a_list_that_goes_concerns_those_whom_it_named() -> None:
    old = document()

    (line,) = lines_between(old, without_list(old))

    assert set(line.codes) == {"cyp", "tcd"}


def test_another_delegation_that_speaks_concerns_the_one_that_spoke_before() -> None:
    old = document()
    (presenter,) = old.agenda[0].presenters

    (line,) = lines_between(old, item(old, presenters=(replace(presenter, delegation_code="cyp"),)))

    assert set(line.codes) == {"cyp", "tcd"}


def test_another_hour_concerns_those_who_are_to_speak() -> None:
    old = document()

    line = one_of(lines_between(old, at(old, 12)), "placement-1 time")

    assert set(line.codes) == {"cyp", "tcd"}


def test_a_programme_names_those_in_lists_and_those_who_present() -> None:
    assert named_in(members(document(), "cyp")) == {"cyp", "tcd"}


def test_a_time_keeps_day_half_day_and_hours() -> None:
    old = document()

    line = one_of(lines_between(old, at(old, 12)), "placement-1 time")

    assert line.after == {
        "date": "2024-06-19",
        "part": "morning",
        "start": "12:00",
        "end": "",
        "sitting": "sitting-1",
    }


@pytest.mark.parametrize("case", CASES)
def test_a_line_is_read_as_it_was_stored(case: str) -> None:
    old = document()
    lines = held_back(lines_between(old, CASES[case][0](old)), {"item-1 title"})

    stored = json.loads(json.dumps([one.stored() for one in lines]))

    assert list(map(Line.read, stored)) == lines


# --- several publications as one -------------------------------------------------------------

Step = Callable[[Document], Document]

WALKS: dict[str, tuple[list[Step], Told]] = {
    "there and back": ([lambda old: titled(old, "B"), lambda _: document()], []),
    "twice": (
        [lambda old: titled(old, "B"), lambda old: titled(old, "C")],
        [("changed", "item-1 title")],
    ),
    "added and removed": (
        [lambda old: members(old, "cyp", "tcd", "per"), lambda old: members(old, "cyp", "tcd")],
        [],
    ),
    "a State joined a list that then went": (
        [lambda old: members(old, "cyp", "tcd", "per"), without_list],
        [("removed", "list-1")],
    ),
    "a list that went and came back as it was": ([without_list, lambda _: document()], []),
    "a list that went and came back with another State": (
        [without_list, lambda _: members(document(), "cyp", "tcd", "per")],
        [("changed", "list-1")],
    ),
    "an item retitled, removed and back with its later title": (
        [
            lambda old: titled(old, "B"),
            without_item,
            lambda _: titled(document(), "B"),
        ],
        [("changed", "item-1 title")],
    ),
}


def publications(steps: list[Step]) -> list[list[Line]]:
    old, lines = document(), []
    for step in steps:
        new = step(old)
        lines.append(lines_between(old, new))
        old = new
    return lines


@pytest.mark.parametrize("walk", WALKS)
def test_the_lines_of_several_publications_are_composed(walk: str) -> None:
    steps, expected = WALKS[walk]

    assert told(composed(publications(steps))) == expected


def test_an_order_that_came_back_is_no_change_although_somebody_joined() -> None:
    at_first, turned, back = (
        members(document(), *codes, order="as_called")
        for codes in (("cyp", "tcd"), ("tcd", "cyp"), ("cyp", "tcd", "per"))
    )

    lines = [lines_between(at_first, turned), lines_between(turned, back)]

    assert told(composed(lines)) == [("joined", "list-1 delegations per")]


def test_a_line_held_back_stays_held_back() -> None:
    first, second = publications([lambda old: titled(old, "B"), lambda old: members(old, "cyp")])

    assert told(composed([held_back(first, {"item-1 title"}), second])) == [
        ("left", "list-1 delegations tcd")
    ]


def test_a_line_held_back_once_and_told_later_is_told_whole() -> None:
    first, second = publications([lambda old: at(old, 11), lambda old: at(old, 12)])

    line = one_of(composed([held_back(first, {"placement-1 time"}), second]), "placement-1 time")

    assert (line.before["start"], line.after["start"]) == ("10:00", "12:00")


KEPT = {
    "a list": (without_list, "8c4d292480a8be98"),
    "an item with its placement": (without_item, "067604e06e41f832"),
    "a break": (without_break, "36b797180a1cab82"),
}


@pytest.mark.parametrize(("change", "digest"), KEPT.values(), ids=KEPT)
def test_what_went_is_kept_as_it_has_always_been(
    change: Callable[[Document], Document], digest: str
) -> None:
    old = document()

    (line,) = (one for one in lines_between(old, change(old)) if not one.field)

    assert line.before == digest

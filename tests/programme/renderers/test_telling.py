"""Changes as sentences: each case is a small programme and what delegates read of its change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.utils.translation import override

from programme.comparing.change_lines import MEMBERS, TIME, Line, Named
from programme.comparing.changes import ORDER, subjects
from programme.comparing.composed_lines import composed
from programme.comparing.fields import field_of
from programme.comparing.lines.standing import TIMES
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.renderers.changes import count, groups, sentence
from programme.renderers.sentences import EVENTS, LISTS
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    NIGER,
    NORWAY,
    PERU,
    SECOND_DAY,
    TextLike,
    busy_days,
    day,
    document,
    intersessionals,
    item,
    named_list,
    open_list,
    panel,
    pause,
    placement,
    sitting,
    slot,
    speaker,
)

Document = ProgrammeDocument[Texts]

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def told(old: Document, new: Document, language: str = "en") -> list[tuple[str, list[str]]]:
    """Headings with their sentences; no-break spaces are spaces."""
    return [
        (one.heading, [str(each).replace("\u00a0", " ") for each in one.sentences])
        for one in groups(lines_between(old, new), language)
    ]


def only(old: Document, new: Document, language: str = "en") -> list[str]:
    """The sentences of the one group that changed."""
    ((_heading, sentences),) = told(old, new, language)
    return sentences


def titled(**titles: str) -> Document:
    return document(item(3, title=Texts.of(**titles)))


def lists(*held: Any) -> Document:
    """One item whose lists keep their ids, whoever stands in them."""
    kept = (replace(one, id=f"list-{place}") for place, one in enumerate(held))
    return document(item(3, title="Clearance", lists=tuple(kept)))


def placed(*hours: int | None, on: date = FIRST_DAY, half: str = "morning") -> Document:
    """One item in one of the four half-days of two days."""
    start, end = (time(one) if one else None for one in (*hours, None, None)[:2])
    one = item(3, title="Clearance")
    at = replace(placement(one), start=start, end=end)
    days = [
        day(
            each,
            *(
                replace(
                    sitting(*([at] if (each, part) == (on, half) else []), part=part),
                    id=f"{each} {part}",
                )
                for part in ("morning", "afternoon")
            ),
        )
        for each in (FIRST_DAY, SECOND_DAY)
    ]
    return document(one, timetable=days)


def placed_twice(again: int) -> Document:
    """One item on the first day, and again at an hour of the second."""
    one = item(3, title="Clearance")
    second = replace(placement(one, time(again)), id="again", is_continued=True)
    return document(one, timetable=[day(FIRST_DAY, placement(one)), day(SECOND_DAY, second)])


def held(start: int, end: int, **values: Any) -> Document:
    theme = panel(start=time(start), end=time(end), **values)
    return document(timetable=[day(theme.date, slot(theme))], panels=[theme])


def lunch(start: int, end: int) -> Document:
    return document(timetable=[day(FIRST_DAY, replace(pause(time(start), time(end)), id="lunch"))])


def spoken(**values: Any) -> Document:
    who = replace(speaker(**values), id="speaker")
    return document(item(3, presenters=[who]))


def seated(room: TextLike) -> Document:
    return document(timetable=[day(FIRST_DAY, sitting(room=room))])


CASES: dict[str, tuple[Document, Document, list[str]]] = {
    "a State more": (
        lists(named_list(CHAD), named_list(NIGER)),
        lists(named_list(CHAD, PERU), named_list(NIGER)),
        ["Peru added to the first list"],
    ),
    "several States more, in alphabetical order, and one less": (
        lists(named_list(NIGER)),
        lists(named_list(PERU, CHAD)),
        ["Chad and Peru added to the list", "Niger removed from the list"],
    ),
    "another room of a panel": (
        held(10, 11, room="Room A"),
        held(10, 11, room="Room B"),
        ["Room changed: Room B (before: Room A)"],
    ),
    "a room of a panel, in two languages": (
        held(10, 11),
        held(10, 11, room=Texts.of(en="Room B", fr="Salle B")),
        ["Room: Room B"],
    ),
    "a room of a panel, for readers of another language": (
        held(10, 11, room=Texts.of(en="Room B", fr="Sale B")),
        held(10, 11, room=Texts.of(en="Room B", fr="Salle B")),
        ["Room changed (French only)"],
    ),
    "no room of a panel any more": (
        held(10, 11, room="Room A"),
        held(10, 11),
        ["Room no longer given (before: Room A)"],
    ),
    "another room of a sitting": (
        seated("Room A"),
        seated("Room B"),
        [
            "Room changed, 18 June 2024, 10:00 – 13:00: Room B (before: Room A)",
        ],
    ),
    "another title": (titled(en="A"), titled(en="B"), ["Title changed"]),
    "a title in one language": (
        titled(en="A", fr="A"),
        titled(en="A", fr="B"),
        ["Title changed (French only)"],
    ),
    "a title in two of three languages": (
        titled(en="A", fr="A", ar="A"),
        titled(en="A", fr="B", ar="B"),
        ["Title changed (French and Arabic)"],
    ),
    "a title in all its languages": (
        titled(en="A", fr="A"),
        titled(en="B", fr="B"),
        ["Title changed"],
    ),
    "a first title": (titled(), titled(en="B"), ["Title added"]),
    "no title any more": (titled(en="B"), titled(), ["Title removed"]),
    "another hour": (placed(10), placed(15), ["Moved to 15:00 (before: 10:00)"]),
    "other hours on another day": (
        placed(10, 11),
        placed(15, 16, on=SECOND_DAY),
        ["Moved to 19 June 2024, 15:00 – 16:00 (before: 18 June 2024, 10:00 – 11:00)"],
    ),
    "another end": (
        placed(10, 11),
        placed(10, 12),
        ["Time changed to 10:00 – 12:00 (before: 10:00 – 11:00)"],
    ),
    "another half-day": (
        placed(),
        placed(half="afternoon"),
        ["Moved to 18 June 2024, afternoon (before: 18 June 2024, morning)"],
    ),
    "a time at last": (placed(), placed(10), ["Time fixed: 10:00"]),
    "no time any more": (placed(10), placed(), ["No time is fixed any more (before: 10:00)"]),
    "a panel": (
        held(11, 13),
        held(15, 17),
        ["Moved to 15:00 – 17:00 (before: 11:00 – 13:00)"],
    ),
    "a break, by its name": (
        lunch(13, 15),
        lunch(13, 14),
        [
            (
                "Lunch break: time changed to 18 June 2024, 13:00 – 14:00"
                " (before: 18 June 2024, 13:00 – 15:00)"
            )
        ],
    ),
    "a list that opens": (
        lists(named_list(CHAD)),
        lists(open_list("states_parties", "organisations")),
        [
            "Chad removed from the list",
            "Invitation changed in the list",
            "The list is open to States Parties and organisations",
        ],
    ),
    "a list that opens no more, also to others than those named above": (
        lists(replace(open_list("states_parties"), other_than_named=True)),
        lists(named_list(CHAD)),
        [
            "Chad added to the list",
            "Invitation changed in the list",
            "The list is only for the delegations that it names",
        ],
    ),
    "one of several places in the timetable, with its day": (
        placed_twice(10),
        placed_twice(11),
        ["Moved to 19 June 2024, 11:00 (before: 19 June 2024, 10:00)"],
    ),
    "a new list, without its names and notes": (
        lists(),
        lists(named_list(CHAD, invitation="States[^1] ({delegations}) will *speak*.")),
        ["Speaking list added: “States will speak.”"],
    ),
    "a new list that names delegations inside its sentence": (
        lists(),
        lists(named_list(CHAD, invitation="Then {delegations} will speak.")),
        ["Speaking list added: “Then … will speak.”"],
    ),
    "another function": (
        spoken(person="Jane Doe", function="Director"),
        spoken(person="Jane Doe", function="President"),
        ["Function changed: Jane Doe"],
    ),
    "another delegation": (
        spoken(of=NORWAY),
        spoken(of=CHAD),
        ["Delegation changed: Chad"],
    ),
    "another number": (
        document(replace(item(6, 2), id="item")),
        document(replace(item(6, 1), id="item")),
        ["Number changed: 6a, before 6b"],
    ),
    "a cancelled meeting": (
        document(),
        document(status="cancelled"),
        ["The meeting has been cancelled"],
    ),
    "another first day": (
        document(),
        document(starts_on=SECOND_DAY),
        ["The meeting begins on 19 June 2024 (before: 18 June 2024)"],
    ),
    "the zone of all times": (
        document(zone="Europe/Zurich"),
        document(zone="Africa/Addis_Ababa"),
        ["Time zone of all times changed: Addis Ababa (before: Zurich)"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_a_change_is_told_in_a_sentence(old: Document, new: Document, expected: list[str]) -> None:
    assert sorted(only(old, new)) == sorted(expected)


@pytest.mark.parametrize(
    ("language", "cities"),
    [
        ("fr", ("Addis-Abeba", "Zurich")),
        ("es", ("Adís Abeba", "Zúrich")),
        ("ar", ("أديس أبابا", "زيورخ")),
    ],
)
def test_a_zone_is_told_by_its_city_in_the_readers_language(
    language: str, cities: tuple[str, str]
) -> None:
    old, new = document(zone="Europe/Zurich"), document(zone="Africa/Addis_Ababa")

    (written,) = only(old, new, language)

    assert [one in written for one in cities] == [True, True]


def test_changes_stand_under_the_item_that_they_concern() -> None:
    old = document(item(3, title="Clearance"), item(6, title="President"))
    new = document(
        item(3, title="Mine clearance"), item(6, title="President", sub_items=[item(6, 1)])
    )

    assert told(old, new) == [
        ("Item 6a", ["Sub-item added"]),
        ("3. Mine clearance", ["Title changed"]),
    ]


def test_what_has_no_title_is_called_by_its_kind() -> None:
    old, new = held(11, 13), held(11, 12)
    before, after = lunch(13, 15), lunch(12, 15)

    assert [heading for heading, _ in told(old, new)] == ["Thematic panel, 19 June 2024, 11:00"]
    assert [heading for heading, _ in told(before, after)] == ["The meeting as a whole"]


ARABIC = {
    "hours from right to left": (
        placed(10, 11),
        placed(15, 16),
        "\u206715:00 – 16:00\u2069",
    ),
    "a name without a translation": (
        lists(),
        lists(named_list(CHAD, invitation="States will speak.")),
        "\u2066States will speak.\u2069",
    ),
}


@pytest.mark.parametrize(("old", "new", "part"), ARABIC.values(), ids=ARABIC)
def test_what_runs_the_other_way_is_isolated(old: Document, new: Document, part: str) -> None:
    (written,) = only(old, new, "ar")

    assert part in written


def test_a_sentence_knows_which_of_its_parts_are_in_another_language() -> None:
    (group,) = groups(lines_between(lists(), lists(named_list(CHAD, invitation="Speak."))), "fr")

    assert [(one.value, one.lang) for one in group.sentences[0].parts if one.is_fallback] == [
        ("Speak.", "en")
    ]


def test_one_line_is_told_as_in_its_group() -> None:
    (line,) = lines_between(titled(en="A"), titled(en="B"))

    assert sentence(line, "en") == "Title changed"


def test_changes_are_counted_as_they_are_told() -> None:
    old, new = lists(named_list(NIGER)), lists(named_list(PERU, CHAD))

    assert count(groups(lines_between(old, new), "en")) == 2


# --- every kind and field ------------------------------------------------------------------------


def told_fields() -> set[tuple[str, str]]:
    """Each kind of subject with each field that a change of it can be told of."""
    found = set()
    for programme in (intersessionals(), busy_days()):
        for one in subjects(programme).values():
            names = {TIME if name in TIMES else name for name in one.own}
            if one.kind in {"item", "panel", "meeting", "sitting", "list"}:
                names.add(ORDER)
            if one.kind in {"item", "list", "speaker", "placement"}:
                names.add("place")
            found |= {(one.kind, name) for name in names if field_of(one.kind, name).is_told}
    return found


@pytest.mark.parametrize(("kind", "field"), sorted(told_fields()))
def test_every_field_has_a_sentence(kind: str, field: str) -> None:
    said = field_of(kind, field)
    members = {(kind, "joined"), (kind, "left")} <= EVENTS.keys()

    assert said.changed or said.values or field == TIME or (field == MEMBERS and members), (
        f"programme/comparing/fields.py: FIELDS[{kind!r}] has no sentence for {field}"
    )


def test_all_kinds_of_subjects_are_among_them() -> None:
    kinds = {"meeting", "item", "list", "speaker", "panel", "sitting", "placement", "break"}

    assert {kind for kind, _ in told_fields()} == kinds
    assert len(told_fields()) > 45


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Other details changed"),
        ("fr", "Autres éléments modifiés"),
        ("es", "Otros datos modificados"),
        ("ar", "تغيير تفاصيل أخرى"),
    ],
)
def test_a_field_that_is_not_known_is_told_all_the_same(language: str, told: str) -> None:
    named = Named("item", "item-3", Texts.of(en="3"), Texts.of(en="Clearance"))
    line = Line(named, named, field="newer", before=1, after=2)

    assert sentence(line, language) == told


@pytest.mark.parametrize("number", [0, 1, 8, 9, 30])
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_list_has_a_phrase(number: int, language: str) -> None:
    (line,) = lines_between(lists(named_list(CHAD)), lists(named_list(CHAD, PERU)))

    written = sentence(replace(line, number=number), language)

    with override(language):
        phrase = str(LISTS[number]) if number < len(LISTS) else str(number)
    assert phrase in written


def test_what_came_and_went_again_is_not_told() -> None:
    first, second = lists(named_list(CHAD)), lists(named_list(CHAD, PERU))

    both = [lines_between(first, second), lines_between(second, first)]

    assert groups(composed(both), "en") == []

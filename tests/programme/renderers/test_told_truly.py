"""What delegates are told is what happened, and each reader is told what is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from functools import cache
from itertools import pairwise, permutations
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from programme.comparing.change_lines import FIRST_TIMETABLE, TAKEN, Line
from programme.comparing.changes import subjects, within
from programme.comparing.composed_lines import composed
from programme.comparing.fields import FIELDS, field_of
from programme.comparing.lines.covering import worth_telling
from programme.comparing.lines.turns import turns
from programme.comparing.lines.writing import lines_between
from programme.document.delegation_points import points_of
from programme.document.nodes import LANGUAGES, PanelSlot, Placement, Sitting, Texts
from programme.pages.notice import notice_of
from programme.renderers import sentences as say
from programme.renderers.changes import groups
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    NIGER,
    PERU,
    busy_days,
    day,
    document,
    in_english,
    intersessionals,
    item,
    named_list,
    panel,
    placement,
    sitting,
    slot,
    versions_in_turn,
)
from tests.programme.comparing.test_every_field import NODES, edits
from tests.programme.conftest import Publish
from tests.programme.edits import EDITS, Document, public, without_sitting
from tests.programme.html import Page

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
MEETING = "meetings/2024-intersessional-meetings"


def told(old: Document, new: Document, language: str = "en") -> list[str]:
    """Every sentence, with its heading in front."""
    return told_of(lines_between(old, new), language)


def told_of(lines: list[Line], language: str) -> list[str]:
    """The same of lines."""
    return [
        f"{group.heading}: {one}".translate(ISOLATES).replace("\u00a0", " ")
        for group in groups(lines, language)
        for one in group.sentences
    ]


# --- nothing moves to where it was -------------------------------------------------------------


@cache
def of_two_sides(language: str) -> tuple[re.Pattern[str], ...]:
    """The sentences of a language that say what holds and what held before, as patterns."""
    tables = (say.EVENTS, say.MOVES, say.MOVES_BY_NAME)
    said: list[Any] = [one for table in tables for one in table.values()]
    said += [one for fields in FIELDS.values() for field in fields.values() for one in field.all()]
    with override(language):
        told = [str(one).replace("\u00a0", " ") for one in said]
    patterns = (re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(one)) for one in told)
    return tuple(re.compile(one) for one in patterns if "<before>" in one and "<after>" in one)


def says_the_same_twice(old: Document, new: Document) -> list[str]:
    """The sentences in which something is now what it was."""
    lines = lines_between(old, new)
    return [
        f"{language}: {sentence}"
        for language in LANGUAGES
        for sentence in told_of(lines, language)
        for pattern in of_two_sides(language)
        if (found := pattern.search(sentence)) and found["before"] == found["after"]
    ]


def test_every_language_has_sentences_of_two_sides() -> None:
    ours = len(of_two_sides("en"))

    assert ours > 0
    assert {len(of_two_sides(one)) for one in LANGUAGES} == {ours}


def own_points(of: Document, code: str) -> set[tuple[str, str, frozenset[object]]]:
    """Where a delegation is named and when that is, by ids: what its page is read for."""
    found = points_of(in_english(of), code)
    named = [(one.item.id, one.list.id, one.occasions) for one in found.named] if found else []
    roles = [(one.speaker.id, "", one.occasions) for one in found.roles] if found else []
    return {
        (key, within_it, frozenset((one.date, one.start, one.end) for one in occasions))
        for key, within_it, occasions in (*named, *roles)
    }


@pytest.mark.parametrize("name", EDITS)
def test_whoever_is_named_elsewhere_or_at_another_hour_is_told(name: str) -> None:
    edited = EDITS[name](public())
    steps = [
        *permutations((public(), edited)),
        *((edited, edit(edited)) for edit in EDITS.values()),
    ]

    for old, new in steps:
        lines = lines_between(old, new)
        told = {code for line in lines for code in line.codes}
        gone = {code for one in lines if one.field == "" and not one.after for code in one.codes}
        for code in (one.code for one in old.delegations):
            was, now = own_points(old, code), own_points(new, code)
            assert was == now or code in told, (code, was, now)
            # "Item removed" is not for those whose part of it stands elsewhere.
            assert code not in gone or was != now


@pytest.mark.parametrize("name", EDITS)
def test_no_edit_is_told_as_a_move_to_where_it_was(name: str) -> None:
    edited = EDITS[name](public())
    pairs = [
        *permutations((public(), edited)),
        *((edit(edited), edited) for edit in EDITS.values()),
    ]

    assert [said for pair in pairs for said in says_the_same_twice(*pair)] == []


def first_met(of: Document) -> dict[str, tuple[Any, Any]]:
    """The day and hour at which each item and panel stands first in a timetable."""
    met: dict[str, tuple[Any, Any]] = {}
    for on, held, entry in of.entries():
        hour = entry.start or (held and held.start)
        if isinstance(entry, PanelSlot | Placement):
            key = entry.item_id if isinstance(entry, Placement) else entry.id
            met.setdefault(key, (on.date, hour))
    return met


def is_before(of: Document, one: str, other: str) -> bool:
    """Whether one is taken up before another: by the clock, else as the programme has them."""
    met = first_met(of)
    order = [*met, *(item.id for item in of.items() if item.id not in met)]
    (day_of_one, at), (day_of_other, other_at) = (
        met.get(each, (None, None)) for each in (one, other)
    )
    if at and other_at and (day_of_one, at) != (day_of_other, other_at):
        return (day_of_one, at) < (day_of_other, other_at)
    return order.index(one) < order.index(other)


@pytest.mark.parametrize("name", EDITS)
def test_what_is_told_as_taken_before_another_is_so_and_was_not(name: str) -> None:
    edited = EDITS[name](public())
    walks = [
        *permutations((public(), edited)),
        *((public(), edited, edit(edited)) for edit in EDITS.values()),
    ]

    for walk in walks:
        lines = composed(lines_between(*two) for two in pairwise(walk))
        for turn in (
            one for line in worth_telling(lines) if line.field == TAKEN for one in turns(line)
        ):
            pair = turn.moved.id, turn.beside.id
            assert is_before(walk[-1], *pair) == turn.is_earlier
            assert is_before(walk[0], *pair) != turn.is_earlier


@pytest.mark.parametrize("name", EDITS)
def test_days_that_are_told_as_fixed_are_those_of_the_items_and_there_were_none(name: str) -> None:
    untimed = replace(public(), timetable=())
    edited = EDITS[name](public())

    for walk in ((untimed, edited), (untimed, public(), edited), (public(), edited)):
        lines = worth_telling(composed(lines_between(*two) for two in pairwise(walk)))
        fixed = [one.after["days"] for one in lines if one.field == FIRST_TIMETABLE]
        days = sorted({on.date.isoformat() for on, *_ in walk[-1].placements()})
        assert fixed == ([days] if walk[0] is untimed and days else [])


@pytest.mark.parametrize("kind", NODES, ids=lambda one: one.__name__)
def test_no_other_value_of_a_field_is_told_as_a_move_to_where_it_was(kind: type) -> None:
    wrong = [
        f"{name}: {said}"
        for programme in (intersessionals(), busy_days(), with_a_panel_in_a_sitting())
        for name, other in edits(programme, kind)
        for pair in permutations((programme, other))
        for said in says_the_same_twice(*pair)
    ]

    assert wrong == []


def with_a_panel_in_a_sitting() -> Document:
    """An item and a panel with hours of their own, in the afternoon's sitting."""
    one = item(7, title="Thematic discussions")
    theme = panel(on=FIRST_DAY, start=time(16), end=time(17))
    held = sitting(
        *(placement(one, time(15), time(18)), slot(theme)),
        part="afternoon",
        start=time(15),
        end=time(18),
    )
    return document(one, item(8), timetable=[day(FIRST_DAY, held)], panels=[theme])


def test_of_a_sitting_that_is_gone_only_its_own_end_is_told() -> None:
    old = with_a_panel_in_a_sitting()
    new = without_sitting("sitting-afternoon")(old)

    assert told(old, new) == [
        "The meeting as a whole: Sitting removed: 18 June 2024, 15:00 – 18:00"
    ]
    assert told(new, old) == ["The meeting as a whole: Sitting added: 18 June 2024, 15:00 – 18:00"]


@pytest.mark.parametrize(("is_panel", "owner"), [(False, "7. Thematic"), (True, "Thematic panel")])
def test_what_leaves_a_sitting_that_stays_is_told_as_that(*, is_panel: bool, owner: str) -> None:
    old = with_a_panel_in_a_sitting()
    (held,) = old.timetable[0].entries
    assert isinstance(held, Sitting)
    out = [one for one in held.entries if isinstance(one, PanelSlot) == is_panel]
    kept = [one for one in held.entries if one not in out]
    new = replace(old, timetable=(day(FIRST_DAY, replace(held, entries=tuple(kept)), *out),))

    (left,), (joined,) = told(old, new), told(new, old)

    assert left.startswith(owner)
    assert left.endswith(": No longer part of a sitting")
    assert joined.endswith(": Now part of a sitting")


def test_a_sitting_of_another_part_of_the_day_says_which() -> None:
    old = with_a_panel_in_a_sitting()
    (held,) = old.timetable[0].entries
    assert isinstance(held, Sitting)
    new = replace(old, timetable=(day(FIRST_DAY, replace(held, part="second_half")),))

    assert told(old, new) == [
        (
            "The meeting as a whole: Sitting: now 18 June 2024, second half of the day,"
            " 15:00 – 18:00 (before: 18 June 2024, afternoon, 15:00 – 18:00)"
        )
    ]


def test_a_number_that_is_another_in_arabic_alone_is_no_other_number_elsewhere() -> None:
    new = EDITS["a number in Arabic alone"](public())

    assert told(public(), new) == ["Item 3: Number changed (Arabic only)"]
    (said,) = told(public(), new, "ar")
    assert said.endswith("3 مكرر، وكان 3") or ("3 مكرر" in said and "(" not in said)


def test_a_zone_by_another_of_its_names_is_told_to_nobody() -> None:
    old, new = (document(zone=f"Asia/{one}") for one in ("Calcutta", "Kolkata"))

    assert told(old, new) == []


# --- one order everywhere ----------------------------------------------------------------------


def jumbled() -> tuple[Document, Document]:
    """A change of the meeting, of item 4's hour, of items 5, 7 and 10, and an item removed."""
    numbers = (4, 5, 7, 8, 10)
    items = {n: replace(item(n, title=f"Item of {n}"), id=f"item-{n}") for n in numbers}

    def made(hour: int, name: str, gone: int = 0, **titles: str) -> Document:
        agenda = [
            replace(one, title=Texts.of(en=titles.get(f"t{n}", f"Item of {n}")))
            for n, one in items.items()
            if n != gone
        ]
        at = replace(placement(items[4], time(hour)), id="at")
        return document(
            *agenda,
            timetable=[day(FIRST_DAY, at)],
            name=Texts.of(en=name),
        )

    return made(10, "Meetings"), made(11, "The Meetings", 8, t5="V", t7="VII", t10="X")


def headings(text: str, known: list[str]) -> list[str]:
    """Headings in the order in which a text has them."""
    return sorted((one for one in known if one in text), key=text.index)


def test_a_notice_tells_changes_in_the_order_of_the_public_page(publish: Publish) -> None:
    old, new = jumbled()
    _first, last = versions_in_turn(old, new)
    publish(_first, last)
    page = Page(Client().get(f"/en/{MEETING}/changes/").content.decode())
    on_page = [re.sub(r"^(\d+) ", r"\1. ", one.text) for one in page.all("h3")]

    text = notice_of(last.edition(), "en").text

    assert len(on_page) == 6
    assert [one.heading for one in groups(last.lines, "en")] == on_page
    assert headings(text, on_page) == on_page


# --- languages ---------------------------------------------------------------------------------


def titled(**titles: str) -> Document:
    return document(item(3, title=Texts.of(**titles)))


LANGUAGES_TOLD = {
    "added in Arabic alone": ({}, {"ar": "م"}, "Title added (Arabic only)"),
    "added in English": ({}, {"en": "A"}, "Title added"),
    "added in all": ({}, dict.fromkeys(LANGUAGES, "A"), "Title added"),
    "added in two": ({}, {"fr": "A", "ar": "A"}, "Title added (French and Arabic)"),
    "first translated": (
        {"en": "A"},
        {"en": "A", "fr": "B", "es": "B", "ar": "B"},
        "Title added (French, Spanish, and Arabic)",
    ),
    "one changed, one first translated": (
        {"en": "A", "fr": "A"},
        {"en": "A", "fr": "B", "ar": "B"},
        "Title changed (French only); title added (Arabic only)",
    ),
    "translated no more": ({"en": "A", "es": "A"}, {"en": "A"}, "Title removed (Spanish only)"),
    "gone where it stood in Arabic alone": ({"ar": "A"}, {}, "Title removed (Arabic only)"),
    "gone": ({"en": "A", "es": "A"}, {}, "Title removed"),
    "changed in both that it has, without English": (
        {"fr": "A", "ar": "A"},
        {"fr": "B", "ar": "B"},
        "Title changed (French and Arabic)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LANGUAGES_TOLD)
def test_a_sentence_names_the_languages_that_it_holds_for(case: str) -> None:
    was, now, expected = LANGUAGES_TOLD[case]

    (said,) = told(titled(**was), titled(**now))

    assert said.partition(": ")[2] == expected


def texts_of_nodes() -> Iterator[tuple[str, str]]:
    """Each kind of subject with each field that is a text, or holds some, and is told of."""
    yield "meeting", "follows"
    for programme in (intersessionals(), busy_days()):
        for one in subjects(programme).values():
            for name, value in one.own.items():
                if not field_of(one.kind, name).is_told:
                    continue
                if (isinstance(value, Texts) or within(value)) and name != "names":
                    yield one.kind, name


@pytest.mark.parametrize(("kind", "field"), sorted(set(texts_of_nodes())))
def test_every_text_can_come_and_go(kind: str, field: str) -> None:
    said = field_of(kind, field)

    assert said.came, f"programme/comparing/fields.py: what is said where {kind} {field} came?"
    assert said.went, f"programme/comparing/fields.py: what is said where {kind} {field} went?"


def test_a_state_renamed_in_one_language_is_named_with_the_language() -> None:
    lists = [replace(named_list(NIGER), id="a"), replace(named_list(PERU, CHAD), id="b")]
    old = document(item(3, title="Clearance", lists=lists))
    spanish = replace(CHAD, name=Texts({**CHAD.name.wordings, **Texts.of(es="El Chad").wordings}))
    known = tuple(spanish if one.code == "tcd" else one for one in old.delegations)

    new = replace(old, delegations=known)

    assert told(old, new) == [
        "3. Clearance: Name of a delegation changed in the second list: Chad (Spanish only)"
    ]
    (line,) = lines_between(old, new)
    assert line.codes == ("tcd",)


def test_of_what_has_texts_within_the_language_is_named_too() -> None:
    old = document()
    venue: Any = old.meeting.venue
    address = Texts({**venue.address.wordings, **Texts.of(es="Avenida").wordings})
    new = document(venue=replace(venue, address=address))

    assert told(old, new) == ["The meeting as a whole: Venue changed (Spanish only)"]


def test_another_state_of_a_text_within_is_no_change() -> None:
    old = document()
    venue: Any = old.meeting.venue
    machine = Texts({k: replace(w, provenance="machine") for k, w in venue.name.wordings.items()})

    assert told(old, document(venue=replace(venue, name=machine))) == []


# --- marks -------------------------------------------------------------------------------------

BOTH = {"en": "A", "fr": "A"}
MARKED = {
    "in French alone": (BOTH, {"en": "A", "fr": "B"}, {"fr"}),
    "in English, which others read too": (BOTH, {"en": "B", "fr": "A"}, {"en", "es", "ar"}),
    "first translated": ({"en": "A"}, {"en": "A", "ar": "B"}, {"ar"}),
    "in all": (BOTH, {"en": "B", "fr": "B"}, set(LANGUAGES)),
    "a first text in Arabic, which all read": ({}, {"ar": "B"}, set(LANGUAGES)),
}


@pytest.mark.parametrize("case", MARKED)
def test_a_page_is_marked_in_the_languages_in_which_it_changed(publish: Publish, case: str) -> None:
    was, now, expected = MARKED[case]
    publish(*versions_in_turn(titled(**was), titled(**now)))

    for path in ("", "items/3/"):
        marked = {
            language
            for language in LANGUAGES
            if 'class="change"' in Client().get(f"/{language}/{MEETING}/{path}").content.decode()
        }
        assert marked == expected, path


def test_beside_a_language_in_which_it_changed_a_page_is_marked(publish: Publish) -> None:
    publish(*versions_in_turn(titled(en="A", fr="A"), titled(en="A", fr="B")))

    read = Client().get(f"/en/{MEETING}/items/3/?with=fr").content.decode()

    assert 'class="change"' in read


def test_the_changes_still_tell_every_reader_of_every_language(publish: Publish) -> None:
    publish(*versions_in_turn(titled(en="A", fr="A"), titled(en="A", fr="B")))

    assert "Title changed (French only)" in Client().get(f"/en/{MEETING}/changes/").content.decode()

"""What weighs more is told first; every kind of change has a weight, whatever its age."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from programme.comparing.change_lines import TIME, Line, Named
from programme.comparing.changes import ORDER
from programme.comparing.fields import FIELDS
from programme.comparing.lines.standing import TIMES
from programme.comparing.lines.weights import OF_FIELDS, OF_KINDS, Weight, weight_of, weight_of_kind
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import Texts
from programme.renderers.changes import groups
from programme.renderers.sentences import EVENTS
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    PERU,
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
from tests.programme.test_fields import told_fields

KINDS = {"sub-item": "item", "conditional list": "list", "side event": "panel"}
"""Kinds in the tables of sentences that are a subject of another kind."""


def happenings() -> list[tuple[str, str]]:
    """Each kind of subject with each field of the registry, and with what may become of it."""
    found = {(kind, name) for kind, named in FIELDS.items() for name in named}
    found |= {*EVENTS, *told_fields()}
    found |= {(kind, name) for kind in ("placement", "panel", "sitting") for name in (TIME, *TIMES)}
    return sorted({(KINDS.get(kind, kind), name) for kind, name in found})


@pytest.mark.parametrize(("kind", "name"), happenings())
def test_everything_that_may_change_has_a_weight(kind: str, name: str) -> None:
    assert weight_of_kind(kind, name) is not None, (
        f"programme/comparing/lines/weights.py: what does a change of {name} of a {kind} weigh?"
    )


def test_nothing_has_a_weight_that_cannot_change() -> None:
    known = happenings()

    assert set(OF_KINDS) <= {*known, ("speaker", "moved elsewhere")}
    assert {name for name in OF_FIELDS if name not in {one for _kind, one in known}} <= {
        *("date", "part", "start", "end", "sitting", "moved elsewhere"),
        *("order of being taken up", "days and times"),
    }


STATUSES = {
    ("planned", "cancelled"): Weight.CANCELLED,
    ("planned", "postponed"): Weight.POSTPONED,
    ("postponed", "cancelled"): Weight.CANCELLED,
    ("cancelled", "postponed"): Weight.POSTPONED,
    ("cancelled", "planned"): Weight.CANCELLED,
    ("postponed", "planned"): Weight.POSTPONED,
    ("cancelled", "announced"): Weight.CANCELLED,
}


@pytest.mark.parametrize(("was", "now"), STATUSES)
def test_whether_something_is_held_weighs_by_what_it_says(was: str, now: str) -> None:
    named = Named("panel", "panel", Texts(), Texts())

    line = Line(named, named, field="status", before=was, after=now)

    assert weight_of(line) == STATUSES[was, now]


def test_a_line_of_a_field_that_nobody_knows_is_sorted_all_the_same() -> None:
    named = Named("item", "item", Texts(), Texts())

    assert weight_of(Line(named, named, field="older", before=1, after=2)) == Weight.WORDS


def everything(*, is_new: bool) -> Document:
    """Items of which each changes in one way, from the lightest to the heaviest."""
    words = "new" if is_new else "old"
    held = replace(named_list(*((CHAD, PERU) if is_new else (CHAD,))), id="list")
    who = replace(speaker(person=words), id="who")
    items = [
        replace(item(1, title="A", text=words), id="1"),
        replace(item(2, title=words), id="2"),
        replace(item(3, title="C", presenters=[who]), id="3"),
        replace(item(4, title="D", lists=[held]), id="4"),
        replace(item(5, title="E"), id="5"),
        replace(item(6, title="F", text=words), id="6"),
    ]
    items[5] = replace(items[5], status="cancelled" if is_new else "planned")
    room = Texts.of(en=f"Room {words}")
    theme = panel(title="Theme", on=FIRST_DAY, start=time(15), end=time(16))
    theme = replace(theme, room=room)
    off = panel(title="Off", on=FIRST_DAY, start=time(16), end=time(17))
    off = replace(off, id="off", slug="off", status="postponed" if is_new else "planned")
    at = replace(placement(items[4], time(11 if is_new else 10)), id="at")
    half = replace(sitting(at), id="half")
    return document(
        *items,
        timetable=[day(FIRST_DAY, half, slot(theme), slot(off))],
        panels=[theme, off],
    )


IN_TURN = ["6. F", "Off", "5. E", "Theme", "4. D", "3. C", "Item 2", "1. A"]


def test_what_weighs_most_is_told_first_of_all_and_in_each_item() -> None:
    lines = lines_between(everything(is_new=False), everything(is_new=True))

    told = groups(lines, "en")

    headings = [one.heading.replace("2. new", "Item 2") for one in told]
    assert headings == IN_TURN
    (first, *_others) = told
    assert [str(one) for one in first.sentences] == ["The item has been cancelled", "Text changed"]
    weights = [one.weight for one in told]
    assert weights == sorted(weights)
    assert set(weights) == set(Weight)


def test_of_the_same_weight_the_order_of_the_programme_holds() -> None:
    old, new = (document(*(item(n, title=one) for n in (1, 2, 3))) for one in "AB")

    assert [one.heading for one in groups(lines_between(old, new), "en")] == [
        "1. B",
        "2. B",
        "3. B",
    ]
    assert ORDER in OF_FIELDS

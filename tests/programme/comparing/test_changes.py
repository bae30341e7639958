from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from programme.comparing.changes import ORDER, changes
from programme.document.nodes import Break, PanelSlot, Placement, Sitting, Texts, Wording
from programme.document.programme import ProgrammeDocument
from tests.programme.stored import document, state

Document = ProgrammeDocument[Texts]


def item(changed: Document, place: int, **values: Any) -> Document:
    agenda = list(changed.agenda)
    agenda[place] = replace(agenda[place], **values)
    return replace(changed, agenda=tuple(agenda))


def first_list(changed: Document, **values: Any) -> Document:
    lists = changed.agenda[0].lists
    return item(changed, 0, lists=(replace(lists[0], **values), *lists[1:]))


def first_sitting(changed: Document, **values: Any) -> Document:
    day = changed.timetable[0]
    sitting = next(one for one in day.entries if isinstance(one, Sitting))
    entries = tuple(replace(sitting, **values) if one is sitting else one for one in day.entries)
    return replace(changed, timetable=(replace(day, entries=entries), *changed.timetable[1:]))


def later(changed: Document) -> Document:
    sitting = next(one for one in changed.timetable[0].entries if isinstance(one, Sitting))
    entries = tuple(
        replace(one, start=time(11), end=time(12)) if isinstance(one, Placement) else one
        for one in sitting.entries
    )
    return first_sitting(changed, entries=entries)


def untimed(changed: Document) -> tuple[Any, ...]:
    """Two placements without times."""
    sitting = next(one for one in changed.timetable[0].entries if isinstance(one, Sitting))
    first = next(one for one in sitting.entries if isinstance(one, Placement))
    first = replace(first, start=None, end=None)
    return (first, replace(first, id="placement-2", item_id="item-2"))


def with_untimed(changed: Document) -> Document:
    return first_sitting(changed, entries=untimed(changed))


def panel_apart(changed: Document) -> Document:
    day = changed.timetable[0]
    sitting = next(one for one in day.entries if isinstance(one, Sitting))
    slots = tuple(one for one in sitting.entries if isinstance(one, PanelSlot))
    others = tuple(one for one in sitting.entries if not isinstance(one, PanelSlot))
    entries = (replace(sitting, entries=others), *slots, *day.entries[1:])
    return replace(changed, timetable=(replace(day, entries=entries),))


CASES: dict[str, tuple[Callable[[Document], Document], list[tuple[str, str, tuple[str, ...]]]]] = {
    "nothing": (lambda old: old, []),
    "a title": (
        lambda old: item(old, 0, title=Texts.of(en="Another title")),
        [("changed", "item", ("title",))],
    ),
    "a translation": (
        lambda old: item(
            old, 0, title=Texts({**old.agenda[0].title.wordings, "fr": Wording("Titre")})
        ),
        [("changed", "item", ("title",))],
    ),
    "a State left a list": (
        lambda old: first_list(old, entries=old.agenda[0].lists[0].entries[1:]),
        [("changed", "list", ("delegations",))],
    ),
    "an alphabetical list in another order of rows": (
        lambda old: first_list(old, entries=old.agenda[0].lists[0].entries[::-1]),
        [],
    ),
    "another hour": (later, [("changed", "placement", ("end", "start"))]),
    "a panel moved into no sitting": (panel_apart, [("changed", "panel", ("sitting",))]),
    "a State of a list renamed": (
        lambda old: replace(
            old, delegations=(state("cyp", {"en": "Republic of Cyprus"}), *old.delegations[1:])
        ),
        [("changed", "list", ("names",))],
    ),
    "another State renamed": (
        lambda old: replace(
            old, delegations=(*old.delegations, state("per", {"en": "Republic of Peru"}))
        ),
        [],
    ),
    "a sitting's window": (
        lambda old: first_sitting(old, end=time(12, 30)),
        [("changed", "sitting", ("end",))],
    ),
    "items in another order": (
        lambda old: replace(old, agenda=old.agenda[::-1]),
        [("changed", "meeting", (ORDER,))],
    ),
    "an item gone, with all beneath it": (
        lambda old: replace(old, agenda=old.agenda[1:], timetable=()),
        [("removed", "item", ()), ("removed", "sitting", ()), ("removed", "break", ())],
    ),
    "the words": (lambda old: replace(old, words={}), []),
    "the meeting's dates": (
        lambda old: replace(old, meeting=replace(old.meeting, status="postponed")),
        [("changed", "meeting", ("status",))],
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES.keys())
def test_changes_are_told_by_subject_and_field(
    change: Callable[[Document], Document], expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    old = document()

    found = changes(old, change(old))

    assert [(one.what, one.subject.kind, tuple(sorted(one.fields))) for one in found] == expected


def test_another_order_of_what_has_no_times_is_a_change_of_its_sitting() -> None:
    old = with_untimed(document())
    new = first_sitting(old, entries=untimed(old)[::-1])

    found = changes(old, new)

    assert [(one.what, one.subject.kind, one.fields) for one in found] == [
        ("changed", "sitting", (ORDER,))
    ]


def test_an_added_item_is_told_once_not_with_all_beneath_it() -> None:
    new = document()
    old = replace(new, agenda=new.agenda[1:], timetable=())

    added = [one for one in changes(old, new) if one.subject.kind in ("item", "list", "speaker")]

    assert [(one.what, str(one.subject.label.in_language("en"))) for one in added] == [
        ("added", "1")
    ]


def test_against_nothing_everything_is_new() -> None:
    new = document()

    assert {one.what for one in changes(None, new)} == {"added"}


def test_breaks_are_subjects_of_their_own() -> None:
    old = document()
    day = old.timetable[0]
    entries = tuple(one for one in day.entries if not isinstance(one, Break))

    found = changes(old, replace(old, timetable=(replace(day, entries=entries),)))

    assert [(one.what, one.subject.kind) for one in found] == [("removed", "break")]

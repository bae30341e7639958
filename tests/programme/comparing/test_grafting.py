"""What a graft needs and how it is put together; `test_walks` has its laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from programme.comparing.grafting import NeedsSubjectError, grafted
from programme.document.nodes import Placement, Texts
from tests.programme.builders import (
    PERU,
    item,
)
from tests.programme.edits import (
    AFTERNOON,
    AT_HALF_PAST,
    AT_TEN,
    CONTINUED,
    EDITS,
    EVENING,
    FIRST,
    MALTA,
    MORNING,
    NEW,
    OF_SUB_ITEM,
    SECOND,
    THEME,
    THIRD,
    Document,
    by_number,
    found,
    one_after_another,
    public,
    renamed,
    with_items,
    with_values,
)


def meeting_id() -> str:
    return public().meeting.id


def needed_with(key: str, old: Document, draft: Document) -> list[str]:
    try:
        grafted(old, draft, [key])
    except NeedsSubjectError as error:
        return [one.id for one in error.needed]
    return []


# --- what goes together ------------------------------------------------------------------------

NEEDS: list[tuple[str, str, list[str]]] = [
    ("the opening retitled", FIRST.id, []),
    ("a new item with a place", NEW.id, []),
    ("a new item with a place", f"placement-4-{time(12)}", [NEW.id]),
    ("a new item with a place", NEW.lists[0].id, [NEW.id]),
    ("a new item in a new sitting", NEW.id, [EVENING]),
    ("a new item in a new sitting", EVENING, []),
    ("numbers exchanged", FIRST.id, [meeting_id(), SECOND.id]),
    ("a new item between", "between", [SECOND.id, THIRD.id]),
    ("an item with another number", "item-3b-id", [THIRD.id]),
    ("an item with another number", THIRD.id, []),
    ("an item gone", SECOND.id, []),
    ("a sub-item under a new item", "item-3b-id", [NEW.id]),
    ("another sitting", AT_HALF_PAST, []),
    ("a sitting on another day", AFTERNOON, []),
    ("a sitting on another day", CONTINUED, [AFTERNOON]),
    ("a sitting on another day", SECOND.id, []),
    ("a sitting gone", AFTERNOON, [CONTINUED, OF_SUB_ITEM]),
    ("a sitting gone", CONTINUED, []),
    ("a panel into a new sitting", THEME.id, [EVENING]),
    ("a day more", f"placement-1-{None}", [meeting_id()]),
    ("a day more", meeting_id(), []),
]


@pytest.mark.parametrize(("edit", "alone", "needed"), NEEDS)
def test_a_subject_says_what_it_cannot_be_public_without(
    edit: str, alone: str, needed: list[str]
) -> None:
    old = public()

    assert needed_with(alone, old, EDITS[edit](old)) == needed


def test_a_refusal_names_what_was_asked_for_and_the_subjects_that_it_needs() -> None:
    draft = EDITS["a new item in a new sitting"](public())

    with pytest.raises(NeedsSubjectError) as refusal:
        grafted(public(), draft, [FIRST.id, NEW.id])

    assert refusal.value.subject_id == NEW.id
    assert [(one.kind, one.id) for one in refusal.value.needed] == [("sitting", EVENING)]


def test_a_new_item_comes_to_its_place_and_others_keep_their_order() -> None:
    draft = by_number(with_items(replace(item(2), id="new", slug="2b", number=22))(public()))
    shuffled = replace(draft, agenda=(draft.agenda[3], *draft.agenda[:3]))  # 3, 1, 2, 2b

    result = grafted(public(), shuffled, ["new"])

    assert [one.slug for one in result.agenda] == ["1", "2", "2b", "3"]


def test_a_placement_stands_at_its_hour_among_what_is_public() -> None:
    earlier = with_values(AT_HALF_PAST, Placement, start=time(9))(public())
    draft = with_values(AT_TEN, Placement, start=time(9, 30), end=None)(earlier)

    result = grafted(public(), draft, [AT_TEN])

    morning = found(result, MORNING)
    assert [(one.id, one.start) for one in morning.entries] == [
        (AT_TEN, time(9, 30)),
        (AT_HALF_PAST, time(10, 30)),
    ]


def test_a_delegation_is_named_anew_where_a_selected_list_names_it() -> None:
    draft = one_after_another(renamed, EDITS["the opening retitled"])(public())

    def name_in(result: Document) -> Any:
        return next(one.name for one in result.delegations if one.code == "per")

    assert name_in(grafted(public(), draft, [FIRST.id])) == PERU.name
    assert name_in(grafted(public(), draft, [SECOND.id])) == Texts.of(en="Republic of Peru")


def test_the_directory_grows_and_forgets_whom_nothing_names() -> None:
    names = {one.code for one in public().delegations}
    norway = next(one for one in public().delegations if one.code == "nor")
    known = tuple(one for one in public().delegations if one not in (norway, PERU))
    draft = replace(EDITS["the opening retitled"](public()), delegations=(*known, MALTA))

    result = grafted(public(), draft, [FIRST.id])

    assert {one.code for one in result.delegations} == names - {"nor"} | {"mlt"}

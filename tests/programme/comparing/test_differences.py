from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from programme.comparing.changes import ORDER
from programme.comparing.differences import (
    MOST_CHANGES,
    FieldDifference,
    Run,
    SubjectDifference,
    differences_between,
    runs_between,
)
from programme.document.nodes import ListEntry, Placement, Sitting, Texts, Wording
from programme.document.programme import ProgrammeDocument
from tests.programme.builders import busy_days, document, intersessionals, item, named_list, panel
from tests.programme.steps import steps_of

Document = ProgrammeDocument[Texts]

RUNS: list[tuple[str, str, str]] = [
    ("", "", ""),
    ("", "All new", "+All new+"),
    ("All gone", "", "-All gone-"),
    ("The same", "The same", "The same"),
    ("at 10:00 today", "at 10:30 today", "at -10:00-+10:30+ today"),
    ("Chad and Peru", "Chad, and Peru", "Chad+,+ and Peru"),
    ("will be invited", "are going to be invited", "-will-+are going to+ be invited"),
    ("One old phrase here", "One new sentence here", "One -old phrase-+new sentence+ here"),
    ("L’article 5", "L’article 6", "L’article -5-+6+"),
    ("le Perou", "le Pérou", "le -Perou-+Pérou+"),
    ("Pe\u0301rou dit", "Pérou dit", "-Pe\u0301rou-+Pérou+ dit"),
    ("تشاد والنيجر", "تشاد والنرويج", "تشاد -والنيجر-+والنرويج+"),
    ("دُعِيَت تشاد", "دُعيت تشاد", "-دُعِيَت-+دُعيت+ تشاد"),
    ("States[^1] speak", "States[^2] speak", "States-[^1]-+[^2]+ speak"),
    ("({delegations}) speak", "({others}) speak", "(-{delegations}-+{others}+) speak"),
    ("two\n\nparagraphs", "two paragraphs", "two-\n\n-+ +paragraphs"),
]
SIGNS = {"same": "", "removed": "-", "added": "+"}


@pytest.mark.parametrize(("old", "new", "marked"), RUNS)
def test_changed_words_are_marked(old: str, new: str, marked: str) -> None:
    runs = runs_between(old, new)

    assert "".join(f"{SIGNS[one.what]}{one.text}{SIGNS[one.what]}" for one in runs) == marked
    assert "".join(one.text for one in runs if one.what != "added") == old
    assert "".join(one.text for one in runs if one.what != "removed") == new


WORDS = ["-", "|", ".", "a", "ا", "[^1]", "\n"]
REPETITIVE = [
    *((f"{word}{blank}", f"{word}{blank}x ") for word in WORDS for blank in ("", " ")),
    ("| a | b |\n|---|---|\n", "| a | c |\n|---|---|\n"),
    ("a b c d e f g ", "g f e d c b a "),
    ("Chad, Peru and Serbia ", "Chad and Peru, Serbia "),
    ("....... 12\n", "....... 13\n"),
    ("", "one two "),
]
LONGEST = 20_000
"""Characters: no field holds more."""


@pytest.mark.parametrize(("old", "new"), REPETITIVE)
def test_the_longest_and_most_repetitive_texts_take_few_steps(old: str, new: str) -> None:
    one, other = ((text * LONGEST)[:LONGEST] for text in (old, new))
    middle = LONGEST // 2

    before, after = one[:middle] + other[middle:], other[:middle] + one[middle:]

    steps_of(lambda: runs_between(before, after), most=30 * LONGEST)

    runs = runs_between(before, after)
    assert len(runs) <= 2 * MOST_CHANGES + MOST_CHANGES + 1
    assert "".join(run.text for run in runs if run.what != "added") == before


def test_texts_with_more_changes_than_anybody_reads_stand_whole() -> None:
    old = "".join(f"the same words here, then {number} and on. " for number in range(300))
    new = "".join(f"the same words here, then {number + 1000} and on. " for number in range(300))

    assert [run.what for run in runs_between(old, new)] == ["same", "removed", "added", "same"]


def first_item(old: Document, **values: Any) -> Document:
    first, *others = old.agenda
    return replace(old, agenda=(replace(first, **values), *others))


def told(found: list[SubjectDifference]) -> list[tuple[str, str, list[str]]]:
    return [(one.what, one.subject.id, [field.name for field in one.fields]) for one in found]


def only_field(old: Document, new: Document) -> FieldDifference:
    (difference,) = differences_between(old, new)
    (field,) = difference.fields
    return field


def test_documents_that_are_alike_have_no_differences() -> None:
    assert differences_between(busy_days(), busy_days()) == []


def test_a_text_differs_by_language() -> None:
    title = Texts.of(en="Opening", fr="Ouverture", ar="الافتتاح")
    old = document(item(1, title=title))
    new = first_item(old, title=Texts.of(en="Opening", fr="Ouverture officielle", es="Apertura"))

    field = only_field(old, new)

    assert [(one.language, one.runs) for one in field.wordings] == [
        ("fr", (Run("same", "Ouverture"), Run("added", " officielle"))),
        ("es", (Run("added", "Apertura"),)),
        ("ar", (Run("removed", "الافتتاح"),)),
    ]


def test_a_state_may_differ_without_a_word() -> None:
    old = document(item(1, title=Texts({"en": Wording("Opening"), "fr": Wording("Ouverture")})))
    behind = Wording("Ouverture", "unofficial", behind=True)

    (french,) = only_field(
        old, first_item(old, title=Texts({"en": Wording("Opening"), "fr": behind}))
    ).wordings

    assert (french.is_reworded, french.before, french.after) == (
        False,
        Wording("Ouverture"),
        behind,
    )
    assert french.runs == (Run("same", "Ouverture"),)


def test_members_of_a_list_join_and_leave() -> None:
    old = document(item(1, lists=[named_list(*document().delegations[:2])]))  # tcd, cyp by code
    (speaking_list,) = old.agenda[0].lists
    entries = (speaking_list.entries[0], ListEntry("entry-new", "per"))

    field = only_field(old, first_item(old, lists=(replace(speaking_list, entries=entries),)))

    kept, left = (one.delegation_code for one in speaking_list.entries)
    assert (field.name, field.joined, field.left) == ("delegations", ("per",), (left,))
    assert field.after == tuple(sorted([kept, "per"]))


def moved(old: Document) -> Document:
    first, *days = old.timetable
    sitting = first.entries[0]
    assert isinstance(sitting, Sitting)
    entries = tuple(
        replace(one, start=time(9, 30)) if isinstance(one, Placement) and one.end else one
        for one in sitting.entries
    )
    changed = replace(first, entries=(replace(sitting, entries=entries), *first.entries[1:]))
    return replace(old, timetable=(changed, *days))


@pytest.mark.parametrize(
    ("change", "name", "before", "after"),
    [
        (moved, "start", time(10), time(9, 30)),
        (
            lambda old: replace(old, meeting=replace(old.meeting, status="postponed")),
            "status",
            "announced",
            "postponed",
        ),
    ],
)
def test_plain_values_stand_before_and_after(
    change: Callable[[Document], Document], name: str, before: Any, after: Any
) -> None:
    old = busy_days()

    field = only_field(old, change(old))

    assert (field.name, field.before, field.after, field.wordings) == (name, before, after, ())


def test_an_order_and_a_place_are_told_by_ids() -> None:
    old = document(item(1), item(2, sub_items=[item(2, 1), item(2, 2)]))
    first, second = old.agenda
    one, two = second.sub_items

    swapped = replace(old, agenda=(first, replace(second, sub_items=(two, one))))
    under_another = replace(
        old, agenda=(replace(first, sub_items=(one,)), replace(second, sub_items=(two,)))
    )

    assert only_field(old, swapped) == FieldDifference(ORDER, (one.id, two.id), (two.id, one.id))
    assert only_field(old, under_another) == FieldDifference("place", second.id, first.id)


def test_an_added_subject_is_all_new_with_what_lies_beneath_it() -> None:
    old = document(item(1))
    sub_item = item(2, 1, text="A text.")
    new = document(item(1), item(2, title="Second", sub_items=[sub_item]))

    (difference,) = differences_between(old, new)

    title = next(one for one in difference.fields if one.name == "title")
    assert [one.runs for one in title.wordings] == [(Run("added", "Second"),)]
    assert told(list(difference.beneath)) == [("added", sub_item.id, ["slug", "label", "text"])]


def test_a_removed_subject_stands_where_it_stood_with_what_lay_beneath_it() -> None:
    theme = panel()
    old = document(item(1), item(2, title="Second", sub_items=[item(2, 1)]), item(3))
    new = document(item(1, title="New"), item(3, title="New"), panels=[theme])

    found = differences_between(old, new)

    assert [(one.what, one.subject.id) for one in found] == [
        ("changed", "item-1-id"),
        ("removed", "item-2-id"),
        ("changed", "item-3-id"),
        ("added", theme.id),
    ]
    title = next(one for one in found[1].fields if one.name == "title")
    assert [one.runs for one in title.wordings] == [(Run("removed", "Second"),)]
    assert [one.subject.id for one in found[1].beneath] == ["item-2a-id"]


def test_against_nothing_everything_is_told_once() -> None:
    new = intersessionals()

    found = differences_between(None, new)

    def all_of(differences: tuple[SubjectDifference, ...]) -> list[str]:
        return [key for one in differences for key in (one.subject.id, *all_of(one.beneath))]

    ids = all_of(tuple(found))
    assert {one.what for one in found} == {"added"}
    assert found[0].subject.kind == "meeting"
    assert len(ids) == len(set(ids))
    assert {one.id for one in new.items()} | {one.id for one in new.panels} <= set(ids)

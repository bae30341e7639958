"""What comes back from a document, and what refuses; `test_restoring_walks` walks."""

from __future__ import annotations

import json
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from meetings.directory import import_delegations
from meetings.models import Break, Delegation, Meeting, Sitting, Venue
from meetings.rows import TextState
from meetings.texts.text_states import Edit, record, wordings
from meetings.writing import managed_columns
from panels.models import Panel
from programme.comparing.changes import changes, subjects
from programme.document.programme import ProgrammeDocument
from programme.document.stored import SCHEMA
from programme.models import AgendaItem, SpeakingList, SpeakingListEntry
from programme.publishing.draft import draft_of
from programme.rows.compiling import compile_document
from programme.rows.decompiling import rows_of
from programme.rows.importing import import_programme
from programme.rows.meeting_rows import MeetingRows
from programme.rows.restoring import WRITES, Restored, restore
from programme.rows.restoring_refusals import CannotRestoreError, RowsMovedError
from tests.factories import (
    SECOND_DAY,
    make_break,
    make_delegation,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
)
from tests.programme.walks import (
    FRIDAY,
    Office,
    add_item,
    add_panel,
    add_sitting,
    delete,
    edit,
    exchange,
    office,
)
from tests.rows import DATA, PROGRAMMES, meeting_from, shapes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from programme.document.nodes import Texts
    from tests.programme.walks import Step

pytestmark = pytest.mark.django_db

MOST_QUERIES = 60
"""Two readings of all rows with 14 each, and a few for each kind of row that is written."""


def empty(meeting: Meeting) -> None:
    """Delete all rows of a meeting but the meeting itself."""
    for model in (AgendaItem, Panel, Break, Sitting):
        model._default_manager.filter(meeting=meeting).delete()


@pytest.mark.parametrize(
    "path",
    [DATA / "shapes.yaml", PROGRAMMES / "2024-intersessional-meetings.yaml"],
    ids=lambda path: path.stem,
)
def test_all_rows_of_a_programme_come_back_to_the_last_byte(path: Path) -> None:
    import_delegations()
    meeting = meeting_from(path)
    document = compile_document(meeting)
    empty(meeting)

    restore(meeting, document=document)

    assert compile_document(meeting).to_json() == document.to_json()
    assert import_programme(path).is_empty


def test_every_column_that_people_fill_in_comes_back() -> None:
    meeting = shapes()
    rows = rows_of(compile_document(meeting), delegations={})

    lacking = {
        (row.model.__name__, name)
        for row in rows
        for name in set(managed_columns(row.model)) - row.values.keys()
    }

    assert {type(row) for row in MeetingRows(meeting.pk).all()} <= {row.model for row in rows}
    assert {name for _model, name in lacking} == {"position"}
    assert {row.model for row in rows} | {Venue} == WRITES.keys()


# --- imports ---------------------------------------------------------------------------------


def test_an_import_finds_rows_that_came_back_as_it_left_them() -> None:
    meeting = shapes()
    document = compile_document(meeting)
    AgendaItem.objects.filter(meeting=meeting, number=2).delete()
    AgendaItem.objects.filter(meeting=meeting).update(title_fr="Autre", position=1)
    make_item(meeting, number=9)

    restore(meeting, document=document)

    plan = import_programme(DATA / "shapes.yaml")
    assert plan.lines() == []


def test_an_import_still_refuses_what_staff_published(tmp_path: Path) -> None:
    meeting = shapes()
    item = AgendaItem.objects.get(meeting=meeting, label="A bis")
    item.title_en = "Published by staff"
    item.save()
    document = compile_document(meeting)
    item.delete()
    restore(meeting, document=document)
    file = tmp_path / "shapes.yaml"
    file.write_text((DATA / "shapes.yaml").read_text().replace("other business", "thing"))

    (refused,) = import_programme(file, dry_run=True).refused

    assert refused == "agenda item any-other was changed by staff: title_en"


# --- texts -----------------------------------------------------------------------------------


def states(made: Office) -> dict[str, tuple[str, bool]]:
    """Provenance of item 6's texts, and whether they are behind, as pages tell it."""
    (item,) = (one for one in made.draft().agenda if one.id == made.key("6"))
    return {
        language: (one.provenance, one.behind) for language, one in item.title.wordings.items()
    } | {"number": (item.label.wordings["en"].provenance, False)}


@pytest.mark.parametrize(
    "lose",
    [
        edit("6", title_fr="L'état"),
        edit("6", title_en="Other"),
        edit("6", title_fr=""),
        delete("6"),
        lambda _made: TextState.objects.all().delete(),
        lambda _made: TextState.objects.update(provenance="official", source_digest=""),
    ],
    ids=["retranslated", "reworded", "emptied", "deleted", "without states", "all official"],
)
def test_where_texts_come_from_and_that_they_are_behind_comes_back(
    lose: Callable[[Office], Any],
) -> None:
    made = office()
    expected = {"en": ("official", False), "fr": ("machine", True), "number": ("inferred", False)}
    assert states(made) == expected
    lose(made)

    restore(made.meeting, [made.key("6")], document=made.public)

    assert states(made) == expected


def test_a_translation_that_came_back_falls_behind_and_catches_up_as_any_other() -> None:
    made = office()
    edit("7", title_fr="Questions")(made)
    made.publish()
    edit("7", title_en="Other matters", title_fr="Autres")(made)
    restore(made.meeting, [made.key("7")], document=made.publications[1])
    seven = made.row("7")
    before = wordings(seven)
    seven.title_en = "Matters of all kinds"
    seven.save()

    record([Edit(seven, before)])
    behind = made.draft()
    record([Edit(seven, before)], translations_hold=True)
    current = made.draft()

    found = [subjects(one)[made.key("7")].title.wordings["fr"].behind for one in (behind, current)]
    assert found == [True, False]


def test_a_text_that_was_behind_stays_so_whatever_english_its_translator_had_meanwhile() -> None:
    made = office()
    edit("6", title_en="Other")(made)
    edit("6", title_fr="Autre")(made)
    restore(made.meeting, [made.key("6")], document=made.public)

    edit("6", title_en="Other")(made)

    assert states(made)["fr"] == ("machine", True)


# --- what comes along ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "asked", "too"),
    [
        ([delete("6")], "6a.i", {"6"}),
        ([delete("6")], "list", {"6"}),
        (
            [delete("monday")],
            "6b on monday",
            {"monday", "6a on monday", "7 on monday", "coffee"},
        ),
        ([delete("panel")], "panellist", {"panel"}),
        ([delete("1")], "1", set()),
        ([edit("7", number=9), edit("6", number=7)], "7", {"6"}),
        ([edit("6", number=9)], "6a", {"6"}),
        ([edit("6a", title_en="New")], "6a", set()),
    ],
)
def test_what_had_to_come_back_as_well_is_told(steps: list[Any], asked: str, too: set[str]) -> None:
    made = office()
    for step in steps:
        step(made)

    restored = restore(made.meeting, [made.key(asked)], document=made.public)

    assert {one.id for one in restored.too} == {made.key(name) for name in too}


def test_what_gives_its_number_back_comes_back_and_is_told_and_no_other() -> None:
    made = office()
    exchange("6", "7", "number", None)(made)
    edit("7", title_en="Half done")(made)
    edit("1", title_en="Half done")(made)

    restored = restore(made.meeting, [made.key("6")], document=made.public)

    assert [one.id for one in restored.too] == [made.key("7")]
    assert (made.row("7").number, made.row("7").title_en) == (7, "Matters")
    assert made.row("1").title_en == "Half done"


@pytest.mark.parametrize(
    "lose",
    [
        delete("monday"),
        edit("6a on monday", sitting=None, start=time(15)),
        edit("coffee", sitting="tuesday", date=SECOND_DAY),
    ],
    ids=["deleted", "placement moved", "break moved"],
)
def test_what_stood_in_a_sitting_stands_in_it_again(lose: Step) -> None:
    made = office()
    lose(made)

    restore(made.meeting, [made.key("monday")], document=made.public)

    assert made.draft().timetable == made.public.timetable


def test_the_order_of_a_day_comes_back_with_the_meeting() -> None:
    made = office()
    made.know("evening", make_sitting(made.meeting, date=SECOND_DAY, part="evening"))
    made.know("lunch", make_break(made.meeting, date=SECOND_DAY, start=time(13)))
    made.know("late", make_placement(made.row("1"), date=SECOND_DAY, start=time(12)))
    made.know("later", make_placement(made.row("6"), date=SECOND_DAY))
    made.publish()
    exchange("tuesday", "evening", "part", "whole_day")(made)
    edit("late", start=time(14))(made)
    assert changes(made.publications[1], made.draft())[0].subject.kind == "meeting"

    restore(made.meeting, [made.key("meeting")], document=made.publications[1])

    assert changes(made.publications[1], made.draft()) == []


# --- numbers ---------------------------------------------------------------------------------

Tree = dict[str, tuple[str, int | None, str]]
"""For each item what it stands under, its number, and its free label."""

NUMBERS: dict[str, tuple[Tree, Tree]] = {
    # what the rows say, and what a document says otherwise that was stored before it had numbers
    "free labels": ({"a": ("", None, "A bis"), "b": ("", None, "6a")}, {}),
    "letters": ({"a": ("", 6, ""), "b": ("a", 28, ""), "c": ("b", 14, "")}, {}),
    "a number under a free label": ({"a": ("", 5, "V"), "b": ("a", 1, "")}, {}),
    "a number under two": ({"a": ("", 5, "V"), "b": ("a", 2, "Vb"), "c": ("b", 3, "")}, {}),
    "digits under a number": ({"a": ("", 6, ""), "b": ("a", None, "7")}, {}),
    "digits beside the number that sub-items bear": (
        {"a": ("", None, "6"), "b": ("", 6, "VI"), "c": ("b", 1, "")},
        {},
    ),
    "digits": ({"a": ("", None, "6")}, {"a": ("", 6, "")}),
    "a number that nobody sees": ({"a": ("", 3, "A bis")}, {"a": ("", None, "A bis")}),
    "a number under none": (
        {"a": ("", None, ""), "b": ("a", 3, "")},
        {"b": ("a", None, "")},
    ),
}


def grown(tree: Tree) -> Office:
    made = Office(make_meeting())
    for name, (above, number, label) in tree.items():
        parent = made.row(above) if above else None
        item = make_item(made.meeting, parent=parent, number=number, label=label, title_en=name)
        made.know(name, item)
    made.publish()
    return made


def tree_of(made: Office) -> Tree:
    rows = AgendaItem.objects.filter(meeting=made.meeting).order_by("title_en")
    return {
        row.title_en: (row.parent.title_en if row.parent else "", row.number, row.label)
        for row in rows.select_related("parent")
    }


@pytest.mark.parametrize("schema", [2, SCHEMA])
@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_and_labels_of_lost_items_are_read_from_the_document(
    name: str, schema: int
) -> None:
    tree, read = NUMBERS[name]
    made = grown(tree)
    stored = json.loads(made.public.to_json()) | {"schema": schema}
    document = ProgrammeDocument.from_json(json.dumps(stored))
    empty(made.meeting)

    restore(made.meeting, document=document)

    assert tree_of(made) == (tree if schema == SCHEMA else tree | read)
    assert made.draft() == document
    assert changes(made.public, document) == []


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_and_labels_that_say_what_the_document_says_stay(name: str) -> None:
    tree, _read = NUMBERS[name]
    made = grown(tree)
    AgendaItem.objects.filter(meeting=made.meeting).update(text_en="New")

    restore(made.meeting, document=made.public)

    assert tree_of(made) == tree
    assert made.draft() == made.public


@pytest.mark.parametrize("nowhere", ["7c158c85-596c-4b79-9b36-ac3ebd81005c", "no id at all"])
def test_a_subject_that_is_nowhere_changes_nothing(nowhere: str) -> None:
    made = office()

    restored = restore(made.meeting, [nowhere], document=made.public)

    assert restored == Restored((), (), ())


def test_what_is_public_already_is_not_written_again() -> None:
    made = office()

    assert restore(made.meeting, document=made.public) == Restored((), (), ())


# --- shared rows -----------------------------------------------------------------------------


def test_a_venue_that_exists_keeps_its_present_name_and_a_lost_one_comes_back() -> None:
    made = office()
    Venue.objects.update(name_en="Renamed")
    edit("meeting", venue=None)(made)

    restore(made.meeting, [made.key("meeting")], document=made.public)
    assert made.row("venue").name_en == "Renamed"
    delete_venue(made)
    restore(made.meeting, [made.key("meeting")], document=made.public)

    assert made.row("meeting").venue == made.row("venue")
    assert made.row("venue").name_en == "Palais des Nations"


def delete_venue(made: Office) -> None:
    edit("meeting", venue=None)(made)
    delete("venue")(made)


def test_a_followed_meeting_that_is_gone_stays_away() -> None:
    made = office()
    made.know("followed", make_meeting())
    edit("meeting", follows="followed")(made)
    made.publish()
    delete("followed")(made)
    edit("meeting", name_en="New")(made)

    restore(made.meeting, [made.key("meeting")], document=made.publications[1])

    (change,) = draft_of(made.meeting).pending
    assert change.fields == ("follows",)


def test_a_delegation_is_found_by_its_code_or_as_the_same_row() -> None:
    made = office()
    delete("list", "presenter", "chad")(made)
    again = make_delegation("tcd", name_en="Chad")
    Delegation.objects.filter(code="per").update(code="peru")

    restore(made.meeting, document=made.public)

    assert made.row("presenter").delegation == again
    assert [one.delegation for one in made.row("list").entries.all()] == [again, made.row("peru")]


# --- refusals --------------------------------------------------------------------------------


def lose_chad(made: Office) -> None:
    delete("list", "presenter", "chad")(made)


def move_item(made: Office) -> None:
    other = make_meeting(name_en="Other")
    AgendaItem.objects.filter(pk=made.key("1")).update(meeting=other, title_en="Moved")


def take_address(made: Office) -> None:
    edit("meeting", slug="former")(made)
    make_meeting(slug=made.public.meeting.slug, name_en="Other")


@pytest.mark.parametrize(
    ("steps", "asked", "reason", "needed"),
    [
        ([lose_chad], "list", "Chad (tcd) is no longer in the directory of delegations.", ""),
        ([lose_chad], "", "Chad (tcd) is no longer in the directory of delegations.", ""),
        ([move_item], "1", "agenda item “1 Moved” stands in another meeting now.", ""),
        ([take_address], "meeting", "“Other” has the address {slug} now.", ""),
        (
            [delete("1"), add_item("new", number=1)],
            "1",
            "agenda item “1 new” has its number or address now: take that back as well.",
            "new",
        ),
        (
            [delete("unnumbered"), add_item("new", title_en="Without a number")],
            "unnumbered",
            "agenda item “Without a number” has its number or address now: take that back as well.",
            "new",
        ),
        (
            [delete("panel"), add_panel("new", slug="one", title_en="New")],
            "panel",
            "panel “New” has its number or address now: take that back as well.",
            "new",
        ),
        (
            [
                delete("7"),
                edit("6a.i", parent=None, number=7),
                add_item("new", parent="6a.i", title_en="Deep"),
            ],
            "7",
            "agenda item “Deep” would be lost: take that back as well.",
            "new",
        ),
        (
            [edit("meeting", ends_on=FRIDAY), add_sitting("new", date=FRIDAY)],
            "meeting",
            (
                "sitting “21 June 2024, morning” is outside the days of the meeting: "
                "take that back as well."
            ),
            "new",
        ),
    ],
)
def test_what_cannot_come_back_is_refused_by_name_and_nothing_is_written(
    steps: list[Any], asked: str, reason: str, needed: str
) -> None:
    made = office()
    for step in steps:
        step(made)
    before = made.draft()

    with pytest.raises(CannotRestoreError) as refused:
        restore(made.meeting, [made.key(asked)] if asked else None, document=made.public)

    assert refused.value.reasons == [reason.format(slug=made.public.meeting.slug)]
    assert refused.value.needed == ((made.key(needed),) if needed else ())
    made.meeting.refresh_from_db()
    assert made.draft() == before


def test_refusals_name_delegations_in_the_language_of_staff() -> None:
    made = office()
    lose_chad(made)

    with translation.override("fr"), pytest.raises(CannotRestoreError, match="Tchad"):
        restore(made.meeting, document=made.public)


# --- cost ------------------------------------------------------------------------------------


def big(items: int) -> Meeting:
    """A meeting with so many items, each with all that it can have."""
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    states = [make_delegation(f"s{items}{number}") for number in range(2)]
    for number in range(1, items + 1):
        item = make_item(meeting, number=number)
        make_item(meeting, parent=item, number=1)
        make_presenter(item, delegation=states[0])
        make_list(item, *states)
        make_placement(item, sitting=sitting)
        make_panellist(make_panel(meeting, sitting=sitting, date=sitting.date))
    return meeting


def query_count(meeting: Meeting, document: ProgrammeDocument[Texts]) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        restore(meeting, document=document)
    assert compile_document(meeting) == document
    return len(queries)


def reword(meeting: Meeting) -> None:
    """Change every row of the agenda, and add some."""
    AgendaItem.objects.filter(meeting=meeting).update(title_en="New")
    SpeakingList.objects.filter(item__meeting=meeting).update(invitation_en="New")
    SpeakingListEntry.objects.filter(list__item__meeting=meeting).update(position=5)
    for item in list(AgendaItem.objects.filter(meeting=meeting)):
        make_presenter(item)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="it takes so many values at once, no more"
)
@pytest.mark.parametrize("lose", [empty, reword], ids=["lost", "changed"])
def test_the_number_of_queries_is_the_same_for_any_number_of_items(
    lose: Callable[[Meeting], None],
) -> None:
    counts = set()
    for number in (2, 20):
        meeting = big(number)
        document = compile_document(meeting)
        lose(meeting)
        counts.add(query_count(meeting, document))

    assert len(counts) == 1
    assert counts.pop() < MOST_QUERIES


def test_what_a_colleague_saved_since_somebody_looked_is_not_taken_back() -> None:
    made = office()
    looked_at = draft_of(made.meeting).digest
    edit("6", title_en="Saved by a colleague")(made)

    with pytest.raises(RowsMovedError):
        restore(made.meeting, document=made.public, expected_digest=looked_at)

    assert AgendaItem.objects.get(pk=made.key("6")).title_en == "Saved by a colleague"

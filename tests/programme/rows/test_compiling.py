from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.utils import translation

from meetings import models as meeting_rows
from meetings.models import Delegation, Meeting, TreatyStatus
from meetings.rows import TextState, text_digest
from panels.models import Panel
from programme.comparing.changes import changes
from programme.document.nodes import LANGUAGES, Break, PanelSlot, Placement, Sitting, Text, Texts
from programme.document.part_names import break_name
from programme.document.programme import ProgrammeDocument
from programme.models import AgendaItem, ItemPlacement, SpeakingList, SpeakingListEntry
from programme.rows.compiling import compile_document
from programme.rows.problems import InvalidDraftError
from tests.rows import DATA, meeting_from, shapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> ProgrammeDocument[Texts]:
    return compile_document(shapes())


def days(programme: ProgrammeDocument[Text]) -> dict[str, list[object]]:
    """The timetable as nested words."""

    def words(entry: object) -> str:
        match entry:
            case Sitting():
                heading = f" {entry.heading}" if entry.heading else ""
                inner = ", ".join(words(one) for one in entry.entries)
                return f"{entry.part}{heading} [{inner}]"
            case Placement(item=item) if item:
                hour = f"{entry.start:%H:%M} " if entry.start else ""
                return f"{hour}{item.slug}{' continued' if entry.is_continued else ''}"
            case PanelSlot(panel=panel) if panel:
                return f"{entry.start:%H:%M} {panel.slug}"
            case Break():
                return f"{entry.start:%H:%M} {break_name(entry, programme.words)}"
        raise AssertionError(entry)

    return {str(day.date): [words(entry) for entry in day.entries] for day in programme.timetable}


def test_timetable_holds_windows_exact_times_breaks_and_items_out_of_order(
    document: ProgrammeDocument[Texts],
) -> None:
    assert days(document.in_language("en")) == {
        "2023-06-19": [
            "morning [10:00 1, 10:30 3b, 11:00 Coffee break, 11:15 2]",
            "13:00 Lunch break",
            "afternoon [3a]",
        ],
        "2023-06-20": ["09:00 shapes-of-things", "second_half Closing session [2 continued]"],
    }


def test_names_of_breaks_are_in_the_document_in_every_language(
    document: ProgrammeDocument[Texts],
) -> None:
    names = [
        break_name(entry, read.words)
        for read in map(document.in_language, LANGUAGES)
        if isinstance(entry := read.timetable[0].entries[1], Break)
    ]

    assert [one.lang for one in names] == list(LANGUAGES)
    assert len({one.value for one in names}) == 4


def test_a_document_of_the_schema_before_reads_as_its_rows_compile_now(
    document: ProgrammeDocument[Texts],
) -> None:
    stored = (DATA / "shapes-schema-2.json").read_text(encoding="utf-8")

    # The sample has no delegations.
    read = replace(ProgrammeDocument.from_json(stored), delegations=document.delegations)

    assert '"schema":2' in stored
    assert replace(read, words=document.words) == document
    assert read.words.keys() <= document.words.keys()  # words for several came later
    assert changes(read, document) == changes(document, read) == []


def test_an_item_stands_in_full_at_its_first_placement_alone(
    document: ProgrammeDocument[Texts],
) -> None:
    programme = document.in_language("en")

    placements = [
        entry
        for day in programme.timetable
        for sitting in day.entries
        if isinstance(sitting, Sitting)
        for entry in sitting.entries
        if isinstance(entry, Placement)
    ]

    assert [(one.item.slug, one.in_full) for one in placements if one.item] == [
        ("1", True),
        ("3b", True),
        ("2", True),
        ("3a", True),
        ("2", False),
    ]
    first_part = placements[3].item
    assert first_part
    assert [sub.slug for sub in first_part.sub_items] == ["3a-i"]


def test_items_without_placement_stand_apart_and_emptied_parents_are_left_out(
    document: ProgrammeDocument[Texts],
) -> None:
    assert [item.slug for item in document.in_language("en").unplaced] == ["a-bis"]


def test_labels_follow_each_language_and_tell_an_inferred_number(
    document: ProgrammeDocument[Texts],
) -> None:
    labels = {
        item.slug: (str(item.label.in_language("en")), str(item.label.in_language("ar")))
        for item in document.items()
    }

    assert labels["3a"] == ("3a", "3 (أ)")
    assert labels["3b"] == ("3b", "3 (ب)")
    assert labels["a-bis"] == ("A bis", "A bis")
    three = document.item("3")
    assert three
    assert three.label.in_language("fr").provenance == "inferred"
    assert not three.title


def test_a_list_as_called_keeps_its_order_in_every_language(
    document: ProgrammeDocument[Texts],
) -> None:
    for language in LANGUAGES:
        read = document.in_language(language).item("2")
        assert read
        assert [one.code for one in read.lists[0].delegations] == ["yem", "afg", "ken"]


def test_an_open_list_is_for_others_than_those_named(document: ProgrammeDocument[Texts]) -> None:
    item = document.item("2")

    assert item
    assert item.lists[1].kind == "open"
    assert item.lists[1].other_than_named
    assert item.lists[1].open_to == ("states_parties", "organisations")


def test_two_footnotes_of_one_text_stay_together(document: ProgrammeDocument[Texts]) -> None:
    item = document.in_language("en").item("2")

    assert item
    assert str(item.text) == "The first[^1] and the second[^2]."
    assert str(item.notes) == "[^1]: Note one.\n[^2]: Note two."


def test_a_half_day_meeting_has_items_of_its_own() -> None:
    shapes()

    document = compile_document(meeting_from(DATA / "half-day.yaml"))

    assert [item.slug for item in document.items()] == ["5", "5a"]
    assert document.meeting.follows
    assert document.meeting.follows.slug == "shapes"
    (day,) = document.timetable
    (sitting,) = day.entries
    assert isinstance(sitting, Sitting)
    assert (sitting.part, sitting.start, sitting.end) == ("second_half", None, None)


def test_missing_texts_fall_back_with_their_language_and_keep_their_provenance(
    document: ProgrammeDocument[Texts],
) -> None:
    opening = {language: document.in_language(language).item("1") for language in LANGUAGES}

    assert {
        key: item and (item.title.lang, item.title.provenance) for key, item in opening.items()
    } == {
        "en": ("en", "official"),
        "fr": ("fr", "unofficial"),
        "es": ("en", "official"),
        "ar": ("ar", "unofficial"),
    }


def test_a_translation_whose_english_changed_is_behind_in_its_own_language() -> None:
    meeting = shapes()
    item = AgendaItem.objects.of(meeting).top_level().get(number=1)
    item.title_en = "Opening ceremony"
    item.save()

    title = compile_document(meeting).item("1").title  # type: ignore[union-attr]

    assert title.in_language("fr") == Text("Ouverture", "fr", "unofficial", True, "fr")
    assert not title.in_language("en").behind


def test_two_compiles_give_the_same_bytes_whatever_the_language() -> None:
    meeting = shapes()
    first = compile_document(meeting).to_json()

    for language in LANGUAGES:
        with translation.override(language):
            assert compile_document(meeting).to_json() == first


def test_status_is_that_of_the_first_day_of_the_meeting() -> None:
    meeting = shapes()
    kenya = Delegation.objects.get(code="ken")
    TreatyStatus.objects.create(
        delegation=kenya, status="state_not_party", as_of=date(2023, 6, 19), source="A test"
    )

    document = compile_document(meeting)

    assert document.delegation("ken").status == "state_not_party"  # type: ignore[union-attr]
    # The directory's statements begin in June 2024: before that, nothing is known.
    assert document.delegation("afg").status == ""  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [8, 24])
def test_compiling_costs_the_same_for_any_number_of_items(
    count: int, django_assert_num_queries: object
) -> None:
    meeting = shapes()
    kenya = Delegation.objects.get(code="ken")
    for number in range(10, 10 + count):
        item = AgendaItem.objects.create(meeting=meeting, number=number, title_en=f"Item {number}")
        made = SpeakingList.objects.create(item=item, invitation_en="All will speak.")
        SpeakingListEntry.objects.create(list=made, delegation=kenya)
        ItemPlacement.objects.create(item=item, date=meeting.starts_on)

    # The queries: meeting, sittings, breaks, panels, items, placements, lists, entries, presenters,
    # panellists, delegations, their statuses, states of texts
    with django_assert_num_queries(13):  # type: ignore[operator]
        compile_document(meeting)


# --- what no programme may hold -----------------------------------------------------------


def problems(meeting: Meeting) -> list[str]:
    with pytest.raises(InvalidDraftError) as refused:
        compile_document(meeting)
    return [problem.message for problem in refused.value.problems]


def test_a_sitting_outside_its_meeting_is_refused() -> None:
    meeting = shapes()
    meeting.ends_on = date(2023, 6, 19)
    meeting.save()

    outside = "20 June 2023 is outside the meeting, which runs 19 June 2023 to 19 June 2023."
    assert problems(meeting) == [outside] * 3  # the sitting, its placement, the panel


def test_two_items_with_one_address_are_refused() -> None:
    meeting = shapes()
    AgendaItem.objects.create(meeting=meeting, label="3a", title_en="A twin of 3a")

    assert problems(meeting) == ["Another item has the same address, 3a."]


def test_an_item_beneath_another_meetings_item_is_refused() -> None:
    meeting = shapes()
    other = Meeting.objects.create(
        slug="other", name_en="Other", starts_on=meeting.starts_on, ends_on=meeting.ends_on
    )
    AgendaItem.objects.of(meeting).filter(number=3, parent=None).update(meeting=other)

    assert problems(meeting) == ["That item belongs to another meeting."] * 2


def test_rows_saved_meanwhile_by_a_colleague_are_left_for_the_next_compile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting = shapes()
    before = compile_document(meeting)
    ask = ItemPlacement.objects.filter

    def a_colleague_saves(*args: Any, **kwargs: Any) -> Any:
        item, _ = AgendaItem.objects.get_or_create(meeting=meeting, number=50, title_en="New")
        ItemPlacement.objects.get_or_create(item=item, date=meeting.starts_on, position=50)
        return ask(*args, **kwargs)

    monkeypatch.setattr(ItemPlacement.objects, "filter", a_colleague_saves)

    assert compile_document(meeting) == before


def test_entries_without_times_stand_after_those_that_have_them() -> None:
    meeting = shapes()
    meeting.sittings.filter(part="afternoon").update(start=None, end=None)
    Panel.objects.create(meeting=meeting, slug="untimed", date=date(2023, 6, 19))

    programme = compile_document(meeting).in_language("en")

    kinds = [type(entry).__name__ for entry in programme.timetable[0].entries]
    assert kinds == ["Sitting", "Break", "Sitting", "PanelSlot"]


def test_names_in_an_open_list_are_refused() -> None:
    meeting = shapes()
    open_list = SpeakingList.objects.of(meeting).get(kind="open")
    SpeakingListEntry.objects.create(list=open_list, delegation=Delegation.objects.get(code="ken"))

    assert problems(meeting) == ["A list of this kind names nobody; remove the delegations."]


def test_all_problems_are_told_at_once_in_the_readers_language() -> None:
    meeting = shapes()
    ItemPlacement.objects.update(date=date(2023, 7, 1))
    AgendaItem.objects.create(meeting=meeting, label="3a")

    with translation.override("fr"):
        told = problems(meeting)

    assert len(told) == ItemPlacement.objects.count() + 1
    assert not any("is outside" in one for one in told)


def test_states_of_texts_are_read_by_row_field_and_language() -> None:
    meeting = shapes()
    item = AgendaItem.objects.of(meeting).top_level().get(number=1)

    states = {
        (one.field, one.language): (one.provenance, one.source_digest)
        for one in TextState.objects.of_rows([item.pk])
    }

    assert states == {
        ("title", "en"): ("official", ""),
        ("title", "fr"): ("unofficial", text_digest("Opening")),
        ("title", "ar"): ("unofficial", text_digest("Opening")),
    }


def test_times_are_those_of_the_rows(document: ProgrammeDocument[Texts]) -> None:
    morning = document.timetable[0].entries[0]

    assert isinstance(morning, Sitting)
    assert (morning.start, morning.end) == (time(10), time(13))


def test_seconds_that_somebody_typed_make_nothing_pending() -> None:
    meeting = shapes()
    for rows in (meeting_rows.Sitting, Panel, ItemPlacement, meeting_rows.Break):
        rows.objects.filter(start__isnull=False).update(start=time(9, 0, 30), end=time(9, 0, 40))

    compiled = compile_document(meeting)

    assert changes(ProgrammeDocument.from_json(compiled.to_json()), compiled) == []

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from meetings.models import Sitting
from meetings.rows import TextState
from meetings.text_states import Edit, record, wordings
from programme.models import AgendaItem, Publication
from programme.pending import (
    SENTENCES,
    Group,
    field_name,
    pending_in_words,
    published_in_words,
)
from programme.publishing import draft_of
from tests.factories import (
    SECOND_DAY,
    chad,
    make_break,
    make_entry,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    peru,
)
from tests.rows import published

if TYPE_CHECKING:
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(name_en="June", name_ar="حزيران")


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return make_item(meeting, number=6, title_en="President", title_fr="Président")


def pending(meeting: Meeting, language: str = "en") -> list[Group]:
    with translation.override(language):
        return pending_in_words(draft_of(meeting), language)


def only_group(meeting: Meeting) -> tuple[str, ...]:
    (group,) = pending(meeting)
    return group.sentences


def test_a_change_of_a_text_names_its_languages(meeting: Meeting, item: AgendaItem) -> None:
    published(meeting)
    item.title_es = "Presidente"  # type: ignore[attr-defined]
    item.title_fr = ""  # type: ignore[attr-defined]
    item.text_en = "Text"  # type: ignore[attr-defined]
    item.save()

    assert pending(meeting) == [Group("6. President", ("Changed: title (fr, es), text (en)",))]


def test_a_translation_that_falls_behind_and_catches_up_is_told(
    meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    before = wordings(item)
    item.title_en = "The President"  # type: ignore[attr-defined]
    item.save()
    record([Edit(item, before)])

    assert only_group(meeting) == ("Changed: title (en), title (fr: behind the English)",)

    published(meeting)
    record([Edit(item, before)], translations_hold=True)

    assert only_group(meeting) == ("Changed: title (fr: follows the English again)",)


def test_another_origin_of_a_text_is_told(meeting: Meeting, item: AgendaItem) -> None:
    published(meeting)
    TextState.objects.create(row=item, field="title", language="fr", provenance="machine")

    assert only_group(meeting) == ("Changed: title (fr: marked with another origin)",)


def test_a_new_number_is_told_once(meeting: Meeting, item: AgendaItem) -> None:
    published(meeting)
    item.number = 7
    item.save()

    assert pending(meeting) == [Group("7. President", ("Changed: number (en, fr, es, ar)",))]


def test_members_of_a_list_are_named(meeting: Meeting, item: AgendaItem) -> None:
    first, second = chad(), peru()
    grows = make_list(item, invitation_en="One ({delegations})")
    shrinks = make_list(item, first, invitation_en="Two ({delegations})")
    both = make_list(item, first, invitation_en="Three")
    ordered = make_list(item, first, second, invitation_en="Four", order="as_called")
    published(meeting)
    make_entry(grows, first), make_entry(grows, second)
    shrinks.entries.all().delete()
    both.entries.all().delete()
    make_entry(both, second)
    ordered.entries.filter(delegation=first).update(position=9)

    assert only_group(meeting) == (
        "Speaking list changed: “One” – named delegations (added: Peru, Chad)",
        "Speaking list changed: “Two” – named delegations (removed: Chad)",
        "Speaking list changed: “Three” – named delegations (added: Peru; removed: Chad)",
        "Speaking list changed: “Four” – named delegations (in another order)",
    )


def test_a_renamed_delegation_is_told_where_it_is_named(meeting: Meeting, item: AgendaItem) -> None:
    state = chad()
    make_list(item, state, invitation_en="Who")
    published(meeting)
    state.name_fr = "République du Tchad"  # type: ignore[attr-defined]
    state.save()

    assert only_group(meeting) == ("Speaking list changed: “Who” – name of a delegation",)


def test_names_stand_in_the_language_of_the_reader(meeting: Meeting, item: AgendaItem) -> None:
    speaking_list = make_list(item, invitation_en="Who", invitation_ar="الدول")
    published(meeting)
    make_entry(speaking_list, chad())

    (french,) = pending(meeting, "fr")
    (arabic,) = pending(meeting, "ar")

    assert french.name == "6. Président"
    assert arabic.name == "6 - President"
    assert "Tchad" in french.sentences[0]
    assert "تشاد" in arabic.sentences[0]


def test_what_stands_beneath_is_told_under_its_owner(meeting: Meeting, item: AgendaItem) -> None:
    gone = make_list(item, invitation_en="Gone")
    panel = make_panel(meeting, title_en="", start=time(10), end=time(11))
    published(meeting)
    gone.delete()
    make_presenter(item, delegation=chad())
    make_placement(item, start=time(15))
    make_panellist(panel)
    make_sitting(meeting, part="evening")
    make_break(meeting, start=time(13))

    assert {group.name: group.sentences for group in pending(meeting)} == {
        "6. President": (
            "Speaker added: Chad",
            "Added to the timetable: 18 June 2024, 15:00",
            "Speaking list removed: “Gone”",
        ),
        "Panel: 19 June 2024, 10:00": ("Speaker added: Ms. Chan",),
        "June": (
            "Break added: Lunch break, 18 June 2024, 13:00",
            "Sitting added: 18 June 2024, evening",
        ),
    }


def test_times_are_told_with_what_they_were(meeting: Meeting, item: AgendaItem) -> None:
    sitting = make_sitting(meeting)
    placement = make_placement(item, sitting=sitting, start=time(10))
    published(meeting)
    Sitting.objects.update(start=time(10), end=time(13))
    placement.start = None
    placement.save()

    assert {group.name: group.sentences for group in pending(meeting)} == {
        "June": (
            (
                "Sitting changed: 18 June 2024, 10:00, morning – start (was –, is 10:00), "
                "end (was –, is 13:00)"
            ),
        ),
        "6. President": ("Place in the timetable changed: 18 June 2024 – start (was 10:00, is –)",),
    }


def test_days_are_told_as_the_reader_writes_them(meeting: Meeting) -> None:
    published(meeting)
    meeting.ends_on = SECOND_DAY
    meeting.save()

    told = {language: pending(meeting, language)[0].sentences[0] for language in ("en", "ar")}

    assert told["en"] == "Changed: last day (was 20 June 2024, is 19 June 2024)"
    assert "20 حزيران/يونيه 2024" in told["ar"]


def test_a_removed_item_keeps_its_name(meeting: Meeting, item: AgendaItem) -> None:
    make_list(item, chad())
    published(meeting)
    item.delete()

    assert pending(meeting) == [Group("6. President", ("The item is removed.",))]


def test_an_item_under_another_one_is_told(meeting: Meeting, item: AgendaItem) -> None:
    moved = make_item(meeting, number=1, title_en="Moved")
    published(meeting)
    moved.parent = item
    moved.save()

    (group,) = pending(meeting)

    assert group.name == "6a. Moved"
    assert "stands under another item" in group.sentences[0]


def test_a_publication_is_told_from_what_it_keeps(meeting: Meeting, item: AgendaItem) -> None:
    speaking_list = make_list(item, chad(), invitation_en="Who")
    panel = make_panel(meeting, date=SECOND_DAY)
    first = published(meeting)
    make_entry(speaking_list, peru())
    panel.delete()
    shown = pending(meeting)
    second = Publication.objects.get(pk=published(meeting).pk)

    assert published_in_words(second, first, "en") == shown
    assert published_in_words(first, None, "en") == []
    assert shown == [
        Group(
            "6. President",
            ("Speaking list changed: “Who” – named delegations (added: Peru)",),
        ),
        Group("Panel: Universalization", ("The panel is removed.",)),
    ]


@pytest.mark.parametrize(
    ("kind", "field", "name"),
    [
        ("item", "lead_in", "lead-in to the lists"),
        ("list", "basis", "basis"),
        ("speaker", "delegation_code", "delegation"),
        ("meeting", "zone", "time zone"),
        ("break", "name", "name"),
    ],
)
def test_fields_are_called_as_their_forms_call_them(kind: str, field: str, name: str) -> None:
    assert field_name(kind, field) == name


def test_each_kind_of_change_has_a_sentence_that_says_what_changed() -> None:
    kinds = {"meeting", "item", "panel", "sitting", "break", "placement", "list", "speaker"}

    missing = {(kind, "changed") for kind in kinds} - SENTENCES.keys()

    assert missing == set()
    assert all("%(fields)s" in str(SENTENCES[kind, "changed"]) for kind in kinds)

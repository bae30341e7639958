from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.rows import TextState, text_digest
from meetings.texts.text_states import Edit, record, wordings
from tests.factories import chad, make_item, make_meeting, make_state

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from programme.models import AgendaItem

pytestmark = pytest.mark.django_db

OPENING, OPENED = text_digest("Opening"), text_digest("Opening of the meeting")


@pytest.fixture
def item() -> AgendaItem:
    return make_item(make_meeting(), title_en="Opening", title_fr="Ouverture")


def save(item: AgendaItem, *, hold: bool = False, **texts: str) -> None:
    before = wordings(item)
    for name, value in texts.items():
        setattr(item, name, value)
    item.save()
    record([Edit(item, before)], translations_hold=hold)


def state(item: AgendaItem, language: str, field: str = "title") -> tuple[str, str] | None:
    found = TextState.objects.filter(object_id=item.pk, field=field, language=language).first()
    return (found.provenance, found.source_digest) if found else None


def test_a_new_row_has_official_english_and_unofficial_translations(item: AgendaItem) -> None:
    record([Edit(item, {})])

    assert state(item, "en") == ("official", "")
    assert state(item, "fr") == ("unofficial", OPENING)
    assert TextState.objects.count() == 2


def test_a_save_that_changes_no_text_writes_no_state(item: AgendaItem) -> None:
    save(item)

    assert TextState.objects.count() == 0


def test_changed_english_is_official_whatever_it_was(item: AgendaItem) -> None:
    make_state(item, "title", "en", provenance="machine", source_digest="")

    save(item, title_en="Opening of the meeting")

    assert state(item, "en") == ("official", "")


def test_inferred_english_stays_inferred_when_it_is_changed(item: AgendaItem) -> None:
    make_state(item, "title", "en", provenance="inferred", source_digest="")

    save(item, title_en="Opening of the meeting")

    assert state(item, "en") == ("inferred", "")


@pytest.mark.parametrize("provenance", ["official", "unofficial", "machine", "inferred"])
def test_a_changed_translation_keeps_its_provenance_and_follows_the_present_english(
    item: AgendaItem, provenance: str
) -> None:
    make_state(item, "title", "fr", provenance=provenance, source_digest=text_digest("Old"))

    save(item, title_fr="Ouverture de la réunion")

    assert state(item, "fr") == (provenance, OPENING)


def test_a_translation_written_for_the_first_time_is_unofficial(item: AgendaItem) -> None:
    save(item, title_ar="افتتاح")

    assert state(item, "ar") == ("unofficial", OPENING)


def test_a_translation_falls_behind_when_its_english_alone_changes(item: AgendaItem) -> None:
    make_state(item, "title", "fr")

    save(item, title_en="Opening of the meeting")

    assert state(item, "fr") == ("unofficial", OPENING)
    held = TextState.objects.get(language="fr")
    assert held.is_behind("Opening of the meeting") is True
    assert held.is_behind("Opening") is False


def test_a_translation_without_state_falls_behind_too_and_stays_official(item: AgendaItem) -> None:
    save(item, title_en="Opening of the meeting")

    assert state(item, "fr") == ("official", OPENING)


def test_a_state_without_source_learns_which_english_it_was(item: AgendaItem) -> None:
    make_state(item, "title", "fr", source_digest="")

    save(item, title_en="Opening of the meeting")

    assert state(item, "fr") == ("unofficial", OPENING)


def test_a_translation_that_was_behind_already_keeps_the_english_it_was_made_from(
    item: AgendaItem,
) -> None:
    make_state(item, "title", "fr", source_digest=text_digest("An older title"))

    save(item, title_en="Opening of the meeting")

    assert state(item, "fr") == ("unofficial", text_digest("An older title"))


def test_translations_that_still_hold_follow_the_present_english(item: AgendaItem) -> None:
    make_state(item, "title", "fr", provenance="machine")

    save(item, hold=True, title_en="Opening of the meeting")

    assert state(item, "fr") == ("machine", OPENED)


def test_translations_of_texts_that_did_not_change_are_left_alone(item: AgendaItem) -> None:
    item.text_en, item.text_fr = "Text", "Texte"  # type: ignore[attr-defined]
    item.save()
    make_state(item, "text", "fr", source_digest=text_digest("An older text"))

    save(item, hold=True, title_en="Opening of the meeting")

    assert state(item, "fr", "text") == ("unofficial", text_digest("An older text"))


def test_english_and_translation_changed_together_go_together(item: AgendaItem) -> None:
    make_state(item, "title", "fr")

    save(item, title_en="Opening of the meeting", title_fr="Ouverture de la réunion")

    assert state(item, "fr") == ("unofficial", OPENED)


def test_the_state_of_an_emptied_text_goes(item: AgendaItem) -> None:
    make_state(item, "title", "fr")

    save(item, title_fr="")

    assert state(item, "fr") is None


def test_the_state_of_an_inferred_number_stays(item: AgendaItem) -> None:
    make_state(item, "number", "", provenance="inferred")

    save(item, title_en="", title_fr="")

    assert state(item, "", "number") == ("inferred", text_digest(""))


def test_derived_columns_have_no_state() -> None:
    delegation = chad()

    record([Edit(delegation, {})])

    fields = TextState.objects.values_list("field", flat=True).distinct()
    assert list(fields) == ["name"]


def test_many_rows_cost_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    meeting = make_meeting()
    rows = [make_item(meeting, title_en=f"Item {n}", title_fr=f"Point {n}") for n in range(40)]
    record([Edit(row, {}) for row in rows])
    rows[0].title_fr = ""  # type: ignore[attr-defined]

    # a savepoint, the states there are, the one that goes, those that are written, its release
    with django_assert_num_queries(5):
        record([Edit(row, {"title_fr": "x"}) for row in rows])

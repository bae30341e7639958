from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic

import pytest

from programme.document.kinds_of_fields import later
from programme.document.nodes import LANGUAGES, T, Text, Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.stored import SCHEMA, UnknownSchemaError, decoded, digest_of, encoded
from tests.programme.stored import document, with_lists_of_every_kind, with_what_rows_know

DATA = Path(__file__).parents[2] / "data"

SAMPLES = {1: document(), 2: with_lists_of_every_kind(), 3: with_what_rows_know()}
"""What stands in `document-schema-<n>.json`, as a release stored it: it must load for ever,
whatever the schema is now."""


def test_a_stored_document_is_read_back_as_itself() -> None:
    stored = document().to_json()

    assert ProgrammeDocument.from_json(stored) == document()
    assert ProgrammeDocument.from_json(stored).to_json() == stored


def test_the_stored_form_is_canonical() -> None:
    stored = document().to_json()

    again = json.dumps(
        json.loads(stored), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert stored == again
    assert digest_of(stored) == digest_of(again)
    assert "اجتماع" in stored


@pytest.mark.parametrize(("schema", "meant"), SAMPLES.items())
def test_a_sample_of_every_schema_reads_as_it_was_meant(
    schema: int, meant: ProgrammeDocument[Texts]
) -> None:
    stored = (DATA / f"document-schema-{schema}.json").read_text(encoding="utf-8").strip()

    read = ProgrammeDocument.from_json(stored)

    assert json.loads(stored)["schema"] == schema
    assert read == meant
    assert read.schema == SCHEMA
    for language in LANGUAGES:
        assert read.in_language(language).meeting.name


def test_there_is_a_sample_of_every_schema_and_the_newest_is_stored_as_it_reads() -> None:
    newest = (DATA / f"document-schema-{SCHEMA}.json").read_text(encoding="utf-8").strip()

    assert sorted(SAMPLES) == list(range(1, SCHEMA + 1))
    assert ProgrammeDocument.from_json(newest).to_json() == newest


def test_lists_that_were_stored_as_open_have_the_kind_that_their_words_say() -> None:
    data = json.loads((DATA / "programme-2024-schema-1.json").read_text(encoding="utf-8"))
    assert data["schema"] == 1

    read = ProgrammeDocument.from_json(json.dumps(data))

    kinds = {
        f"{item.slug}.{number}": one.kind
        for item in read.items()
        for number, one in enumerate(item.lists, start=1)
    }
    assert {key for key, kind in kinds.items() if kind == "named"} == {"3.1", "3.2", "6b.1"}
    assert {key for key, kind in kinds.items() if kind == "conditional"} == {
        *("2.1", "3.3", "5.1", "5.2", "6b.2", "6b.3"),
    }
    assert {key for key, kind in kinds.items() if kind == "open"} == {
        *("2.2", "3.4", "4.1", "5.3", "6a.1", "6a.2", "6b.4", "7a.1"),
    }


def test_an_open_list_stays_open_where_no_english_says_otherwise() -> None:
    data = json.loads((DATA / "document-schema-1.json").read_text(encoding="utf-8"))
    stored = data["agenda"][0]["lists"][0]
    stored |= {"is_open": True, "open_to": ["states_parties"], "entries": []}
    english = {"value": "States that have mines", "provenance": "inferred", "behind": False}

    for invitation, kind in (
        ({"fr": "Les États parties qui ont des mines"}, "open"),
        ({"en": english}, "conditional"),
    ):
        stored["invitation"] = invitation
        (speaking_list,) = ProgrammeDocument.from_json(json.dumps(data)).agenda[0].lists
        assert speaking_list.kind == kind


def test_official_and_current_texts_are_stored_as_bare_strings() -> None:
    item = json.loads(document().to_json())["agenda"][0]

    assert item["title"] == {
        "en": "Opening",
        "fr": {"value": "Ouverture", "provenance": "unofficial", "behind": True},
    }


@pytest.mark.parametrize("schema", [SCHEMA + 1, None, "1"], ids=str)
def test_an_unknown_schema_is_refused(schema: object) -> None:
    data = json.loads(document().to_json()) | {"schema": schema}

    with pytest.raises(UnknownSchemaError):
        ProgrammeDocument.from_json(json.dumps(data))


@dataclass(frozen=True, slots=True)
class Room(Generic[T]):
    """What had a name from the beginning, and a floor later."""

    name: T
    floor: T = later(Texts())  # noqa: RUF009 -- makes a field


def test_a_field_that_came_later_is_as_before_where_nothing_is_stored() -> None:
    of_before = {"name": {"en": "Tempus"}}
    room = decoded(Room, of_before)
    above = replace(room, floor=Texts.of(en="Second floor"))

    assert room == Room(Texts.of(en="Tempus"), floor=Texts())
    assert encoded(room) == of_before
    assert encoded(above) == of_before | {"floor": {"en": "Second floor"}}
    assert decoded(Room, encoded(above)) == above


FALLBACKS = {
    # languages that a text has -> which one each reader meets
    "all": ("en fr es ar", "en fr es ar"),
    "English alone": ("en", "en en en en"),
    "French alone": ("fr", "fr fr fr fr"),
    "without English": ("es ar", "es es es ar"),
}


@pytest.mark.parametrize(("has", "shown"), FALLBACKS.values(), ids=FALLBACKS.keys())
def test_a_missing_language_stands_in_its_fallback(has: str, shown: str) -> None:
    texts = Texts({language: Wording(f"in {language}") for language in has.split()})

    read = [texts.in_language(language) for language in LANGUAGES]

    assert [text.lang for text in read] == shown.split()
    assert [text.is_fallback for text in read] == [
        text.lang != language for text, language in zip(read, LANGUAGES, strict=True)
    ]


def test_an_empty_text_is_no_fallback() -> None:
    text = Texts().in_language("ar")

    assert text == Text("", "ar", asked_for="ar")
    assert not text
    assert not text.is_fallback
    assert text.dir == "rtl"


def test_lists_are_sorted_for_each_language() -> None:
    names = {
        language: [
            str(one.name) for one in document().in_language(language).agenda[0].lists[0].delegations
        ]
        for language in LANGUAGES
    }

    assert names["en"] == ["Chad", "Cyprus"]
    assert names["fr"] == ["Chypre", "Tchad"]


def test_an_item_is_found_by_its_label_with_its_parents() -> None:
    programme = document().in_language("ar")
    sub_item = programme.item("2a")

    assert sub_item
    assert str(sub_item.label) == "2 (أ)"
    assert [one.slug for one in programme.parents_of(sub_item)] == ["2"]
    assert programme.item("2b") is None


def test_a_speaker_knows_the_delegation_by_name() -> None:
    speaker = document().in_language("fr").agenda[0].presenters[0]

    assert speaker.delegation
    assert str(speaker.delegation.name) == "Tchad"


def test_named_codes_are_those_of_the_lists() -> None:
    assert document().named_codes() == {"cyp", "tcd"}

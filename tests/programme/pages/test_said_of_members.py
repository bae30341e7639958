"""A note on a State in a list, and for whom it speaks: wherever the State is named in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.utils.html import strip_tags

from programme.comparing.lines.writing import lines_between
from programme.comparing.only_wording import only_wording
from programme.document.nodes import ListEntry, Texts
from programme.document.programme import ProgrammeDocument
from programme.renderers.changes import groups
from programme.renderers.text import render
from tests.programme.builders import CHAD, NIGER, PERU, document, item, named_list, version

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

GROUP = Texts.of(
    en="the African Group",
    fr="le Groupe des États d’Afrique",
    es="el Grupo de los Estados de África",
    ar="مجموعة الدول الأفريقية",
)
DEADLINE = Texts.of(
    en="1 January 2025",
    fr="1er janvier 2025",
    es="1 de enero de 2025",
    ar="1 كانون الثاني/يناير 2025",
)
MEETING = "meetings/2024-intersessional-meetings"


def listed(note: Texts = DEADLINE, group: Texts = GROUP) -> ProgrammeDocument[Texts]:
    named = replace(
        named_list(CHAD, NIGER, PERU),
        id="list",
        entries=(
            ListEntry("entry-tcd", "tcd", note=note, on_behalf_of=group),
            ListEntry("entry-ner", "ner", note=note),
            ListEntry("entry-per", "per"),
        ),
    )
    return document(item(3, title="Clearance", lists=[named]))


def read(client: Client, address: str) -> str:
    """What a page says, on one line."""
    said = " ".join(strip_tags(client.get(address).content.decode()).split())
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Chad, on behalf of the African Group (1 January 2025)"),
        ("fr", "Tchad, représentant le Groupe des États d’Afrique (1er janvier 2025)"),
        ("es", "Chad, por el Grupo de los Estados de África (1 de enero de 2025)"),
        ("ar", "تشاد، بالنيابة عن مجموعة الدول الأفريقية (1 كانون الثاني/يناير 2025)"),
    ],
)
def test_pages_say_it_after_the_name(
    client: Client, publish: Publish, language: str, said: str
) -> None:
    publish(version(listed()))

    for page in (f"{MEETING}/", f"{MEETING}/items/3/", "delegations/tcd/"):
        assert said in read(client, f"/{language}/{page}"), page


def test_nothing_is_said_of_those_without(client: Client, publish: Publish) -> None:
    publish(version(listed()))

    assert "Peru (" not in read(client, f"/en/{MEETING}/items/3/")
    assert "Peru," not in read(client, f"/en/{MEETING}/items/3/")


def test_second_language_says_it_too(client: Client, publish: Publish) -> None:
    publish(version(listed()))

    said = read(client, f"/en/{MEETING}/items/3/?with=fr")

    assert "Tchad, représentant le Groupe des États d’Afrique (1er janvier 2025)" in said


def test_plain_text_says_it_in_brackets() -> None:
    text = render(listed().in_language("en"), designation="", published_at=None)

    assert (
        "(Chad [on behalf of the African Group; 1 January 2025], Niger [1 January 2025], and Peru)"
        in text
    )


def test_plain_text_names_those_of_a_list_whose_sentence_does_not() -> None:
    made = document(item(3, lists=[named_list(CHAD, PERU, invitation="Some will speak.")]))

    assert "Some will speak. (Chad and Peru)" in render(
        made.in_language("en"), designation="", published_at=None
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            listed(Texts(), Texts()),
            listed(),
            [
                "Note added in the list: Chad and Niger",
                "On whose behalf added in the list: Chad",
            ],
        ),
        (
            listed(),
            listed(Texts.of(en="informal"), GROUP),
            [
                (
                    "Note changed in the list: Chad and Niger (English only); "
                    "note removed in the list: Chad and Niger (French, Spanish, and Arabic)"
                ),
            ],
        ),
        (
            listed(),
            listed(DEADLINE, Texts()),
            ["On whose behalf removed in the list: Chad"],
        ),
    ],
)
def test_delegates_are_told(
    old: ProgrammeDocument[Texts], new: ProgrammeDocument[Texts], told: list[str]
) -> None:
    said = [str(one) for each in groups(lines_between(old, new), "en") for one in each.sentences]

    assert sorted(said) == sorted(told)


def test_another_note_is_a_fact() -> None:
    assert not only_wording(listed(), listed(Texts.of(en="informal")))
    assert not only_wording(listed(Texts()), listed())


def test_who_joins_with_a_note_is_told_once() -> None:
    both = listed()
    (named,) = both.agenda[0].lists
    without = replace(named, entries=named.entries[1:])
    old = replace(both, agenda=(replace(both.agenda[0], lists=(without,)),))

    told = [str(one) for each in groups(lines_between(old, both), "en") for one in each.sentences]

    assert told == ["Chad added to the list"]

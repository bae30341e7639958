"""No unseen sign reaches what delegates read, whenever and however it was stored."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from desk.publish.differences import Comparison
from meetings.rows import translated_fields
from meetings.texts.typed_text import FORBIDDEN
from programme.comparing.change_lines import Line
from programme.comparing.differences import Run
from programme.comparing.only_wording import only_wording, why_not_only_wording
from programme.document.nodes import LANGUAGES, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import MANY_LINES, digest_of
from programme.searching.search import Known, search
from tests.programme.builders import CHAD, document, item, version
from tests.programme.builders import versions_in_turn as in_turn
from tests.programme.changes.test_pages_changes import STEPS

if TYPE_CHECKING:
    from programme.shelf.edition import Version
    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"
FEEDS = (f"{MEETING}/feed.atom", "delegations/tcd/feed.atom")
PAGES = (
    *("", f"{MEETING}/", f"{MEETING}.txt", f"{MEETING}/changes/", f"{MEETING}/items/3/"),
    *(f"{MEETING}/panels/victim-assistance/", f"{MEETING}/v/1/", f"{MEETING}/v/1.txt"),
    *("delegations/", "delegations/tcd/"),
)

SIGNS = [
    *map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0xDFFF, 0xD800)),
    *"\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
]
TAKEN_OUT = [one for one in SIGNS if one not in "\t\n\x0b\x0c\r\x85"]


# Stored before the rule ----------------------------------------------------------------------


def with_sign(stored: Any, sign: str, key: str = "") -> Any:
    """Plain data with a sign inside each text in any language."""
    if isinstance(stored, dict):
        return {
            one: value if one == "sort_keys" else with_sign(value, sign, one)
            for one, value in stored.items()
        }
    if isinstance(stored, list):
        return [with_sign(one, sign, key) for one in stored]
    if isinstance(stored, str) and key in {*LANGUAGES, "value"}:
        return f"{stored[:1]}{sign}{stored[1:]}"
    return stored


def from_before(kept: Version, sign: str) -> Version:
    """A version as an older release stored it, with a sign in each of its texts."""
    plain = json.loads(zlib.decompress(kept.packed))
    stored = json.dumps(with_sign(plain, sign))  # in ASCII, since UTF-8 has no half pairs
    lines = [Line.read(with_sign(json.loads(json.dumps(one.stored())), sign)) for one in kept.lines]
    note = dict.fromkeys(LANGUAGES, f"N{sign}ote")
    return replace(
        kept,
        digest=digest_of(stored),
        packed=zlib.compress(stored.encode()),
        lines=tuple(lines),
        note=Texts.of(**note),
    )


def answers(paths: tuple[str, ...], language: str) -> dict[str, bytes]:
    found = {path: Client().get(f"/{language}/{path}") for path in paths}
    assert {path: one.status_code for path, one in found.items()} == dict.fromkeys(paths, 200)
    return {path: one.content for path, one in found.items()}


@pytest.mark.parametrize("sign", SIGNS, ids=lambda one: f"U+{ord(one):04X}")
def test_no_stored_text_takes_a_feed_away(publish: Publish, sign: str) -> None:
    publish(*(from_before(one, sign) for one in in_turn(*STEPS)))

    for feed in answers(FEEDS, "en").values():
        read = ET.fromstring(feed)  # noqa: S314 -- the document is our own
        assert len(read.findall("{http://www.w3.org/2005/Atom}entry")) > 0


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_was_stored_with_unseen_signs_reads_as_if_it_had_none(
    publish: Publish, language: str
) -> None:
    publish(*(from_before(one, "") for one in in_turn(*STEPS)))
    clean = answers((*PAGES, *FEEDS), language)

    publish(*(from_before(one, "".join(TAKEN_OUT)) for one in in_turn(*STEPS)))

    for path, answer in answers((*PAGES, *FEEDS), language).items():
        assert not FORBIDDEN.search(answer.decode())
        assert without_digests(answer) == without_digests(clean[path]), path


def without_digests(page: bytes) -> list[str]:
    """The lines of a page, but for what names the stored form: it is another."""
    return [line for line in page.decode().splitlines() if "digest" not in line]


def test_a_soft_break_in_a_title_is_a_space() -> None:
    stored = document(item(3, title="Opening\x0bof the meeting")).to_json()

    (read,) = ProgrammeDocument.from_json(stored).items()

    assert read.title == Texts.of(en="Opening of the meeting")


def test_a_text_in_several_lines_keeps_its_lines() -> None:
    stored = document(item(3, text="- one\u2028-\tt\u00adwo\r\n\r\nA  \nB")).to_json()

    (read,) = ProgrammeDocument.from_json(stored).items()

    assert read.text == Texts.of(en="- one\n-\ttwo\n\nA  \nB")


def test_a_title_of_unseen_signs_counts_as_none() -> None:
    stored = document(item(3, title=Texts.of(en="Opening", fr="\u200b\u2060"))).to_json()

    (read,) = ProgrammeDocument.from_json(stored).items()

    assert list(read.title.wordings) == ["en"]


def test_a_delegation_stands_where_its_name_puts_it() -> None:
    bahrain = replace(
        CHAD,
        name=Texts.of(ar="\u200fالبحرين"),
        sort_keys=dict(CHAD.sort_keys) | {"ar": "البحرين\t\u200fالبحرين"},
    )
    stored = document(item(3), delegations=[bahrain]).to_json()

    (read,) = ProgrammeDocument.from_json(stored).delegations

    assert read.sort_keys["ar"] == "بحرين\tالبحرين"
    assert read.sort_keys["en"] == CHAD.sort_keys["en"]


def test_a_soft_hyphen_hides_no_name_from_delegates() -> None:
    egypt = replace(CHAD, name=Texts.of(fr="É\u00adgypte"))
    edition = version(document(item(3), delegations=[egypt])).edition()

    known = Known.of([edition], edition.in_language("fr").delegations)

    for asked in ("égypte", "é\u00adgy"):
        assert [one.id for one in search(known, asked).delegations] == ["delegation-tcd"]


def test_fields_in_several_lines_are_those_of_the_rows() -> None:
    fields = [
        model._meta.get_field(name)
        for model in apps.get_models()
        for name in translated_fields(model)
    ]

    assert {one.name for one in fields if isinstance(one, models.TextField)} == MANY_LINES
    assert not {one.name for one in fields if isinstance(one, models.CharField)} & MANY_LINES


# At the desk ---------------------------------------------------------------------------------


def renamed(was: str, now: str) -> tuple[Any, Any]:
    return document(item(3, title=was)), document(item(3, title=now))


def runs(was: str, now: str) -> list[Run]:
    old, new = renamed(was, now)
    (subject,) = Comparison(old, new, "en").differences()
    return [run for field in subject.fields for one in field.wordings for run in one.runs]


def test_the_comparison_names_an_unseen_sign() -> None:
    told = runs("At 12:30", "At \u202e12:30")

    assert [one.text for one in told if one.what == "added"] == ["⟨U+202E RIGHT-TO-LEFT OVERRIDE⟩"]
    assert "\u202e" not in "".join(one.text for one in told)


def test_the_comparison_names_blanks_that_differ() -> None:
    told = runs("5 mines: 3", "5\u00a0mines: 3")

    assert [one for one in told if one.what != "same"] == [
        Run("removed", " "),
        Run("added", "⟨U+00A0 NO-BREAK SPACE⟩"),
    ]


def test_the_comparison_leaves_no_break_spaces_alone_beside_words() -> None:
    told = runs("Opening", "Opening «\u00a0ceremony\u00a0»")

    assert "NO-BREAK" not in "".join(one.text for one in told)


@pytest.mark.parametrize("sign", "\u061c\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
def test_numbers_that_a_sign_turns_are_more_than_wording(sign: str) -> None:
    old, new = renamed("At 12:30", f"At {sign}12:30")

    assert not only_wording(old, new)
    assert not only_wording(new, old)
    ((obstacle,), (back,)) = why_not_only_wording(old, new), why_not_only_wording(new, old)
    assert obstacle.after[-1].startswith(f"U+{ord(sign):04X} ")
    assert back.before == obstacle.after


def test_a_translation_with_numbers_turned_is_more_than_wording() -> None:
    old = document(item(3, title=Texts.of(en="At 12:30")))
    new = document(item(3, title=Texts.of(en="At 12:30", fr="À \u202e12:30")))

    assert not only_wording(old, new)

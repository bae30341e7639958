"""A footnote mark in a title: it leads to its note where that stands, and is left out of lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from programme.comparing.change_lines import Named
from programme.comparing.lines.writing import lines_between
from programme.comparing.warnings import warnings_of
from programme.document.nodes import LANGUAGES, Text, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import MANY_LINES, stored_fields
from programme.models import item_slug
from programme.renderers.changes import groups
from programme.renderers.text import render
from tests.everywhere import public_pages
from tests.programme.builders import (
    FIRST_DAY,
    SECOND_DAY,
    UKRAINE,
    day,
    document,
    item,
    named_list,
    panel,
    pause,
    placement,
    sitting,
    slot,
    speaker,
    versions_in_turn,
)

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

TITLES = {"en": "Committees", "fr": "Comités", "es": "Comités", "ar": "اللجان"}
MARKED = Texts.of(**{one: f"{title}[^*]" for one, title in TITLES.items()})
NOTES = Texts.of(**{one: f"[^*]: Note {one}." for one in LANGUAGES})


def marked(title: Texts = MARKED, notes: Texts = NOTES) -> ProgrammeDocument[Texts]:
    """An item and a panel whose titles bear a mark, and whatever stands beside them."""
    committees = item(
        2,
        title=title,
        notes=notes,
        presenters=[speaker(function=title)],
        lists=[named_list(UKRAINE)],
        sub_items=[item(2, 1, title=title)],
    )
    theme = replace(panel(title=title, on=FIRST_DAY), notes=notes, room=title)
    half = sitting(placement(committees, time(10)), slot(theme), heading=title)
    again = replace(placement(committees, time(9)), id="again", is_continued=True)
    days = [
        day(FIRST_DAY, half, replace(pause(), name=title)),
        day(SECOND_DAY, again),
    ]
    return document(committees, item(3), timetable=days, panels=[theme])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shows_a_mark_as_it_is_typed(
    client: Client, publish: Publish, language: str
) -> None:
    made = versions_in_turn(marked(Texts.of(en="Other", fr="Autre")), marked())
    publish(*made)

    for path in public_pages(made, language):
        read = client.get(path).content.decode()
        assert "[^" not in read, path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["", "items/2/", "panels/victim-assistance/"])
def test_mark_at_the_heading_leads_to_its_note(
    client: Client, publish: Publish, language: str, part: str
) -> None:
    publish(*versions_in_turn(marked()))

    read = client.get(f"/{language}/meetings/2024-intersessional-meetings/{part}").content.decode()

    anchors = {"": ["item-2", "panel-victim-assistance"], "items/2/": ["item-2"]}
    for anchor in anchors.get(part, ["panel-victim-assistance"]):
        mark = f'<sup class="footnote-ref"><a href="#fn-{anchor}-1" role="doc-noteref">*</a></sup>'
        assert read.count(mark) == 1
        assert read.count(f'<li id="fn-{anchor}-1"') == 1
        assert f"Note {language}." in read


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_has_the_mark_where_the_note_stands(language: str) -> None:
    text = render(marked().in_language(language), designation="", published_at=None)

    assert "[^" not in text
    assert text.count(f"{TITLES[language]}[*]") == len(("item", "sub-item", "panel"))
    assert text.count(f"[*] Note {language}.") == len(("item", "panel"))


def test_lines_of_changes_call_an_item_without_the_mark() -> None:
    other = Texts.of(en="Other[^*]")
    told = [one.heading for one in groups(lines_between(marked(other), marked()), "en")]

    assert "2. Committees" in told
    assert "[^" not in "".join(told)


def test_lines_that_were_kept_with_a_mark_are_read_without() -> None:
    kept = {"kind": "item", "id": "1", "title": {"en": "Committees[^*]"}}

    assert Named.read(kept).title == Texts.of(en="Committees")


def test_every_line_of_text_is_read_without_a_mark() -> None:
    read = marked().in_language("en")

    nodes: list[Any] = [*read.agenda, *read.agenda[0].presenters, *read.panels]
    nodes += [entry for *_place, entry in read.entries()]
    for node in nodes:
        for one in stored_fields(type(node)):
            if isinstance(text := getattr(node, one.name), Text) and one.name not in MANY_LINES:
                assert "[^" not in text.value, one.name


def test_address_of_an_item_is_made_without_the_mark() -> None:
    assert item_slug(None, "", (), "Committees[^1]") == "committees"  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_desk_says_so_where_the_note_is_missing(language: str) -> None:
    told = [
        (one.kind, one.field, one.params["mark"])
        for one in warnings_of(marked(notes=Texts()))
        if one.code == "mark_without_note" and one.language == language
    ]

    for kind, field in (("item", "title"), ("panel", "title"), ("sitting", "heading")):
        assert (kind, field, "*") in told


def test_desk_is_silent_where_the_note_is_there() -> None:
    told = [
        one.kind for one in warnings_of(marked()) if "mark" in one.params and one.field == "title"
    ]

    assert told == ["item"] * len(LANGUAGES)  # the sub-item, which has no notes of its own

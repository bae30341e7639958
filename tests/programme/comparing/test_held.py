"""Who is told that an item or a panel is postponed or cancelled, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from programme.comparing.lines.writing import lines_between
from programme.document.nodes import LANGUAGES
from programme.renderers.changes import groups
from tests.programme.builders import CHAD, PERU, document, item, named_list, panel, speaker
from tests.programme.edits import Document

LATER = {"status": "postponed", "new_date": date(2024, 6, 20), "new_start": time(15)}

SUB_ITEM = item(6, 2, title="Requests", lists=[named_list(PERU)])
ITEM = item(6, title="Status", lists=[named_list(CHAD)], sub_items=[SUB_ITEM])
PANEL = panel(title="Funding", panellists=[speaker("panellist", of=CHAD)])


def programme(of_item: Any = (), of_panel: Any = (), of_sub_item: Any = ()) -> Document:
    """An item with a sub-item, and a panel, each held as said."""
    sub_item = replace(SUB_ITEM, **dict(of_sub_item))
    one = replace(ITEM, sub_items=(sub_item,), **dict(of_item))
    return document(one, panels=[replace(PANEL, **dict(of_panel))])


CANCELLED = {"status": "cancelled"}

TOLD = {
    "an item is cancelled": (
        programme(),
        programme(CANCELLED),
        ["6. Status: The item has been cancelled"],
        {"tcd", "per"},
    ),
    "a sub-item is cancelled": (
        programme(),
        programme(of_sub_item=CANCELLED),
        ["6b. Requests: The item has been cancelled"],
        {"per"},
    ),
    "a panel is cancelled": (
        programme(),
        programme(of_panel=CANCELLED),
        ["Funding: The thematic panel has been cancelled"],
        {"tcd"},
    ),
    "an item takes place after all": (
        programme(CANCELLED),
        programme(),
        ["6. Status: The item will be taken up after all"],
        {"tcd", "per"},
    ),
    "a panel is postponed to a time": (
        programme(),
        programme(of_panel=LATER),
        [
            "Funding: The thematic panel has been postponed",
            "Funding: New time: 20 June 2024, 15:00",
        ],
        {"tcd"},
    ),
    "a new time has another hour": (
        programme(LATER),
        programme(LATER | {"new_end": time(16)}),
        ["6. Status: New time: 20 June 2024, 15:00–16:00 (before: 20 June 2024, 15:00)"],
        {"tcd", "per"},
    ),
    "a new time is given up": (
        programme(of_panel=LATER),
        programme(of_panel={"status": "postponed"}),
        ["Funding: The new time no longer holds (before: 20 June 2024, 15:00)"],
        {"tcd"},
    ),
}


@pytest.mark.parametrize(("old", "new", "sentences", "codes"), TOLD.values(), ids=TOLD)
def test_all_who_stand_there_are_told(
    old: Document, new: Document, sentences: list[str], codes: set[str]
) -> None:
    lines = lines_between(old, new)

    said = [f"{one.heading}: {each}" for one in groups(lines, "en") for each in one.sentences]
    assert [one.replace("\u00a0", " ").replace(" – ", "–") for one in said] == sentences
    assert [set(one.codes) for one in lines] == [codes] * len(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_words_of_its_own(language: str) -> None:
    (told,) = groups(lines_between(programme(), programme(CANCELLED)), language)
    (english,) = groups(lines_between(programme(), programme(CANCELLED)), "en")

    assert (str(told.sentences[0]) == str(english.sentences[0])) is (language == "en")

"""What parts of a programme are called where there is little room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programme.document.nodes import Texts
from programme.document.part_names import in_short, panel_in_short
from tests.programme.builders import document, item, panel

TITLE = Texts.of(en="Matters related to the mandate", fr="Questions relatives au mandat")


@pytest.mark.parametrize(
    ("language", "short_title", "read"),
    [
        ("en", Texts(), "Matters related to the mandate"),
        ("en", Texts.of(en="Mandate"), "Mandate"),
        ("fr", Texts.of(en="Mandate", fr="Mandat"), "Mandat"),
        ("fr", Texts.of(en="Mandate"), "Questions relatives au mandat"),
        ("ar", Texts.of(en="Mandate"), "Mandate"),
    ],
)
def test_title_is_short_where_the_reader_has_a_short_one(
    language: str, short_title: Texts, read: str
) -> None:
    long = replace(item(2, title=TITLE), short_title=short_title)
    theme = panel(title=TITLE, short_title=short_title)
    written = document(long, panels=[theme]).in_language(language)

    assert in_short(written.agenda[0]).value == read
    assert in_short(written.panels[0]).value == read


def test_panel_without_any_title_is_called_what_it_is() -> None:
    written = document(panels=[panel()]).in_language("en")

    assert panel_in_short(written.panels[0], written.words).value == "Thematic panel"

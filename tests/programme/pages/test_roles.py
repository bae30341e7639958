"""Who has a part in an item or a panel: each role in words, those who share one in one sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.utils.html import strip_tags

from meetings.models import Speaker
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import LANGUAGES, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.words import ROLES, several, words
from programme.renderers.changes import groups
from programme.renderers.text import render
from tests.programme.builders import (
    CHAD,
    PERU,
    UKRAINE,
    day,
    document,
    item,
    panel,
    slot,
    speaker,
    version,
)

if TYPE_CHECKING:
    from django.test import Client

    from programme.document import nodes
    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"


def described(role: str, name: str) -> nodes.Speaker[Texts]:
    one = speaker(role, person=f"H.E. {name}", function=f"Director of {name}")
    return replace(one, id=f"{role}-{name}")


def opened() -> ProgrammeDocument[Texts]:
    """An opening with four speakers, three of whom deliver remarks, and a panel of two."""
    opening = item(
        1,
        title="Opening",
        presenters=[
            described("opens", "A"),
            described("delivers_remarks", "B"),
            replace(described("delivers_remarks", "C"), on_behalf_of=Texts.of(en="the Committee")),
            speaker("delivers_remarks", of=CHAD),
            described("opens", "D"),
        ],
    )
    theme = panel(
        panellists=[
            speaker("moderates", of=UKRAINE),
            speaker("panellist", of=CHAD),
            speaker("panellist", of=PERU),
        ]
    )
    return document(opening, timetable=[day(theme.date, slot(theme))], panels=[theme])


def read(client: Client, address: str) -> str:
    """What a page says, on one line."""
    return " ".join(strip_tags(client.get(address).content.decode()).split())


def test_every_role_of_rows_has_words_for_one_and_for_several() -> None:
    assert set(ROLES) == set(Speaker.Role.values)
    for role in ROLES:
        for key in (role, several(role)):
            assert set(words()[key].wordings) == set(LANGUAGES)
            assert all("%(name)s" in one.value for one in words()[key].wordings.values())


def test_page_names_those_of_one_role_together(client: Client, publish: Publish) -> None:
    publish(version(opened()))

    said = read(client, f"/en/{MEETING}/items/1/")

    assert "Opened by H.E. A, Director of A" in said
    assert (
        "Remarks by H.E. B, Director of B; "
        "H.E. C, Director of C, on behalf of the Committee; Chad" in said
    )
    assert said.count("Remarks by") == 1
    assert said.count("Opened by") == len("AD")  # others stand between the two
    of_panel = read(client, f"/en/{MEETING}/panels/victim-assistance/")
    assert "Moderator: Ukraine" in of_panel
    assert "Panellists: Chad and Peru" in of_panel


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Panellists: Chad and Peru"),
        ("fr", "Intervenant(e)s : Tchad et Pérou"),
        ("es", "Panelistas: Chad y Perú"),
        ("ar", "أعضاء حلقة النقاش: تشاد وبيرو"),
    ],
)
def test_plain_text_and_pages_say_the_same(
    client: Client, publish: Publish, language: str, said: str
) -> None:
    publish(version(opened()))

    page = read(client, f"/{language}/{MEETING}/panels/victim-assistance/")
    text = render(opened().in_language(language), designation="", published_at=None)

    assert said in page.replace("\u00a0", " ")
    assert said in text.replace("\u00a0", " ")


def test_second_language_names_them_together_too(client: Client, publish: Publish) -> None:
    publish(version(opened()))

    said = read(client, f"/en/{MEETING}/panels/victim-assistance/?with=fr")

    assert "Intervenant(e)s : Tchad et Pérou" in said.replace("\u00a0", " ")


def test_delegation_page_says_each_role(client: Client, publish: Publish) -> None:
    publish(version(opened()))

    said = read(client, "/en/delegations/tcd/")

    assert "Remarks by Chad" in said
    assert "Panellist: Chad" in said


def test_documents_of_before_have_a_line_for_each(client: Client, publish: Publish) -> None:
    made = opened()
    old = {key: one for key, one in made.words.items() if not key.endswith("_several")}
    publish(version(replace(made, words=old)))

    said = read(client, f"/en/{MEETING}/panels/victim-assistance/")

    assert "Panellist: Chad Panellist: Peru" in said


def test_another_role_is_told() -> None:
    old = document(item(1, title="Opening", presenters=[speaker("opens", of=CHAD)]))
    new = document(
        item(1, title="Opening", presenters=[replace(speaker("speaks", of=CHAD), id=_id(old))])
    )

    told = [str(one) for group in groups(lines_between(old, new), "en") for one in group.sentences]

    assert told == ["Role changed: Chad"]


def _id(old: ProgrammeDocument[Texts]) -> str:
    return old.agenda[0].presenters[0].id

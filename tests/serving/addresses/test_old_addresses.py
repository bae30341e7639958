"""What had another address in an older version is found from there, in every mount."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programme.document.nodes import AgendaItem, Panel, Texts
from programme.document.programme import ProgrammeDocument
from programme.shelf.edition import Version
from serving.front import Front
from tests.programme.builders import day as day_of
from tests.programme.builders import document, item, panel, slot, version
from tests.programme.conftest import Publish
from tests.wsgi import ask

LANGUAGES = ("en", "fr", "es", "ar")
MEETING = "meetings/2024-intersessional-meetings"
OPENING = item(1, title="Opening")
DEBATE = item(2, title="Debate", sub_items=[item(2, 1, title="First part")])
THEME = panel("theme")


def programme(*items: AgendaItem[Texts], theme: Panel[Texts] = THEME) -> ProgrammeDocument[Texts]:
    return document(*items, timetable=[day_of(theme.date, slot(theme))], panels=[theme])


@pytest.fixture
def versions() -> list[Version]:
    """Items change their numbers, one is new, one goes; the panel has another address."""
    debate = replace(DEBATE, slug="3", sub_items=(replace(DEBATE.sub_items[0], slug="3a"),))
    return [
        version(programme(OPENING, DEBATE), 1),
        version(programme(OPENING, debate, theme=replace(THEME, slug="new-theme")), 2, "Rev.1"),
    ]


MOVED = {
    "item": ("items/2/", "items/3/"),
    "sub-item": ("items/2a/", "items/3a/"),
    "panel": ("panels/theme/", "panels/new-theme/"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("old", "new"), MOVED.values(), ids=MOVED)
def test_an_old_address_leads_to_the_new_one(
    front: Front, old: str, new: str, language: str
) -> None:
    other = "fr" if language == "en" else "en"
    for query in ("", f"?with={other}"):
        answer = ask(front, f"/{language}/{MEETING}/{old}{query}")

        assert answer.status == 301
        assert answer.headers["location"] == f"/{language}/{MEETING}/{new}{query}"
    assert ask(front, f"/{language}/{MEETING}/{new}").status == 200


@pytest.mark.parametrize(("old", "new"), MOVED.values(), ids=MOVED)
def test_a_newer_address_leads_to_the_older_one_in_an_old_version(
    front: Front, old: str, new: str
) -> None:
    answer = ask(front, f"/en/{MEETING}/v/1/{new}")

    assert answer.status == 301
    assert answer.headers["location"] == f"/en/{MEETING}/v/1/{old}"


def test_what_never_stood_anywhere_is_not_there(front: Front) -> None:
    for below in ("items/99/", "panels/none/", "v/1/items/99/", "v/2/items/2b/"):
        assert ask(front, f"/en/{MEETING}/{below}").status == 404
    for below in ("delegations/none/", "delegations/none/feed.atom"):
        assert ask(front, f"/en/{below}").status == 404
    assert len(front.pages) == 0


@pytest.mark.parametrize("query", ["utm_source=x", "with=en", "q=1&at=2024-06-19", "with=%00"])
def test_a_parameter_that_means_nothing_leads_no_further(front: Front, query: str) -> None:
    answer = ask(front, f"/en/{MEETING}/items/2/?{query.replace('%00', 'xx')}")

    assert answer.headers["location"] == f"/en/{MEETING}/items/3/"


def test_what_is_asked_of_versions_is_asked_of_changes(front: Front) -> None:
    answer = ask(front, f"/en/{MEETING}/versions/?since=1&with=fr&x=1")

    assert (answer.status, answer.headers["location"]) == (
        301,
        f"/en/{MEETING}/changes/?since=1&with=fr",
    )


def test_an_old_address_is_not_kept_for_longer_than_it_leads_there(
    front: Front, publish: Publish, versions: list[Version]
) -> None:
    ask(front, f"/en/{MEETING}/items/2/")
    publish(*versions, version(programme(OPENING, DEBATE), 3, "Rev.2"))

    assert ask(front, f"/en/{MEETING}/items/2/").status == 200
    assert ask(front, f"/en/{MEETING}/items/3/").status == 301


@pytest.mark.parametrize("language", ["EN", "Fr", "eS", "AR"])
@pytest.mark.parametrize(
    ("below", "led_to"),
    [
        ("", ""),
        ("?q=Tchad", "?q=Tchad"),
        ("delegations/", "delegations/"),
        ("Delegations/TCD/?with=fr", "delegations/tcd/?with=fr"),
        ("admin/meetings/?q=A", "admin/meetings/?q=A"),
        ("shared/Tok.En/", "shared/Tok.En/"),
    ],
)
def test_capitals_lead_to_small_letters(
    front: Front, language: str, below: str, led_to: str
) -> None:
    answer = ask(front, f"/{language}/{below}")

    assert answer.status == 301
    assert answer.headers["location"] == f"/{language.lower()}/{led_to}"

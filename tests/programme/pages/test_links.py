from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory
from django.utils import translation

from programme.pages.links import (
    Links,
    Place,
    item_anchor,
    list_anchor,
    panel_anchor,
    translated_pages,
)
from tests.programme.builders import CHAD, document, in_english, intersessionals, item, panel

if TYPE_CHECKING:
    from pytest_django import Settings

SITE = "https://programme.example.org"
PROGRAMME = in_english(intersessionals())
STOCKPILES = PROGRAMME.item("6b")
PANEL = PROGRAMME.panel("victim-assistance")


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = SITE


@pytest.mark.parametrize(
    ("serial", "mount"),
    [
        pytest.param(None, "/fr/meetings/2024/", id="current"),
        pytest.param(3, "/fr/meetings/2024/v/3/", id="version"),
    ],
)
def test_links_stay_in_their_mount(serial: int | None, mount: str) -> None:
    assert STOCKPILES
    assert PANEL
    links = Links("2024", serial)

    with translation.override("fr"):
        addresses = [
            links.programme,
            links.item(STOCKPILES),
            links.item_in_programme(STOCKPILES),
            links.speaking_list(STOCKPILES, 2),
            links.panel(PANEL),
        ]

    assert addresses == [
        mount,
        f"{mount}items/6b/",
        f"{mount}#item-6b",
        f"{mount}items/6b/#item-6b-list-2",
        f"{mount}panels/victim-assistance/",
    ]


def test_some_links_leave_the_mount() -> None:
    chad = in_english(document(delegations=[CHAD])).delegation("tcd")
    links = Links("2024", 3)
    assert chad

    assert links.delegation(chad) == "/en/delegations/tcd/"
    assert links.changes == "/en/meetings/2024/changes/"
    assert links.changes_since(2) == "/en/meetings/2024/changes/?since=2"
    assert links.feed == "/en/meetings/2024/feed.atom"
    assert links.of_current.programme == "/en/meetings/2024/"
    assert links.of_version(1).programme == "/en/meetings/2024/v/1/"


def test_each_version_has_its_plain_text() -> None:
    assert Links("2024").text == "/en/meetings/2024.txt"
    assert Links("2024", 3).text == "/en/meetings/2024/v/3.txt"


def test_anchors_are_the_same_in_every_language() -> None:
    for language in ("en", "ar"):
        read = document(item(6, 1), panels=[panel("theme")]).in_language(language)
        (sub_item,) = read.items()

        assert item_anchor(sub_item) == "item-6a"
        assert list_anchor(sub_item, 1) == "item-6a-list-1"
        assert panel_anchor(read.panels[0]) == "panel-theme"


def test_a_place_is_the_same_page_in_each_language() -> None:
    with translation.override("es"):
        place = Place.of(RequestFactory().get("/es/meetings/2024/items/6b/"))

    assert [(one.code, one.path, one.dir, one.is_shown) for one in place.languages] == [
        ("en", "/en/meetings/2024/items/6b/", "ltr", False),
        ("fr", "/fr/meetings/2024/items/6b/", "ltr", False),
        ("es", "/es/meetings/2024/items/6b/", "ltr", True),
        ("ar", "/ar/meetings/2024/items/6b/", "rtl", False),
    ]
    assert place.canonical == f"{SITE}/es/meetings/2024/items/6b/"
    assert place.default == f"{SITE}/en/meetings/2024/items/6b/"


def test_what_was_asked_is_kept_for_readers_and_left_out_for_machines() -> None:
    place = Place.of(RequestFactory().get("/en/find/", {"q": "côte d", "utm": "x"}))

    french = place.languages[1]

    assert french.path == "/fr/find/?q=c%C3%B4te+d"
    assert french.address == f"{SITE}/fr/find/"


def test_home_stands_in_for_pages_without_a_place() -> None:
    assert [one.path for one in translated_pages()] == ["/en/", "/fr/", "/es/", "/ar/"]

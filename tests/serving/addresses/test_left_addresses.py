"""What left an address is told there: where it is by now, or that it is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from programme.document.nodes import Delegation, Texts
from programme.document.programme import ProgrammeDocument
from programme.pages import views
from programme.pages.urls import urlpatterns
from programme.shelf.edition import Version
from serving.front import Front
from tests.programme.builders import (
    CHAD,
    day,
    document,
    item,
    panel,
    slot,
    texts,
    version,
)
from tests.programme.conftest import Publish
from tests.programme.html import Page
from tests.serving.conftest import Counted
from tests.wsgi import ask

LANGUAGES = ("en", "fr", "es", "ar")
every_language = pytest.mark.parametrize("language", LANGUAGES)
MEETING = "meetings/2024-intersessional-meetings"
OPENING = item(1, title="Opening")
COOPERATION = item(
    5,
    title=Texts.of(en="Cooperation", fr="Coopération", es="Cooperación", ar="التعاون"),
    sub_items=[item(5, 1, title="First part")],
)
UNIVERSAL = item(6, title="Universalization")
THEME = panel("theme", title="Victims")
KENYA = replace(CHAD, id="delegation-of-kenya", code="ken", name=Texts.of(en="Kenya", ar="كينيا"))

ADDRESSES = {
    "item": (f"{MEETING}/items/5/", "Cooperation"),
    "sub-item": (f"{MEETING}/items/5a/", "First part"),
    "panel": (f"{MEETING}/panels/theme/", "Victims"),
    "delegation": ("delegations/ken/", "Kenya"),
    "delegation-feed": ("delegations/ken/feed.atom", "Kenya"),
}
every_kind = pytest.mark.parametrize(("below", "name"), ADDRESSES.values(), ids=ADDRESSES)


def programme(
    *items: Any,
    panels: tuple[Any, ...] = (),
    directory: tuple[Delegation[Texts], ...] = (CHAD,),
    **of_meeting: Any,
) -> ProgrammeDocument[Texts]:
    timetable = [day(one.date, slot(one)) for one in panels]
    return document(*items, timetable=timetable, panels=panels, delegations=directory, **of_meeting)


WHOLE = programme(OPENING, COOPERATION, UNIVERSAL, panels=(THEME,), directory=(CHAD, KENYA))
LESS = programme(OPENING, UNIVERSAL)


@pytest.fixture
def versions() -> list[Version]:
    """All stood in the first version and in Rev.1, and is gone from Rev.2 on."""
    return [version(WHOLE), version(WHOLE, 2, "Rev.1"), version(LESS, 3, "Rev.2")]


def asked_for(front: Front, address: str, status: int = 200) -> Page:
    answer = ask(front, address)
    assert answer.status == status, answer.text[:500]
    return Page(answer.text)


# --- gone ----------------------------------------------------------------------------------------


def names_of_parts(patterns: Any, above: str = "") -> Iterator[str]:
    for one in patterns:
        route = f"{above}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from names_of_parts(one.url_patterns, route)
        elif isinstance(one, URLPattern) and set(re.findall(r":(\w+)>", route)) - {
            "meeting",
            "serial",
        }:
            yield str(one.name)


def test_every_page_of_a_part_is_asked_for() -> None:
    assert set(names_of_parts(urlpatterns)) <= set(ADDRESSES)


@every_language
@every_kind
def test_what_is_gone_says_what_it_was_and_until_when(
    front: Front, django: Counted, below: str, name: str, language: str
) -> None:
    words = {"Cooperation": COOPERATION.title, "Kenya": KENYA.name}.get(name, texts(name))
    for query in ("", "?with=es" if language == "fr" else "?with=fr", "?x=1"):
        page = asked_for(front, f"/{language}/{below}{query}", 410)

        told = page.one("p", class_="lead")
        assert words.in_language(language).value in told.text
        assert "Rev.1" in told.text
        assert [one.text for one in page.all("bdi", dir="ltr")] == ["Rev.1", "Rev.1"]
        asked = "" if "delegations/" in below or "with" not in query else query
        then = "" if "delegations/" in below else below.removeprefix(f"{MEETING}/")
        assert f"/{language}/{MEETING}/{asked}" in page.links
        assert f"/{language}/{MEETING}/v/2/{then}{asked}" in page.links
        assert page.one("html").attributes["lang"] == language
        asked_for(front, f"/{language}/{MEETING}/v/2/{then}")
    whole = ask(django, f"/{language}/{below}")
    django.asked.clear()
    kept = ask(front, f"/{language}/{below}")
    assert (kept.status, kept.text) == (410, whole.text)
    assert django.asked == []
    assert "s-maxage=1" in kept.headers["cache-control"]
    assert "etag" not in kept.headers


@every_kind
def test_what_comes_back_is_there_again(
    front: Front, publish: Publish, versions: list[Version], below: str, name: str
) -> None:
    asked_for(front, f"/en/{below}", 410)
    publish(*versions, version(WHOLE, 4, "Rev.3"))

    answer = ask(front, f"/en/{below}")

    assert answer.status == 200
    assert name in answer.text


@pytest.mark.parametrize("below", ["items/5/", "items/5a/", "panels/theme/"])
def test_an_old_version_says_what_was_gone_by_then(
    front: Front, publish: Publish, versions: list[Version], below: str
) -> None:
    publish(*versions, version(WHOLE, 4, "Rev.3"), version(LESS, 5, "Rev.4"))

    page = asked_for(front, f"/en/{MEETING}/v/3/{below}", 410)

    assert "Up to and including Rev.1" in page.one("p", class_="lead").text
    assert f"/en/{MEETING}/v/3/" in page.links
    asked_for(front, f"/en/{MEETING}/v/4/{below}")
    assert "including Rev.3" in asked_for(front, f"/en/{MEETING}/{below}", 410).text


def test_what_came_later_was_not_there_in_an_old_version(front: Front, publish: Publish) -> None:
    publish(version(LESS), version(WHOLE, 2, "Rev.1"), version(LESS, 3, "Rev.2"))

    asked_for(front, f"/en/{MEETING}/v/1/items/5/", 404)
    asked_for(front, f"/en/{MEETING}/items/5/", 410)


def test_what_stood_in_the_first_version_alone_says_so(front: Front, publish: Publish) -> None:
    publish(version(WHOLE), version(LESS, 2, "Rev.1"))

    page = asked_for(front, f"/en/{MEETING}/items/5/", 410)

    assert (
        page.one("p", class_="lead").text
        == "In the first version, this was the address of “Cooperation”."
    )
    assert page.one("h1").text == "No longer in the programme"


def test_what_a_withdrawn_version_alone_had_was_never_there(front: Front, publish: Publish) -> None:
    publish(version(LESS), withdrawn=frozenset({("2024-intersessional-meetings", 2)}))

    asked_for(front, f"/en/{MEETING}/items/5/", 404)
    asked_for(front, "/en/delegations/ken/", 404)


def test_a_version_whose_addresses_cannot_be_read_takes_none_away(
    front: Front, publish: Publish, versions: list[Version]
) -> None:
    odd = replace(versions[1], packed=Version.pack('{"agenda":[{}],"delegations":3}'))
    publish(versions[0], odd, versions[2])

    page = asked_for(front, f"/en/{MEETING}/items/5/", 410)

    assert "In the first version" in page.one("p", class_="lead").text
    asked_for(front, f"/en/{MEETING}/items/6/")
    asked_for(front, "/en/delegations/ken/", 410)


# --- another stands there ------------------------------------------------------------------------

SWAPPED = programme(
    OPENING,
    replace(UNIVERSAL, slug="5", label=COOPERATION.label),
    replace(COOPERATION, slug="6", label=UNIVERSAL.label, sub_items=()),
)


@pytest.fixture
def swapped(front: Front, publish: Publish) -> Front:
    publish(version(WHOLE), version(WHOLE, 2, "Rev.1"), version(SWAPPED, 3, "Rev.2"))
    return front


@every_language
def test_an_item_says_what_stood_at_its_address(swapped: Front, language: str) -> None:
    page = asked_for(swapped, f"/{language}/{MEETING}/items/5/")

    (told,) = page.all("p", class_="past")
    until = {
        "en": "Up to and including Rev.1, ",
        "fr": "Jusqu’à Rev.1 incluse, ",
        "es": "Hasta Rev.1 inclusive, ",
        "ar": "حتى Rev.1 (ضمناً)، ",
    }
    said = {
        "en": "this was the address of “Cooperation”, which is now item 6.",
        "fr": "cette adresse était celle de « Coopération », qui est désormais le point 6.",
        "es": "esta era la dirección de «Cooperación», que ahora es el tema 6.",
        "ar": "كان هذا عنوان «التعاون»، وهو الآن البند 6.",
    }
    assert told.text.replace("\u00a0", " ") == until[language] + said[language]
    (link,) = [one for one in page.all("a") if told in one.parents]
    assert link.attributes["href"] == f"/{language}/{MEETING}/items/6/"
    (version_then,) = [one for one in page.all("bdi") if told in one.parents]
    assert (version_then.text, version_then.attributes["dir"]) == ("Rev.1", "ltr")


def test_a_name_in_another_language_is_marked_as_such(swapped: Front) -> None:
    page = asked_for(swapped, f"/ar/{MEETING}/items/6/")

    told = page.one("p", class_="past")
    (name,) = [one for one in page.all("span") if told in one.parents]
    assert (name.text, name.attributes) == ("Universalization", {"lang": "en", "dir": "ltr"})


def test_the_second_language_stays_on_the_way(swapped: Front) -> None:
    page = asked_for(swapped, f"/en/{MEETING}/items/5/?with=fr")

    told = page.one("p", class_="past")
    (link,) = [one for one in page.all("a") if told in one.parents]
    assert link.attributes["href"] == f"/en/{MEETING}/items/6/?with=fr"


@pytest.mark.parametrize("below", ["items/1/", "v/1/items/5/", "v/3/items/5/"])
def test_what_kept_its_address_and_old_versions_say_nothing(swapped: Front, below: str) -> None:
    assert asked_for(swapped, f"/en/{MEETING}/{below}").all("p", class_="past") == []


def test_an_item_that_was_entered_anew_is_the_same_to_readers(
    front: Front, publish: Publish
) -> None:
    publish(version(WHOLE), version(programme(replace(COOPERATION, id="anew")), 2, "Rev.1"))

    assert asked_for(front, f"/en/{MEETING}/items/5/").all("p", class_="past") == []


def test_a_panel_says_which_one_it_took_the_address_of(front: Front, publish: Publish) -> None:
    moved = replace(THEME, slug="victims")
    new = replace(panel("theme", title="Clearance"), id="another")
    publish(version(WHOLE), version(programme(panels=(new, moved)), 2, "Rev.1"))
    told = asked_for(front, f"/en/{MEETING}/panels/theme/").one("p", class_="past")
    assert told.text == (
        "In the first version, this was the address of “Victims”, which now has another."
    )

    publish(version(WHOLE), version(programme(panels=(new,)), 2, "Rev.1"))
    page = asked_for(front, f"/en/{MEETING}/panels/theme/")
    told = page.one("p", class_="past")
    assert "“Victims”, which is no longer in the programme." in told.text
    (link,) = [one for one in page.all("a") if told in one.parents]
    assert link.attributes["href"] == f"/en/{MEETING}/v/1/panels/theme/"


# --- what it costs -------------------------------------------------------------------------------


def test_each_version_is_read_once(
    front: Front, publish: Publish, monkeypatch: pytest.MonkeyPatch, versions: list[Version]
) -> None:
    read: list[int] = []
    stored = Version.stored.fget  # type: ignore[attr-defined]
    publish(*versions)

    def counted(one: Version) -> str:
        read.append(one.serial)
        return str(stored(one))

    monkeypatch.setattr(Version, "stored", property(counted))
    for below in ("items/1/", "items/6/", "items/99/", "panels/none/"):
        ask(front, f"/en/{MEETING}/{below}")
    assert sorted(read) == [1, 2, 3]
    for code in ("tcd", "none", "xyz"):
        ask(front, f"/en/delegations/{code}/")
    assert sorted(read) == [1, 1, 2, 2, 3, 3]
    publish(*versions, version(WHOLE, 4, "Rev.3"))
    read.clear()

    ask(front, f"/en/{MEETING}/items/1/")
    ask(front, "/en/delegations/tcd/")

    assert set(read) == {4}


def test_versions_with_the_same_addresses_share_them(front: Front, versions: list[Version]) -> None:
    left = views.shelf.left
    ask(front, f"/en/{MEETING}/items/99/")

    one, two, three = (left.in_version("item", each) for each in versions)

    assert one is two
    assert two is not three

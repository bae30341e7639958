"""Names in changes lead to what they name, and texts unfold with what stood before and after."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from programme.document.nodes import LANGUAGES, Texts
from programme.shelf.edition import Version
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    PERU,
    day,
    document,
    item,
    named_list,
    placement,
    sitting,
    versions_in_turn,
)
from tests.programme.edits import Document
from tests.programme.html import Element, Page

if TYPE_CHECKING:
    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"


def changes(language: str = "en", query: str = "") -> Page:
    response = Client().get(f"/{language}/{MEETING}/changes/{query}")
    assert response.status_code == 200
    return Page(response.content.decode())


def programme(
    *invited: Any, text: Texts | str = "", basis: str = "", numbers: tuple[int, ...] = (4, 5)
) -> Document:
    held = replace(named_list(*(invited or (CHAD,))), id="list", basis=basis)
    items = {n: replace(item(n, title=f"Item of {n}"), id=f"{n}") for n in (4, 5)}
    third = replace(item(3, title="Clearance", text=text or "Old words.", lists=[held]), id="3")
    half = replace(
        sitting(*(replace(placement(items[n]), id=f"at-{n}") for n in numbers)), id="half"
    )
    return document(third, *items.values(), timetable=[day(FIRST_DAY, half)])


# --- names ---------------------------------------------------------------------------------------


def named_links(read: Page) -> dict[str, str]:
    """Where the names inside sentences lead."""
    said = [one for one in read.all("li") if any(_is_told(each) for each in one.parents)]
    links = (one for one in read.all("a") if any(each in one.parents for each in said))
    return {one.text.replace("\u00a0", " "): one.attributes["href"] for one in links}


def _is_told(one: Element) -> bool:
    return "told" in one.attributes.get("class", "").split()


@pytest.mark.parametrize("query", ["", "?since=1"])
def test_each_name_leads_to_what_it_names(publish: Publish, query: str) -> None:
    basis = "updated_work_plan"
    publish(
        *versions_in_turn(
            programme(basis=basis), programme(CHAD, PERU, basis=basis, numbers=(5, 4))
        )
    )

    links = named_links(changes(query=query))

    assert links["Peru"] == "/en/delegations/per/"
    assert links["Item 5"] == f"/en/{MEETING}/items/5/"
    assert links["item 4"] == f"/en/{MEETING}/items/4/"


def test_a_list_that_is_named_leads_to_it(publish: Publish) -> None:
    publish(*versions_in_turn(programme(), programme(CHAD, PERU)))

    assert named_links(changes())["the list"] == f"/en/{MEETING}/items/3/#item-3-list-1"


def test_what_is_gone_by_now_is_named_without_a_link(publish: Publish) -> None:
    gone = document(item(9, title="Other"))
    publish(*versions_in_turn(programme(), programme(CHAD, PERU), gone))

    read = changes()

    assert "Peru added to the list" in read.text
    assert "the list" not in named_links(read)


def test_in_a_feed_names_lead_to_whole_addresses(publish: Publish) -> None:
    publish(*versions_in_turn(programme(), programme(CHAD, PERU)))

    feed = Client().get(f"/en/{MEETING}/feed.atom").content.decode()

    assert "/en/delegations/per/&quot;&gt;Peru" in feed or '/en/delegations/per/"' in feed
    assert 'href="/en' not in feed.replace("&quot;", '"').replace("&lt;", "<").split("<content")[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["changes/", "items/4/"])
def test_no_line_parts_a_range_of_hours(publish: Publish, language: str, path: str) -> None:
    def made(start: int) -> Document:
        four = replace(item(4, title="Debate"), id="4")
        at = replace(placement(four, time(start), time(start + 1)), id="at")
        return document(four, timetable=[day(FIRST_DAY, at)])

    publish(*versions_in_turn(made(10), made(11)))
    read = Page(Client().get(f"/{language}/{MEETING}/{path}").content.decode())

    told = [*read.all("li"), *read.all("p", class_="change")]
    ranges = [
        one for one in read.all("span", class_="range") if any(each in one.parents for each in told)
    ]
    assert len(ranges) == (2 if path == "changes/" else 1)
    whole = " ".join(one.text for one in told)
    assert len(re.findall(r"\d\d:\d\d\s–\s\d\d:\d\d", whole)) >= len(ranges)


# --- texts ---------------------------------------------------------------------------------------


def texts(read: Page) -> list[str]:
    """What unfolds, as somebody hears it."""
    return [
        one.text
        for one in read.all("p")
        if any("retold" in each.attributes.get("class", "") for each in one.parents)
    ]


OLD = Texts.of(en="The Committee will meet.", fr="Le Comité se réunira.", ar="ستجتمع اللجنة.")
NEW = Texts.of(en="The President will meet.", fr="Le Président se réunira.", ar="سيجتمع الرئيس.")

HEARD = {
    "en": "The [removed: Committee][added: President] will meet.",
    "fr": "Le [supprimé : Comité][ajouté : Président] se réunira.",
    "es": "The [suprimido: Committee][añadido: President] will meet.",
    "ar": "[حُذف: ستجتمع اللجنة][أضيف: سيجتمع الرئيس].",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_unfolds_with_what_stood_before_and_after(publish: Publish, language: str) -> None:
    publish(*versions_in_turn(programme(text=OLD), programme(text=NEW)))

    read = changes(language)

    assert [one.replace("\u00a0", " ") for one in texts(read)] == [HEARD[language]]
    (shown,) = [one for one in read.all("p") if one.text == texts(read)[0]]
    direction = "rtl" if language == "ar" else "ltr"
    assert shown.attributes["dir"] == direction
    assert shown.attributes["lang"] == ("en" if language == "es" else language)


def test_since_a_version_the_words_are_those_of_then(publish: Publish) -> None:
    publish(*versions_in_turn(*(programme(text=one) for one in ("One a.", "Two a.", "Three a."))))

    assert texts(changes(query="?since=1")) == ["[removed: One][added: Three] a."]
    assert texts(changes(query="?since=2")) == ["[removed: Two][added: Three] a."]
    assert texts(changes()) == [
        "[removed: Two][added: Three] a.",
        "[removed: One][added: Two] a.",
    ]


def test_words_are_shown_only_where_they_are_those_that_were_changed(publish: Publish) -> None:
    first, second, third = versions_in_turn(
        *(programme(text=one) for one in ("One a.", "Two a.", "Three a."))
    )
    publish(first, third)  # the second was withdrawn: what the third tells of is not at hand

    assert texts(changes()) == []
    assert "Text changed" in changes().text
    assert isinstance(second, Version)


def test_of_a_long_text_only_what_is_near_a_change_is_shown(publish: Publish) -> None:
    many = "words that stay " * 200
    publish(
        *versions_in_turn(*(programme(text=f"{many}{one} {many}".strip()) for one in ("A", "B")))
    )

    (said,) = texts(changes())

    assert "[removed: A][added: B]" in said
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert len(said) < 400

"""What delegates read of changes: on the page of versions, at the items, and on their own page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from tests.programme.builders import (
    CHAD,
    NIGER,
    PERU,
    UKRAINE,
    document,
    item,
    named_list,
    of_meeting,
    panel,
    version,
    versions_in_turn,
)
from tests.programme.html import Element, Page

if TYPE_CHECKING:
    from tests.programme.conftest import Publish

Document = ProgrammeDocument[Texts]

MEETING = "meetings/2024-intersessional-meetings"
AFTERWARDS = "2024-07-01T10:00:00Z"


def page(path: str, status: int = 200) -> Page:
    response = Client().get(path)
    assert response.status_code == status, path
    assert not response.cookies
    return Page(response.content.decode())


def programme(*invited: Any, title: str = "Clearance", **values: Any) -> Document:
    """Item 3 with two lists, item 4, and a panel."""
    named, others = named_list(*(invited or (CHAD,))), named_list(UKRAINE)
    return document(
        item(
            *(3,),
            title=title,
            lists=[replace(named, id="first"), replace(others, id="second")],
        ),
        item(4, title="Debate"),
        panels=[panel(title="Theme")],
        **values,
    )


STEPS = (programme(), programme(CHAD, PERU), programme(CHAD, PERU, NIGER, title="Mine clearance"))


@pytest.fixture
def _three_versions(publish: Publish) -> None:
    publish(*versions_in_turn(*STEPS))


RETITLED = "Before and after [removed: Clearance][added: Mine clearance]"
"""What unfolds beneath a title that changed."""


def told(read: Page, within: Element) -> list[str]:
    return [one.text for one in read.all("li") if within in one.parents]


def releases(read: Page) -> dict[str, list[str]]:
    """Each version by its heading, with the sentences of its changes."""
    return {
        next(one for one in read.all("h2") if each in one.parents).text: told(read, each)
        for each in read.all("li", class_="release")
    }


# --- all versions ----------------------------------------------------------------------------


@pytest.mark.usefixtures("_three_versions")
def test_each_version_says_what_it_changed_the_latest_first() -> None:
    read = page(f"/en/{MEETING}/changes/")

    assert list(releases(read).items()) == [
        ("Rev.2", ["Niger added to the first list", f"Title changed {RETITLED}"]),
        ("Rev.1", ["Peru added to the first list"]),
        ("First version", []),
    ]
    assert {f"/en/{MEETING}/v/1/", f"/en/{MEETING}/v/2/", f"/en/{MEETING}/"} <= set(read.links)


@pytest.mark.usefixtures("_three_versions")
def test_a_heading_leads_to_the_item_as_it_stands_today() -> None:
    (heading, *_others) = page(f"/en/{MEETING}/changes/").all("h3")

    assert heading.text == "3 Mine clearance"
    read = page(f"/en/{MEETING}/changes/")
    links = [one for one in read.all("a") if one.text == "3 Mine clearance"]
    assert {one.attributes["href"] for one in links} == {f"/en/{MEETING}/items/3/"}


def test_what_is_no_longer_there_is_named_without_a_link(publish: Publish) -> None:
    publish(*versions_in_turn(programme(), document(programme().agenda[0])))

    read = page(f"/en/{MEETING}/changes/")

    gone = next(one for one in read.all("h3") if "Debate" in one.text)
    assert not [one for one in read.all("a") if gone in one.parents]


def test_a_reissue_has_no_section_and_is_told_in_small_print(publish: Publish) -> None:
    mended = programme(CHAD, PERU, title="Clearance.")
    publish(*versions_in_turn(STEPS[0], STEPS[1], mended, reissued=[3]))

    read = page(f"/en/{MEETING}/changes/")

    assert list(releases(read)) == ["Rev.1", "First version"]
    assert [one.text for one in read.all("small")] == ["reissued on 14 June 2024, 16:40"]


def test_what_is_held_back_stands_nowhere(publish: Publish) -> None:
    publish(*versions_in_turn(*STEPS[:2], hold_back="first delegations per"))

    for path in ("changes/", "changes/?since=1", "items/3/", "", "v/1/", "feed.atom"):
        text = Client().get(f"/en/{MEETING}/{path}").content.decode()
        assert "added to" not in text, path
        assert 'class="change"' not in text, path
    assert "No changes are listed for this version." in page(f"/en/{MEETING}/changes/").text


@pytest.mark.usefixtures("_three_versions")
def test_the_page_of_versions_leads_to_that_of_changes() -> None:
    response = Client().get(f"/en/{MEETING}/versions/")

    assert (response.status_code, response["Location"]) == (301, f"/en/{MEETING}/changes/")


# --- since a version -------------------------------------------------------------------------


@pytest.mark.usefixtures("_three_versions")
def test_changes_since_a_version_are_told_as_one() -> None:
    read = page(f"/en/{MEETING}/changes/?since=1")

    assert "2 changes since the first version of 12 June 2024, 16:40." in read.text
    assert told(read, read.one("div", class_="release")) == [
        "Niger and Peru added to the first list",
        f"Title changed {RETITLED}",
    ]


@pytest.mark.usefixtures("_three_versions")
def test_nothing_changed_since_what_holds_today() -> None:
    read = page(f"/en/{MEETING}/changes/?since=3")

    assert "No changes since Rev.2 of 14 June 2024, 16:40." in read.text


@pytest.mark.usefixtures("_three_versions")
@pytest.mark.parametrize("since", ["", "0", "9", "-1", "02", "٢", "two", "2&since="])
def test_an_odd_version_is_not_asked_for(since: str) -> None:
    read = page(f"/en/{MEETING}/changes/?since={since}")

    assert list(releases(read)) == ["Rev.2", "Rev.1", "First version"]


@pytest.mark.usefixtures("_three_versions")
def test_an_old_version_says_how_many_changes_came_since() -> None:
    read = page(f"/en/{MEETING}/v/1/items/3/")

    (link,) = [one for one in read.all("a") if one.text == "2 changes were published since."]
    assert link.attributes["href"] == f"/en/{MEETING}/changes/?since=1"


def test_an_old_version_from_before_the_address_changed_is_read_under_the_new_one(
    publish: Publish,
) -> None:
    first, second = versions_in_turn(programme(), programme(CHAD, PERU, slug="renamed"))
    publish(of_meeting(first, "one"), of_meeting(second, "one"))

    read = page("/en/meetings/renamed/v/1/")

    assert "/en/meetings/renamed/changes/?since=1" in read.links
    assert "/en/meetings/renamed/v/1/items/3/" in read.links
    assert not [one for one in read.links if MEETING in one]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize(
    "path",
    ["/", ".txt", "/items/3/?with=es", "/changes/?since=1", "/feed.atom", "/v/1/", "/v/1.txt"],
)
def test_an_address_that_a_meeting_left_leads_to_the_one_that_it_has(
    publish: Publish, path: str, language: str
) -> None:
    steps = (programme(), programme(slug="renamed"), programme(CHAD, PERU, slug="once-more"))
    publish(*(of_meeting(one, "one") for one in versions_in_turn(*steps)))

    for left in (MEETING, "meetings/renamed"):
        response = Client().get(f"/{language}/{left}{path}")

        assert response.status_code == 301
        assert response["Location"] == f"/{language}/meetings/once-more{path}"
    assert Client().get(response["Location"]).status_code == 200


def test_an_address_that_another_meeting_has_by_now_is_its_own(publish: Publish) -> None:
    first, second = versions_in_turn(programme(), programme(slug="renamed"))
    newcomer = version(programme(CHAD, PERU))
    publish(
        *(of_meeting(one, "one") for one in (first, second)),
        of_meeting(newcomer, "two"),
    )

    assert "/en/delegations/per/" in page(f"/en/{MEETING}/").links
    page(f"/en/{MEETING}/v/2/", status=404)


# --- at the items ----------------------------------------------------------------------------


def marks(read: Page) -> list[str]:
    return [one.text for one in read.all("p", class_="change")]


TO_FIRST_LIST = "{} added to the first list"

AT_ITEM_3 = ["Niger added to the first list · Title changed", TO_FIRST_LIST.format("Niger")]
"""At the item, and at its first list."""


@pytest.mark.usefixtures("_three_versions")
def test_what_changed_last_is_marked_where_it_stands_with_what_changed() -> None:
    read = page(f"/en/{MEETING}/")

    assert marks(read) == AT_ITEM_3
    assert f"/en/{MEETING}/changes/?since=2" in read.links


@pytest.mark.usefixtures("_three_versions")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("items/3/", AT_ITEM_3, id="changed item"),
        pytest.param("items/4/", [], id="other item"),
        pytest.param("v/2/items/3/", [TO_FIRST_LIST.format("Peru")] * 2, id="in its version"),
        pytest.param("v/1/items/3/", [], id="first version"),
    ],
)
def test_each_version_marks_its_own_changes(path: str, expected: list[str]) -> None:
    assert marks(page(f"/en/{MEETING}/{path}")) == expected


@pytest.mark.usefixtures("_three_versions")
def test_the_mark_of_an_old_version_leads_to_what_that_changed() -> None:
    assert f"/en/{MEETING}/changes/#v2" in page(f"/en/{MEETING}/v/2/items/3/").links
    assert "v2" in page(f"/en/{MEETING}/changes/").ids


def test_a_reissue_keeps_the_marks_of_its_revision(publish: Publish) -> None:
    publish(*versions_in_turn(STEPS[0], STEPS[1], STEPS[1], reissued=[3]))

    read = page(f"/en/{MEETING}/items/3/")

    assert marks(read) == [TO_FIRST_LIST.format("Peru")] * 2
    (said,) = read.all("p", class_="edition")
    assert said.text == (
        "Provisional programme Rev.1 · 13 June, 16:40 · reissued on 14 June, 16:40 · "
        "1 change since the first version"
    )


def test_what_is_new_is_marked_as_new(publish: Publish) -> None:
    more = document(*programme().agenda, item(5, title="Closing"), panels=[panel(title="Theme")])
    publish(*versions_in_turn(programme(), more))

    assert marks(page(f"/en/{MEETING}/items/5/")) == ["New"]


def test_plain_text_says_when_it_was_reissued(publish: Publish) -> None:
    publish(*versions_in_turn(STEPS[0], STEPS[1], STEPS[1], reissued=[3]))

    text = Client().get(f"/en/{MEETING}.txt").content.decode()

    assert "Rev.1, published on 13 June 2024, 16:40 (reissued on 14 June 2024, 16:40)" in text


# --- on a delegation's page ------------------------------------------------------------------


def news(read: Page) -> list[str]:
    sections = read.all("section", class_="news")
    return [one.text for one in read.all("dd") if sections and sections[0] in one.parents]


@pytest.mark.usefixtures("_three_versions")
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("per", ["Peru added to the first list"]),
        ("ner", ["Niger added to the first list"]),
        ("tcd", []),
    ],
)
def test_a_delegation_sees_what_concerns_it(code: str, expected: list[str]) -> None:
    assert news(page(f"/en/delegations/{code}/")) == expected


def test_news_of_a_past_meeting_give_way_to_those_of_one_to_come(publish: Publish) -> None:
    past = versions_in_turn(STEPS[0], STEPS[1])
    later = STEPS[0].meeting.starts_on.replace(month=9)
    values: dict[str, Any] = {"slug": "next", "starts_on": later, "ends_on": later}
    ahead = versions_in_turn(programme(CHAD, PERU, **values), programme(CHAD, **values))
    publish(*past, *ahead)

    with time_machine.travel(AFTERWARDS, tick=False):
        assert news(page("/en/delegations/per/")) == ["Peru removed from the first list"]


# --- withdrawn -------------------------------------------------------------------------------

GONE = ["", "items/3/", "changes/", "feed.atom", "v/1/", "v/1/items/3/"]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("path", GONE)
def test_what_was_withdrawn_is_gone(publish: Publish, path: str, language: str) -> None:
    publish(withdrawn=frozenset({("2024-intersessional-meetings", 1)}))

    response = Client().get(f"/{language}/{MEETING}/{path}")

    read = Page(response.content.decode())
    assert response.status_code == 410
    assert response["Content-Language"] == read.one("html").attributes["lang"] == language
    assert f"/{language}/" in read.links
    assert not response.cookies


def test_a_withdrawn_version_is_gone_while_others_stand(publish: Publish) -> None:
    publish(*versions_in_turn(STEPS[0]), withdrawn=frozenset({(STEPS[0].meeting.slug, 2)}))

    statuses = {
        path: Client().get(f"/en/{MEETING}{path}").status_code
        for path in ("/v/2/", "/v/2.txt", "/v/3/", "/v/1/", "/", ".txt")
    }

    assert statuses == {
        "/v/2/": 410,
        "/v/2.txt": 410,
        "/v/3/": 404,
        "/v/1/": 200,
        "/": 200,
        ".txt": 200,
    }


def test_an_address_that_a_meeting_left_leads_on_although_a_version_there_was_withdrawn(
    publish: Publish,
) -> None:
    first, _withdrawn, third = versions_in_turn(
        programme(), programme(CHAD, PERU), programme(slug="renamed")
    )
    publish(
        *(of_meeting(one, "one") for one in (first, third)),
        withdrawn=frozenset({(first.slug, 2)}),
    )

    statuses = {
        path: Client().get(f"/en/{MEETING}{path}").status_code for path in ("/", "/v/1/", "/v/2/")
    }

    assert statuses == {"/": 301, "/v/1/": 301, "/v/2/": 410}


# --- when each was published ---------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_version_is_told_with_its_hour_at_the_meeting(publish: Publish, language: str) -> None:
    first, second, third = versions_in_turn(*STEPS)
    later = second.published_at.replace(hour=15, minute=5)
    publish(first, second, replace(third, published_at=later))

    read = page(f"/{language}/{MEETING}/changes/")

    said = [one.text for one in read.all("p", class_="quiet") if "2024" in one.text]
    hours = [re.findall(r"\d\d:\d\d", one) for one in said]
    moments = (later, second.published_at, first.published_at)
    there = [one.astimezone(ZoneInfo("Europe/Zurich")) for one in moments]
    assert hours == [[f"{one:%H:%M}"] for one in there]


# --- which version it is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said", "anchor"),
    [
        ("", " Rev.2 · 14 June, 16:40 · 2 changes since Rev.1", "#v3"),
        ("v/2/", " Rev.1 · 13 June, 16:40 · 1 change since the first version", "#v2"),
        ("v/1/", " · 12 June, 16:40", ""),
    ],
)
def test_a_programme_says_in_a_sentence_which_version_it_is(
    publish: Publish, path: str, said: str, anchor: str
) -> None:
    publish(*versions_in_turn(*STEPS))

    read = page(f"/en/{MEETING}/{path}")

    (edition,) = read.all("p", class_="edition")
    assert edition.text == f"Provisional programme{said}"
    ways = [one.attributes["href"] for one in read.all("a") if edition in one.parents]
    assert ways == ([f"/en/{MEETING}/changes/{anchor}"] if anchor else [])

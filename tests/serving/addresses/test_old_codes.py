"""A delegation is one and the same whatever its code was in a version or a meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from pytest_django import Settings

from programme.document.nodes import Delegation, SpeakingList, Texts
from programme.pages import views
from serving.front import Front
from tests.programme.builders import CHAD, PERU, item, named_list, version, versions_in_turn
from tests.programme.conftest import Publish
from tests.serving.addresses.test_left_addresses import (
    KENYA,
    MEETING,
    OPENING,
    asked_for,
    every_language,
    programme,
)
from tests.wsgi import ask

LIST = named_list(KENYA, CHAD)


def same_list(*delegations: Delegation[Texts]) -> SpeakingList[Texts]:
    return replace(LIST, entries=named_list(*delegations).entries)


LISTED = item(3, title="Clearance", lists=[LIST])
RECODED = replace(KENYA, code="kya")
LISTED_ANEW = item(3, title="Clearance", lists=[same_list(RECODED, CHAD)])
LEFT = item(3, title="Clearance", lists=[same_list(CHAD)])


@every_language
@pytest.mark.parametrize("page", ["", "feed.atom"])
def test_the_old_code_of_a_delegation_leads_to_the_new_one(
    front: Front, publish: Publish, page: str, language: str
) -> None:
    publish(
        version(programme(LISTED, directory=(CHAD, KENYA))),
        version(programme(LISTED_ANEW, directory=(CHAD, RECODED)), 2, "Rev.1"),
    )

    answer = ask(front, f"/{language}/delegations/ken/{page}?x=1")

    assert (answer.status, answer.headers["location"]) == (
        301,
        f"/{language}/delegations/kya/{page}",
    )
    assert ask(front, f"/{language}/delegations/kya/{page}").status == 200


@pytest.fixture
def two_meetings(front: Front, publish: Publish) -> Front:
    """A meeting that is over has the old code for good; the next one has the new."""
    over = programme(LISTED, directory=(CHAD, KENYA))
    over_with = versions_in_turn(programme(LEFT, directory=(CHAD, KENYA)), over)
    ahead = programme(
        LISTED_ANEW,
        directory=(CHAD, RECODED),
        slug="2025-meetings",
        starts_on=date(2025, 6, 17),
        ends_on=date(2025, 6, 19),
    )
    publish(
        *over_with,
        replace(version(ahead), published_at=over_with[0].published_at.replace(year=2025)),
    )
    return front


def test_a_delegation_is_one_whatever_its_code_once_was(
    two_meetings: Front,
) -> None:
    everybody = asked_for(two_meetings, "/en/delegations/")
    found = ask(two_meetings, "/en/find/?q=ken")
    its = asked_for(two_meetings, "/en/delegations/kya/")

    assert [one.text for one in everybody.all("a")].count("Kenya") == 1
    assert (found.status, found.headers["location"]) == (303, "/en/delegations/kya/")
    assert "Kenya" in everybody.text.partition("States Parties")[0]
    assert f"/en/{MEETING}/items/3/#item-3-list-1" in its.links
    assert "/en/meetings/2025-meetings/items/3/#item-3-list-1" in its.links
    assert ask(two_meetings, "/en/delegations/ken/").headers["location"] == "/en/delegations/kya/"


def test_its_feed_goes_on_under_the_new_code(
    two_meetings: Front, publish: Publish, settings: Settings
) -> None:
    settings.SITE_URL = "http://testserver"
    new = ids_in(ask(two_meetings, "/en/delegations/kya/feed.atom").text)
    publish(*[one for one in views.shelf.all_versions() if "2025" not in one.slug])
    old = ids_in(ask(two_meetings, "/en/delegations/ken/feed.atom").text)

    assert len(old) == 2  # the feed, and that it joined a list
    assert set(old) < set(new)


def ids_in(feed: str) -> list[str]:
    atom = "{http://www.w3.org/2005/Atom}"
    return [str(one.text) for one in ET.fromstring(feed).iter(f"{atom}id")]  # noqa: S314 -- our own


def test_news_of_a_code_are_of_whoever_had_it_then(front: Front, publish: Publish) -> None:
    other = replace(PERU, code="ken")
    directory = (CHAD, RECODED, other)
    publish(
        *versions_in_turn(
            programme(LEFT, directory=(CHAD, KENYA)),
            programme(LISTED, directory=(CHAD, KENYA)),
            programme(LISTED_ANEW, directory=directory),
        )
    )

    its = asked_for(front, "/en/delegations/kya/")
    others = asked_for(front, "/en/delegations/ken/")

    assert "Kenya added to the list" in its.one("section", class_="news").text
    assert others.all("section", class_="news") == []
    told = others.one("p", class_="past")
    assert told.text == (
        "Up to and including Rev.1 of “2024 Intersessional Meetings”, this was the address of "
        "“Kenya”, which now has another."
    )
    assert its.all("p", class_="past") == []


def test_a_code_of_one_who_is_gone_says_so_too(front: Front, publish: Publish) -> None:
    publish(
        version(programme(LISTED, directory=(CHAD, KENYA))),
        version(programme(LEFT, directory=(CHAD, replace(PERU, code="ken"))), 2, "Rev.1"),
    )

    page = asked_for(front, "/en/delegations/ken/")

    told = page.one("p", class_="past")
    assert told.text == (
        "In the first version of “2024 Intersessional Meetings”, this was the address of “Kenya”, "
        "which is no longer in any programme."
    )
    assert f"/en/{MEETING}/v/1/" in page.links


def test_a_delegation_that_was_entered_anew_keeps_its_points(
    front: Front, publish: Publish
) -> None:
    anew = replace(KENYA, id="entered-anew")
    publish(
        version(programme(LISTED, directory=(CHAD, KENYA))),
        version(
            programme(
                OPENING,
                directory=(CHAD, anew),
                slug="later",
                starts_on=date(2025, 1, 1),
                ends_on=date(2025, 1, 2),
            )
        ),
    )

    page = asked_for(front, "/en/delegations/ken/")

    assert f"/en/{MEETING}/items/3/#item-3-list-1" in page.links
    assert page.all("p", class_="past") == []

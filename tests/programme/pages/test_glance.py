"""The whole timetable in one look, at the head of a programme and at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
import time_machine

from programme.document.nodes import Texts
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    GREECE,
    PERU,
    UKRAINE,
    day,
    document,
    intersessionals,
    item,
    meeting,
    named_list,
    placement,
    reference,
    two_meetings,
    version,
    versions_in_turn,
)
from tests.programme.html import Element, Page

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from programme.document.programme import ProgrammeDocument
    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"


@pytest.fixture(autouse=True)
def _two_meetings(publish: Publish) -> None:
    publish(*two_meetings())


def page(client: Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


def lines(read: Page) -> list[Element]:
    (glance,) = read.all(class_="glance")
    return [one for one in read.all("li") if glance in one.parents]


def links(read: Page) -> list[str]:
    (glance,) = read.all(class_="glance")
    return [one.attributes["href"] for one in read.all("a") if glance in one.parents]


def test_it_heads_the_programme_before_its_introduction(client: Client) -> None:
    read = page(client, f"/en/{MEETING}/")

    assert read.text.index("At a glance") < read.text.index("The meetings will take place")
    assert [one.text for one in lines(read)][:3] == [
        "1 Opening of the Intersessional Meetings",
        "3 Article 5 Implementation 5 States invited",
        "6 Matters related to the mandate of the President",
    ]


@pytest.mark.parametrize("mount", ["", "v/1/"])
def test_each_line_leads_to_its_place_below(client: Client, mount: str) -> None:
    for slug in (MEETING, "meetings/busy-days"):
        read = page(client, f"/en/{slug}/{mount}")

        found = links(read)
        assert found
        assert {one.removeprefix("#") for one in found} <= set(read.ids)
        assert not any(one.startswith("/") for one in found)


@time_machine.travel("2024-06-19T07:00Z")
def test_at_home_each_line_leads_into_the_programme(client: Client) -> None:
    found = links(page(client, "/fr/"))

    assert f"/fr/{MEETING}/#item-6b" in found
    assert all(one.startswith(f"/fr/{MEETING}/#") for one in found)


def test_hours_names_and_rooms_stand_in_a_line(client: Client) -> None:
    read = page(client, "/en/meetings/busy-days/")

    assert [one.text for one in lines(read)] == [
        "10:00 1 Opening",
        "10:30 2 General debate 2 States invited",
        "13:00 Lunch break",
        "15:00 Afternoon",
        "3b Second part",
        "3a First part",
        "Any other business",
        "2 General debate (continued)",
    ]


def test_short_titles_stand_for_long_ones(client: Client, publish: Publish) -> None:
    debate = replace(item(1, title="x" * 300), short_title=Texts.of(en="Debate"))
    publish(version(document(debate, timetable=[day(FIRST_DAY, placement(debate, time(10)))])))

    assert [one.text for one in lines(page(client, f"/en/{MEETING}/"))] == ["10:00 1 Debate"]


def test_what_is_on_and_next_says_so(client: Client) -> None:
    with time_machine.travel("2024-06-18T08:10Z"):
        found = lines(page(client, "/en/meetings/busy-days/"))

    assert [one.text for one in found][:2] == [
        "10:00 1 Opening Now",
        "10:30 2 General debate 2 States invited Next",
    ]


def test_a_programme_with_nothing_in_it_has_none(client: Client, publish: Publish) -> None:
    publish(version(document()))

    assert page(client, f"/en/{MEETING}/").all(class_="glance") == []


def test_numbers_are_counted_in_each_language(client: Client, publish: Publish) -> None:
    debate = item(1, title="Debate", lists=[named_list(PERU)])
    publish(version(document(debate)))

    told = [lines(page(client, f"/{one}/{MEETING}/"))[0].text for one in ("en", "fr", "es", "ar")]
    assert told == [
        "1 Debate 1 State invited",
        "1 Debate 1 État invité",
        "1 Debate 1 Estado invitado",
        "1 Debate دولة واحدة مدعوة",
    ]


# --- the first page --------------------------------------------------------------------------


def home(client: Client, language: str = "en") -> Page:
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    return Page(response.content.decode())


def after(slug: str, day: date) -> ProgrammeDocument[Texts]:
    """A preparatory meeting that follows the meetings of June."""
    return document(
        item(1, title="Organisation"),
        slug=slug,
        name=Texts.of(en=f"Meeting {slug}"),
        starts_on=day,
        ends_on=day,
        follows=reference(meeting()),
    )


@pytest.mark.parametrize(
    ("now", "says", "first"),
    [
        ("2024-06-01T12:00Z", "Next meeting · 18–20 June 2024", "2024 Intersessional Meetings"),
        ("2024-06-20T12:00Z", "On now · 18–20 June 2024", "2024 Intersessional Meetings"),
        ("2024-07-01T12:00Z", "Next meeting · 18 September 2024", "Meeting second"),
        ("2024-12-01T12:00Z", "Ended 20 June", "2024 Intersessional Meetings"),
    ],
)
def test_a_meeting_that_follows_another_is_a_line_of_it(
    client: Client, publish: Publish, now: str, says: str, first: str
) -> None:
    publish(
        version(intersessionals()),
        version(after("first", date(2024, 6, 20))),
        version(after("second", date(2024, 9, 18))),
    )

    with time_machine.travel(now):
        read = home(client)

    (section,) = read.all("section", class_="first-meeting")
    assert section.text.startswith(f"{says} {first}")
    leads = first == "2024 Intersessional Meetings"
    assert ("Followed by – Meeting first 20 June 2024" in section.text) is leads
    assert read.links.count("/en/meetings/first/") == 1
    assert read.links.count("/en/meetings/second/") == (1 if leads else 2)


@time_machine.travel("2024-06-19T12:00Z")
def test_the_last_three_changes_stand_there_the_latest_first(
    client: Client, publish: Publish
) -> None:
    plans = replace(named_list(PERU), id="plans")
    lists = [
        replace(plans, entries=named_list(PERU, *others).entries)
        for others in ([], [CHAD], [CHAD, GREECE], [CHAD, GREECE, UKRAINE], [GREECE, UKRAINE])
    ]
    publish(
        *versions_in_turn(*(document(item(3, title="Clearance", lists=[one])) for one in lists))
    )

    read = home(client)

    (section,) = read.all("section", class_="latest")
    told = [one.text for one in read.all("li") if section in one.parents]
    assert len(told) == 3
    assert told[0].startswith("3 Clearance – Chad removed from the list Rev.4")
    assert told[1].startswith("3 Clearance – Ukraine added to the list Rev.3")
    assert f"/en/{MEETING}/changes/#v5" in read.links


def test_a_first_version_has_changed_nothing(client: Client, publish: Publish) -> None:
    publish(version(intersessionals()))

    assert home(client).all("section", class_="latest") == []


def test_it_says_who_runs_the_site_and_how_to_reach_them(
    client: Client, publish: Publish, settings: Settings
) -> None:
    publish()
    read = home(client)
    assert (2, "About this site") in read.headings
    assert "Contact:" not in read.text

    settings.CONTACT_ADDRESS = "info@example.org"

    assert "mailto:info@example.org" in home(client, "ar").links


def test_the_finder_stands_there(client: Client, publish: Publish) -> None:
    publish(version(intersessionals()))

    assert [one.attributes["id"] for one in home(client).all("input")] == ["finder", "find"]

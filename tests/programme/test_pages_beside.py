"""Now and next, two languages side by side, and how to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from programme.document import Day, PanelSlot, Texts
from tests.programme.builders import document, intersessionals, item, panel, version
from tests.programme.html import Page

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"


@pytest.fixture(autouse=True)
def _one_meeting(publish: Publish) -> None:
    publish(version(intersessionals()))


def page(path: str) -> Page:
    response = Client().get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


def word(language: str, message: str) -> str:
    with translation.override(language):
        return gettext(message)


# --- now and next: the panel of the builders is on 19 June 2024, 11:30 – 13:00 in Geneva ----------

EDGES = {
    "a minute before": ("2024-06-19T09:29:00Z", "Next"),
    "as it begins": ("2024-06-19T09:30:00Z", "Now"),
    "its last second": ("2024-06-19T10:59:59Z", "Now"),
    "as it ends": ("2024-06-19T11:00:00Z", ""),
    "the day before": ("2024-06-18T10:00:00Z", ""),
}


@pytest.mark.parametrize(("at", "says"), EDGES.values(), ids=EDGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_servers_clock_marks_what_is_on_and_next(at: str, says: str, language: str) -> None:
    with time_machine.travel(at, tick=False):
        mark = page(f"/{language}/{MEETING}/").all("span", class_="clock")[0]

    assert mark.text == (word(language, says) if says else "")


def test_in_a_workshop_the_address_sets_the_meetings_clock(settings: Settings) -> None:
    settings.DEBUG = True
    asked = page(f"/en/{MEETING}/?at=2024-06-19T11:45").all("span", class_="clock")

    assert asked[0].text == "Now"


@pytest.mark.parametrize("at", ["2024-06-19T11:45", "tomorrow", "", "2024-13-01T00:00"])
def test_in_public_the_address_sets_no_clock(at: str) -> None:
    with time_machine.travel("2024-06-18T10:00:00Z", tick=False):
        marks = page(f"/en/{MEETING}/?at={at}").all("span", class_="clock")

    assert {mark.text for mark in marks} == {""}


def test_a_clock_that_cannot_be_read_is_ignored(settings: Settings) -> None:
    settings.DEBUG = True

    assert page(f"/en/{MEETING}/?at=half past eleven")


# --- side by side ----------------------------------------------------------------------------


def test_each_text_stands_beside_its_translation(publish: Publish) -> None:
    text = Texts.of(en="One.\n\nTwo.", ar="واحد.\n\nاثنان.")
    publish(version(document(item(1, title=Texts.of(en="Opening", ar="الافتتاح"), text=text))))

    read = page(f"/en/{MEETING}/?with=ar")

    pairs = [one.text for one in read.all("div", class_="pair")]
    assert pairs[-2:] == ["One. واحد.", "Two. اثنان."]
    seconds = read.all(class_="second")
    assert {(one.attributes["lang"], one.attributes["dir"]) for one in seconds} == {("ar", "rtl")}
    assert "الافتتاح" in [one.text for one in seconds]


def test_texts_of_other_paragraphs_stand_beside_each_other_whole(publish: Publish) -> None:
    text = Texts.of(en="One.\n\nTwo.", fr="Un et deux.")
    publish(version(document(item(1, title="Opening", text=text))))

    assert page(f"/en/{MEETING}/?with=fr").all("div", class_="pair")[-1].text == (
        "One. Two. Un et deux."
    )


def test_a_second_language_that_is_missing_stands_in_its_fallback(publish: Publish) -> None:
    publish(version(document(item(1, title="Opening", text=Texts.of(en="One.", ar="واحد.")))))

    second = page(f"/ar/{MEETING}/?with=fr").all("div", class_="second")[-1]

    assert (second.attributes["lang"], second.text) == ("en", "One.")


def test_the_same_wording_never_stands_twice(publish: Publish) -> None:
    publish(version(document(item(1, title="Opening", text="One."))))

    assert not page(f"/ar/{MEETING}/?with=fr").all("div", class_="pair")


@pytest.mark.parametrize("second", ["en", "de", "", "fr<script>"])
def test_an_odd_second_language_is_ignored(second: str) -> None:
    read = page(f"/en/{MEETING}/?with={second}")

    assert not read.all(class_="second")


def test_the_second_language_stays_from_page_to_page_and_can_be_left() -> None:
    read = page(f"/en/{MEETING}/?with=fr")
    links = [one.attributes["href"] for one in read.all("a")]

    assert f"/en/{MEETING}/items/3/?with=fr" in links
    assert f"/ar/{MEETING}/?with=fr" in links
    assert f"/en/{MEETING}/" in links


# --- long texts, citing, the bar ----------------------------------------------------------------


def test_a_long_text_of_a_panel_is_folded_on_the_programme_and_whole_on_its_page(
    publish: Publish,
) -> None:
    long = panel("long", text=f"First.\n\n{'Long. ' * 100}")
    day = Day(long.date, (PanelSlot(long.id, long.start, long.end),))
    publish(version(document(panels=(long,), timetable=(day,))))

    folded = page(f"/en/{MEETING}/").all("details", class_="rest")
    whole = page(f"/en/{MEETING}/panels/long/").all("details", class_="rest")

    assert len(folded) == 1
    assert "Long." in folded[0].text
    assert not whole


CITED = {
    "en": "Item 6 (b)",
    "fr": "Point 6 b)",
    "es": "Tema 6 b)",
    "ar": "البند 6 (ب)",
}


@pytest.mark.parametrize("language", CITED)
def test_an_item_can_be_cited(language: str, settings: Settings) -> None:
    (cite,) = page(f"/{language}/{MEETING}/items/6b/").all("div", class_="cite")

    assert CITED[language] in cite.text
    assert f"{settings.SITE_URL}/{language}/{MEETING}/items/6b/" in cite.text


def test_a_programme_with_nothing_in_it_offers_no_way_through_it(publish: Publish) -> None:
    publish(version(document()))

    read = page(f"/en/{MEETING}/")

    assert not read.all("nav", class_="bar")
    assert not read.all("details", class_="contents")


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "Wednesday, 19 June 2024"), ("fr", "Mercredi 19 juin 2024")],
)
def test_the_heading_of_a_day_begins_with_a_capital(language: str, day: str) -> None:
    assert (2, day) in page(f"/{language}/{MEETING}/").headings


def test_the_bar_leads_to_parts_of_the_page() -> None:
    read = page(f"/es/{MEETING}/")
    (bar,) = read.all("nav", class_="bar")
    links = [one.attributes["href"] for one in read.all("a") if bar in one.parents]

    assert links == ["#agenda", "#day-2024-06-19", "#content"]
    assert all(read.all(id=link[1:]) for link in links)

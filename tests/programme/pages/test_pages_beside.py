"""Now and next, two languages side by side, and how to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from programme.document.nodes import Day, PanelSlot, Texts
from tests.programme.builders import (
    NAMES_IN_ORDER,
    busy_days,
    document,
    item,
    panel,
    small_meeting,
    version,
    versions_in_turn,
)
from tests.programme.html import Page

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"


@pytest.fixture(autouse=True)
def _one_meeting(publish: Publish) -> None:
    publish(small_meeting())


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

    with time_machine.travel("2024-06-19T09:45:00Z", tick=False):  # 11:45 in Geneva
        marks = page(f"/en/{MEETING}/?at=half past eleven").all("span", class_="clock")

    assert marks[0].text == "Now"


@pytest.mark.parametrize("at", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
@pytest.mark.parametrize("path", ["", f"{MEETING}/"])
def test_a_clock_at_the_end_of_the_calendar_is_ignored(
    settings: Settings, path: str, at: str
) -> None:
    settings.DEBUG = True

    assert Client().get(f"/en/{path}", {"at": at}).status_code == 200


@pytest.mark.parametrize("is_workshop", [True, False])
def test_the_script_stands_still_only_where_the_address_sets_the_clock(
    settings: Settings, *, is_workshop: bool
) -> None:
    settings.DEBUG = is_workshop

    (script,) = page(f"/en/{MEETING}/?at=2024-06-19T11:45").all("script")

    assert ("data-clock" in script.attributes) is is_workshop


def test_what_is_on_is_marked_in_the_contents_too() -> None:
    with time_machine.travel("2024-06-19T09:30:00Z", tick=False):
        read = page(f"/en/{MEETING}/")

    (contents,) = read.all("details", class_="contents")
    marks = [one for one in read.all("span", class_="clock") if contents in one.parents]
    assert [mark.text for mark in marks] == ["Now"]


BUSY = {
    "an item": ("2024-06-18T08:15:00Z", "#item-1"),
    "an item that ends with its sitting": ("2024-06-18T09:00:00Z", "#item-2"),
    "a break": ("2024-06-18T12:00:00Z", "#day-2024-06-18"),
    "a sitting whose items have no times": ("2024-06-18T13:30:00Z", "#day-2024-06-18"),
    "nothing": ("2024-06-18T16:00:00Z", None),
}


@pytest.mark.parametrize(("at", "leads_to"), BUSY.values(), ids=BUSY)
def test_the_bar_has_a_way_to_what_is_on(publish: Publish, at: str, leads_to: str | None) -> None:
    publish(version(busy_days()))

    with time_machine.travel(at, tick=False):
        read = page("/en/meetings/busy-days/")

    (way,) = read.all("li", class_="to-now")
    (link,) = [one for one in read.all("a") if way in one.parents]
    assert ("hidden" in way.attributes) is (leads_to is None)
    assert link.text == "Now"
    assert link.attributes["href"] == leads_to or leads_to is None
    assert read.all(id=link.attributes["href"][1:])


TODAY = {
    "the first item": ("2024-06-18T08:15:00Z", ["Now 10:00 – 10:30 1 Opening"]),
    "the second": ("2024-06-18T09:00:00Z", ["Now 10:30 2 General debate"]),
    "the evening": ("2024-06-18T16:00:00Z", []),
}


@pytest.mark.parametrize(("at", "lines"), TODAY.values(), ids=TODAY)
def test_a_page_holds_the_lines_of_the_whole_day_and_shows_those_that_count(
    publish: Publish, at: str, lines: list[str]
) -> None:
    publish(version(busy_days()))

    with time_machine.travel(at, tick=False):
        read = page("/en/meetings/busy-days/")

    (shown,) = read.all("div", class_="now-and-next")
    inside = [one for one in read.all("li") if shown in one.parents]
    visible = [one.text for one in inside if "hidden" not in one.attributes]
    assert [line for line in visible if line.startswith("Now")] == lines
    assert len(inside) == 3  # two items with times, and the lunch break
    assert ("hidden" in shown.attributes) is (not lines)


@pytest.mark.parametrize("path", ["", f"{MEETING}/", f"{MEETING}/items/3/"])
def test_a_page_with_a_clock_brings_the_script_and_its_words(path: str) -> None:
    (script,) = page(f"/ar/{path}").all("script")

    assert script.attributes["data-now"] == word("ar", "Now")
    assert script.attributes["data-next"] == word("ar", "Next")


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


def test_names_stand_in_both_languages_each_in_its_order() -> None:
    read = page(f"/en/{MEETING}/items/3/?with=fr")

    ours, theirs = (
        [one.text for one in read.all("li") if names in one.parents]
        for names in read.all("ul", class_="names")[:2]
    )
    assert ours == list(NAMES_IN_ORDER["en"])
    assert theirs == list(NAMES_IN_ORDER["fr"])
    (side,) = read.all("div", class_="second")
    assert side.attributes["lang"] == "fr"


def test_names_that_are_the_same_stand_once() -> None:
    read = page(f"/en/{MEETING}/items/3/?with=fr")

    assert [one.text for one in read.all("ul", class_="names")].count("Ukraine") == 1


def test_speakers_stand_in_both_languages() -> None:
    read = page(f"/en/{MEETING}/panels/victim-assistance/?with=fr")

    (speakers,) = read.all("ul", class_="speakers")
    (second,) = [one for one in read.all("span", class_="second") if speakers in one.parents]
    assert second.attributes["lang"] == "fr"
    assert "Norvège" in second.text
    assert "Norway" not in second.text


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
    (cite,) = page(f"/{language}/{MEETING}/items/6b/").all("details", class_="cite")

    assert CITED[language] in cite.text
    assert f"{settings.SITE_URL}/{language}/{MEETING}/v/1/items/6b/" in cite.text
    assert f"{settings.SITE_URL}/{language}/{MEETING}/items/6b/" in cite.text


WHO = "Implementation Support Unit of the Anti-Personnel Mine Ban Convention"


@pytest.mark.parametrize(
    ("path", "part"),
    [("", ""), ("items/3/", "Item 3, "), ("panels/victim-assistance/", "Theme, ")],
)
@pytest.mark.parametrize(
    ("mount", "said"),
    [
        ("", "Provisional programme, Rev.1, 2024 Intersessional Meetings, 13 June 2024"),
        ("v/2/", "Provisional programme, Rev.1, 2024 Intersessional Meetings, 13 June 2024"),
        ("v/1/", "Provisional programme, 2024 Intersessional Meetings, 12 June 2024"),
    ],
)
def test_what_is_cited_is_the_version_that_is_read_and_beside_it_what_holds(
    publish: Publish, settings: Settings, mount: str, said: str, path: str, part: str
) -> None:
    theme = panel(title="Theme")
    first, second = (
        document(item(3, title=title), panels=[theme], slug="cited", programme_status="provisional")
        for title in ("One", "Two")
    )
    publish(*versions_in_turn(first, second))

    read = page(f"/en/meetings/cited/{mount}{path}?with=fr")

    (cite,) = read.all("details", class_="cite")
    site = f"{settings.SITE_URL}/en/meetings/cited/"
    paragraphs = [one.text for one in read.all("p") if cite in one.parents and one.text]
    assert paragraphs == [
        f"{WHO}, {part}{said} {site}{mount or 'v/2/'}{path}",
        f"What holds today: {site}{path}",
    ]


CITED_PANEL = {
    "en": "Thematic panel, 19 June 2024, 11:30, ",
    "fr": "Table ronde thématique, 19 juin 2024, 11:30, ",
    "es": "Mesa redonda temática, 19 de junio de 2024, 11:30, ",
    "ar": "حلقة نقاش مواضيعية، 19 حزيران/يونيه 2024، 11:30، ",
}


@pytest.mark.parametrize("language", CITED_PANEL)
def test_a_panel_without_title_is_cited_by_its_time(language: str) -> None:
    (cite,) = page(f"/{language}/{MEETING}/panels/victim-assistance/").all("details", class_="cite")

    assert CITED_PANEL[language] in cite.text


def test_a_panel_with_a_title_is_cited_by_it(publish: Publish) -> None:
    titled = panel(title="Mines and roads")
    publish(version(document(panels=(titled,))))

    (cite,) = page(f"/en/{MEETING}/panels/victim-assistance/").all("details", class_="cite")

    assert "Mines and roads, Provisional programme, " in cite.text


def test_a_title_in_another_language_says_so_where_it_is_cited(publish: Publish) -> None:
    publish(
        version(
            document(item(title="Any other business"), panels=(panel(title="Mines and roads"),))
        )
    )

    for path, title in {
        "panels/victim-assistance/": "Mines and roads",
        "items/unnumbered/": "Any other business",
    }.items():
        read = page(f"/ar/{MEETING}/{path}")
        (cite,) = read.all("details", class_="cite")
        cited = next(one for one in read.all("span", lang="en") if cite in one.parents)
        assert (cited.text, cited.attributes["dir"]) == (title, "ltr")


def test_what_was_sought_keeps_its_own_direction() -> None:
    read = page("/ar/find/?q=<b>atlantis</b>")

    assert read.one("bdi").text == "<b>atlantis</b>"


def test_a_programme_with_nothing_in_it_offers_no_way_through_it(publish: Publish) -> None:
    publish(version(document()))

    read = page(f"/en/{MEETING}/")

    assert not read.all("nav", class_="bar")
    assert not read.all("details", class_="contents")
    assert read.one("p", class_="lead").text == "This programme has no items yet."


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "Wednesday, 19 June 2024"), ("fr", "Mercredi 19 juin 2024")],
)
def test_the_heading_of_a_day_begins_with_a_capital(language: str, day: str) -> None:
    assert (2, day) in page(f"/{language}/{MEETING}/").headings


def test_the_bar_leads_to_parts_of_the_page() -> None:
    read = page(f"/es/{MEETING}/")
    (bar,) = read.all("nav", class_="bar")
    links = [
        one.attributes["href"]
        for one in read.all("a")
        if bar in one.parents and "hidden" not in one.parents[-1].attributes
    ]

    assert links == ["#agenda", "#day-2024-06-19", "#content"]
    assert all(read.all(id=link[1:]) for link in links)


# --- notes that two texts share -----------------------------------------------------------------

MARKED = Texts.of(en="In room A.[^1]", ar="في القاعة.[^1]")
BARE = Texts.of(en="Speak slowly.", ar="تكلموا ببطء.")
NOTES = Texts.of(en="[^1]: World Meteorological Organization building.", ar="[^1]: مبنى المنظمة.")


@pytest.mark.parametrize(("introduction", "practical"), [(MARKED, BARE), (BARE, MARKED)])
@pytest.mark.parametrize("path", ["en/", "en/?with=ar", "ar/?with=en"])
def test_a_note_stands_once_in_each_language_under_the_text_with_its_mark(
    publish: Publish, path: str, introduction: Texts, practical: Texts
) -> None:
    publish(
        version(
            document(introduction=introduction, practical_information=practical, notes=NOTES),
        )
    )
    language, _, query = path.partition("/")

    read = page(f"/{language}/{MEETING}/{query}")

    notes = read.all("section", class_="footnotes")
    assert len(notes) == (2 if query else 1)
    for one in notes:
        text = next(each for each in one.parents if "prose" in each.attributes.get("class", ""))
        assert [each for each in read.all("sup") if text in each.parents]

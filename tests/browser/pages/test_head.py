"""The head of every page: one row on a phone, with the finder and every language in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.places import LANGUAGES, MEETING, addresses
from tests.browser.visiting import visitor
from tools.browser.chromium import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

FINGER = 44
"""Pixels that a finger needs; the head has no more than these."""

SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
LARGER_LETTERS = "document.documentElement.style.fontSize = '200%'"

HEAD = """() => {
  const head = document.querySelector("body > header"), all = [...head.querySelectorAll("a")];
  const seen = all.filter((one) => one.getClientRects().length);
  const boxes = seen.map((one) => one.getBoundingClientRect());
  return {
    height: head.getBoundingClientRect().height,
    shortest: Math.min(...boxes.map(({ height }) => height)),
    languages: seen.filter((one) => one.hreflang).length,
  };
}"""

# Where the letters of each language stand: a point without size sits on their line.
LINES = """() => [...document.querySelectorAll(".languages a")].map((link) => {
  const point = document.createElement("span");
  point.style.display = "inline-block";
  const shown = [...link.children].find((one) => one.getBoundingClientRect().width > 1);
  shown.append(point);
  const { bottom } = point.getBoundingClientRect();
  point.remove();
  return Math.round(bottom);
})"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE], ids=["phone", "small phone"])
def test_it_is_one_row_that_a_finger_meets(
    browser: Browser, site: str, size: ViewportSize, language: str
) -> None:
    places = addresses(language, {"home": "", "item": f"{MEETING}items/3/", "none": "nowhere/"})
    with visitor(browser, site, viewport=size) as page:
        for name, address in places.items():
            page.goto(address)

            met = page.evaluate(HEAD)

            assert met == {"height": FINGER, "shortest": FINGER, "languages": 4}, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1024, 1280])
def test_all_languages_stand_on_one_line(
    browser: Browser, site: str, width: int, language: str
) -> None:
    with visitor(browser, site, viewport={"width": width, "height": 900}) as page:
        page.goto(f"/{language}/delegations/")
        lines = page.evaluate(LINES)

        assert len(lines) == len(LANGUAGES)
        assert max(lines) - min(lines) <= 1
        assert page.evaluate(HEAD)["height"] == FINGER


def test_a_phone_has_the_way_to_the_finder_and_the_main_pages_in_its_foot(
    browser: Browser, site: str
) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto(f"/en/{MEETING}")
        page.get_by_role("banner").get_by_role("link", name="Find").click()
        assert page.locator(":focus").get_attribute("type") == "search"
        page.keyboard.type("ukr")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/**ukr**")

        page.get_by_role("contentinfo").get_by_role("link", name="Delegations").click()
        assert page.url == f"{site}/en/delegations/"
        here = page.get_by_role("contentinfo").locator("[aria-current=page]")
        assert here.inner_text() == "Delegations"
        assert page.get_by_role("banner").get_by_role("searchbox").count() == 0


def test_a_wide_screen_has_all_of_it_in_the_head(browser: Browser, site: str) -> None:
    with visitor(browser, site, viewport=DESKTOP, java_script_enabled=False) as page:
        page.goto(f"/es/{MEETING}items/3/")
        head = page.get_by_role("banner")
        assert head.get_by_role("link", name="Delegaciones").is_visible()
        assert page.locator("footer .places").is_hidden()

        head.get_by_role("searchbox").fill("ucrania")
        page.keyboard.press("Enter")
        page.wait_for_url("**/es/delegations/ukr/")  # one State alone opens at once


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_row_in_the_face_of_the_system_too(
    browser: Browser, site: str, language: str
) -> None:
    with visitor(browser, site, viewport=SMALL_PHONE) as page:
        page.goto(f"/{language}/delegations/ukr/")
        page.evaluate("document.documentElement.style.setProperty('--sans', 'sans-serif')")

        assert page.evaluate(HEAD)["height"] == FINGER


# --- the place goes along to another language ----------------------------------------------------


@pytest.mark.parametrize("anchor", ["item-6b", "panel-victim-assistance"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_part_in_view_goes_along_to_another_language(
    browser: Browser, site: str, size: ViewportSize, anchor: str
) -> None:
    with visitor(browser, site, viewport=size, reduced_motion="reduce") as page:
        page.goto(f"/en/{MEETING}")
        page.evaluate("id => document.getElementById(id).scrollIntoView()", anchor)

        for language in ("ar", "fr", "es", "en"):
            page.locator(f"body > header a[hreflang={language}]").click()
            page.wait_for_url(f"**/{language}/{MEETING}#{anchor}")


def test_by_keyboard_it_goes_along_too(browser: Browser, site: str) -> None:
    with visitor(browser, site, reduced_motion="reduce") as page:
        page.goto(f"/en/{MEETING}#item-6b")
        page.locator("body > header a[hreflang=ar]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ar/{MEETING}#item-6b")


def test_nothing_that_stays_in_view_lies_over_a_part_that_is_linked(
    browser: Browser, site: str
) -> None:
    top = "one => one.getBoundingClientRect().top"
    bottom = "one => one.getBoundingClientRect().bottom"
    with visitor(browser, site, reduced_motion="reduce") as page:
        page.goto(f"/en/{MEETING}#item-6b")
        head, bar = page.locator("body > header"), page.locator(".bar")

        assert head.evaluate(top) == 0
        assert bar.evaluate(top) >= head.evaluate(bottom)
        assert page.locator("#item-6b").evaluate(top) >= bar.evaluate(bottom)


def test_large_letters_and_paper_have_no_head_that_stays(browser: Browser, site: str) -> None:
    with visitor(browser, site, viewport={"width": 320, "height": 568}) as page:
        page.goto(f"/fr/{MEETING}#item-6b")
        page.evaluate(LARGER_LETTERS)
        assert page.locator("body > header").evaluate("one => getComputedStyle(one).position") == (
            "static"
        )

        page.emulate_media(media="print")
        assert page.locator("body > header").is_hidden()
        assert page.locator(".skip").is_hidden()

"""Finding as a delegate does: one tap, three letters, and the page of the State; no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.places import LANGUAGES
from tests.browser.visiting import visitor
from tools.browser.chromium import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

ON_ONE_LINE = """() => [...document.querySelectorAll(".results mark")].every(
  (mark) => getComputedStyle(mark).direction === getComputedStyle(mark.parentElement).direction
)"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_letters_after_one_tap_lead_to_a_state(
    browser: Browser, site: str, language: str
) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto(f"/{language}/")
        page.locator(".site-head .to-find").click()
        page.locator("input[name=q]").press_sequentially("ukr")
        page.keyboard.press("Enter")

        page.wait_for_url(f"{site}/{language}/delegations/ukr/")
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_in_the_head_finds_from_any_page(
    browser: Browser, site: str, language: str
) -> None:
    with visitor(browser, site, viewport=DESKTOP, java_script_enabled=False) as page:
        page.goto(f"/{language}/delegations/per/")
        page.locator(".site-head input[name=q]").fill("Holland")
        page.keyboard.press("Enter")

        page.wait_for_url(f"{site}/{language}/delegations/nld/")
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_marked_runs_as_its_sentence_does(
    browser: Browser, site: str, size: ViewportSize
) -> None:
    with visitor(browser, site, viewport=size) as page:
        for language, word in (("en", "الألغام"), ("ar", "clearance"), ("ar", "الألغام")):
            page.goto(f"/{language}/find/?q={word}")

            assert page.locator(".results mark").count() > 0
            assert page.evaluate(ON_ONE_LINE)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

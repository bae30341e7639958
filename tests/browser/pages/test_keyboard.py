"""Through a programme by keyboard: everything is reached, and where one is can always be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.places import MEETING
from tests.browser.visiting import visitor
from tools.browser.chromium import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Numbers what can be reached, so that a walk can be told in numbers.
NUMBER = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")];
  const there = all.filter((one) => one.checkVisibility() && one.getClientRects().length);
  there.forEach((one, number) => { one.stop = number });
  return there.length;
}"""

# A focus is seen if it has a ring and if nothing, such as the sticky bar, lies on its first line.
WHERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  if (one.stop === undefined) return null;
  const { left, top, width, height } = one.getClientRects()[0];
  const on_top = document.elementFromPoint(left + width / 2, top + height / 2);
  const has_outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {
    stop: one.stop,
    what: one.outerHTML.slice(0, 90),
    has_ring: has_outline || style.boxShadow !== "none",
    is_visible: one.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    is_on_top: Boolean(on_top) && (one.contains(on_top) || on_top.contains(one)),
  };
}"""


def walk(page: Page, key: str, number: int) -> list[dict[str, Any]]:
    """As many stops as there are; {} for one that nobody knows."""
    stops = []
    for _ in range(number):
        page.keyboard.press(key)
        stops.append(page.evaluate(WHERE) or {})
    return stops


@pytest.mark.parametrize(("language", "size"), [("en", PHONE), ("ar", PHONE), ("en", DESKTOP)])
def test_everything_is_reached_and_seen_both_ways(
    browser: Browser, site: str, language: str, size: dict[str, int]
) -> None:
    with visitor(browser, site, viewport=size, reduced_motion="reduce") as page:
        page.goto(f"/{language}/{MEETING}")
        number = page.evaluate(NUMBER)
        there = walk(page, "Tab", number)
        page.keyboard.press("Tab")  # out of the page, so as to come back from its end
        back = walk(page, "Shift+Tab", number)

    assert number > 50
    assert [one.get("stop") for one in there] == list(range(number))
    assert [one.get("stop") for one in back] == list(reversed(range(number)))
    seen = ("has_ring", "is_visible", "is_on_top")
    assert [one for one in (*there, *back) if not all(one[proof] for proof in seen)] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_stop_skips_to_the_content(browser: Browser, site: str, language: str) -> None:
    with visitor(browser, site) as page:
        page.goto(f"/{language}/{MEETING}")
        page.keyboard.press("Tab")
        first = page.locator(":focus")
        assert first.is_visible()
        assert first.get_attribute("href") == f"#{page.locator('main').get_attribute('id')}"

        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN"
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('main'))")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_folded_opens_by_keyboard(browser: Browser, site: str, language: str) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto(f"/{language}/{MEETING}")
        for summary in page.locator("summary").all():
            summary.focus()
            page.keyboard.press("Enter")

        folded = page.locator("details:not([open])").count()
        opened = page.locator("details[open]").count()

    assert (folded, opened > 1) == (0, True)

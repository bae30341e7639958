"""What a finger, an ear, a keyboard, a printer and colours that are forced make of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.browser.places import EVERYTHING, MEETING, addresses
from tests.browser.visiting import visitor
from tools.browser.chromium import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READABLE = 4.5
"""The least contrast of text (WCAG 1.4.3)."""

# How text of buttons stands out from their ground, by WCAG's formula.
CONTRASTS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = [...document.querySelectorAll("button")].filter((one) => one.checkVisibility());
  return seen.map((one) => {
    const { color, backgroundColor } = getComputedStyle(one);
    const [dark, bright] = [light(color), light(backgroundColor)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  });
}"""

# Every hour that could come to stand on another sheet than what is held then.
PARTED = """() => [...document.querySelectorAll("main .times")]
  .filter((one) => one.checkVisibility() && !one.closest("h1, h2, h3, h4, h5, h6"))
  .filter((one) => {
    const holds = [one.closest("li"), one.closest("p"), one.closest("section")].filter(Boolean);
    return !holds.some((held) => getComputedStyle(held).breakInside === "avoid");
  })
  .map((one) => one.closest("li, p, section").outerHTML.slice(0, 120))"""


def test_a_finger_meets_no_mark_that_only_a_pointer_can_use(browser: Browser, site: str) -> None:
    for is_touched, number in ((True, 0), (False, 1)):
        with visitor(browser, site, has_touch=is_touched, is_mobile=is_touched) as page:
            page.goto(f"/en/{MEETING}items/3/")
            marks = page.locator(".here")

            seen = [one.is_visible() for one in marks.all()]
            assert len(seen) > number
            assert any(seen) is not is_touched


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_are_read_where_colours_are_forced(
    browser: Browser, site: str, scheme: Any
) -> None:
    options = {"forced_colors": "active", "color_scheme": scheme, "viewport": DESKTOP}
    with visitor(browser, site, **options) as page:
        for path in ("", "find/", f"{MEETING}items/3/"):
            page.goto(f"/en/{path}")

            contrasts = page.evaluate(CONTRASTS)

            assert contrasts
            assert min(contrasts) >= READABLE, path


def test_the_column_of_contents_is_moved_by_keyboard(browser: Browser, site: str) -> None:
    size = {**DESKTOP, "height": 300}
    with visitor(browser, site, viewport=size, reduced_motion="reduce") as page:
        page.goto(f"/en/{MEETING}")
        column = page.get_by_role("navigation", name="Contents")
        column.focus()
        page.keyboard.press("End")
        for _ in range(100):
            if moved := column.evaluate("one => one.scrollTop"):
                break
            page.wait_for_timeout(50)

        assert moved > 0
        assert column.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_paper_no_hour_parts_from_what_is_held_then(
    browser: Browser, site: str, language: str
) -> None:
    found = {}
    with visitor(browser, site) as page:
        page.emulate_media(media="print")
        for name, address in addresses(language, EVERYTHING).items():
            page.goto(address)
            found[name] = page.evaluate(PARTED)

    assert {name: one for name, one in found.items() if one} == {}


# --- now and next, as it is heard ----------------------------------------------------------------

HEARD = """() => {
  window.heard = 0;
  const status = document.querySelector("main [role=status]");
  const watch = { childList: true, subtree: true, characterData: true };
  new MutationObserver(() => { window.heard += 1 }).observe(status, watch);
}"""


def test_what_is_on_has_a_heading_and_only_a_change_of_it_is_said(
    browser: Browser, site: str
) -> None:
    with visitor(browser, site, viewport=PHONE) as page:
        at = "2023-06-19T08:45:00Z"
        page.clock.install(time=at)
        with time_machine.travel(at):
            page.goto("/en/meetings/shapes/")
        status = page.get_by_role("status")
        assert status.get_by_role("heading", name="Now and next").count() == 1
        before = status.inner_text()
        page.evaluate(HEARD)

        page.clock.pause_at("2023-06-19T08:50:00Z")
        page.clock.run_for(40_000)
        assert page.evaluate("window.heard") == 0

        page.clock.pause_at("2023-06-19T09:05:00Z")
        page.clock.run_for(20_000)
        assert page.evaluate("window.heard") > 0
        assert status.inner_text() != before

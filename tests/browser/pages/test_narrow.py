"""On a screen of 320 px, and at 400 % zoom of 1280, nothing is wider than its place (WCAG 1.4.10).

Nor is it with letters twice as large (WCAG 1.4.4), or with letters, words and lines set wider, as
some readers need them (WCAG 1.4.12).
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tests.browser.places import LANGUAGES, addresses
from tests.browser.visiting import unfold, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

SCALE = 4.0
SCREENS: dict[str, ViewportSize] = {
    "a small phone": {"width": 320, "height": 568},
    "1280 px at 400 %": {"width": 320, "height": 256},
}

# What is there for screen readers alone is cut off on purpose, and the bar's list may be moved.
TOO_WIDE = """() => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push(`the page: ${root.scrollWidth} px`);
  for (const one of document.querySelectorAll("h1,h2,h3,h4,h5,h6,p,ul,ol,li,dl,dd,summary,a")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (style.position === "absolute" || style.display === "inline" || box.width <= 1) continue;
    if (one.closest("nav ul") && ["auto", "scroll"].includes(
      getComputedStyle(one.closest("nav ul")).overflowX)) continue;
    const isCut = one.scrollWidth > one.clientWidth + 1;
    const isOutside = box.left < -1 || box.right > root.clientWidth + 1;
    if (isCut || isOutside) found.push(one.outerHTML.slice(0, 90));
  }
  return found;
}"""

SET_LARGER = "document.documentElement.style.fontSize = '200%'"

SET_WIDER = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def too_wide(page: Page) -> list[str]:
    """What is wider than the screen or cut off at its own edge."""
    return [str(one) for one in page.evaluate(TOO_WIDE)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_its_place(browser: Browser, site: str, language: str) -> None:
    found = {}
    places = {**addresses(language), "no such page": f"/{language}/nowhere/"}
    with visitor(browser, site, device_scale_factor=SCALE) as page:
        for name, address in places.items():
            page.goto(address)
            unfold(page)
            for screen, size in SCREENS.items():
                page.set_viewport_size(size)
                found[f"{name}, {screen}"] = too_wide(page)
            page.evaluate(SET_LARGER)
            found[f"{name}, set larger"] = too_wide(page)
            page.evaluate("document.documentElement.removeAttribute('style')")
            if language != "ar":  # whose letters are joined: distance tears them
                page.evaluate(SET_WIDER)
                found[f"{name}, set wider"] = too_wide(page)

    assert {name: one for name, one in found.items() if one} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_back_to_the_top_is_whole(browser: Browser, site: str, language: str) -> None:
    with visitor(browser, site, viewport=SCREENS["a small phone"]) as page:
        found = 0
        for name, address in addresses(language).items():
            page.goto(address)
            for bar in page.locator(".bar").all():
                box = bar.locator("a").last.bounding_box()
                assert box
                assert box["x"] >= 0, name
                assert box["x"] + box["width"] <= SCREENS["a small phone"]["width"], name
                found += 1
    assert found


# --- numbers of those who are called -------------------------------------------------------------

LONG = "Bolivia (Plurinational State of), of which the name is long enough for a second line"
LINES = """one =>
  one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"""
FIRST_INK = """async picture => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawn = canvas.getContext("2d");
  drawn.drawImage(image, 0, 0);
  const {data} = drawn.getImageData(0, 0, image.width, image.height);
  const [r, g, b] = data;
  for (let at = 0; at < data.length; at += 4) {
    const distances = [data[at] - r, data[at + 1] - g, data[at + 2] - b].map(Math.abs);
    if (Math.max(...distances) > 60) return Math.floor(at / 4 / image.width) / image.height;
  }
  return -1;
}"""
"""How far down a picture something is drawn first, as a part of its height."""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_number_stands_beside_the_first_line_of_its_name(
    browser: Browser, site: str, width: int, language: str
) -> None:
    with visitor(browser, site, viewport={"width": width, "height": 900}) as page:
        page.goto(f"/{language}/meetings/states/")
        first = page.locator("ol.names li").first
        first.locator("a").evaluate("(one, name) => { one.textContent = name }", LONG)
        lines = first.locator("a").evaluate(LINES)
        first.locator("a").evaluate("one => { one.style.visibility = 'hidden' }")
        box = first.bounding_box()
        assert box
        start = box["x"] + box["width"] if language == "ar" else box["x"] - 26
        box |= {"x": start, "width": 26}
        picture = base64.b64encode(page.screenshot(clip=box, full_page=True)).decode()
        blank = page.context.new_page()
        place = blank.evaluate(FIRST_INK, picture)

    assert lines > 1.9
    assert 0 <= place < 0.4

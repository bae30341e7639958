"""From one language to the next and back, and Arabic as an Arabic reader reads it."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from tests.browser.places import EVERYTHING, LANGUAGES, addresses
from tests.browser.visiting import unfold, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SWITCHES = (("en", "fr"), ("fr", "es"), ("es", "ar"), ("ar", "en"))


def test_the_language_switch_keeps_the_place(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        for name, (start, end) in zip([*EVERYTHING, "no such page"], cycle(SWITCHES), strict=False):
            address = addresses(start).get(name, f"/{start}/nowhere/")
            page.goto(address)
            page.locator(f"body > header a[hreflang={end}]").click()

            assert page.url == f"{site}/{end}{address[3:]}", name
            assert page.locator("html").get_attribute("lang") == end


RANGES = """() => {
  const found = [];
  const x = (text, from, to) => {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    return range.getBoundingClientRect();
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode()); ) {
    for (const match of text.data.matchAll(/(\\d+(?::\\d\\d)?)(\\s*–\\s*)(\\d+(?::\\d\\d)?)/g)) {
      const at = match.index, end = at + match[0].length;
      const one = x(text, at, at + match[1].length), other = x(text, end - match[3].length, end);
      if (!one.width || !text.parentElement.checkVisibility()) continue;
      const isRight = one.left > other.left && one.top === other.top;
      found.push({ range: match[0].replaceAll("\\u00a0", " "), isRight });
    }
  }
  return found;
}"""


# An abbreviation in brackets stands in its sentence as it should; other Latin letters are set
# apart, or the signs beside them jump.
MIXED = """() => {
  const found = [];
  for (const head of document.querySelectorAll("main header, .first-meeting, .meetings")) {
    const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode()); ) {
      const at = text.parentElement, said = text.data.replace(/\\([A-Z]+\\)/g, "");
      const isProse = at.closest(".prose"), isApart = at.closest("[dir]").dir === "ltr";
      if (/[A-Za-z]/.test(said) && !isProse && !isApart) found.push(text.data.trim());
    }
  }
  return found;
}"""


def test_in_arabic_ranges_run_from_right_to_left_and_no_head_mixes_directions(
    browser: Browser, site: str
) -> None:
    ranges, mixed = [], {}
    with visitor(browser, site) as page:
        for name, address in addresses("ar").items():
            page.goto(address)
            assert page.locator("html").get_attribute("dir") == "rtl"
            mixed[name] = page.evaluate(MIXED)
            unfold(page)
            ranges += [{**one, "page": name} for one in page.evaluate(RANGES)]

    assert {"18–20", "11:30 – 13:00", "10:00 – 10:30"} <= {one["range"] for one in ranges}
    assert [one for one in ranges if not one["isRight"]] == []
    assert {name: one for name, one in mixed.items() if one} == {}


def test_a_page_of_two_languages_gives_each_its_direction(browser: Browser, site: str) -> None:
    odd = """() => [...document.querySelectorAll("main [lang]")].filter((one) =>
      getComputedStyle(one).direction !== (one.lang === "ar" ? "rtl" : "ltr"))
      .map((one) => one.outerHTML.slice(0, 90))"""
    with visitor(browser, site) as page:
        for language in LANGUAGES:
            for name, address in addresses(language).items():
                if "with=" in address:
                    page.goto(address)

                    assert page.evaluate(odd) == [], (language, name)

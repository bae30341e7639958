"""Every page for everyone: axe (WCAG 2.2 AA), 320 px, 400 % zoom, the keyboard, no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from programme.shelf import shelf
from programme.watching import Watcher
from tests.browser.conftest import FILES, axe_runs
from tests.rows import DATA, PROGRAMMES, meeting_from, published, shapes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

LANGUAGES = ("en", "fr", "es", "ar")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MEETING = "meetings/2024-intersessional-meetings/"
PAGES = {
    "home": "",
    "programme": MEETING,
    "programme of every shape": "meetings/shapes/",
    "programme with little in it": "meetings/half-day/",
    "item with lists": f"{MEETING}items/3/",
    "item without title": f"{MEETING}items/7/",
    "panel": f"{MEETING}panels/victim-assistance/",
    "panel with panellists": "meetings/shapes/panels/shapes-of-things/",
    "delegations": "delegations/",
    "delegations found": "delegations/?q=ira",
    "no delegation found": "delegations/?q=atlantis",
    "delegation": "delegations/ukr/",
    "organisation": "delegations/gichd/",
    "versions": f"{MEETING}versions/",
    "version": f"{MEETING}v/1/",
    "side by side": f"{MEETING}?with=",
    "item side by side": f"{MEETING}items/3/?with=",
    "no such page": "nowhere/",
}
BESIDE = {"en": "ar", "fr": "es", "es": "en", "ar": "fr"}


def addresses(language: str) -> Iterator[tuple[str, str]]:
    """Every page in a language, with another one beside it where two stand."""
    for name, path in PAGES.items():
        yield name, f"/{language}/{path}{BESIDE[language] if path.endswith('=') else ''}"


@pytest.fixture
def everything(live_server: LiveServer) -> Iterator[str]:
    """A site with the programmes of 2024 and made-up ones that are richer and poorer."""
    for meeting in (
        shapes(),
        *(meeting_from(PROGRAMMES / name) for name in FILES),
        meeting_from(DATA / "half-day.yaml"),
    ):
        published(meeting)
    Watcher(shelf).look()
    yield live_server.url
    shelf.replace([])


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds on a page, with the first element of each fault."""
    axe_runs.append(page.url)
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']} {one['help']}" for one in found]


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_a_rule_of_wcag(browser: Browser, everything: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    broken = {}
    for name, address in addresses(language):
        page.goto(everything + address)
        unfold(page)
        broken[name] = faults(page, {"runOnly": {"type": "tag", "values": WCAG}})
    page.close()

    assert {name: one for name, one in broken.items() if one} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (1280, "dark")])
def test_colours_and_targets_hold_on_every_screen(
    browser: Browser, everything: str, language: str, width: int, scheme: Any
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    rules = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
    broken = {}
    for name, address in addresses(language):
        page.goto(everything + address)
        unfold(page)
        broken[name] = faults(page, rules)
    page.close()

    assert {name: one for name, one in broken.items() if one} == {}


def test_an_empty_site_breaks_no_rule(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    shelf.replace([])
    broken = []
    for language in LANGUAGES:
        for path in ("", "delegations/"):
            page.goto(f"{live_server.url}/{language}/{path}")
            broken += faults(page, {"runOnly": {"type": "tag", "values": WCAG}})
    page.close()

    assert broken == []


NARROW = {"a small phone": (320, 1.0), "400 % zoom of 1280": (320, 4.0)}


@pytest.mark.parametrize(("width", "scale"), NARROW.values(), ids=NARROW)
def test_nothing_is_wider_than_the_screen(
    browser: Browser, everything: str, width: int, scale: float
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 256}, device_scale_factor=scale
    )
    page = context.new_page()
    wide = []
    for language in LANGUAGES:
        for name, address in addresses(language):
            page.goto(everything + address)
            unfold(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(f"{language} {name}")
    context.close()

    assert wide == []


FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const { top, bottom, width } = one.getBoundingClientRect();
  const bar = document.querySelector(".bar")?.getBoundingClientRect();
  const onBar = one.closest(".bar");
  return {
    tag: one.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    seen: width > 0 && bottom > 0 && top < innerHeight,
    covered: Boolean(bar && !onBar && bar.top <= 0 && bottom <= bar.bottom && bottom > 0),
  };
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_keyboard_goes_through_a_programme_and_is_always_seen(
    browser: Browser, everything: str, language: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(f"{everything}/{language}/{MEETING}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    unseen = []
    for _ in range(90):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUSED)
        if state["tag"] != "BODY" and not (
            state["ring"] and state["seen"] and not state["covered"]
        ):
            unseen.append((page.evaluate("document.activeElement.outerHTML.slice(0, 90)"), state))
    page.close()

    assert unseen == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_is_there_without_script(
    browser: Browser, everything: str, language: str
) -> None:
    read: list[list[tuple[str, list[str]]]] = []
    for has_script in (True, False):
        context = browser.new_context(java_script_enabled=has_script)
        page = context.new_page()
        pages = []
        for _, address in addresses(language):
            page.goto(everything + address)
            links = [str(one.get_attribute("href")) for one in page.locator("a").all()]
            pages.append((str(page.locator("main h1").first.text_content()), links))
        read.append(pages)
        context.close()

    assert read[0] == read[1]


def test_the_language_switch_keeps_the_place(browser: Browser, everything: str) -> None:
    page = browser.new_page()
    for name, address in addresses("en"):
        page.goto(everything + address)
        page.locator(".languages a[lang=ar]").click()
        page.locator(".languages a[lang=en]").click()

        assert page.url == everything + address, name
    page.close()


def test_no_page_sets_a_cookie_or_asks_elsewhere(browser: Browser, everything: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(everything) else complaints.append(request.url)
        ),
    )
    for name, address in addresses("fr"):
        if name != "no such page":  # the browser itself notes a 404
            page.goto(everything + address)

    assert complaints == []
    assert context.cookies() == []
    context.close()

"""axe on every kind of page, by the rules of WCAG 2.2 AA, with everything unfolded.

A page is loaded once: all rules on a phone in light colours, then those on colour and size alone
in the dark and on a wide screen, where nothing else changes. In two languages, one of each
direction and script: French and Spanish pages are made of the same parts as the English, and have
its colours and sizes; of these axe sees what holds the most words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory

from programme.pages.errors import ERRORS
from serving.errors import error_page
from tests.browser.axe_runs import axe_runs
from tests.browser.places import EVERYTHING, LANGUAGES, LITTLE, NOTHING, addresses
from tests.browser.visiting import unfold, visitor
from tools.browser.chromium import DESKTOP, PHONE

if TYPE_CHECKING:
    from django.http import HttpResponse
    from playwright.sync_api import Browser, Page, Route
    from pytest_django import Settings

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOUR_AND_SIZE = {"type": "rule", "values": ["color-contrast", "target-size"]}

BOTH_DIRECTIONS = ("en", "ar")

WORDY = (
    "home",
    "programme of every shape",
    "programme of every state, side by side",
    "delegations found",
    "delegation with news",
    "changes of every kind",
)
"""Pages whose every word axe sees in each language."""

TWICE = {"programme, side by side"}
"""Long pages of which another one is made of the same parts."""

Scheme = Literal["light", "dark"]
OTHER_SCREENS: Mapping[str, tuple[tuple[Any, Scheme], ...]] = {
    "en": ((PHONE, "dark"), (DESKTOP, "dark"), (DESKTOP, "light")),
    "ar": ((DESKTOP, "dark"),),  # with the colours of the English, and its sizes turned round
}
"""Where colour and size are looked at again, by the language of a page."""


def faults(page: Page) -> Iterator[str]:
    """What axe finds on the page that is open, on every screen, with the first place of each."""
    unfold(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    page.evaluate(Axe().axe_script)
    yield from violations(page, WCAG)
    for size, scheme in OTHER_SCREENS.get(page.locator("html").get_attribute("lang") or "", ()):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for one in violations(page, COLOUR_AND_SIZE):
            yield f"{one} ({size['width']} px, {scheme})"


def violations(page: Page, rules: Mapping[str, Any]) -> list[str]:
    axe_runs.append(page.url)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']} {one['help']}" for one in found]


def faults_at(page: Page, places: Mapping[str, str]) -> dict[str, list[str]]:
    """What axe finds at several addresses, by their names; nothing where all is well."""
    found = {}
    for name, address in places.items():
        page.goto(address)
        if broken := list(faults(page)):
            found[name] = broken
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_a_rule_of_wcag(browser: Browser, site: str, language: str) -> None:
    names = EVERYTHING.keys() - TWICE if language in BOTH_DIRECTIONS else WORDY
    places = {name: path for name, path in EVERYTHING.items() if name in names}
    with visitor(browser, site) as page:
        assert faults_at(page, addresses(language, places)) == {}


@pytest.mark.parametrize("language", BOTH_DIRECTIONS)
def test_no_page_of_a_site_with_little_breaks_one(
    browser: Browser, site_with_little: str, language: str
) -> None:
    with visitor(browser, site_with_little) as page:
        assert faults_at(page, addresses(language, LITTLE)) == {}


@pytest.mark.parametrize("language", BOTH_DIRECTIONS)
def test_no_page_of_an_empty_site_breaks_one(
    browser: Browser, site_with_nothing: str, language: str
) -> None:
    with visitor(browser, site_with_nothing) as page:
        assert faults_at(page, addresses(language, NOTHING)) == {}


@pytest.mark.parametrize("language", BOTH_DIRECTIONS)
def test_what_is_on_now_and_next_breaks_none(
    browser: Browser, site: str, language: str, settings: Settings
) -> None:
    settings.DEBUG = True  # the address then sets the clock
    at = "?at=2023-06-19T10:40"
    with visitor(browser, site) as page:
        found = faults_at(page, addresses(language, {"shapes": f"meetings/shapes/{at}"}))
        states = page.locator(".clock:not(:empty)").count()

    assert found == {}
    assert states, "nothing is marked, so nothing was proved"


# --- error pages -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", BOTH_DIRECTIONS)
def test_no_error_page_breaks_one(browser: Browser, site: str, language: str) -> None:
    found = {}
    with visitor(browser, site) as page:
        found["nowhere"] = faults_of(page, f"/{language}/nowhere/", HTTPStatus.NOT_FOUND)
        page.route("**/delegations/", as_a_form)
        found["as a form"] = faults_of(
            page, f"/{language}/delegations/", HTTPStatus.METHOD_NOT_ALLOWED
        )
        for error in ERRORS:  # most are of pages that no address leads to where all is well
            address = f"/{language}/{error}/"
            answer = error_page(RequestFactory().get(address), error)
            page.route(f"**{address}", partial(show, answer))
            found[error] = faults_of(page, address, answer.status_code)

    assert {name: one for name, one in found.items() if one} == {}


def faults_of(page: Page, address: str, status: int) -> list[str]:
    """What axe finds on the page of an error, which must be that of its status."""
    answer = page.goto(address)
    assert answer
    assert answer.status == status
    return list(faults(page))


def as_a_form(route: Route) -> None:
    """Ask as a form does that changes something."""
    route.continue_(method="POST")


def show(answer: HttpResponse, route: Route) -> None:
    """Let the browser have an answer as if the site had given it."""
    headers = dict(answer.headers.items())
    route.fulfill(status=answer.status_code, body=answer.content, headers=headers)

"""A script is a courtesy: without it everything is there; with it an open page stays right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from playwright.sync_api import expect

from programme.shelf.shelf import shelf
from tests.browser.places import MEETING, addresses
from tests.browser.visiting import unfold, visitor
from tests.programme.builders import document, item, versions_in_turn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What a reader reads and where links lead; a button does nothing without a script but in a form.
READ = """() => {
  for (const one of document.querySelectorAll("button")) if (!one.form) one.remove();
  return {
    text: document.body.innerText.split("\\n").map((line) => line.trim()).filter(Boolean),
    links: [...document.links].map((link) => link.getAttribute("href")),
  };
}"""


def read(page: Page, address: str) -> dict[str, Any]:
    """All text that is shown once everything is unfolded, and all addresses."""
    page.goto(address)
    unfold(page)
    return dict(page.evaluate(READ))


def test_everything_is_there_without_it(browser: Browser, site: str) -> None:
    places = addresses("en")
    with visitor(browser, site) as page:
        with_it = {name: read(page, address) for name, address in places.items()}
    with visitor(browser, site, java_script_enabled=False) as page:
        without = {name: read(page, address) for name, address in places.items()}

    for name, one in without.items():
        assert len(one["links"]) > 8, name
        assert one == with_it[name], name


def test_a_delegation_is_found_without_it(browser: Browser, site: str) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto("/fr/")
        page.get_by_role("main").get_by_role("combobox").fill("pérou")
        page.keyboard.press("Enter")

        expect(page).to_have_url(f"{site}/fr/delegations/per/")
        assert page.locator("h1").inner_text() == "Pérou"


# --- now and next ----------------------------------------------------------------------------

MOMENTS = ("07:50", "08:15", "08:45", "09:05", "09:20", "11:30", "13:30", "16:30")
"""Times of Greenwich, two hours behind Geneva, on the first day of the shapes."""

MARKS = """() => [...document.querySelectorAll("main .clock")]
  .filter((one) => !one.closest("header")).map((one) => one.textContent)"""


@pytest.mark.parametrize(
    ("language", "zone"), [("en", "America/Los_Angeles"), ("ar", "Europe/Zurich")]
)
def test_a_page_left_open_says_what_a_new_one_would(
    browser: Browser, site: str, language: str, zone: str
) -> None:
    address = f"/{language}/meetings/shapes/"
    first, *later = (f"2023-06-19T{one}:00Z" for one in MOMENTS)
    left_open = []
    with visitor(browser, site, timezone_id=zone) as page:
        page.clock.install(time=first)
        page.goto(address)
        left_open.append(page.evaluate(MARKS))
        for moment in later:
            page.clock.pause_at(moment)
            page.clock.run_for(20_000)
            left_open.append(page.evaluate(MARKS))
    anew = []
    with visitor(browser, site, java_script_enabled=False) as page:
        for moment in (first, *later):
            with time_machine.travel(moment):
                page.goto(address)
            anew.append(page.evaluate(MARKS))

    assert len({tuple(one) for one in anew}) > 5
    assert left_open == anew


# --- an address to copy ----------------------------------------------------------------------


def test_the_address_of_an_item_is_copied(browser: Browser, site: str) -> None:
    with visitor(browser, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"/fr/{MEETING}items/6b/")
        page.locator(".cite summary").click()
        address = page.locator(".cite .address").first.inner_text()
        page.get_by_role("button", name="Copier l’adresse").click()
        page.get_by_role("button", name="Copié").wait_for()

        assert page.evaluate("navigator.clipboard.readText()") == address
        assert re.search(r"/v/[0-9]+/items/6b/$", address)


# --- since a reader last looked ---------------------------------------------------------------


def since_seen(page: Page, address: str) -> list[str]:
    """The lines that tell what changed since this reader last looked."""
    page.goto(address)
    return [one.inner_text() for one in page.locator(".since-seen p:visible").all()]


def test_a_reader_who_returns_is_told_what_changed_since(browser: Browser, site: str) -> None:
    titles = ("A", "B", "C", "D")
    first, second, third, fourth = versions_in_turn(
        *(document(item(3, title=one), item(4, title="A")) for one in titles)
    )
    address, another = (f"/en/{MEETING}{one}" for one in ("", "items/4/"))
    with visitor(browser, site) as page:
        shelf.replace([first])
        assert since_seen(page, address) == []
        shelf.replace([first, second, third])

        told = "Changed since you last looked (first version): 1 change"
        assert since_seen(page, address) == since_seen(page, another) == [told]
        page.locator(".since-seen a:visible").click()

        assert "1 change since the first version" in page.locator(".head .lead").inner_text()
        assert since_seen(page, address) == []
        shelf.replace([first, second, third, fourth])
        assert since_seen(page, another) == ["Changed since you last looked (Rev.2): 1 change"]


def test_what_a_reader_last_saw_is_sent_to_nobody(browser: Browser, site: str) -> None:
    versions = versions_in_turn(*(document(item(3, title=one)) for one in "AB"))
    with visitor(browser, site) as page:
        asked: list[str] = []
        shelf.replace(versions[:1])
        page.goto(f"/en/{MEETING}")
        shelf.replace(versions)
        page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))

        assert since_seen(page, f"/en/{MEETING}") != []

        assert [one for one in asked if "static" not in one] == [f"{site}/en/{MEETING} None"]

"""What a delegate comes to do, on a phone, in as few taps as it should take.

The meeting is in its second day (`tools/servers/three_days.py`): a panel is on, and the last change
is half an hour old.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from programme.publishing.watcher import Watcher
from programme.shelf.shelf import Shelf, shelf
from tests.browser.visiting import visitor
from tests.programme.builders import proved_once
from tools.servers.three_days import NOW, SLUG, three_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from programme.shelf.edition import Version

LANGUAGES = ("en", "fr", "es", "ar")
MEETING = f"meetings/{SLUG}/"
ROOMS = {"en": "Salle B", "fr": "Salle B", "es": "Sala B", "ar": "القاعة باء"}


@pytest.fixture(scope="module")
def versions() -> list[Version]:
    """The five publications, once a test has made them."""
    return []


@pytest.fixture
def in_session(server: str, versions: list[Version], db: None) -> Iterator[str]:  # noqa: ARG001
    """The address of a site whose one meeting is in its second day."""
    if not versions:
        three_days()
        read = Shelf()
        Watcher(read).look()
        versions.extend(read.versions(SLUG))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("programme.shelf.shelf.proved", proved_once)
        patch.setattr("programme.pages.views.moment", lambda *_, **__: NOW)
        shelf.replace(versions)
        yield server
        shelf.replace([])


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_and_where_my_state_speaks(browser: Browser, in_session: str, language: str) -> None:
    with visitor(browser, in_session) as phone:
        phone.goto(f"/{language}/{MEETING}")
        phone.locator(".to-find").click()
        expect(phone.locator("main input[name=q]")).to_be_focused()
        phone.keyboard.type("ukr")
        phone.keyboard.press("Enter")

        expect(phone).to_have_url(f"{in_session}/{language}/delegations/ukr/")
        ledger = phone.locator(".ledger").first
        assert top_of(phone, ".ledger li") < 320
        expect(ledger).to_contain_text("15:00")
        expect(ledger).to_contain_text("11:15")
        expect(ledger).to_contain_text(ROOMS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_since_the_second_version(
    browser: Browser, in_session: str, language: str
) -> None:
    with visitor(browser, in_session) as phone:
        phone.goto(f"/{language}/{MEETING}")
        phone.locator(".edition a").first.click()
        phone.locator("main a[href$='?since=2']:visible").last.click()

        main = phone.locator("main")
        for hour in ("12:30", "15:00"):  # of the closing, and to which the last panel is postponed
            expect(main).to_contain_text(hour)
        expect(main).not_to_contain_text("11:15")  # 6b moved before


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "ar"])
def test_item_6b_in_arabic_for_a_colleague(
    browser: Browser, in_session: str, language: str
) -> None:
    with visitor(browser, in_session) as phone:
        phone.goto(f"/{language}/{MEETING}")
        phone.locator(".glance a[href$='#item-6b']").click()
        phone.locator("#item-6b-heading a").click()
        phone.locator(".languages a[lang=ar]").click()

        expect(phone).to_have_url(f"{in_session}/ar/{MEETING}items/6b/")
        expect(phone.locator("h1")).to_contain_text("6 (ب)")


def top_of(page: Page, selector: str) -> float:
    """How far down its first one stands, in CSS pixels."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"]

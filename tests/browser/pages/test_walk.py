"""From home to an item in Arabic, as a delegate walks on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.visiting import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

MEETING = "/ar/meetings/2024-intersessional-meetings/"


def test_a_delegate_walks_from_home_to_an_item_in_arabic(browser: Browser, site: str) -> None:
    with visitor(browser, site) as phone:
        phone.goto("/en/")
        phone.locator(".languages a[lang=ar]").click()
        expect(phone).to_have_url(f"{site}/ar/")
        expect(phone.locator("html")).to_have_attribute("dir", "rtl")

        phone.locator(f"a[href='{MEETING}']").first.click()
        expect(phone).to_have_url(f"{site}{MEETING}")
        expect(phone.locator("h1")).to_be_visible()
        assert fits(phone)

        phone.locator("#item-6b-heading a").click()
        expect(phone).to_have_url(f"{site}{MEETING}items/6b/")
        expect(phone.locator("h1")).to_contain_text("6 (ب)")
        assert fits(phone)

        names = phone.locator("#item-6b-list-1 .names a")
        expect(names).to_have_text(["أوكرانيا", "اليونان"])
        assert is_right_of(names.nth(0), names.nth(1))
        assert is_right_of(phone.locator("h1 .label"), phone.locator("h1 .title"))

        names.nth(0).click()
        expect(phone).to_have_url(f"{site}/ar/delegations/ukr/")
        expect(phone.locator("h1")).to_have_text("أوكرانيا")


def test_arabic_is_set_in_the_face_that_the_site_brings(browser: Browser, site: str) -> None:
    asked = {language: faces_for(browser, site, language) for language in ("en", "ar")}

    assert asked["en"] == {"programme-sans-latin.woff2"}
    assert {re.sub(r"-latin.*", "", name) for name in asked["ar"]} == {
        "programme-naskh-arabic.woff2",
        "programme-sans",
    }


def faces_for(browser: Browser, site: str, language: str) -> set[str]:
    """The files of the faces that a page of names asks for."""
    asked: set[str] = set()
    with visitor(browser, site) as phone:
        phone.on("request", lambda request: asked.add(request.url.rpartition("/")[2]))
        phone.goto(f"/{language}/delegations/")
        phone.evaluate("document.fonts.ready")
    return {name for name in asked if name.endswith(".woff2")}


def fits(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def is_right_of(one: Locator, other: Locator) -> bool:
    """Whether one stands to the right of the other, as an Arabic reader expects the first."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    return first["x"] > second["x"]

"""From home to an item in Arabic, as a delegate walks on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MEETING = "/ar/meetings/2024-intersessional-meetings/"


def test_a_delegate_walks_from_home_to_an_item_in_arabic(phone: Page, site: str) -> None:
    hosts: set[str] = set()
    phone.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))

    phone.goto(f"{site}/en/")
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
    assert hosts == {urlsplit(site).netloc}


def test_arabic_is_set_in_the_face_that_the_site_brings(phone: Page, site: str) -> None:
    fonts: dict[str, set[str]] = {"en": set(), "ar": set()}
    asked: set[str] = set()
    phone.on("request", lambda request: asked.add(request.url.rpartition("/")[2]))

    for language, faces in fonts.items():
        asked.clear()
        phone.goto(f"{site}/{language}/delegations/")
        phone.evaluate("document.fonts.ready")
        faces |= {name for name in asked if name.endswith(".woff2")}

    assert fonts["en"] == {"programme-sans-latin.woff2"}
    assert {re.sub(r"-latin.*", "", name) for name in fonts["ar"]} == {
        "programme-naskh-arabic.woff2",
        "programme-sans",
    }


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

"""The courtesies of the script: it keeps an open page right, and copies an address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEETING = "meetings/2024-intersessional-meetings/"
WORDS = {"en": ("Now", "Next"), "ar": ("الآن", "التالي")}


@pytest.mark.parametrize("language", WORDS)
def test_an_open_page_goes_with_the_clock(phone: Page, site: str, language: str) -> None:
    now, following = WORDS[language]
    # A minute before the first panel, which is on 19 June 2024 at 11:30 in Geneva.
    phone.clock.install(time=datetime(2024, 6, 19, 9, 29, tzinfo=UTC))
    phone.goto(f"{site}/{language}/{MEETING}")
    marks = phone.locator(".panel .clock")

    expect(marks).to_have_text([following, "", ""])

    phone.clock.fast_forward("01:20")
    expect(marks).to_have_text([now, following, ""])


def test_an_address_can_be_copied(phone: Page, site: str) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.goto(f"{site}/fr/{MEETING}items/6b/")

    phone.get_by_role("button", name="Copier l’adresse").click()

    expect(phone.get_by_role("button", name="Copié")).to_be_visible()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/fr/{MEETING}items/6b/")

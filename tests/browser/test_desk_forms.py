"""The forms of the desk, as staff use them with mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from meetings.models import Delegation
from tests.admin_forms import admin_url
from tests.browser.desk import desk
from tests.factories import chad, make_editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_staff_save_a_form(browser: Browser, desk_site: str) -> None:
    state = chad()

    with desk(browser, desk_site, make_editor(is_superuser=True)) as page:
        page.goto(admin_url(Delegation, "change", state.pk))
        page.locator("#id_name_fr").fill("République du Tchad")
        page.locator("[name=_save]").last.click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    state.refresh_from_db()
    assert state.name_fr == "République du Tchad"  # type: ignore[attr-defined]

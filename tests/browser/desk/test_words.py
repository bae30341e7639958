"""What staff wrote comes back in the browser, and is saved at the second try."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from meetings.models import Delegation
from tests.admin_forms import admin_url
from tests.browser.desk.staff import desk
from tests.factories import chad, make_editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

WORDS = "République du Tchad <b>"
PASSWORD = "a long and winding road"  # noqa: S105 -- of these tests alone

BUTTONS = {
    "en": ("Log in", "Send it once more"),
    "ar": ("تسجيل الدخول", "إرسال مرة أخرى"),
}


@pytest.mark.parametrize("language", BUTTONS)
def test_a_session_that_ended_in_mid_form_costs_a_login_and_no_word(
    browser: Browser, desk_site: str, language: str
) -> None:
    state = chad()
    user = make_editor(is_superuser=True, username="amina", password=PASSWORD)
    log_in, send = BUTTONS[language]

    with desk(browser, desk_site, user) as page:
        page.goto(admin_url(Delegation, "change", state.pk, language=language))
        page.locator("#id_name_fr").fill(WORDS)
        Session.objects.all().delete()
        page.locator("[name=_save]").last.click()

        expect(page.locator(".sent dd")).to_have_text(WORDS)
        page.locator("#id_username").fill("amina")
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name=log_in).click()
        expect(page.locator(".sent dd")).to_have_text(WORDS)
        page.get_by_role("button", name=send).click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    state.refresh_from_db()
    assert state.name_fr == WORDS  # type: ignore[attr-defined]


def test_a_form_from_before_another_login_is_sent_once_more(
    browser: Browser, desk_site: str
) -> None:
    state = chad()
    user = make_editor(is_superuser=True, username="amina", password=PASSWORD)

    with desk(browser, desk_site, user) as page:
        page.goto(admin_url(Delegation, "change", state.pk))
        page.locator("#id_name_fr").fill("République du Tchad")
        other = page.context.new_page()  # another tab, where somebody logs out and in
        other.goto("/en/admin/")
        other.locator("#logout-form button").click()
        other.goto("/en/admin/login/")
        other.locator("#id_username").fill("amina")
        other.locator("#id_password").fill(PASSWORD)
        other.get_by_role("button", name="Log in").click()
        expect(other.locator("#logout-form")).to_be_visible()
        other.close()
        page.locator("[name=_save]").last.click()

        expect(page.locator("h1")).to_have_text("This form has expired")
        page.get_by_role("button", name="Send it once more").click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    state.refresh_from_db()
    assert state.name_fr == "République du Tchad"  # type: ignore[attr-defined]


def test_a_row_that_a_colleague_deleted_leaves_the_words_on_the_page(page: Page) -> None:
    state = chad()

    page.goto(admin_url(Delegation, "change", state.pk))
    page.locator("#id_name_fr").fill("République du Tchad")
    Delegation.objects.all().delete()
    page.locator("[name=_save]").last.click()

    expect(page.locator(".errornote")).to_contain_text("somebody deleted this row")
    expect(page.locator(".sent dd")).to_have_text("République du Tchad")
    expect(page.locator(".sent dt")).to_have_text("Name [fr]")


def test_the_way_back_from_a_form_that_the_proxy_refuses_leads_to_what_was_written(
    page: Page,
) -> None:
    state = chad()

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=413, content_type="text/html", body="<h1>Too large</h1>")
        else:
            route.continue_()

    page.goto(admin_url(Delegation, "change", state.pk))
    page.locator("#id_name_fr").fill(WORDS)
    page.route("**/change/", refuse)
    page.locator("[name=_save]").last.click()
    expect(page.locator("h1")).to_have_text("Too large")
    page.go_back()
    expect(page.locator("#id_name_fr")).to_have_value(WORDS)

"""The preview as staff and the colleagues with whom they share it see it."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting
from programme.models import AgendaItem, SharedPreview
from programme.publishing.previews import share, token_of
from programme.publishing.watcher import Watcher
from programme.shelf.shelf import shelf
from tests.admin_forms import admin_url
from tests.browser.desk.staff import desk
from tests.browser.pages.test_accessibility import BOTH_DIRECTIONS, WCAG, faults_at
from tests.browser.visiting import unfold, visitor
from tests.factories import (
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_placement,
    make_sitting,
    peru,
)
from tests.rows import published
from tools.browser.chromium import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User
    from playwright.sync_api import Browser, Locator, Page, ViewportSize

LANGUAGES = ("en", "fr", "es", "ar")
PREVIEW = "/en/preview/june/"
PUBLIC = "/en/meetings/june/"


@pytest.fixture
def item(desk_site: str) -> Iterator[AgendaItem]:  # noqa: ARG001 -- the server sees the rows
    """An item with a list in a morning, beside a panel; all of it public."""
    meeting = make_meeting(slug="june", introduction_en="Welcome. " * 60)
    made = make_item(meeting, number=3, title_en="Opening", title_ar="افتتاح")
    make_list(made, peru(), invitation_en="States ({delegations}) are invited.")
    make_placement(made, sitting=make_sitting(meeting))
    make_panel(meeting, slug="theme")
    for number in range(4, 12):
        make_item(meeting, number=number, title_en="Matters of importance", text_en="A word. " * 90)
    published(meeting)
    Watcher(shelf).look()
    yield made
    shelf.replace([])


@pytest.fixture
def staff(item: AgendaItem) -> User:  # noqa: ARG001 -- rows first
    return make_editor(is_superuser=True)


def shared_address(item: AgendaItem, language: str = "en") -> str:
    shared = share(item.meeting, whom="Ana", by=None, at=timezone.now(), days=3)
    return f"/{language}/shared/{token_of(shared)}/"


# The stories ---------------------------------------------------------------------------------


def test_an_edit_is_in_the_preview_and_not_in_public(
    browser: Browser, desk_site: str, staff: User
) -> None:
    with desk(browser, desk_site, staff) as page:
        page.goto(PREVIEW)
        page.get_by_role("link", name="Edit item 3", exact=True).click()
        page.locator("#id_title_en").fill("Opening ceremony")
        page.locator("[name=_save]").last.click()
        expect(page.locator(".messagelist .success")).to_be_visible()

        page.goto(PREVIEW)
        expect(page.get_by_role("heading", name="Opening ceremony")).to_be_visible()
        page.get_by_role("link", name="Public page").click()
        expect(page).to_have_url(f"{desk_site}{PUBLIC}")
        expect(page.get_by_role("heading", name="Opening", exact=False).first).to_be_visible()
        expect(page.get_by_text("Opening ceremony")).to_have_count(0)


def test_a_link_is_made_read_without_an_account_and_revoked(
    browser: Browser, desk_site: str, staff: User, item: AgendaItem
) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(title_en="Opening ceremony")

    with desk(browser, desk_site, staff) as page:
        page.goto(admin_url(Meeting, "change", item.meeting_id))
        page.get_by_role("link", name="Share a preview…").click()
        page.get_by_label("For whom").fill("Ana")
        page.get_by_label("Open for").select_option("3 days")
        page.get_by_role("button", name="Make the link").click()
        sent = page.get_by_label("Address of the link for Ana").input_value()
        sent = sent.removeprefix(settings.SITE_URL)

        with visitor(browser, desk_site, locale="en") as reader:
            reader.goto(sent)
            expect(reader.get_by_role("heading", name="Opening ceremony")).to_be_visible()
            expect(reader.get_by_role("note")).to_have_text("Preview of the draft – not public")
            reader.get_by_role("link", name="3 Opening ceremony").last.click()
            expect(reader).to_have_url(f"{desk_site}/en{sent}items/3/")
            reader.get_by_role("link", name="العربية").first.click()
            expect(reader).to_have_url(f"{desk_site}/ar{sent}items/3/")
            expect(reader.get_by_role("heading", name="افتتاح")).to_be_visible()
            assert kept_by(reader) == []

            page.get_by_text("Revoke…").click()
            page.get_by_role("button", name="Revoke the link").click()
            expect(page.get_by_text("No link is open.")).to_be_visible()

            answer = reader.goto(f"/en{sent}")
            assert answer is not None
            assert answer.status == 410
            expect(reader.get_by_role("heading")).to_have_text("This link is no longer open")


def kept_by(page: Page) -> list[str]:
    """What the page left in the browser."""
    kept: list[str] = page.evaluate(
        """async () => [
            ...Object.keys(localStorage), ...Object.keys(sessionStorage),
            ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()),
            document.cookie].filter(Boolean).map(String)"""
    )
    return kept


def test_the_address_is_copied(
    browser: Browser, desk_site: str, staff: User, item: AgendaItem
) -> None:
    share(item.meeting, whom="Ana", by=None, at=timezone.now(), days=3)

    rights = ["clipboard-read", "clipboard-write"]
    with desk(browser, desk_site, staff, permissions=rights) as page:
        page.goto(admin_url(Meeting, "previews", item.meeting_id))
        page.get_by_role("button", name="Copy the address").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()

        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.get_by_label("Address of the link for Ana").input_value()


def test_an_expired_link_says_so_without_script(
    browser: Browser, desk_site: str, item: AgendaItem
) -> None:
    address = shared_address(item)
    SharedPreview.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with visitor(browser, desk_site, java_script_enabled=False) as page:
        page.goto(address)
        expect(page.get_by_role("heading")).to_have_text("This link is no longer open")
        expect(page.get_by_text("Ask whoever sent it to you for a new one.")).to_be_visible()


# How it looks and is used --------------------------------------------------------------------


def test_no_page_of_the_draft_is_wider_than_the_screen(
    browser: Browser, desk_site: str, staff: User
) -> None:
    with desk(browser, desk_site, staff) as page:
        for language, below in product(LANGUAGES, ("", "items/3/", "panels/theme/")):
            page.goto(f"/{language}/preview/june/{below}")
            for width in (320, 768, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") == width, page.url


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_strip_stays_in_sight_and_covers_no_heading(
    browser: Browser, desk_site: str, staff: User, size: ViewportSize
) -> None:
    with desk(browser, desk_site, staff, viewport=size) as page:
        page.goto(f"{PREVIEW}#item-9")
        strip = page.locator(".draft-mark")
        heading = page.locator("#item-9-heading")

        expect(strip).to_be_in_viewport(ratio=1)
        expect(heading).to_be_in_viewport(ratio=1)
        assert top(heading) >= bottom(strip)
        if size == PHONE:
            bar = page.locator(".bar")
            assert top(bar) >= bottom(strip) - 1
            assert top(heading) >= bottom(bar)


def top(one: Locator) -> float:
    return float(one.evaluate("one => one.getBoundingClientRect().top"))


def bottom(one: Locator) -> float:
    return float(one.evaluate("one => one.getBoundingClientRect().bottom"))


def test_nothing_moves_for_links_to_forms(
    browser: Browser, desk_site: str, staff: User, item: AgendaItem
) -> None:
    places = (
        "() => [...document.querySelectorAll('main :is(h1, h2, h3, h4, .list, .prose)')]"
        ".map(one => Math.round(one.getBoundingClientRect().top - "
        "document.querySelector('main').getBoundingClientRect().top))"
    )

    with desk(browser, desk_site, staff) as page:
        page.goto(PREVIEW)
        with_links = page.evaluate(places)
        page.goto(shared_address(item))
        without = page.evaluate(places)

    assert with_links == without


def test_forms_are_reached_by_keyboard(browser: Browser, desk_site: str, staff: User) -> None:
    with desk(browser, desk_site, staff) as page:
        page.goto(f"{PREVIEW}items/3/")
        link = page.get_by_role("link", name="Edit list 1 of item 3")
        for _step in range(40):
            page.keyboard.press("Tab")
            if link.evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("Enter")

        expect(page.locator("#id_invitation_en")).to_be_visible()


def test_no_page_breaks_a_rule_of_wcag(
    browser: Browser, desk_site: str, staff: User, item: AgendaItem
) -> None:
    with desk(browser, desk_site, staff) as page:
        for language in BOTH_DIRECTIONS:
            mount = f"/{language}/preview/june/"
            pages = {
                "programme": mount,
                "item": f"{mount}items/3/",
                "panel": f"{mount}panels/theme/",
                "shared": shared_address(item, language),
            }
            assert faults_at(page, pages) == {}, language


def test_the_page_of_links_breaks_no_rule_either(
    browser: Browser, desk_site: str, staff: User, item: AgendaItem
) -> None:
    shared_address(item)

    with desk(browser, desk_site, staff, viewport=PHONE) as page:
        for language in BOTH_DIRECTIONS:
            page.goto(admin_url(Meeting, "previews", item.meeting_id, language=language))
            unfold(page)
            options = {"runOnly": WCAG, "preload": False}
            within = Axe().run(page, context="#content", options=options)

            assert [one["id"] for one in within.response["violations"]] == [], language


def test_print_says_that_it_is_a_draft(browser: Browser, desk_site: str, staff: User) -> None:
    with desk(browser, desk_site, staff) as page:
        page.goto(PREVIEW)
        page.emulate_media(media="print")

        expect(page.locator(".draft-mark")).to_be_visible()
        expect(page.locator(".running .designation")).to_have_text("Draft of Rev.1")
        expect(page.locator(".edit").first).to_be_hidden()

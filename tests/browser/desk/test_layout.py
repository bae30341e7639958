"""What the desk looks like where names are long, screens narrow and directions mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from meetings.models import Meeting
from programme.models import AgendaItem, Publication
from programme.publishing.verbs import draft_of, publish, withdraw
from tests.admin_forms import admin_url
from tests.browser.desk.staff import desk
from tests.factories import (
    make_editor,
    make_item,
    make_meeting,
    make_panel,
    make_presenter,
    make_sitting,
    make_venue,
)
from tools.browser.chromium import PHONE

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from playwright.sync_api import Browser, Page

LAPTOP = {"width": 1280, "height": 800}
SIZES: dict[str, dict[str, Any]] = {"laptop": {"viewport": LAPTOP}, "phone": {"viewport": PHONE}}
NAME = "Twenty-Second Meeting of the States Parties to the Anti-Personnel Mine Ban Convention"


@pytest.fixture
def user(transactional_db: None) -> User:  # noqa: ARG001 -- the server sees rows
    return make_editor(is_superuser=True, first_name="Amina", last_name="Diallo")


@pytest.fixture
def meeting(user: User) -> Meeting:
    """A meeting with a word of 300 letters, published twice and withdrawn once."""
    meeting = make_meeting(name_en=NAME, venue=make_venue())
    sitting = make_sitting(meeting)
    make_presenter(make_item(meeting, title_en="W" * 300), function_en="M" * 300)
    make_panel(meeting, sitting=sitting, date=sitting.date)
    for name in ("A", "B", "C"):
        meeting.name_fr = name  # type: ignore[attr-defined]
        meeting.save()
        now, digest = timezone.now(), draft_of(meeting).digest
        version = publish(meeting, by=user, at=now, expected_digest=digest, note={"en": "First."})
    withdraw(version, by=user, at=now, reason="A wrong room.")
    meeting.name_en = f"{NAME} again"  # type: ignore[attr-defined]
    meeting.save()
    return meeting


def pages(meeting: Meeting, language: str) -> dict[str, str]:
    """Pages of the desk that show names and texts."""
    item = meeting.agenda_items.get()
    version = meeting.publications.filter(withdrawn_at=None).latest("serial")
    first = meeting.publications.earliest("serial")
    own: list[Any] = [meeting.pk]
    return {
        "meetings": admin_url(Meeting, "changelist", language=language),
        "items": admin_url(AgendaItem, "changelist", language=language),
        "versions": admin_url(Publication, "changelist", language=language),
        "meeting": admin_url(Meeting, "change", *own, language=language),
        "item": admin_url(AgendaItem, "change", item.pk, language=language),
        "history": admin_url(AgendaItem, "history", item.pk, language=language),
        "delete": admin_url(AgendaItem, "delete", item.pk, language=language),
        "version": admin_url(Publication, "change", version.pk, language=language),
        "draft": admin_url(Meeting, "draft", *own, language=language),
        "to do": admin_url(Meeting, "draft", *own, language=language) + "?show=untranslated",
        "publish": admin_url(Meeting, "publish", *own, language=language),
        "restore": admin_url(Meeting, "restore", *own, language=language),
        "again": admin_url(Publication, "again", first.pk, language=language),
    }


WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll('#changelist .results')]
    .filter((one) => one.scrollWidth > one.clientWidth).length"""
CAPITALS = """[...document.querySelectorAll('body *')]
    .filter((one) => getComputedStyle(one).textTransform !== 'none').length"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_its_screen(
    browser: Browser, desk_site: str, user: User, meeting: Meeting, size: str, language: str
) -> None:
    with desk(browser, desk_site, user, **SIZES[size]) as page:
        for name, address in pages(meeting, language).items():
            page.goto(address)
            assert page.evaluate(WIDER) <= 0, name
            assert page.evaluate(CAPITALS) == 0, name
            assert size == "phone" or page.evaluate(CUT) == 0, name


def edge(page: Page, selector: str) -> float:
    """Where the words of the first such element begin, read from the right."""
    return float(
        page.evaluate(
            """(selector) => {
                const range = document.createRange();
                range.selectNodeContents(document.querySelector(selector));
                return range.getBoundingClientRect().right;
            }""",
            selector,
        )
    )


@pytest.mark.parametrize("where", ["publish", "restore", "again"])
def test_a_value_stands_beneath_its_name_in_arabic(
    browser: Browser, desk_site: str, user: User, meeting: Meeting, where: str
) -> None:
    with desk(browser, desk_site, user, viewport=LAPTOP) as page:
        page.goto(pages(meeting, "ar")[where])
        kind, value = ".desk-wording .desk-kind", ".desk-wording p"
        assert abs(edge(page, kind) - edge(page, value)) < 2


def test_a_version_stands_before_what_is_said_of_it_in_arabic(
    browser: Browser, desk_site: str, user: User, meeting: Meeting
) -> None:
    with desk(browser, desk_site, user, viewport=LAPTOP) as page:
        page.goto(pages(meeting, "ar")["meeting"])
        assert edge(page, ".desk-publications td a") > edge(page, ".desk-publications td") - 2


def test_a_field_that_a_link_leads_to_stands_below_its_source(
    browser: Browser, desk_site: str, user: User, meeting: Meeting
) -> None:
    with desk(browser, desk_site, user, viewport=LAPTOP) as page:
        page.goto(pages(meeting, "en")["to do"])
        page.locator("a[href*='#id_practical'], a[href$='#id_title_ar']").first.click()
        for field in ("#id_title_ar", "#id_title_en"):
            box = page.locator(field).bounding_box()
            assert box
            assert 0 <= box["y"] <= LAPTOP["height"]

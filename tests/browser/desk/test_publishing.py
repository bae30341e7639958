"""What staff do to a programme that delegates read: edit, look, publish, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting
from programme.models import AgendaItem, Publication
from programme.publishing.watcher import Watcher
from programme.shelf.shelf import shelf
from tests.admin_forms import admin_url
from tests.browser.desk.staff import desk
from tests.browser.pages.test_accessibility import BOTH_DIRECTIONS, faults_at
from tests.browser.pages.test_narrow import too_wide
from tests.browser.visiting import unfold
from tests.factories import (
    chad,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_placement,
    make_presenter,
    make_sitting,
    peru,
)
from tests.rows import published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PUBLIC = "/en/meetings/june/"
CHANGES = f"{PUBLIC}changes/"

TITLES = {"title_fr": "Ouverture", "title_es": "Apertura", "title_ar": "افتتاح"}
NAMES = {"name_fr": "Réunions 2024", "name_es": "Reuniones 2024", "name_ar": "اجتماعات 2024"}


@pytest.fixture
def item(desk_site: str) -> Iterator[AgendaItem]:  # noqa: ARG001 -- the server sees the rows
    """Item 3 of a meeting in all its languages, which is public with a list and item 4."""
    meeting = make_meeting(slug="june", **NAMES)
    made = make_item(meeting, number=3, title_en="Opening", **TITLES)
    invited = {f"invitation_{one}": f"({one})" for one in ("en", "fr", "es", "ar")}
    make_list(made, chad(), **invited)
    make_item(
        meeting, number=4, title_en="Closing", title_fr="Fin", title_es="Fin", title_ar="ختام"
    )
    published(meeting)
    look()
    yield made
    shelf.replace([])


@pytest.fixture
def page(browser: Browser, desk_site: str, item: AgendaItem) -> Iterator[Page]:  # noqa: ARG001
    """The desk of somebody who may do all of it."""
    with desk(browser, desk_site, make_editor(is_superuser=True, username="amina")) as page:
        yield page


def look() -> None:
    """Let the site see at once what it would see within a second."""
    Watcher(shelf).look()


def edit(page: Page, item: AgendaItem, **fields: str) -> None:
    page.goto(admin_url(AgendaItem, "change", item.pk))
    for name, value in fields.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("[name=_save]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def draft_of(item: AgendaItem) -> str:
    return admin_url(Meeting, "draft", item.meeting_id)


# The stories ---------------------------------------------------------------------------------


def test_an_edit_is_looked_at_published_and_told(page: Page, item: AgendaItem) -> None:
    edit(page, item, title_en="Opening at 10", title_fr="Ouverture à 10")

    page.goto("/en/admin/")
    page.get_by_role("link", name="2024 Intersessional Meetings").first.click()
    expect(page.get_by_text("1 change is not public yet.")).to_be_visible()
    page.get_by_role("link", name="See the difference").first.click()

    title = page.locator(".desk-in-en ins").first
    expect(title).to_have_text("at 10")
    page.get_by_label("I have seen these warnings").check()
    page.locator("#id_note_en").fill("As agreed on Monday.")
    button(page, "Publish Rev.1")
    expect(page.get_by_text("Published: Rev.1.")).to_be_visible()
    expect(page.locator("#notice-en")).to_have_value(
        "The programme of “2024 Intersessional Meetings” has changed; this version is Rev.1.\n\n"
        "As agreed on Monday.\n\n3. Opening at 10\n– Title changed (English and French)\n\n"
        f"The programme:\nhttp://127.0.0.1:8000{PUBLIC}\n"
    )

    look()
    page.get_by_role("link", name="See the public page").click()
    expect(page.get_by_role("heading", name="Opening at 10")).to_be_visible()
    page.goto(CHANGES)
    expect(page.get_by_text("Title changed (English and French)")).to_be_visible()


def test_a_mended_comma_is_reissued_and_tells_delegates_no_change(
    page: Page, item: AgendaItem
) -> None:
    edit(page, item, title_fr="L’ouverture,")

    page.goto(admin_url(Meeting, "publish", item.meeting_id))
    page.get_by_label("Reissue: the same designation").check()
    page.get_by_label("I confirm: no change of meaning").check()
    button(page, "Publish")
    expect(page.get_by_text("Reissued: first version.")).to_be_visible()

    look()
    page.goto(CHANGES)
    expect(page.get_by_text("This is the programme as it stands today.")).to_be_visible()
    expect(page.get_by_text("Title changed")).to_have_count(0)
    page.goto("/fr/meetings/june/")
    expect(page.get_by_role("heading", name="L’ouverture,")).to_be_visible()


def test_one_item_is_published_alone_in_two_clicks(page: Page, item: AgendaItem) -> None:
    other = AgendaItem.objects.get(number=4)
    AgendaItem.objects.filter(pk=other.pk).update(title_en="Half done")
    edit(page, item, title_en="Opening at 10")

    page.goto(admin_url(AgendaItem, "change", item.pk))
    expect(page.get_by_text("2 changes are not public yet.")).to_be_visible()
    page.get_by_role("link", name="Publish this alone…").click()
    button(page, "Publish Rev.1")
    expect(page.get_by_text("Published: Rev.1.")).to_be_visible()

    look()
    page.goto(PUBLIC)
    expect(page.get_by_role("heading", name="Opening at 10")).to_be_visible()
    expect(page.get_by_text("Half done")).to_have_count(0)


def test_without_script_a_form_leads_to_publishing_its_row_alone(
    browser: Browser, desk_site: str, item: AgendaItem
) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(title_en="Opening at 10")
    staff = make_editor(is_superuser=True)

    with desk(browser, desk_site, staff, java_script_enabled=False) as page:
        page.goto(admin_url(AgendaItem, "change", item.pk))
        page.get_by_role("link", name="Publish this alone…").click()
        button(page, "Publish Rev.1")
        expect(page.get_by_text("Published: Rev.1.")).to_be_visible()


def test_an_old_version_comes_back_and_the_draft_follows(page: Page, item: AgendaItem) -> None:
    first = Publication.objects.get()
    edit(page, item, title_en="Opening at 10")
    published(item.meeting)

    page.goto(admin_url(Publication, "change", first.pk))
    page.get_by_role("link", name="Publish this version again…").click()
    button(page, "Publish Rev.2")
    expect(page.get_by_text("Published: Rev.2.")).to_be_visible()
    look()
    page.goto(PUBLIC)
    expect(page.get_by_role("heading", name="Opening at 10")).to_have_count(0)

    page.goto(draft_of(item))
    expect(page.get_by_text("1 change is not public yet.")).to_be_visible()
    page.get_by_role("link", name="Take the public state back…").first.click()
    expect(page.locator(".desk-in-en del")).to_have_text("at 10")
    button(page, "Take the public state back")
    expect(page.get_by_text("The draft says again what is public.")).to_be_visible()
    expect(page.locator(".desk-banner")).to_have_count(0)


def test_a_version_is_withdrawn(page: Page, item: AgendaItem) -> None:
    page.goto(admin_url(Publication, "change", Publication.objects.get().pk))
    page.get_by_role("link", name="Withdraw…").click()
    expect(page.get_by_text("Nothing of this meeting will be public then")).to_be_visible()
    page.get_by_label("Reason").fill("Published by mistake")
    button(page, "Withdraw")
    expect(page.get_by_text("Withdrawn: first version.")).to_be_visible()

    look()
    answer = page.goto(PUBLIC)
    assert answer is not None
    assert answer.status == 410
    assert AgendaItem.objects.filter(pk=item.pk).exists()  # the draft stays


# For everybody -------------------------------------------------------------------------------


@pytest.fixture
def pending(item: AgendaItem) -> AgendaItem:
    """The item, of whose meeting something of each kind is not public yet."""
    AgendaItem.objects.filter(pk=item.pk).update(title_en="Opening at 10", title_ar="افتتاح 10")
    make_presenter(item, delegation=peru())
    make_placement(item, sitting=make_sitting(item.meeting))
    make_panel(item.meeting, title_en="Victims")
    return item


def everywhere(item: AgendaItem, language: str) -> dict[str, str]:
    """Every page of the desk that publishes, with something to show."""
    meeting, own = item.meeting, {"language": language}
    version = Publication.objects.get()
    return {
        "start": f"/{language}/admin/",
        "draft": admin_url(Meeting, "draft", meeting.pk, **own),
        "to be translated": f"{admin_url(Meeting, 'draft', meeting.pk, **own)}?show=untranslated",
        "desk": admin_url(Meeting, "publish", meeting.pk, **own),
        "alone": f"{admin_url(Meeting, 'some_subjects', meeting.pk, **own)}?subject={item.pk}",
        "take back": admin_url(Meeting, "restore", meeting.pk, **own),
        "notice": admin_url(Meeting, "notice", meeting.pk, 1, **own),
        "withdraw": admin_url(Publication, "withdraw", version.pk, **own),
    }


OF_EACH_KIND = ("start", "draft", "desk", "notice", "withdraw")
"""Pages of which the others are made too."""


def test_no_page_breaks_a_rule_of_wcag(
    browser: Browser, desk_site: str, pending: AgendaItem
) -> None:
    staff = make_editor(is_superuser=True)

    # axe writes styles into the page, which its policy forbids to everybody.
    options = {"bypass_csp": True, "reduced_motion": "reduce"}
    with desk(browser, desk_site, staff, **options) as page:
        assert faults_at(page, everywhere(pending, "en")) == {}
        in_arabic = everywhere(pending, "ar")
        assert faults_at(page, {name: in_arabic[name] for name in OF_EACH_KIND}) == {}


def test_nothing_is_wider_than_a_phone_or_a_tablet(page: Page, pending: AgendaItem) -> None:
    found = {}
    for language in BOTH_DIRECTIONS:
        for name, address in everywhere(pending, language).items():
            page.goto(address)
            unfold(page)
            for width in (390, 768):
                page.set_viewport_size({"width": width, "height": 900})
                wide = [one for one in too_wide(page) if "visually-hidden" not in one]
                found[language, name, width] = wide

    assert {name: one for name, one in found.items() if one} == {}

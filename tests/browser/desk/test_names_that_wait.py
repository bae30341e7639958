"""Names typed faster than they are found: each is in the form, or waits in sight and is guarded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from programme.models import AgendaItem, SpeakingList
from tests.admin_forms import admin_url
from tests.factories import make_item, make_list, make_meeting

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Locator, Page, Route

pytestmark = pytest.mark.usefixtures("directory")

BETWEEN_KEYS = 20
"""Milliseconds, as of somebody who types as fast as anybody can."""

TO_READ = 1000
"""Milliseconds, after which somebody has seen what is said."""


def list_form(page: Page, language: str = "en") -> SpeakingList:
    """Open the form of a list that names nobody, and the box of its first row; give the list."""
    speaking_list = make_list(make_item(make_meeting()))
    page.goto(admin_url(SpeakingList, "change", speaking_list.pk, language=language))
    page.locator("#entries-0 .select2-selection").focus()
    page.keyboard.press("Enter")
    return speaking_list


def type_names(page: Page, *names: str) -> None:
    """Type names, each with Enter, without a pause."""
    page.keyboard.type("".join(f"{name}\n" for name in names), delay=BETWEEN_KEYS)


def save(page: Page, button: str = "_save") -> None:
    page.locator(f"[name={button}]").last.click()


def saved(page: Page, speaking_list: SpeakingList) -> list[str]:
    """The codes of a list, once it is saved."""
    expect(page.locator(".messagelist .success")).to_be_visible()
    entries = speaking_list.entries.order_by("position", "pk")
    return list(entries.values_list("delegation__code", flat=True))


def said(page: Page) -> Locator:
    """What is said of names that are not in the form."""
    return page.locator(".desk-waiting:not(:empty)")


def chosen(page: Page, number: int) -> Locator:
    return page.locator(f"#id_entries-{number}-delegation option:checked")


def unanswered(route: Route) -> None:
    """Answer what nobody can read, as something between the desk and its server may."""
    route.fulfill(body="no answer", content_type="application/json")


QUICK = ("Chad", "Cyprus", "Eritrea", "Guinea-Bissau", "Peru")


# --- saving ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("slow_answers")
@pytest.mark.parametrize("button", ["_save", "_continue"])
def test_one_click_saves_all_names_that_were_typed(page: Page, button: str) -> None:
    speaking_list = list_form(page)
    type_names(page, *QUICK)
    save(page, button)

    assert saved(page, speaking_list) == ["tcd", "cyp", "eri", "gnb", "per"]


@pytest.mark.usefixtures("slow_answers")
def test_a_name_typed_without_enter_is_saved_with_the_others(page: Page) -> None:
    speaking_list = list_form(page)
    page.keyboard.type("Chad\nCyprus\nPeru", delay=BETWEEN_KEYS)
    save(page)

    assert saved(page, speaking_list) == ["tcd", "cyp", "per"]


@pytest.mark.usefixtures("slow_answers")
@pytest.mark.parametrize(("name", "why"), [("congo", "is not clear"), ("xqxq", "was not found")])
def test_nothing_is_saved_while_a_name_is_in_doubt(page: Page, name: str, why: str) -> None:
    speaking_list = list_form(page)
    type_names(page, "Chad", name, "Peru")
    save(page)

    expect(said(page)).to_contain_text("Not saved")
    expect(said(page)).to_contain_text(why)
    expect(said(page)).to_contain_text("Peru")
    box = page.locator(".select2-search__field")
    expect(box).to_be_focused()
    expect(box).to_have_value(name)
    assert not speaking_list.entries.exists()

    page.keyboard.press("ControlOrMeta+A")
    type_names(page, "Cyprus")
    expect(chosen(page, 2)).to_have_text("Peru")
    save(page)
    assert saved(page, speaking_list) == ["tcd", "cyp", "per"]


def test_a_name_that_cannot_be_looked_up_is_kept_and_asked_again(page: Page) -> None:
    speaking_list = list_form(page)
    page.route("**/autocomplete/**", unanswered)
    type_names(page, "Chad", "Peru")
    save(page)
    expect(said(page)).to_contain_text("could not be looked up")
    expect(said(page)).to_contain_text("Chad")
    expect(said(page)).to_contain_text("Peru")

    page.unroute("**/autocomplete/**")
    page.keyboard.press("Enter")
    expect(chosen(page, 1)).to_have_text("Peru")
    save(page)
    assert saved(page, speaking_list) == ["tcd", "per"]


# --- correcting, and leaving out ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["congo", "xqxq"])
def test_keys_correct_the_name_in_doubt_and_leave_the_others_alone(page: Page, name: str) -> None:
    list_form(page)
    type_names(page, name, "Lebanon", "India")
    expect(said(page)).to_contain_text(f"{name}")
    for _letter in name:
        page.keyboard.press("Backspace")
    expect(page.locator(".select2-search__field")).to_have_value("")
    expect(said(page)).to_contain_text("Still to be entered")
    expect(said(page)).to_contain_text("India")
    type_names(page, "Cyprus")

    for number, one in enumerate(("Cyprus", "Lebanon", "India")):
        expect(chosen(page, number)).to_have_text(one)


def test_letters_go_on_with_the_name_in_doubt_once_it_can_be_seen(page: Page) -> None:
    list_form(page)
    type_names(page, "u", "Lebanon")
    expect(said(page)).to_contain_text("Lebanon")
    page.wait_for_timeout(TO_READ)
    type_names(page, "kraine")

    for number, one in enumerate(("Ukraine", "Lebanon")):
        expect(chosen(page, number)).to_have_text(one)


@pytest.mark.parametrize(
    ("language", "names", "is_left_out"),
    [
        ("en", ("xqxq", "Lebanon", "India"), "Left out"),
        ("ar", ("هيرتس", "لبنان", "الهند"), "تُرك"),
    ],
)
def test_escape_leaves_one_name_out_and_goes_on_with_the_others(
    page: Page,
    language: str,
    names: tuple[str, ...],
    is_left_out: str,
) -> None:
    speaking_list = list_form(page, language)
    type_names(page, *names)
    expect(said(page)).to_contain_text(names[0])
    page.keyboard.press("Escape")

    for number, name in enumerate(names[1:]):
        expect(chosen(page, number)).to_have_text(name)
    expect(page.locator(".select2-container--open")).not_to_have_count(0)
    page.keyboard.press("Escape")
    left_out = said(page).filter(has_text=is_left_out)
    expect(left_out).to_be_visible()
    expect(left_out).to_contain_text(names[0])
    save(page)
    assert saved(page, speaking_list) == ["lbn", "ind"]


def test_a_letter_after_enter_is_looked_for(page: Page) -> None:
    list_form(page)
    page.keyboard.type("leb")
    expect(page.locator(".select2-results__option")).to_have_text(["Lebanon"])
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("xq\n")
    expect(said(page)).to_contain_text("was not found")
    page.keyboard.press("ControlOrMeta+A")
    page.wait_for_timeout(TO_READ)
    page.keyboard.insert_text("chad")
    expect(page.locator(".select2-results__option")).to_have_text(["Chad"])


# --- going elsewhere ------------------------------------------------------------------------------


@pytest.mark.parametrize("wait", [0, 1500])
def test_tab_takes_a_name_of_a_list(page: Page, wait: int) -> None:
    list_form(page)
    page.keyboard.type("Poland", delay=BETWEEN_KEYS)
    page.wait_for_timeout(wait)
    page.keyboard.press("Tab")

    expect(chosen(page, 0)).to_have_text("Poland")


def test_tab_takes_nobody_who_is_not_meant(page: Page) -> None:
    speaking_list = list_form(page)
    page.keyboard.type("congo", delay=BETWEEN_KEYS)
    expect(page.locator(".select2-results__option--highlighted")).to_be_visible()
    page.keyboard.press("Tab")
    expect(said(page)).to_contain_text("is not clear")
    page.keyboard.press("Tab")  # nobody is held in a box
    expect(page.locator(".select2-container--open")).to_have_count(0)
    expect(said(page)).to_contain_text("congo")
    save(page)

    expect(said(page)).to_contain_text("Not saved")
    expect(page.locator(".select2-search__field")).to_have_value("congo")
    assert not speaking_list.entries.exists()


def presenter_form(page: Page) -> None:
    """Open the form of an item with a new presenter, and the box of their delegation."""
    item = make_item(make_meeting())
    page.goto(admin_url(AgendaItem, "change", item.pk))
    page.locator("#presenters-group .add-row a").click()
    page.locator("#presenters-0 .select2-selection").focus()
    page.keyboard.press("Enter")


@pytest.mark.usefixtures("slow_answers")
def test_a_click_elsewhere_is_done_and_loses_no_name(page: Page) -> None:
    presenter_form(page)
    before = page.locator("[id^=placements-]:not(.empty-form).form-row").count()
    page.keyboard.type("switz\n", delay=BETWEEN_KEYS)
    page.locator("#placements-group .add-row a").click()

    expect(page.locator("[id^=placements-]:not(.empty-form).form-row")).to_have_count(before + 1)
    expect(page.locator("#id_presenters-0-delegation option:checked")).to_have_text("Switzerland")


@pytest.mark.usefixtures("slow_answers")
def test_tab_takes_a_name_and_goes_on(page: Page) -> None:
    presenter_form(page)
    page.keyboard.type("switz", delay=BETWEEN_KEYS)
    page.keyboard.press("Tab")

    expect(page.locator("#presenters-0 .select2-selection")).not_to_be_focused()
    expect(page.locator("#presenters-0 :focus")).to_be_visible()
    expect(page.locator("#id_presenters-0-delegation option:checked")).to_have_text("Switzerland")


@pytest.mark.usefixtures("slow_answers")
def test_what_is_typed_elsewhere_stays_there_while_names_are_entered(page: Page) -> None:
    list_form(page)
    type_names(page, "Chad", "Cyprus")
    invitation = page.locator("textarea[name=invitation_en]")
    invitation.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("States that will speak today", delay=50)

    expect(chosen(page, 1)).to_have_text("Cyprus")
    expect(invitation).to_have_value("States that will speak today")
    expect(invitation).to_be_focused()


def test_letters_typed_on_a_closed_field_are_not_dropped(page: Page) -> None:
    list_form(page)
    page.keyboard.press("Escape")
    type_names(page, "Chad", "Peru")

    expect(chosen(page, 1)).to_have_text("Peru")


def test_a_page_with_names_that_wait_is_not_left_unasked(page: Page) -> None:
    list_form(page)
    type_names(page, "xqxq", "Peru")
    expect(said(page)).to_contain_text("Peru")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator(".breadcrumbs a").first.click(no_wait_after=True)

    expect(page.locator(".desk-waiting")).to_contain_text("Peru")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    expect(said(page)).to_contain_text("Peru")

"""The forms of the desk, as staff use them with mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from meetings.models import Delegation
from panels.models import Panel
from programme.models import AgendaItem, SpeakingList
from tests.admin_forms import admin_url
from tests.browser.desk.staff import desk
from tests.factories import (
    chad,
    make_delegation,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_presenter,
    peru,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def save(page: Page) -> None:
    page.locator("[name=_save]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_names_are_put_in_order_by_dragging_and_by_keyboard(page: Page) -> None:
    names = [chad(), peru(), make_delegation("ukr", name_en="Ukraine")]
    speaking_list = make_list(make_item(make_meeting()), *names, order="as_called")

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk))
    grips = page.locator("#entries-group .has_original .desk-grip")
    grips.nth(2).drag_to(grips.nth(0), target_position={"x": 5, "y": 2})
    expect(page.locator("#entries-group tr.has_original select")).to_have_text(
        ["Ukraine", "Chad", "Peru"]
    )
    expect(page.locator("#desk-order-said")).to_have_text(
        "Ukraine is now at place 1 of 3. Save to keep the order."
    )

    button = page.get_by_role("button", name="Move Chad down")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(page.locator("#desk-order-said")).to_contain_text("Chad is now at place 3")
    save(page)

    order = speaking_list.entries.order_by("position")
    assert list(order.values_list("delegation__code", "position")) == [
        ("ukr", 1),
        ("per", 2),
        ("tcd", 3),
    ]


def test_an_empty_row_has_no_place_and_a_refusal_keeps_the_order(page: Page) -> None:
    names = [chad(), peru(), make_delegation("ukr", name_en="Ukraine")]
    speaking_list = make_list(make_item(make_meeting()), *names, order="as_called")

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk))
    positions = page.locator("#entries-group tr.form-row:not(.empty-form) [name$=-position]")
    page.get_by_role("button", name="Move Ukraine up").click()
    page.get_by_role("button", name="Move Chad down").click()
    page.get_by_role("button", name="Move Chad down").click()
    expect(page.locator("#entries-3 .desk-order")).not_to_be_visible()
    expect(positions.last).to_have_value("")

    page.locator("#id_invitation_en").fill("")
    page.locator("[name=_save]").last.click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#entries-group tr.has_original select")).to_have_text(
        ["Ukraine", "Peru", "Chad"]
    )
    page.locator("#id_invitation_en").fill("The following States ({delegations})")
    save(page)

    order = speaking_list.entries.order_by("position")
    assert list(order.values_list("delegation__code", flat=True)) == ["ukr", "per", "tcd"]


def test_speakers_and_sub_items_are_put_in_order_in_arabic(page: Page) -> None:
    meeting = make_meeting()
    item = make_item(meeting, number=1)
    for number in (1, 2):
        make_item(meeting, parent=item, number=number, position=1)  # positions may be equal
        make_presenter(item, function_en=f"Speaker {number}")

    page.goto(admin_url(AgendaItem, "change", item.pk, language="ar"))
    page.locator("#presenters-0 .desk-order button[value='1']").click()
    page.locator("#sub_items-1 .desk-order button[value='-1']").click()
    page.locator("[name=_save]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    presenters = item.presenters.order_by("position").values_list("function_en", "position")
    assert list(presenters) == [("Speaker 2", 1), ("Speaker 1", 2)]
    sub_items = item.sub_items.order_by("position").values_list("number", "position")
    assert list(sub_items) == [(2, 1), (1, 2)]


def test_a_new_row_taken_away_after_moving_leaves_the_others_whole(page: Page) -> None:
    item = make_item(make_meeting())
    for number in (1, 2):
        make_presenter(item, function_en=f"Speaker {number}")

    page.goto(admin_url(AgendaItem, "change", item.pk))
    page.locator("#presenters-group .add-row a").click()
    page.locator("#presenters-group .add-row a").click()
    page.locator("#id_presenters-2-function_en").fill("Nobody")
    page.locator("#id_presenters-3-role").select_option("chairs")
    page.locator("#id_presenters-3-function_en").fill("New")
    for number in (2, 3):
        for _step in range(2):
            page.locator(f"#presenters-{number} .desk-order button[value='-1']").click()
    page.locator("#presenters-2 .inline-deletelink").click()
    save(page)

    presenters = item.presenters.order_by("position").values_list("function_en", flat=True)
    assert list(presenters) == ["New", "Speaker 1", "Speaker 2"]


def test_delegations_are_added_by_keyboard_in_any_language(page: Page) -> None:
    chad(), peru()
    make_delegation("irn", name_en="Iran", name_ar="إيران")
    speaking_list = make_list(make_item(make_meeting()))

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk, language="fr"))
    page.locator("#entries-0 .select2-selection").press("Enter")
    terms = (("tchad", "Tchad"), ("peru", "Pérou"), ("ايران", "Iran"))
    for number, (term, name) in enumerate(terms):
        expect(page.locator(".select2-search__field")).to_be_focused()  # open by itself
        page.keyboard.type(term)
        expect(page.locator(".select2-results__option")).to_have_text([name])
        page.keyboard.press("Enter")
        expect(page.locator(f"#id_entries-{number}-delegation")).to_contain_text(name)
    page.keyboard.press("Escape")
    save(page)

    entries = speaking_list.entries.order_by("position")
    assert list(entries.values_list("delegation__code", flat=True)) == ["tcd", "per", "irn"]


def test_an_item_and_a_list_are_added_with_rows_beneath_them(page: Page) -> None:
    chad()
    meeting = make_meeting()

    page.goto(admin_url(AgendaItem, "add"))
    page.locator("#id_meeting").select_option(str(meeting.pk))
    page.locator("#id_title_en").fill("Cooperation and assistance")
    page.locator("#presenters-group .add-row a").click()
    page.locator("#id_presenters-0-role").select_option("presents")
    page.locator("#id_presenters-0-function_en").fill("the Committee")
    page.locator("#placements-group .add-row a").click()
    page.locator("#id_placements-0-date").fill(meeting.starts_on.isoformat())
    save(page)

    page.goto(admin_url(SpeakingList, "add"))
    page.locator("#id_item").select_option(label="Cooperation and assistance")
    page.locator("#id_invitation_en").fill("The following State ({delegations})")
    page.locator("#entries-0 .select2-selection").click()
    page.keyboard.type("chad")
    expect(page.locator(".select2-results__option")).to_have_text(["Chad"])
    page.keyboard.press("Enter")
    save(page)

    item = AgendaItem.objects.get()
    assert item.presenters.get().function_en == "the Committee"
    assert item.placements.get().date == meeting.starts_on
    assert item.lists.get().entries.get().delegation.code == "tcd"


def test_an_impatient_second_click_adds_nothing(page: Page) -> None:
    meeting = make_meeting()

    page.goto(admin_url(AgendaItem, "add"))
    page.locator("#id_meeting").select_option(str(meeting.pk))
    page.locator("#id_title_en").fill("Opening")
    page.locator("[name=_save]").last.dblclick(no_wait_after=True)
    expect(page.locator(".messagelist .success")).to_have_count(1)
    page.go_back()
    expect(page.locator("[name=_save]").last).to_be_enabled()

    assert AgendaItem.objects.count() == 1


def test_a_stale_form_is_refused_with_both_texts_and_nothing_is_lost(
    browser: Browser, desk_site: str
) -> None:
    state = chad()
    address = admin_url(Delegation, "change", state.pk)

    with desk(browser, desk_site, make_editor(is_superuser=True)) as page:
        page.goto(address)
        page.locator("#id_name_fr").fill("République du Tchad")
        page.locator("#id_name_es").fill("República del Chad")
        colleague = make_editor(is_superuser=True, first_name="Amina", last_name="Diallo")
        with desk(browser, desk_site, colleague) as other:
            other.goto(address)
            other.locator("#id_name_fr").fill("Le Tchad")
            other.locator("#id_name_ar").fill("جمهورية تشاد")
            save(other)

        page.locator("[name=_save]").last.click()
        expect(page.locator(".errorlist.nonfield")).to_contain_text("Amina Diallo saved")
        expect(page.locator(".field-name_fr .errorlist q")).to_have_text(["Le Tchad", "Tchad"])
        expect(page.locator("#id_name_fr")).to_have_value("République du Tchad")
        expect(page.locator("#id_name_ar")).to_have_value("جمهورية تشاد")
        save(page)

    state.refresh_from_db()
    assert (state.name_fr, state.name_es, state.name_ar) == (  # type: ignore[attr-defined]
        "République du Tchad",
        "República del Chad",
        "جمهورية تشاد",
    )


def test_nobody_is_told_that_hours_are_those_of_a_server(browser: Browser, desk_site: str) -> None:
    placed = make_panel(make_meeting())
    user = make_editor(is_superuser=True)
    with desk(browser, desk_site, user, timezone_id="Pacific/Auckland") as page:
        page.goto(admin_url(Panel, "change", placed.pk))
        expect(page.locator(".datetimeshortcuts").first).to_be_visible()
        expect(page.get_by_text("server time").filter(visible=True)).to_have_count(0)

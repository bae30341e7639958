"""Delegations chosen by typing, as fast as people type and while the answer is slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.test import RequestFactory
from playwright.sync_api import expect

from meetings.models import Delegation
from meetings.rows import Row
from programme.models import SpeakingList
from tests.admin_forms import admin_url
from tests.factories import make_editor, make_item, make_list, make_meeting

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.usefixtures("directory")

BETWEEN_KEYS = 40
"""Milliseconds, as of somebody who types fast."""


def type_in(page: Page, *terms: str) -> None:
    """Type terms, each with Enter, without a look at the screen."""
    for term in terms:
        page.keyboard.type(term, delay=BETWEEN_KEYS)
        page.keyboard.press("Enter")


def entries(page: Page, language: str, terms: tuple[str, ...]) -> list[str]:
    """The codes of a list in whose form terms were typed, and which was saved."""
    speaking_list = make_list(make_item(make_meeting()))
    page.goto(admin_url(SpeakingList, "change", speaking_list.pk, language=language))
    page.locator("#entries-0 .select2-selection").focus()
    page.keyboard.press("Enter")
    type_in(page, *terms)
    last = page.locator(f"#id_entries-{len(terms) - 1}-delegation option:checked")
    expect(last).to_have_text(terms[-1], ignore_case=True)
    expect(page.locator(".select2-search__field")).to_be_focused()  # of the row that follows
    expect(page.locator(f"#entries-{len(terms)} .select2-container--open")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[name=_save]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return list(
        speaking_list.entries.order_by("position").values_list("delegation__code", flat=True)
    )


TYPED = {"en": ("cambodia", "chad", "peru"), "ar": ("كمبوديا", "تشاد", "بيرو")}


def test_a_state_typed_quickly_stays_that_state(page: Page) -> None:
    assert entries(page, "en", TYPED["en"]) == ["khm", "tcd", "per"]


@pytest.mark.usefixtures("slow_answers")
@pytest.mark.parametrize("language", TYPED)
def test_a_state_typed_while_the_line_is_slow_stays_that_state(page: Page, language: str) -> None:
    assert entries(page, language, TYPED[language]) == ["khm", "tcd", "per"]


def fields_found_by_typing() -> list[type[Row]]:
    """Every kind of rows in whose form for a new one, or beneath it, rows are found by typing."""
    request = RequestFactory().get("/")
    request.user = make_editor(is_superuser=True)
    found = []
    for model in apps.get_models():
        if not issubclass(model, Row) or not admin.site.is_registered(model):
            continue
        model_admin = admin.site.get_model_admin(model)
        forms: list[Any] = [model_admin.get_form(request)]
        forms += [one.form for one, _inline in model_admin.get_formsets_with_inlines(request)]
        widgets = [field.widget for form in forms for field in form.base_fields.values()]
        if any(isinstance(widget, AutocompleteSelect) for widget in widgets):
            found.append(model)
    return found


@pytest.mark.usefixtures("slow_answers")
def test_every_field_that_finds_by_typing_waits_for_its_answer(page: Page) -> None:
    make_item(make_meeting())
    kinds = fields_found_by_typing()
    assert len(kinds) > 5

    for kind in kinds:
        page.goto(admin_url(kind, "add"))
        for button in page.locator(".add-row a").all():
            button.click()
        boxes = page.locator("select.admin-autocomplete:not([name*=__prefix__])")
        names = [one.get_attribute("name") for one in boxes.all()]
        assert names, kind
        for name in names:
            page.locator(f"select[name='{name}'] + .select2 .select2-selection").focus()
            page.keyboard.press("Enter")
            type_in(page, "cambodia")
            expect(page.locator(f"select[name='{name}'] option:checked")).to_have_text("Cambodia")
            page.keyboard.press("Escape")


@pytest.mark.usefixtures("slow_answers")
def test_what_nobody_can_mean_for_sure_is_shown_and_not_chosen(page: Page) -> None:
    speaking_list = make_list(make_item(make_meeting()))

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk))
    page.locator("#entries-0 .select2-selection").focus()
    page.keyboard.press("Enter")
    type_in(page, "congo")
    lines = page.locator(".select2-results__option")
    expect(lines).to_contain_text(["Congo", "Democratic Republic of the Congo"])
    expect(page.locator("#id_entries-0-delegation")).to_have_value("")
    page.keyboard.press("Enter")  # now the first line can be seen
    expect(page.locator("#id_entries-0-delegation")).to_contain_text("Congo")


def test_enter_alone_chooses_nothing(page: Page) -> None:
    speaking_list = make_list(make_item(make_meeting()))

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk))
    page.locator("#entries-0 .select2-selection").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-results__option")).not_to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#id_entries-0-delegation")).to_have_value("")


def test_a_name_replaces_a_longer_one_that_holds_it(page: Page) -> None:
    nigeria = Delegation.objects.get(code="nga")
    speaking_list = make_list(make_item(make_meeting()), nigeria)

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk))
    page.locator("#entries-0 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("niger")
    highlighted = page.locator(".select2-results__option--highlighted")
    expect(highlighted).to_have_text("Niger")
    page.keyboard.press("Enter")
    expect(page.locator("#id_entries-0-delegation option:checked")).to_have_text("Niger")


def test_a_mouse_that_rests_where_lines_appear_chooses_none(page: Page) -> None:
    speaking_list = make_list(make_item(make_meeting()))

    page.goto(admin_url(SpeakingList, "change", speaking_list.pk))
    selection = page.locator("#entries-0 .select2-selection")
    selection.click()
    box = page.locator(".select2-results").bounding_box()
    assert box
    page.keyboard.press("Escape")
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    selection.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("guinea")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("Guinea")
    page.keyboard.press("Enter")
    expect(page.locator("#id_entries-0-delegation option:checked")).to_have_text("Guinea")


# --- a name in doubt ----------------------------------------------------------------------------

DOUBTFUL = {
    "en": ("congo", ("Afghanistan", "Chad"), "Still to be entered"),
    "ar": ("هيرتس", (" تشاد", " بيرو"), "لم يُدخل بعد"),
}
"""A name that is not sure, or that nothing has; what is typed after it; and what is said then."""


def blind(page: Page, language: str) -> tuple[str, SpeakingList]:
    """Type a name that is in doubt and go on without a look; tells the name."""
    speaking_list = make_list(make_item(make_meeting()))
    page.goto(admin_url(SpeakingList, "change", speaking_list.pk, language=language))
    page.locator("#entries-0 .select2-selection").focus()
    page.keyboard.press("Enter")
    doubtful, after, _said = DOUBTFUL[language]
    type_in(page, doubtful, *after)
    return doubtful, speaking_list


@pytest.mark.usefixtures("slow_answers")
@pytest.mark.parametrize("language", DOUBTFUL)
def test_what_is_typed_after_a_name_in_doubt_waits_and_is_said(page: Page, language: str) -> None:
    doubtful, _list = blind(page, language)

    said = page.locator(".select2-container--open [role=status]")
    expect(said).to_contain_text(DOUBTFUL[language][2])
    expect(said).to_contain_text(doubtful)
    for name in DOUBTFUL[language][1]:
        expect(said).to_contain_text(name.strip())
    expect(page.locator(".select2-search__field")).to_have_value(doubtful)
    expect(page.locator("#id_entries-0-delegation")).to_have_value("")


@pytest.mark.parametrize("language", DOUBTFUL)
def test_what_waits_is_entered_once_a_name_in_doubt_is_left_out(page: Page, language: str) -> None:
    blind(page, language)
    said = page.locator(".select2-container--open [role=status]")
    expect(said).to_contain_text(DOUBTFUL[language][2])
    page.keyboard.press("Escape")

    last = page.locator("#id_entries-1-delegation option:checked")
    expect(last).to_have_text(DOUBTFUL[language][1][-1].strip())


def test_what_waits_is_entered_once_a_name_in_doubt_is_chosen(page: Page) -> None:
    blind(page, "en")
    said = page.locator(".select2-container--open [role=status]")
    expect(said).to_contain_text("Chad")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    for number, name in enumerate(("Democratic Republic of the Congo", "Afghanistan", "Chad")):
        expect(page.locator(f"#id_entries-{number}-delegation option:checked")).to_have_text(name)


def test_what_waits_stays_in_sight_when_somebody_goes_elsewhere(page: Page) -> None:
    blind(page, "en")
    expect(page.locator(".select2-container--open [role=status]")).to_contain_text("Chad")
    page.locator("h1").first.click()

    expect(page.locator(".desk-waiting")).to_be_visible()
    for name in DOUBTFUL["en"][1]:
        expect(page.locator(".desk-waiting")).to_contain_text(name)

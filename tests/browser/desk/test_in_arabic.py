"""The desk in Arabic: sentences go by the page, names and values by their own letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting, Sitting
from programme.models import AgendaItem
from tests.admin_filling import registered
from tests.admin_forms import admin_url
from tests.factories import make_item, make_meeting, make_sitting
from tests.rows import published

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

WITHOUT_DIRECTION = """() => [...document.querySelectorAll("input, textarea")].filter((one) =>
  (one.type === "text" || one.type === "search" || one.tagName === "TEXTAREA")
  && !one.dir && getComputedStyle(one).unicodeBidi !== "plaintext"
).map((one) => one.name || one.id)"""

AT_THE_RIGHT = """(one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const words = [...range.getClientRects()].filter((each) => each.width > 30);
  return one.querySelector("input").getBoundingClientRect().left
    >= Math.max(...words.map((each) => each.right)) - 1;
}"""


@pytest.fixture
def meeting(desk_site: str) -> Meeting:  # noqa: ARG001 -- the server sees the rows
    """A meeting that is public, with a sitting in another zone than was published."""
    made = make_meeting(slug="june", zone="Europe/Zurich")
    make_sitting(made)
    make_item(made, number=3, title_en="Opening", title_ar="افتتاح")
    published(made)
    return made


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found
    return found


def arabic(page: Page, model: type, name: str, *arguments: object) -> None:
    page.goto(admin_url(model, name, *arguments, language="ar"))


def test_a_sentence_that_begins_with_a_designation_runs_from_the_right(
    page: Page, meeting: Meeting
) -> None:
    AgendaItem.objects.update(title_ar="الافتتاح")

    arabic(page, Meeting, "publish", meeting.pk)
    choices = page.locator(".desk-how label:has([type=radio])")

    expect(choices).to_have_count(2)
    expect(choices.first).to_contain_text("Rev.1")
    for choice in choices.all():
        assert choice.evaluate(AT_THE_RIGHT)


def test_the_value_before_is_met_before_the_value_after(page: Page, meeting: Meeting) -> None:
    Meeting.objects.update(zone="Asia/Bangkok")
    Sitting.objects.update(start="09:30")

    arabic(page, Meeting, "publish", meeting.pk)
    pairs = page.locator(".desk-difference dd > p:has(del):has(ins)")

    assert pairs.count() > 0
    for pair in pairs.all():
        before, after = box(pair.locator("del")), box(pair.locator("ins"))
        assert before["x"] >= after["x"] + after["width"]


def test_every_text_is_typed_in_the_direction_of_its_letters(page: Page) -> None:
    for model in registered():
        form = page.context.new_page()
        arabic(form, model, "add")
        assert form.evaluate(WITHOUT_DIRECTION) == [], model
        form.close()


def test_a_warning_is_one_box_with_one_sign(page: Page, meeting: Meeting) -> None:
    item = AgendaItem.objects.get()
    make_item(meeting, number=4, title_en="Debate", label="3")

    arabic(page, AgendaItem, "change", item.pk)
    page.locator("[name=_continue]").last.click()
    problem = page.locator(".messagelist .problems li").first

    expect(problem).to_be_visible()
    expect(problem).to_have_css("background-image", "none")
    expect(problem).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_a_list_hides_no_language(page: Page, meeting: Meeting) -> None:
    Meeting.objects.update(name_ar="اجتماعات ما بين الدورات " * 6, name_fr="Un", name_es="Uno")

    arabic(page, Meeting, "changelist")
    table = box(page.locator(".results"))
    languages = page.locator("#result_list .languages abbr")

    expect(languages).to_have_count(4)
    assert all(box(one)["x"] >= table["x"] for one in languages.all()), meeting

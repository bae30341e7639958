"""A form of the desk that was changed and not sent is not left unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import Venue
from tests.admin_forms import admin_url
from tests.everywhere import desk_pages
from tests.factories import make_venue
from tests.rows import published, shapes

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

IS_GUARDED = """
  const isGuarded = () => {
    const leaving = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(leaving);
    return leaving.defaultPrevented;
  };
"""

CHANGE_EACH = """() => {
  IS_GUARDED
  const values = { date: "2031-02-03", time: "04:05", number: "77" };
  const isOpen = (one) =>
    one.name && !one.name.includes("__prefix__") && !one.disabled && !one.readOnly &&
    !["hidden", "submit", "button", "file"].includes(one.type);
  const unguarded = isGuarded() ? ["the form as it came"] : [];
  let count = 0;
  const forms = [...document.querySelectorAll("#content-main form[method=post]")];
  for (const one of forms.flatMap((form) => [...form.elements])) {
    if (!isOpen(one)) continue;
    const given = one.options && one.options[one.selectedIndex];
    const others = one.options && [...one.options].filter((option) => !option.selected);
    if (others && !others.length) continue; // found by typing
    count += 1;
    const isTicked = one.type === "checkbox" || one.type === "radio";
    const before = one.value;
    if (others) others[0].selected = true;
    else if (isTicked) one.checked = !one.checked;
    else one.value = values[one.type] || `${one.value}x`;
    if (!isGuarded()) unguarded.push(one.name);
    const together = one.form.querySelectorAll(`[name="${one.name}"]`);
    if (others) [...one.options].forEach((option) => (option.selected = option === given));
    else if (isTicked) together.forEach((each) => (each.checked = each.defaultChecked));
    else one.value = before;
    if (isGuarded()) unguarded.push(`${one.name} as it was`);
  }
  return [count, unguarded];
}""".replace("IS_GUARDED", IS_GUARDED)


ENDINGS = ("/add/", "/change/", "/publish/", "/previews/", "/withdraw/")
"""Of the addresses at which somebody writes something."""


def test_every_field_of_every_form_is_guarded_and_none_that_nobody_touched(page: Page) -> None:
    meeting = shapes()
    published(meeting)
    meeting.name_en = "Another name"
    meeting.save()
    with_fields = set()

    for address in desk_pages("en"):
        if not address.endswith(ENDINGS) or "/auth/" in address:
            continue
        page.goto(address)
        for button in page.locator(".add-row a:visible").all():
            button.click()  # a row that is empty is no change
        count, unguarded = page.evaluate(CHANGE_EACH)
        assert not unguarded, address
        if count:
            with_fields.add(address.rstrip("/").rpartition("/")[2])

    assert with_fields == {one.strip("/") for one in ENDINGS}


def is_asked(page: Page) -> bool:
    """Go elsewhere by a link, and stay if the browser asks; tells whether it did."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator(".breadcrumbs a").first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.remove_listener("dialog", stay)
    return asked == ["beforeunload"]


def test_a_changed_form_is_not_left_by_a_link_before_it_is_saved(
    page: Page, desk_site: str
) -> None:
    venue = make_venue()

    page.goto(admin_url(Venue, "change", venue.pk))
    page.locator("[name=name_en]").press("End")
    page.keyboard.type(" of Nations")
    assert is_asked(page)
    expect(page.locator("[name=name_en]")).to_have_value(f"{venue.name_en} of Nations")
    page.locator("[name=_continue]").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert not is_asked(page)
    expect(page).to_have_url(f"{desk_site}{reverse('admin:index')}")


def test_a_form_that_came_back_with_mistakes_is_guarded_too(page: Page) -> None:
    venue = make_venue()

    page.goto(admin_url(Venue, "change", venue.pk))
    page.locator("[name=address_en]").fill("Avenue de la Paix")
    page.locator("[name=name_en]").fill("")
    page.locator("[name=_save]").last.click()
    expect(page.locator(".errornote")).to_be_visible()
    page.locator("h1").first.click()
    assert is_asked(page)

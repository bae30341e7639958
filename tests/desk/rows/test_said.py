"""What is said after a row was saved, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages
from django.utils import translation

from meetings.models import Venue
from meetings.rows import LANGUAGES
from tests.admin_filling import registered
from tests.admin_forms import admin_url, fields_of
from tests.each_kind import KINDS, a_row_of_each

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

BUTTONS = ("_save", "_continue", "_addanother")
CHANGED = {
    "en": "was changed",
    "fr": "Modification effectuée",
    "es": "Se ha modificado",
    "ar": "تم التعديل",
}
"""What is said of a row that was there before."""


@pytest.fixture(scope="module")
def rows(rows_of_a_module: None) -> dict[type[Model], Model]:  # noqa: ARG001 -- they stay
    return a_row_of_each()


@KINDS
def test_a_row_that_was_changed_is_not_called_added(
    desk: Client, rows: dict[type[Model], Model], model: type[Model]
) -> None:
    """By each button in a venue's form, and by one, another each time, in those of other rows."""
    if model not in rows:
        return  # a version, which is only looked at
    buttons = BUTTONS if model is Venue else BUTTONS[registered().index(model) % 3 :][:1]
    addresses = {one: admin_url(model, "change", rows[model].pk, language=one) for one in LANGUAGES}
    fields = fields_of(desk.get(addresses["en"]).content.decode())
    for language, address in addresses.items():
        for button in buttons:
            saved = desk.post(address, fields | {button: "1"})
            desk.cookies.pop("messages")
            [said] = map(str, get_messages(saved.wsgi_request))
            assert CHANGED[language] in said, button


def test_no_two_deeds_are_told_alike() -> None:
    deeds = [f"The {{name}} “{{obj}}” was {one} successfully." for one in ("added", "changed")]
    for language in LANGUAGES:
        with translation.override(language):
            assert len({translation.gettext(one) for one in deeds}) == len(deeds)

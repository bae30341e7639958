"""What is said after a row was saved, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from meetings.rows import LANGUAGES
from tests.admin_filling import OpenForm, registered
from tests.admin_forms import admin_url, messages_of
from tests.factories import make_editor
from tests.meetings.test_refused import meeting  # noqa: F401 -- a fixture

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)
CHANGED = {
    "en": "was changed",
    "fr": "Modification effectuée",
    "es": "Se ha modificado",
    "ar": "تم التعديل",
}
"""What is said of a row that was there before."""


@KINDS
@pytest.mark.usefixtures("meeting")
def test_a_row_that_was_changed_is_not_called_added(client: Client, model: type[Model]) -> None:
    client.force_login(make_editor(is_superuser=True))
    row = model._default_manager.first()
    if row is None:
        return  # of accounts' groups there is none
    for language in LANGUAGES:
        opened = OpenForm(client, admin_url(model, "change", row.pk, language=language))
        if opened.status != 200 or b"_save" not in client.get(opened.address).content:
            return  # a row that is only looked at
        for button in ("_save", "_continue", "_addanother"):
            sent = opened.fields | {button: "1"}
            [said] = messages_of(client.post(opened.address, sent, follow=True))
            assert CHANGED[language] in said, button


def test_no_two_deeds_are_told_alike() -> None:
    deeds = [f"The {{name}} “{{obj}}” was {one} successfully." for one in ("added", "changed")]
    for language in LANGUAGES:
        with translation.override(language):
            assert len({translation.gettext(one) for one in deeds}) == len(deeds)

"""The history of a row says in the reader's language what was changed."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import construct_change_message
from django.test import Client, RequestFactory
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from desk.rows.base import RowAdmin
from desk.rows.history import in_words
from desk.rows.texts import label_in_full
from meetings.rows import TextState
from programme.models import AgendaItem
from tests.admin_filling import registered
from tests.admin_forms import admin_url
from tests.factories import make_editor, make_item, make_meeting

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "es", "ar")


def forms_of(model_admin: RowAdmin[Any]) -> list[Any]:
    """The form of a kind of rows, and those of the rows beneath."""
    request = RequestFactory().get("/")
    request.user = make_editor(is_superuser=True, username=model_admin.opts.label)
    beneath = [
        formset.form
        for formset, inline in model_admin.get_formsets_with_inlines(request)
        if inline.model is not TextState
    ]
    return [model_admin.get_form(request), *beneath]


def all_changed(form_class: Any) -> Any:
    """A form whose fields all were changed, named as the desk names them for the history."""
    form = form_class()
    label_in_full(form)
    form.changed_data = list(form.fields)
    return form


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", registered(), ids=lambda one: one._meta.label)
def test_history_names_every_field_in_the_language_of_the_reader(model: Any, language: str) -> None:
    model_admin = admin.site.get_model_admin(model)
    if not isinstance(model_admin, RowAdmin):
        pytest.skip("no form of a row of ours")
    for form_class in forms_of(model_admin):
        form = all_changed(form_class)
        kind = form_class._meta.model._meta
        with override(None):
            name = {"name": str(kind.verbose_name), "object": "X"}
        (part,) = construct_change_message(form, [], add=False)
        entry = LogEntry(change_message=json.dumps([{"changed": part["changed"] | name}]))

        with override(language):
            told = in_words(entry, model)
            changed: dict[str, Any] = {
                "name": str(kind.verbose_name),
                "object": "X",
                "fields": [str(one.label) for one in all_changed(form_class).fields.values()],
            }
            expected = LogEntry(
                change_message=json.dumps([{"changed": changed}])
            ).get_change_message()

        assert told == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_history_is_in_one_language(language: str) -> None:
    client = Client()
    editor = make_editor(is_superuser=True)
    client.force_login(editor)
    item = make_item(make_meeting())
    english = ["Start", "End", "Sitting"]
    own = {"changed": {"fields": ["title [fr]"]}}
    beneath = {"changed": {"name": "placement", "object": "X", "fields": english}}
    LogEntry.objects.log_actions(
        editor.pk, [item], 2, change_message=[own, beneath], single_object=True
    )

    page = client.get(admin_url(AgendaItem, "history", item.pk, language=language))
    told = html.unescape(page.content.decode()).partition("<tbody>")[2].partition("</tbody>")[0]

    for name in (*english, "title [fr]", "placement"):
        assert f"{name} " not in told, name
        assert f"{name}," not in told, name
    with override(language):
        assert capfirst(gettext("start")) in told


@pytest.mark.parametrize("message", ["[", "[]", "Plain words", "", "{}"])
def test_what_is_written_down_otherwise_stays_as_it_is(message: str) -> None:
    entry = LogEntry(change_message=message)

    assert in_words(entry, AgendaItem) == LogEntry(change_message=message).get_change_message()

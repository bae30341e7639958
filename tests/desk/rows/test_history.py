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
from desk.rows.history import apart, in_words
from desk.rows.texts import label_in_full
from meetings.rows import TextState
from programme.language.lists import COMMAS, join_list
from programme.models import AgendaItem
from tests.admin_filling import registered
from tests.admin_forms import admin_url, change, fields_of, new_row
from tests.factories import (
    make_editor,
    make_item,
    make_meeting,
    make_panel,
    make_placement,
    make_sitting,
)

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


def labels_of(form: Any) -> list[str]:
    """What a form calls its fields."""
    return [str(one.label) for one in form.fields.values()]


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
                "object": apart("X"),
                "fields": [join_list(labels_of(all_changed(form_class)), language)],
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


def told_in(desk: Client, item: AgendaItem, language: str) -> str:
    """What the history of an item says, in a language."""
    page = desk.get(admin_url(AgendaItem, "history", item.pk, language=language))
    return html.unescape(page.content.decode()).partition("<h1>")[2].partition("</main>")[0]


def test_rows_beneath_are_called_as_the_reader_calls_them(desk: Client) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    item = make_item(meeting, title_en="Compliance", title_ar="الامتثال")
    make_placement(item, sitting=sitting, date=sitting.date)
    sent = fields_of(desk.get(admin_url(AgendaItem, "change", item.pk)).content.decode())
    sent |= new_row("placements", 1, date="2024-06-19") | {"placements-0-DELETE": "on"}
    assert desk.post(admin_url(AgendaItem, "change", item.pk), sent).status_code == 302

    arabic, english = told_in(desk, item, "ar"), told_in(desk, item, "en")
    assert "الامتثال · 18 حزيران/يونيه 2024، الفترة الصباحية" in arabic
    assert "Compliance" not in arabic
    assert "«" in arabic
    assert "”" not in arabic
    assert "18 June 2024, morning" in english


def test_the_history_is_good_arabic(desk: Client) -> None:
    item = make_item(make_meeting(), title_en="Opening")
    for number in (1, 2, 3):
        change(desk, item, number=str(number), title_fr=f"Ouverture {number}")

    told = told_in(desk, item, "ar")

    assert "سجل التغييرات" in told
    assert "تاريخ التغيير" not in told
    assert "3 إدخالات" in " ".join(told.split())
    assert " و " not in told


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_names_of_rows_have_the_comma_of_the_reader(language: str) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    panel = make_panel(meeting, title_en="", start="10:00")
    panel.refresh_from_db()

    with override(language):
        assert COMMAS[language] in str(sitting)
        assert COMMAS[language] in str(panel)
        assert language != "ar" or ", " not in f"{sitting} {panel}"

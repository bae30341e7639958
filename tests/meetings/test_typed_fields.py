"""Every column and every form that takes a text obeys the one rule: by registry, none by hand."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import RequestFactory

from desk.publish.choice import PublishForm
from meetings.models import Venue
from meetings.rows import TextState, column, has_many_lines, text_digest, translated_fields
from meetings.texts.typed_fields import LinesField
from meetings.texts.typed_text import MOST_LINES
from meetings.writing import DERIVED
from programme.models import AgendaItem
from tests.admin_forms import admin_url, change, errors_of, send
from tests.factories import (
    chad,
    make_editor,
    make_item,
    make_meeting,
    make_presenter,
    make_state,
    make_venue,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db

OURS = {one.parent.name for one in Path(settings.BASE_DIR).glob("*/apps.py")}

BELL = "Ope\x07ning"
HIDDEN = "\u200f Ope\u00adning\u200b"
LONGEST = "\n".join("a" * MOST_LINES)
TOO_LONG = f"{LONGEST}\r\na"
TOLD = "This text has 1001 lines; it may have 1000 at most. Join lines that belong together."


# Rows ----------------------------------------------------------------------------------------


def test_texts_stand_in_the_order_of_their_model_in_each_process() -> None:
    for model in apps.get_models():
        names = translated_fields(model)
        columns = [one.name for one in model._meta.get_fields() if one.name in names]
        assert list(names) == columns, "a set has another order in each process"


def columns_of_texts() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column of rows that holds a text which is neither chosen nor made from others."""
    for app in ("meetings", "panels", "programme"):
        for model in apps.get_app_config(app).get_models():
            for one in model._meta.concrete_fields:
                if one.name in translated_fields(model):
                    continue  # people type into the columns of its languages
                is_text = isinstance(one, models.CharField | models.TextField)
                if is_text and one.editable and not one.choices:
                    yield model, one


every_column = pytest.mark.parametrize(
    ("model", "column"),
    [pytest.param(*one, id=f"{one[0]._meta.label} {one[1].name}") for one in columns_of_texts()],
)


def test_there_are_columns_of_every_kind() -> None:
    found = [one for _model, one in columns_of_texts()]

    assert len(found) > 100
    assert {type(getattr(one, "translated_field", one)) for one in found} == {
        models.CharField,
        models.SlugField,
        models.TextField,
    }
    assert not DERIVED.intersection(one.name for one in found)


def only(model: type[models.Model], name: str) -> set[str]:
    return {one.name for one in model._meta.fields} - {name}


@every_column
def test_a_row_stores_a_text_without_unseen_signs(model: type[models.Model], column: Any) -> None:
    row = model(**{column.attname: HIDDEN})

    with suppress(ValidationError):  # a time zone has more to ask for
        row.clean_fields(exclude=only(model, column.name))

    assert getattr(row, column.attname) == "Opening"


@every_column
def test_a_row_refuses_a_control_by_its_name(model: type[models.Model], column: Any) -> None:
    row = model(**{column.attname: BELL})

    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude=only(model, column.name))

    assert list(refused.value.message_dict) == [column.name]
    (message,) = refused.value.message_dict[column.name]
    assert "U+0007 ALERT" in message
    assert "“Ope▯ning”" in message


def test_a_row_tells_all_that_is_wrong_with_it_at_once() -> None:
    row = Venue(name_en="", address_en="A\x07", address_fr="B\x1f")

    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude={"name", "address"})

    assert set(refused.value.message_dict) == {"name_en", "address_en", "address_fr"}


def test_a_name_of_unseen_signs_alone_is_no_name() -> None:
    with pytest.raises(ValidationError) as refused:
        Venue(name_en="\u200b\u2060").clean_fields(exclude={"name", "address"})

    assert list(refused.value.message_dict) == ["name_en"]


@pytest.mark.parametrize(
    ("model", "column"),
    [
        pytest.param(*one, id=f"{one[0]._meta.label} {one[1].name}")
        for one in columns_of_texts()
        if has_many_lines(one[0], one[1].name)
    ],
)
def test_a_row_refuses_more_lines_than_anybody_reads(
    model: type[models.Model], column: Any
) -> None:
    row = model(**{column.attname: f"{LONGEST}\n \n"})
    row.clean_fields(exclude=only(model, column.name))
    setattr(row, column.attname, TOO_LONG)

    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude=only(model, column.name))

    assert refused.value.message_dict == {column.name: [TOLD]}


# Forms ---------------------------------------------------------------------------------------


def forms_of(parent: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in parent.__subclasses__():
        yield from forms_of(one)
        if one.__module__.partition(".")[0] in OURS:
            yield one


def plain_forms() -> dict[str, dict[str, forms.Field]]:
    """The fields of every form of ours that is no row's, by its name; logins fold otherwise."""
    import_module(settings.ROOT_URLCONF)  # all pages, with their forms
    found = {one.__name__: one for one in forms_of(forms.Form) if one.__name__ != "LoginForm"}
    made = PublishForm(looked_at={})  # a box for each language
    return {name: one.base_fields for name, one in found.items()} | {"PublishForm": made.fields}


def text_fields(form: Any) -> Iterator[tuple[str, forms.CharField]]:
    """The fields of a form in which somebody types; names of accounts are folded otherwise."""
    for name, field in form.items():
        is_secret = isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
        is_other = isinstance(field, UsernameField | forms.EmailField | forms.UUIDField)
        if isinstance(field, forms.CharField) and not (is_secret or is_other or field.disabled):
            yield name, field


def check(fields: list[tuple[str, forms.CharField]]) -> None:
    for name, field in fields:
        assert field.to_python(HIDDEN) == "Opening", name
        with pytest.raises(ValidationError, match=r"U\+0007 ALERT"):
            field.to_python(BELL)
        with pytest.raises(ValidationError, match=r"U\+0000 NULL"):
            field.to_python("Open\x00")
        if isinstance(field, LinesField):
            assert field.to_python(LONGEST) == LONGEST
            with pytest.raises(ValidationError) as refused:
                field.to_python(TOO_LONG)
            assert refused.value.messages == [TOLD], name


@pytest.mark.parametrize(
    "model",
    sorted(admin.site._registry, key=str),  # noqa: SLF001 -- no public name
    ids=lambda one: one._meta.label,
)
def test_every_form_of_the_desk_obeys(model: type[models.Model]) -> None:
    model_admin = admin.site._registry[model]  # noqa: SLF001 -- no public name
    request = RequestFactory().get("/")
    request.user = make_editor(is_superuser=True)
    if not (model_admin.has_add_permission(request) or model_admin.has_change_permission(request)):
        return  # nobody types into it
    own = model_admin.get_form(request, None, change=False).base_fields
    fields = list(text_fields(own))
    for inline in model_admin.get_inline_instances(request, None):
        fields += text_fields(inline.get_formset(request, None).form.base_fields)

    check(fields)

    of_rows = {one.name for kind, one in columns_of_texts() if kind is model}
    assert of_rows <= {name for name, _field in fields}


def test_every_other_form_obeys() -> None:
    found = {name: list(text_fields(fields)) for name, fields in plain_forms().items()}

    assert {name for name, fields in found.items() if fields} == {
        "PublishForm",
        "ShareForm",
        "WithdrawalForm",
    }
    for fields in found.values():
        check(fields)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "which no page can show, at character 4: “Ope▯ning”"),
        ("fr", "qu’aucune page ne peut afficher, au caractère 4\u00a0: «\u00a0Ope▯ning\u00a0»"),
        ("es", "que ninguna página puede mostrar, en el carácter 4: «Ope▯ning»"),
        ("ar", "لا يمكن لأي صفحة عرضها، عند الحرف 4: «Ope▯ning»"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_desk(
    desk: Client, language: str, told: str
) -> None:
    answer = send(desk, admin_url(Venue, "add", language=language), name_en=BELL)

    (message,) = errors_of(answer)
    assert "U+0007 ALERT" in message
    assert told in message
    assert not Venue.objects.exists()


def test_a_row_beneath_another_obeys_as_well(desk: Client) -> None:
    item = make_item(make_meeting())
    presenter = make_presenter(item)

    refused = change(desk, item, **{"presenters-0-person_en": BELL})
    change(desk, item, **{"presenters-0-person_en": HIDDEN})

    assert "U+0007 ALERT" in errors_of(refused)[0]
    presenter.refresh_from_db()
    assert presenter.person_en == "Opening"


# What was stored before ----------------------------------------------------------------------


def item_from_before() -> AgendaItem:
    """An item from before the rule, with a French title made from its English one."""
    item = make_item(make_meeting(), title_en="Ope\x07ning\u200b  now", title_fr="Ouver\u00adture")
    make_state(item, "title", "fr", source_digest=text_digest(item.title_en))
    return item


def test_an_older_text_stops_nobody_from_saving_another(desk: Client) -> None:
    item = item_from_before()

    saved = change(desk, item, text_en="Words of welcome.")

    assert errors_of(saved) == []
    item.refresh_from_db()
    assert (item.title_en, item.title_fr) == ("Opening now", "Ouverture")
    assert item.text_en == "Words of welcome."


def test_a_healed_text_leaves_its_translations_as_they_are(desk: Client) -> None:
    item = item_from_before()

    change(desk, item, text_en="Words of welcome.")

    item.refresh_from_db()
    state = TextState.objects.get(language="fr", field="title")
    assert not state.is_behind(item.title_en)
    assert state.provenance == "unofficial"


def test_a_translation_that_was_behind_stays_behind(desk: Client) -> None:
    item = item_from_before()
    TextState.objects.filter(language="fr").update(source_digest=text_digest("Another title"))

    change(desk, item, text_en="Words of welcome.")

    item.refresh_from_db()
    assert TextState.objects.get(language="fr").is_behind(item.title_en)


def test_a_form_that_is_saved_untouched_tells_of_no_change(desk: Client) -> None:
    item = item_from_before()

    assert errors_of(change(desk, item)) == []

    item.refresh_from_db()
    assert item.title_en == "Opening now"
    assert LogEntry.objects.get().change_message == "[]"
    assert not TextState.objects.get(language="fr").is_behind(item.title_en)


# Search and order ----------------------------------------------------------------------------


def test_unseen_signs_hide_no_name_from_search(desk: Client) -> None:
    state = chad()
    state.name_fr, state.name_en = "Té\u00adchad", "\u200fChad"
    state.save()
    address = admin_url(type(state), "changelist")

    for term in ("téchad", "Té\u00adchad", "techad", "ch\u200bad"):
        assert desk.get(address, {"q": term}).context["cl"].result_count == 1, term
    assert getattr(state, column("sort_key", "en")).startswith("chad\t")


def test_names_that_were_stored_with_unseen_signs_are_found_after_an_upgrade(desk: Client) -> None:
    state = chad()
    stored = {"name_fr": "Té\u00adchad", "sort_key_fr": "te chad\tTé\u00adchad"}
    type(state).objects.update(**stored, search_text="chad\nte chad\ntcd")

    upgrade = import_module("meetings.migrations.0005_keys_without_unseen_signs")
    upgrade.make_anew(apps, SimpleNamespace(connection=connection))

    state.refresh_from_db()
    assert (state.sort_key_fr, state.name_fr) == ("techad\tTéchad", "Té\u00adchad")
    address = admin_url(type(state), "changelist")
    assert desk.get(address, {"q": "téchad"}).context["cl"].result_count == 1


def test_unseen_signs_hide_no_row_from_search(desk: Client) -> None:
    make_venue(name_en="Pa\u00adlais")

    found = desk.get(admin_url(Venue, "changelist"), {"q": "palais"}).context["cl"]

    assert found.result_count == 1

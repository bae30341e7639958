"""Django's log of changes (LogEntry), told in the reader's language.

Django writes the names of kinds and fields down in English, as forms say them, and looks them up in
the catalogues as they stand there; but there they begin with a small letter, and those of texts
name a language. So they are looked up among the kinds and fields themselves. What a row beneath was
called is written down in all languages, since it may be gone when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django import forms
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, override

from desk.rows.texts import label_in_full
from desk.shared.types import Admin, Context, FormSet
from meetings.rows import LANGUAGES, SOURCE_LANGUAGE, TextState
from programme.language.lists import join_list

NAMES = "names"
"""What an entry calls a row beneath, by language; Django's own is `object`."""

Said: TypeAlias = dict[str, Any]
"""What an entry says of one row, as JSON has it."""

Part: TypeAlias = dict[str, Said]
"""One part of an entry, by what was done: `added`, `changed`, `deleted`."""


class TellsHistory(Admin):
    """An admin whose log of changes is told to each reader in one language."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """The history of a row, in the reader's language."""
        response = super().history_view(request, object_id, extra_context)
        for entry in (getattr(response, "context_data", None) or {}).get("action_list", ()):
            entry.change_message = in_words(entry, self.model)  # to be shown, not saved
        return response

    def construct_change_message(
        self,
        request: HttpRequest,
        form: forms.Form,
        formsets: Any,
        add: bool = False,  # noqa: FBT001, FBT002 -- the signature is Django's
    ) -> list[Part]:
        """Name each changed text with its language, and rows beneath in all languages."""
        label_in_full(form)
        for formset in formsets:
            if formset.model is not TextState:
                for row_form in formset.forms:
                    label_in_full(row_form)
        parts = super().construct_change_message(request, form, formsets, add)
        return with_names(parts, formsets)


def with_names(parts: list[Part], formsets: Iterable[FormSet]) -> list[Part]:
    """An entry as Django makes it, with what the rows beneath are called in each language."""
    rows: list[models.Model] = []
    for formset in formsets:
        rows += [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
        rows += formset.deleted_objects
    named = [said for part in parts for said in part.values() if "object" in said]
    for said, row in zip(named, rows, strict=True):
        said[NAMES] = {}
        for language in LANGUAGES:
            with override(language):
                said[NAMES][language] = str(row)
        said["object"] = said[NAMES][SOURCE_LANGUAGE]
    return parts


def in_words(entry: LogEntry, above: type[models.Model]) -> str:
    """What an entry of the history of a row of a kind says; as written where it is no list."""
    try:
        parts = json.loads(entry.change_message)
    except json.JSONDecodeError:
        return entry.change_message
    if not isinstance(parts, list):
        return entry.change_message
    kinds = _kinds()
    told = [{verb: _told(said, kinds, above) for verb, said in part.items()} for part in parts]
    return LogEntry(change_message=json.dumps(told)).get_change_message()


def apart(name: object) -> str:
    """A name that is read in its own direction, whatever the sentence around it (UAX 9, 2.4)."""
    return f"\u2068{name}\u2069"


def _told(said: Said, kinds: Mapping[str, type[models.Model]], above: type[models.Model]) -> Said:
    """One part of an entry, with the names in the reader's language."""
    told = dict(said)
    kind = above
    if "name" in said:
        kind = kinds.get(said["name"], above)
        is_known = said["name"] in kinds
        told["name"] = str(kind._meta.verbose_name) if is_known else gettext(said["name"])
    language = get_language() or SOURCE_LANGUAGE
    if "object" in said:
        told["object"] = apart(said.get(NAMES, {}).get(language) or said["object"])
    if said.get("fields"):
        names = _fields(kind)
        fields = [names.get(one) or gettext(one) for one in said["fields"]]
        told["fields"] = [join_list(fields, language)]  # one, to which Django adds no word
    return told


def _kinds() -> dict[str, type[models.Model]]:
    """All kinds of rows by their English names."""
    with override(None):
        return {str(model._meta.verbose_name): model for model in apps.get_models()}


def _fields(kind: type[models.Model]) -> dict[str, str]:
    """The fields of a kind of rows, by all that a form may call them in English."""
    columns = [one for one in kind._meta.get_fields() if isinstance(one, models.Field)]
    with override(None):
        english = [str(one.verbose_name) for one in columns]
    names: dict[str, str] = {}
    for column, name in zip(columns, english, strict=True):
        own = str(column.verbose_name)
        names |= {name: own, capfirst(name): capfirst(own), column.name: capfirst(own)}
    return names

"""Forms for translators: all of a row to be read, the texts of their languages to be written."""

from __future__ import annotations

from copy import copy

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest

from desk.rows.forms import HOLD
from desk.shared.types import ModelForm
from meetings.groups import languages_of, may_change
from meetings.rows import SOURCE_LANGUAGE, translated_fields


def may_translate(request: HttpRequest, model: type[models.Model]) -> bool:
    """Whether the account may write texts of a kind of rows, perhaps in one language alone."""
    return bool(translated_fields(model) and languages_of(request.user))


def close_to_translators(form: type[ModelForm], request: HttpRequest) -> None:
    """Leave a form's fields open for what the account may write; ignore what it sends of others."""
    model = form._meta.model
    if may_change(request.user, model):
        return
    languages = languages_of(request.user)
    for name, field in list(form.base_fields.items()):
        if language_of(model, name) not in languages:
            closed = copy(field)  # the forms of others share some of them
            closed.disabled = True
            closed.bound_field_class = ForReading
            form.base_fields[name] = closed


def language_of(model: type[models.Model], name: str) -> str | None:
    """The language of a field; None where it has none."""
    if name == HOLD:
        return SOURCE_LANGUAGE
    try:
        return getattr(model._meta.get_field(name), "language", None)
    except FieldDoesNotExist:
        return None


class ForReading(forms.BoundField):
    """A field that is `readonly`, not `disabled`: it can be scrolled, selected and read aloud."""

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: forms.Widget | None = None
    ) -> dict[str, str | bool]:
        """Say `readonly`, which only boxes for text know, instead of `disabled`."""
        attrs = super().build_widget_attrs(attrs, widget)
        if isinstance(widget or self.field.widget, forms.TextInput | forms.Textarea):
            attrs["readonly"] = attrs.pop("disabled", True)
        return attrs

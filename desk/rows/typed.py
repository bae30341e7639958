"""Which form field a column gets: those that clean typed texts, days and hours."""

from __future__ import annotations

from django import forms
from django.db import models
from django.http import HttpRequest

from desk.rows.days_and_hours import DayField, EndField, HourField
from desk.shared.types import AdminOrInline
from meetings.texts.typed_fields import form_class
from meetings.types import Column, Passed


class TypedForms(AdminOrInline):
    """Forms whose fields clean what is typed."""

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: Passed
    ) -> forms.Field | None:
        """Make a form's field, of the kind that reads what is typed into it."""
        if kind := _kind(db_field):
            kwargs.setdefault("form_class", kind)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _kind(db_field: Column) -> type[forms.Field] | None:
    """The kind of field that reads what is typed; None where Django's own does."""
    if isinstance(db_field, models.TimeField):
        return EndField if db_field.name.endswith("end") else HourField
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return DayField
    return form_class(db_field)

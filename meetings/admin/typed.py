"""Forms of the admin whose texts obey the rule of typed texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest

from meetings.typed_fields import form_class

if TYPE_CHECKING:
    Base: TypeAlias = BaseModelAdmin[Any]
else:
    Base = object


class TypedForms(Base):
    """Forms whose fields clean what is typed."""

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Make a form's field, of the kind that cleans its text."""
        if kind := form_class(db_field):
            kwargs.setdefault("form_class", kind)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

"""Validation and cleaning of typed texts in Django: in models, and in the fields of forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.texts.typed_text import (
    MOST_LINES,
    ForbiddenSign,
    ForbiddenSignsError,
    TooManyLinesError,
    clean,
    named,
)
from meetings.types import Column

STAND_IN = "▯"
"""Stands for a sign that cannot be shown."""


def cleaned(text: str, *, many_lines: bool = False) -> str:
    """What is stored of a typed text.

    Raises ValidationError, which names each forbidden sign, or says how many lines are too many.
    """
    try:
        return clean(text, many_lines=many_lines)
    except ForbiddenSignsError as error:
        raise ValidationError(
            [_refusal(one, many_lines=many_lines) for one in error.signs]
        ) from error
    except TooManyLinesError as error:
        raise ValidationError(
            _(
                "This text has %(lines)s lines; it may have %(most)s at most. Join lines that "
                "belong together."
            ),
            code="too_many_lines",
            params={"lines": error.lines, "most": MOST_LINES},
        ) from error


def _refusal(found: ForbiddenSign, *, many_lines: bool) -> ValidationError:
    message = _(
        "This text holds %(sign)s, which no page can show, at character %(place)s: “%(around)s”. "
        "Delete the sign that is shown as ▯."
    )
    if many_lines:
        message = _(
            "This text holds %(sign)s, which no page can show, in line %(line)s at character "
            "%(place)s: “%(around)s”. Delete the sign that is shown as ▯."
        )
    told = {
        "sign": named(found.sign),
        "line": found.line,
        "place": found.place,
        "around": f"{found.before}{STAND_IN}{found.after}",
    }
    return ValidationError(message, code="forbidden_sign", params=told)


# --- forms -----------------------------------------------------------------------------------


class LineField(forms.CharField):
    """A text in one line."""

    many_lines = False

    def to_python(self, value: object) -> str | None:
        """Clean what was typed."""
        text = super().to_python(value)
        return cleaned(text, many_lines=self.many_lines) or self.empty_value if text else text


class LinesField(LineField):
    """A text in several lines, as Markdown has them."""

    many_lines = True


class AddressField(LineField, forms.SlugField):
    """A code or a part of a web address."""


# --- rows ------------------------------------------------------------------------------------


class TypedRow(models.Model):
    """A row whose texts are stored as the rule has them, whoever asks it to validate itself."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Clean the texts, then validate all fields. Raises ValidationError by field."""
        left_out = set(exclude or ())
        refused: dict[str, list[ValidationError]] = {}
        for name, kind in typed_columns(type(self)).items():
            text = getattr(self, name)
            if name not in left_out and isinstance(text, str):
                try:
                    setattr(self, name, cleaned(text, many_lines=kind.many_lines))
                except ValidationError as error:
                    refused[name] = error.error_list
        try:
            super().clean_fields(exclude=left_out | refused.keys())
        except ValidationError as error:
            raise ValidationError(error.update_error_dict(refused)) from error
        if refused:
            raise ValidationError(refused)


@cache
def typed_columns(model: type[models.Model]) -> Mapping[str, type[LineField]]:
    """The columns that hold what people type, each with its field in forms."""
    found = ((column.name, form_class(column)) for column in model._meta.concrete_fields)
    return {name: kind for name, kind in found if kind}


def form_class(column: Column) -> type[LineField] | None:
    """The field in forms of a column that holds what people type; None of any other.

    Addresses of e-mail and of the web have fields of their own, which let no unseen sign pass.
    """
    is_text = isinstance(column, models.CharField | models.TextField)
    is_typed = is_text and column.editable and not column.choices
    if not is_typed or isinstance(column, models.EmailField | models.URLField):
        return None
    if isinstance(column, models.SlugField):
        return AddressField
    return LinesField if isinstance(column, models.TextField) else LineField

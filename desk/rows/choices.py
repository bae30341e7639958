"""Fields and widgets for foreign keys: what forms choose from, loaded once for all their rows."""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.choices import BaseChoiceIterator

from meetings.finding import Fit
from meetings.types import Passed, Rows

if TYPE_CHECKING:
    ModelChoiceField: TypeAlias = forms.ModelChoiceField[models.Model]
else:
    ModelChoiceField = forms.ModelChoiceField

Label: TypeAlias = Callable[[Any], str]
"""How a row of some kind is called."""


class Known:
    """A shared cache of the rows that fields choose from: one query, however many share it."""

    def __init__(
        self,
        rows: Rows,
        *,
        label: Label = str,
        group: Label | None = None,
    ) -> None:
        """Name the rows, which stand in the order of their groups, if there are groups."""
        self.rows, self.label, self.group = rows, label, group

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Share, as each form copies its fields."""
        return self

    @cached_property
    def by_id(self) -> dict[uuid.UUID, models.Model]:
        """The rows, loaded at the first question; a form may put in fresher ones."""
        return {row.pk: row for row in self.rows}

    @cached_property
    def options(self) -> list[tuple[object, object]]:
        """What a select shows, in groups where there are any."""
        rows = self.by_id.values()
        if self.group is None:
            return [(row.pk, self.label(row)) for row in rows]
        return [
            (name, [(row.pk, self.label(row)) for row in grouped])
            for name, grouped in groupby(rows, self.group)
        ]

    def find(self, value: object) -> models.Model | None:
        """The row of an id as a form sends it."""
        key = getattr(value, "pk", value)
        try:
            return self.by_id.get(key if isinstance(key, uuid.UUID) else uuid.UUID(str(key)))
        except ValueError:
            return None


class KnownIterator(BaseChoiceIterator):
    """The choices of a field in the shape that widgets and Django's admin ask for."""

    def __init__(self, field: KnownChoiceField) -> None:
        self.field = field

    def __iter__(self) -> Iterator[tuple[object, object]]:
        """Begin with the empty choice, where there is one."""
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.field.known.options


class KnownChoiceField(ModelChoiceField):
    """A choice of one row that asks the database no more than its `known` does."""

    iterator = KnownIterator  # type: ignore[assignment]  # the same shape

    def __init__(self, *args: Passed, known: Known, **options: Passed) -> None:
        self.known = known
        super().__init__(*args, **options | {"queryset": known.rows})

    def to_python(self, value: object) -> models.Model | None:
        """Give the row. Raises ValidationError for what is no choice."""
        if value in self.empty_values:
            return None
        found = self.known.find(value)
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return found


class KnownAutocomplete(AutocompleteSelect):
    """Finds rows by typing; what is chosen already is named without a query of its own."""

    def optgroups(
        self, name: str, value: Sequence[str], attrs: object = None
    ) -> list[tuple[str | None, list[dict[str, object]], int | None]]:
        """Offer the chosen row alone; the others come while typing."""
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        known = self.choices.field.known
        rows = filter(None, map(known.find, filter(None, value)))
        options += [
            self.create_option(name, str(row.pk), known.label(row), True, index)
            for index, row in enumerate(rows, start=len(options))
        ]
        return [(None, options, 0)]


class Offer(AutocompleteJsonView):
    """The autocompletion's answer: rows for what is typed, each with how well it fits, if known."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        """Tell `choosing.js` whether somebody who did not wait for the answer means this row."""
        found = super().serialize_result(obj, to_field_name)
        rank = getattr(obj, "fit", None)
        return found if rank is None else {**found, "fit": Fit(rank).name.lower()}


def offer(request: HttpRequest) -> HttpResponseBase:
    """The view of the autocompletion, in the place of the admin's own."""
    return Offer.as_view(admin_site=admin.site)(request)

"""Initial values of an add form, from its query: what its address says of the row begun."""

from __future__ import annotations

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest


def above_in(to_meeting: str | None) -> str:
    """The relation of a row that leads towards its meeting; "" where none does."""
    return (to_meeting or "").partition("__")[0]


def preselected(
    request: HttpRequest, model: type[models.Model], to_meeting: str | None
) -> models.Model | None:
    """A new row as an address begins it, such as `?meeting=…`; None where it says nothing.

    Nor does it where something else was chosen in the form since.
    """
    name = above_in(to_meeting)
    chosen = request.GET.get(name)
    if not chosen or request.POST.get(name, chosen) != chosen:
        return None
    related = model._meta.get_field(name).related_model
    with suppress(ValidationError):  # an address of no row
        if related and (row := related._default_manager.filter(pk=chosen).first()):
            return model(**{name: row})
    return None

"""Fills in any form of the admin: valid values, made from the fields that a page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import UsernameField

from tests.admin_forms import fields_of
from tests.factories import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

PASSWORD = "four words at random"  # noqa: S105 -- of an account in a test

_words = count(100)
_numbers = cycle(range(100, 1000))
"""As large as any number of a form may be (`HIGHEST_NUMBER`); the next ones begin again."""


def registered() -> list[type[Model]]:
    """The kinds of rows that the admin knows, in one order."""
    return sorted(admin.site._registry, key=lambda one: one._meta.label)  # noqa: SLF001 -- no public name


class OpenForm:
    """A form of the admin as an account sees it, to be filled in and sent."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        page = client.get(address)
        self.status: int = page.status_code
        """200, or what was answered instead of a form."""
        self.fields = fields_of(page.content.decode())
        if self.status == 200:
            self.form = page.context["adminform"].form
            self.inlines = page.context["inline_admin_formsets"]

    @property
    def beneath(self) -> list[Any]:
        """The formsets to which rows can be added."""
        return [one.formset for one in self.inlines if one.has_add_permission]

    def filled(self, *, rows: int, anew: bool = True) -> dict[str, str]:
        """What is sent: so many new rows in each formset, and, `anew`, a new row above them."""
        values = values_of(self.form) if anew else {}
        for formset in self.beneath:
            first = formset.initial_form_count()
            values[f"{formset.prefix}-TOTAL_FORMS"] = str(first + rows)
            for number in range(first, first + rows):
                sent = values_of(formset.empty_form, nth=number)
                values |= {k.replace("__prefix__", str(number)): v for k, v in sent.items()}
        return self.fields | values

    def send(self, *, rows: int = 1, anew: bool = True) -> Any:
        """Send it, filled in."""
        return self.client.post(self.address, self.filled(rows=rows, anew=anew))


def values_of(form: forms.BaseForm, *, nth: int = 0) -> dict[str, str]:
    """Values for the open fields of a form, under the names that they are sent by."""
    kind = _Values(nth)
    values = {
        form.add_prefix(name): kind.value(one, form.get_initial_for_field(one, name))
        for name, one in form.fields.items()
        if not one.disabled and not isinstance(one.widget, forms.HiddenInput)
    }
    if (new_day := form.add_prefix("new_date")) in values:  # which what is postponed has alone
        values |= {new_day: LAST_DAY.isoformat(), form.add_prefix("status"): "postponed"}
    return {name: value for name, value in values.items() if value is not None}


@dataclass
class _Values:
    """Values for the fields of one form, in their order; days and hours go up.

    `nth` counts the rows of one table, of which no two are alike.
    """

    nth: int
    days: Iterator[str] = field(init=False)
    hours: Iterator[int] = field(init=False)
    follows: bool = False
    """Whether a row was chosen from which a day may be taken."""

    def __post_init__(self) -> None:
        first = FIRST_DAY.replace(day=FIRST_DAY.day + self.nth % 3)
        self.days = iter([first.isoformat(), LAST_DAY.isoformat()])
        self.hours = count(8 + 2 * self.nth)

    def value(self, of: forms.Field, initial: Any) -> str | None:
        """A valid value of a field; None where nothing is sent, as by a box that is not ticked."""
        match of:
            case forms.BooleanField() | forms.ModelMultipleChoiceField():
                return None
            case forms.ModelChoiceField():
                chosen = self._chosen(of.choices, first=True)
                self.follows = self.follows or bool(chosen)
                return chosen
            case forms.ChoiceField():
                return str(initial or self._chosen(of.choices))
            case forms.DateField():
                return None if self.follows and not of.required else next(self.days)
            case forms.TimeField():
                return f"{next(self.hours):02d}:00"
            case forms.IntegerField():
                return str(next(_numbers))
            case _:
                return str(initial or self._text(of))

    def _chosen(self, choices: Any, *, first: bool = False) -> str:
        """A choice, groups laid open and the empty one left out; another one in each row."""
        keys: list[Any] = []
        for key, label in choices:
            keys += [one for one, _name in label] if isinstance(label, list | tuple) else [key]
        keys = [str(getattr(key, "value", key)) for key in keys if key not in {"", None}]
        return keys[self.nth % len(keys) if first else -1 - self.nth % len(keys)] if keys else ""

    def _text(self, of: forms.Field) -> str:
        if isinstance(of.widget, forms.PasswordInput):
            return PASSWORD
        is_a_name = isinstance(of, forms.SlugField | UsernameField)
        return f"{'a-' if is_a_name else 'Text '}{next(_words)}"

"""Model forms of rows, and formsets of the rows beneath them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.forms.models import construct_instance
from django.utils.functional import Promise, cached_property  # Python 3.11's locks others out
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from desk.nothing_lost.deleting import FIELD, going_along
from desk.nothing_lost.lost_updates import SharedForm, changed_before_they_go, is_new
from desk.rows.counting import CountedFormSet
from desk.shared.types import Cleaned, InlineFormSet, ModelForm
from meetings.rows import TranslatedRow
from meetings.texts.text_states import Edit, wordings
from meetings.writing import hold

HOLD = "translations_hold"
"""The field of a form that says so."""

POSITION = "position"
"""The field of a row that has a place among others."""

JUDGED_TOGETHER = (("sitting", "date"), ("start", "end"), ("starts_on", "ends_on"))
"""Fields that a row compares with each other."""


class RowForm(SharedForm):
    """A model form that does not crash where a row lacks what validation asks for, as a meeting."""

    days_left: ClassVar[Mapping[uuid.UUID, date]] = {}
    """The days of sittings, by id, before the form that this one stands in moved them perhaps."""

    def has_changed(self) -> bool:
        """Whether something is to be saved; a place alone makes no row out of an empty one."""
        if self.empty_permitted and self.changed_data == [POSITION]:
            return not is_new(self.instance)
        return super().has_changed()

    def full_clean(self) -> None:
        """Refuse what was saved already."""
        super().full_clean()
        if self.is_bound and self.saved_before:
            self.add_error(None, self.saved_before)

    def clean(self) -> Cleaned | None:
        """Let a day that was not touched follow a sitting that was moved or chosen anew."""
        cleaned = super().clean()
        sitting = self.cleaned_data.get("sitting")
        if sitting and "date" in self.cleaned_data and "date" not in self.changed_data:
            day_left = self.days_left.get(sitting.pk)
            if "sitting" in self.changed_data or self.cleaned_data["date"] == day_left:
                self.cleaned_data["date"] = sitting.date
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        """Leave out what only follows from an error that is told already."""
        told = getattr(errors, "error_dict", {})
        follows = {
            name
            for together in JUDGED_TOGETHER
            if self.errors.keys() & set(together)
            for name in together
        }
        if told.keys() & follows:
            errors = ValidationError({k: v for k, v in told.items() if k not in follows})
        super()._update_errors(errors)  # type: ignore[misc]  # Django's own

    def _post_clean(self) -> None:
        try:
            if is_new(self.instance) or self.has_changed():
                super()._post_clean()  # type: ignore[misc]  # Django's own, for rows
            else:
                self._clean_untouched()
        except ObjectDoesNotExist:
            # A row asked for its meeting, item or panel; that it is missing is said already.
            if not self.errors:
                raise

    def _clean_untouched(self) -> None:
        """Ask no more of a row that stays as it is than whether it fits a row that does not.

        All else would be asked of the database, for each row of a form.
        """
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.clean()
        except ValidationError as error:
            self._update_errors(error)


class TextForm(RowForm):
    """A form of a row with texts in four languages."""

    translations_hold = forms.BooleanField(
        label=_("The translations still hold"),
        required=False,
        help_text=escape(
            _(
                "Tick it if you change an English text without changing its meaning. Otherwise its "
                "translations count as behind the English, and pages say so."
            )
        ),
    )


class RowFormSet(CountedFormSet, InlineFormSet):
    """A formset of the rows beneath another; one that a colleague deleted is refused by name.

    Django pairs the forms that come back with the rows that are there now, one by one, so that
    a missing row shifts all others, and the form that is at fault is not shown at all.
    """

    saved_before = ""
    """Why a page that was saved already adds no rows unasked."""
    may_change: ClassVar[bool] = True
    """Whether the account may change the rows; otherwise they are only shown."""
    going = ""
    """A digest of what would go with the rows that are to be deleted, once that was asked."""

    def get_queryset(self) -> Any:
        """The rows in the order of the forms; a new, empty one for each that is gone."""
        return self._as_posted if self.is_bound else super().get_queryset()

    @cached_property
    def _as_posted(self) -> list[models.Model | LostRow]:
        rows = {str(row.pk): row for row in self._held}
        name = self.fk.model._meta.pk.name
        posted = (
            self.data.get(f"{self.add_prefix(i)}-{name}") for i in range(self.initial_form_count())
        )
        return [rows.get(pk or "") or LostRow(pk) for pk in posted]

    @cached_property
    def _held(self) -> Sequence[models.Model]:
        """The rows as they are now, locked; none beneath a row that is only being added."""
        if is_new(self.instance):
            return ()
        hold(self.fk.model._default_manager.filter(**{self.fk.name: self.instance}))
        return list(super().get_queryset())

    def number_there(self) -> int:
        """How many rows there are now."""
        return len(self._held)

    def _construct_form(self, i: int, **kwargs: object) -> RowForm:
        """Give a form whose row is gone no row at all."""
        if self.is_bound and i < self.initial_form_count():
            found = self._as_posted[i]
            kwargs["instance"] = None if isinstance(found, LostRow) else found
        form: RowForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's own
        return form

    def _existing_object(self, pk: object) -> models.Model | LostRow | None:
        """Give the row of an id, or None where it is gone."""
        return next((one for one in self._as_posted if one.pk == pk), None)

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        """Tie each row to the one above it, so that none asks the database for it."""
        super().add_fields(form, index)
        setattr(form.instance, self.fk.name, self.instance)
        name = self._pk_field.name  # type: ignore[attr-defined]  # Django's own
        # Whose id it is was looked up for all rows at once.
        initial = form.fields[name].initial
        form.fields[name] = forms.UUIDField(
            initial=initial, required=False, widget=forms.HiddenInput
        )

    def clean(self) -> None:
        """Say which rows are gone, and which were changed before they go."""
        found_by_form = zip(self.initial_forms, self._as_posted, strict=False)
        for form, found in found_by_form if self.may_change else ():
            if isinstance(found, LostRow) and not self._should_delete_form(form):  # type: ignore[attr-defined]  # Django's own
                form.add_error(
                    None,
                    _(
                        "Somebody deleted or moved this row after you opened the form. Tick "
                        "“Delete” to go on without it, or copy what you need into a new row "
                        "first."
                    ),
                )
        if self.saved_before and any(form.has_changed() for form in self.extra_forms):
            raise ValidationError(self.saved_before)
        super().clean()
        if refused := self._before_they_go(self._to_be_deleted()):
            raise ValidationError(refused)

    def _before_they_go(self, deleted: list[RowForm]) -> list[str | Promise]:
        """What was not said yet of rows that are to be deleted; a second save goes on."""
        changed = changed_before_they_go(deleted)
        along = going_along([one.instance for one in deleted if not is_new(one.instance)])
        if along is None or along.digest in self.data.get(FIELD, "").split():
            return list(changed)
        self.going = along.digest
        asked: list[str | Promise] = [*along.told, *changed]
        return asked if changed else [*asked, _("Save again to delete it all the same.")]

    def _to_be_deleted(self) -> list[RowForm]:
        return [one for one in self.initial_forms if self._should_delete_form(one)]  # type: ignore[attr-defined]  # Django's own


class LostRow:
    """A placeholder for a row that is gone since the form was opened."""

    def __init__(self, pk: str | None) -> None:
        self.pk = pk

    def __str__(self) -> str:
        return str(_("(no longer here)"))


def edits_of(form: SharedForm, formsets: Sequence[InlineFormSet], *, is_new: bool) -> list[Edit]:
    """What a valid form and the forms beneath it do to texts."""
    edits = [_edit(form, is_new=is_new)] if isinstance(form.instance, TranslatedRow) else []
    for formset in formsets:
        if not issubclass(formset.model or models.Model, TranslatedRow):
            continue
        deleted = getattr(formset, "deleted_forms", [])
        edits += [
            _edit(row_form, is_new=row_form in formset.extra_forms)
            for row_form in formset.forms
            if row_form.has_changed() and row_form not in deleted
        ]
    return edits


def _edit(form: SharedForm, *, is_new: bool) -> Edit:
    if is_new:
        return Edit(form.instance, {})
    present = wordings(form.instance)
    before = {name: form.initial[name] or "" for name in present if name in form.initial}
    return Edit(form.instance, present | before, form.taken_over, form.stored)

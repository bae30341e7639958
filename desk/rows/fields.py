"""What forms of rows and the forms beneath them share: how a column is shown and chosen."""

from __future__ import annotations

from functools import reduce
from typing import ClassVar, cast

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.html import conditional_escape

from desk.nothing_lost.lost_updates import is_new
from desk.rows.choices import Known, KnownAutocomplete, KnownChoiceField, Label
from desk.rows.initial_values import above_in
from desk.rows.texts import TextBox, write_in
from desk.rows.translators import may_translate
from desk.rows.typed import TypedForms
from meetings.models import Delegation, Meeting, Sitting
from meetings.types import Column, Relation, Rows

PART_RANK = models.Case(
    *(
        models.When(part=part, then=models.Value(rank))
        for rank, part in enumerate(Sitting.PARTS_IN_ORDER)
    ),
    default=models.Value(len(Sitting.PARTS_IN_ORDER)),
)
IN_A_DAY = ("date", PART_RANK, "start")
"""The order of sittings; those without times stand where their part of the day does."""


def highest(column: Column) -> int:
    """The highest number that a column takes, by what is said of it and by the database."""
    bounds = (one for one in column.validators if isinstance(one, MaxValueValidator))
    return min(int(one.limit_value) for one in bounds)


def follow(row: models.Model, path: str) -> models.Model:
    """The row at the end of a path of relations, such as `item__meeting`; none: the row itself."""
    return reduce(getattr, filter(None, path.split("__")), row)


class RowFields(TypedForms):
    """Form fields of an admin or inline: texts know their language, choices cost one query."""

    to_meeting: ClassVar[str | None] = None
    """Relations to the meeting, such as `item__meeting`; none where a row belongs to no meeting."""

    formfield_overrides = {models.TextField: {"widget": TextBox}}
    autocompleted: ClassVar[tuple[str, ...]] = ("delegation",)
    """Relations found by typing, in any language and with or without accents."""

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Let translators in; their form is closed but for the texts of their languages."""
        may_change = super().has_change_permission(request, obj)
        return may_change or may_translate(request, self.model)

    def formfield_for_dbfield(
        self,
        db_field: Column,
        request: HttpRequest,
        *,
        of: models.Model | None = None,
        **kwargs: object,
    ) -> forms.Field | None:
        """Make a form's field; `of` is the row whose form it is, or beneath which it stands.

        Of a row that is being added, `of` knows what was chosen before its form was opened.
        """
        if isinstance(db_field, models.IntegerField):
            kwargs["max_value"] = highest(db_field)
        if of and is_new(of) and db_field.name == above_in(self.to_meeting):
            of = None  # what was chosen before may be chosen anew
        if isinstance(db_field, models.ForeignKey) and (known := self.known(db_field, of)):
            kwargs |= {"form_class": KnownChoiceField, "known": known}
            if db_field.name in self.autocompleted:
                kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        field.help_text = conditional_escape(field.help_text)  # Django takes it for markup
        if language := getattr(db_field, "language", None):
            write_in(language, field, db_field)
        if isinstance(db_field, models.SlugField) or db_field.name == "zone":
            field.widget.attrs["dir"] = "ltr"
        if isinstance(field.widget, RelatedFieldWidgetWrapper) and db_field.name != "venue":
            field.widget = field.widget.widget  # no windows that open over a half-done form
        return field

    def known(self, db_field: Relation, of: models.Model | None) -> Known | None:
        """What a relation chooses from; none: Django's own choice."""
        if db_field.related_model is Delegation:
            return Known(Delegation.objects.all())
        if db_field.related_model is Sitting:
            sittings = Sitting.objects.order_by("-meeting__starts_on", "meeting", *IN_A_DAY)
            return self.within_meeting(sittings, "meeting", of)
        return None

    def within_meeting(
        self,
        rows: Rows,
        to_meeting: str,
        of: models.Model | None,
        label: Label = str,
    ) -> Known:
        """Rows of the meeting that `of` belongs to; of all meetings, in groups, where it is new."""
        rows = rows.select_related(to_meeting)
        if of is None:
            return Known(rows, label=label, group=lambda row: str(follow(row, to_meeting)))
        return Known(rows.filter(**{to_meeting: self.meeting_near(of)}), label=label)

    def meeting_near(self, row: models.Model) -> Meeting | None:
        """The meeting that a row belongs to."""
        return None if self.to_meeting is None else cast("Meeting", follow(row, self.to_meeting))

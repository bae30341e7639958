"""Base classes of models: a row's identity (UUID), its order, and the state of its texts."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator

from meetings.held.hours import EVENING, MIDNIGHT, MORNING, NOON, may_end
from meetings.texts.typed_fields import TypedRow, typed_columns
from meetings.texts.typed_text import heal
from meetings.types import Passed, Values, Words

if TYPE_CHECKING:
    from datetime import time

LANGUAGES = ("en", "fr", "es", "ar")
SOURCE_LANGUAGE = "en"
"""The language that the others are translated from."""


class Row(TypedRow):
    """A row whose id is its identity for ever; numbers and addresses may shift."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    aside: ClassVar[Values] = {}
    """Values that free its unique columns while rows change places."""
    came_later: ClassVar[tuple[str, ...]] = ()
    """Columns in the order in which they came: imports of before remember a row without them."""

    class Meta:
        abstract = True


class Provenance(models.TextChoices):
    """Where a text comes from."""

    OFFICIAL = "official", _("official")
    UNOFFICIAL = "unofficial", _("unofficial translation")
    MACHINE = "machine", _("machine translation")
    INFERRED = "inferred", _("inferred")


class TextStateQuerySet(models.QuerySet["TextState"]):
    """States of texts, by the rows that they belong to."""

    def of_rows(self, ids: Iterable[uuid.UUID]) -> Self:
        """The states of all texts of these rows."""
        return self.filter(object_id__in=ids)

    def put(self, states: Iterable[TextState]) -> None:
        """Write states, each in place of the one that its text may have."""
        self.bulk_create(
            states,
            update_conflicts=True,
            unique_fields=["object_id", "field", "language"],
            update_fields=["provenance", "source_digest"],
        )


class TextState(TypedRow):
    """What is known of one text: where it comes from and which English it was made from.

    The language is empty for what has none, such as an inferred number.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.UUIDField()
    row = GenericForeignKey()
    field = models.CharField(_("field"), max_length=50)
    language = models.CharField(_("language"), max_length=2, blank=True)
    provenance = models.CharField(
        _("provenance"),
        max_length=10,
        choices=Provenance.choices,
        default=Provenance.OFFICIAL,
        help_text=_("Pages mark every text that is not official."),
    )
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = TextStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of a text")
        verbose_name_plural = _("states of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "field", "language"], name="one_state_per_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} [{self.language}]: {self.get_provenance_display()}"

    def is_behind(self, source: str) -> bool:
        """Whether the source text is no longer the one that this text was made from.

        A source that was stored before the rule of typed texts is known as it is and as healed.
        """
        if not (self.source_digest and source):
            return False
        as_known = (source, heal(source), heal(source, many_lines=True))
        return all(self.source_digest != text_digest(one) for one in as_known)


class TranslatedRow(Row):
    """A row with texts in four languages, each with its state."""

    text_states = GenericRelation(TextState)

    class Meta:
        abstract = True


LAST_POSITION = 1_000_000
"""The last place that people can give a row."""


class OrderedRow(models.Model):
    """A row with a place among its siblings; positions need not be unique."""

    position = models.PositiveIntegerField(
        _("position"),
        blank=True,
        validators=[MaxValueValidator(LAST_POSITION)],
        help_text=_("Rows stand in this order. Leave it empty to put the row at the end."),
    )

    siblings_share: ClassVar[tuple[str, ...]]
    """The columns that are the same in all rows among which this one has its place."""

    class Meta:
        abstract = True

    def save(self, *args: Passed, **kwargs: Passed) -> None:
        """Save, at the end of the siblings if no position was given."""
        if cast("int | None", self.position) is None:
            self.position = self._last_position() + 1
        super().save(*args, **kwargs)

    def _last_position(self) -> int:
        """The place of the last sibling. Where none is left after it, they close up first."""
        shared = {name: getattr(self, name) for name in self.siblings_share}
        siblings = type(self)._default_manager.filter(**shared)
        last = int(siblings.aggregate(last=models.Max("position"))["last"] or 0)
        if last < LAST_POSITION:
            return last
        rows = list(siblings.order_by(*(self._meta.ordering or ()), "pk"))
        for position, row in enumerate(rows, start=1):
            row.position = position
        type(self)._default_manager.bulk_update(rows, ["position"])
        return len(rows)


def text_digest(value: str) -> str:
    """SHA-256 of a text, by which a translation remembers what it was made from."""
    return hashlib.sha256(value.encode()).hexdigest()


UNKNOWN_SOURCE = "unknown"
"""In place of the digest of an English text that nobody has any more; it equals none."""


def translated_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Names of a model's translated fields, without language, in the order of the model."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return ()
    order = [field.name for field in model._meta.get_fields()]
    return tuple(sorted(options.get_field_names(), key=order.index))


def column(field: str, language: str) -> str:
    """Name of a translated field in one language: `title_fr`."""
    return f"{field}_{language}"


def base_of(model: type[models.Model], name: str) -> str:
    """The translated field that a column belongs to; any other name as it is."""
    columns = {column(f, lang): f for f in translated_fields(model) for lang in LANGUAGES}
    return columns.get(name, name)


def has_many_lines(model: type[models.Model], field: str) -> bool:
    """Whether a text has several lines, as Markdown does, or stands in one."""
    return isinstance(model._meta.get_field(field), models.TextField)


def wording(row: models.Model, field: str, language: str) -> str:
    """What stands in a text's own column, without modeltranslation's fallback."""
    return getattr(row, column(field, language)) or ""


def healed(row: models.Model, name: str) -> Any:
    """The value of a column; of a text that was stored before the rule, what holds of it now."""
    value = getattr(row, name)
    if isinstance(value, str) and (kind := typed_columns(type(row)).get(name)):
        return heal(value, many_lines=kind.many_lines)
    return value


def check_times(
    start: time | None, end: time | None, names: tuple[str, str] = ("start", "end")
) -> None:
    """Refuse an end without a start and one that cannot be its (`may_end`); `names` of columns."""
    if end and not start:
        raise ValidationError({names[0]: _("Give the start as well, or neither.")})
    if start and end and not may_end(start, end):
        raise ValidationError(
            {
                names[1]: ValidationError(
                    _(
                        "The end (%(end)s) must be after the start (%(start)s). Only what begins "
                        "at 18:00 or later can end on the next day, by 06:00."
                    )
                    if end <= MORNING
                    else _("The end (%(end)s) must be after the start (%(start)s)."),
                    code="end_before_start",
                    params={"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"},
                )
            }
        )


def times_in_order(start: str, end: str) -> models.Q:
    """For constraints: no end, or one that can be that of its start, as `may_end` says."""
    ends_later = models.Q(**{f"{end}__gt": models.F(start)})
    at_midnight = models.Q(**{end: MIDNIGHT, f"{start}__gte": NOON})
    next_day = models.Q(**{f"{end}__lte": MORNING, f"{start}__gte": EVENING})
    has_start = models.Q(**{f"{start}__isnull": False})
    has_none = models.Q(**{f"{end}__isnull": True})
    return has_none | (has_start & (ends_later | at_midnight | next_day))


TIMES_IN_ORDER = times_in_order("start", "end")


# --- days ------------------------------------------------------------------------------------

FIRST_DAY = date(1997, 1, 1)
"""No row tells of a day before the year in which the Convention was adopted."""

LAST_DAY = date(2100, 12, 31)
"""Nor of one that is so far that no clock can count to it, as 9999-12-31; mostly a slip."""


def is_within_reach(day: date) -> None:
    """Refuse a day that no meeting of the Convention can have."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _("%(date)s is out of reach: days lie between %(first)s and %(last)s."),
            code="out_of_reach",
            params={
                "date": day.isoformat(),
                "first": date_format(FIRST_DAY),
                "last": date_format(LAST_DAY),
            },
        )


def day_field(name: Words, **options: Any) -> models.DateField[Any, Any]:
    """A column for a day within reach, checked wherever rows are validated."""
    return models.DateField(name, validators=[is_within_reach], **options)


def days_within_reach(*fields: str, name: str) -> models.CheckConstraint:
    """The same, kept by the database."""
    bounds = {f"{field}__range": (FIRST_DAY, LAST_DAY) for field in fields}
    return models.CheckConstraint(
        condition=models.Q(**bounds),
        name=name,
        violation_error_message=_("A day is out of reach."),
    )

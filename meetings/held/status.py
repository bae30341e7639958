"""Whether what a programme announced is held: as planned, later, or not at all."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.rows import check_times, day_field, times_in_order


class Held(models.Model):
    """A row that may be postponed, with or without a new time, or cancelled; it keeps its place."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("of an item or panel", "planned")
        POSTPONED = "postponed", pgettext_lazy("of an item or panel", "postponed")
        CANCELLED = "cancelled", pgettext_lazy("of an item or panel", "cancelled")

    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status.choices,
        default=Status.PLANNED,
        help_text=_(
            "What is postponed or cancelled keeps its place in the programme, which says so; "
            "delegates are told."
        ),
    )
    new_date = day_field(
        _("new day"),
        null=True,
        blank=True,
        help_text=_("Of what is postponed, once it is known; it may lie after the meeting."),
    )
    new_start = models.TimeField(_("new start"), null=True, blank=True)
    new_end = models.TimeField(_("new end"), null=True, blank=True)

    NEW_TIME: ClassVar = ("new_date", "new_start", "new_end")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a new time for what is not postponed, and hours without a day."""
        super().clean()
        if not any(getattr(self, name) for name in self.NEW_TIME):
            return
        if self.status != self.Status.POSTPONED:
            raise ValidationError({"status": _("Only what is postponed has a new time.")})
        if not self.new_date:
            raise ValidationError({"new_date": _("Give the new day as well, or no new time.")})
        check_times(self.new_start, self.new_end, names=("new_start", "new_end"))


HAS_NO_NEW_TIME = models.Q(new_date=None, new_start=None, new_end=None)

NEW_TIME_IN_ORDER = HAS_NO_NEW_TIME | models.Q(
    times_in_order("new_start", "new_end"),
    status="postponed",
    new_date__isnull=False,
)
"""For constraints: a new time is that of something postponed, and has a day."""

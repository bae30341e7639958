"""Thematic panels and who sits on them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.held.status import NEW_TIME_IN_ORDER, Held
from meetings.models import (
    ADDRESS,
    InTimetable,
    Meeting,
    OfMeetingQuerySet,
    Speaker,
    in_lower_case,
    room_field,
    short_title_field,
)
from meetings.rows import TIMES_IN_ORDER, TranslatedRow, days_within_reach
from meetings.texts.markdown import markdown_field, notes_field
from meetings.unique_keys import SLUG


class Panel(InTimetable, Held, TranslatedRow):
    """A discussion of invited panellists on one theme, or an event beside the meeting."""

    class Kind(models.TextChoices):
        THEMATIC = "thematic", _("thematic panel")
        SIDE_EVENT = "side_event", _("side event")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="panels", verbose_name=_("meeting")
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        validators=[in_lower_case],
        help_text=_("Stands in the panel's web address; do not change it once published."),
    )
    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        help_text=_("May stay empty: pages then show the time alone."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.THEMATIC,
        help_text=_("Side events may be at the same time as others, and as breaks."),
    )
    host = models.CharField(
        _("host"), max_length=300, blank=True, help_text=_("Who organizes it, as it is to be read.")
    )
    short_title = short_title_field()
    room = room_field()
    text = markdown_field(_("background"), max_length=20_000, blank=True, help_text=_("Markdown."))
    notes = notes_field()

    objects = OfMeetingQuerySet.as_manager()
    aside = {"slug": Cast("id", models.CharField())}
    came_later = (
        *("status", "new_date", "new_start", "new_end"),
        *("short_title", "room", "kind", "host"),
    )

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["date", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", *SLUG],
                name="one_panel_per_address",
                violation_error_message=_("Another panel of this meeting has this address."),
            ),
            models.CheckConstraint(condition=TIMES_IN_ORDER, name="panel_ends_after_it_starts"),
            models.CheckConstraint(
                condition=NEW_TIME_IN_ORDER, name="panel_with_new_time_is_postponed"
            ),
            days_within_reach("date", name="panel_day_within_reach"),
            days_within_reach("new_date", name="panel_new_day_within_reach"),
            models.CheckConstraint(
                condition=models.Q(slug__regex=ADDRESS), name="panel_address_in_lower_case"
            ),
        ]

    def clean(self) -> None:
        """Refuse what a place in the timetable refuses, and what a new time does."""
        InTimetable.clean(self)
        Held.clean(self)

    def __str__(self) -> str:
        if self.title:
            return self.title
        if not self.date:
            return self.slug
        hour = [f"{self.start:%H:%M}"] if self.start else []
        return gettext(", ").join([date_format(self.date), *hour])


class Panellist(Speaker):
    """Somebody who moderates, opens or sits on a panel."""

    panel = models.ForeignKey(
        Panel, models.CASCADE, related_name="panellists", verbose_name=_("panel")
    )

    siblings_share = ("panel_id",)

    class Meta(Speaker.Meta):
        verbose_name = _("panellist")
        verbose_name_plural = _("panellists")

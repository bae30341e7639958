"""Sittings and breaks: what the days of a meeting are made of."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from desk.admin.items import PlacementsInOrder
from desk.rows.base import TextRowAdmin
from desk.rows.fields import IN_A_DAY
from desk.rows.filters import MeetingFilter
from desk.rows.texts import columns, languages_filled, text_fieldsets
from meetings.models import Break, Sitting

RowOfMeeting = TypeVar("RowOfMeeting", Sitting, Break)


class OfMeetingAdmin(TextRowAdmin[RowOfMeeting]):
    """Rows in the timetable of a meeting."""

    to_meeting = "meeting"
    list_filter = (MeetingFilter,)


@admin.register(Sitting)
class SittingAdmin(OfMeetingAdmin[Sitting]):
    """Half-days of meetings."""

    fieldsets = (
        (None, {"fields": ["meeting", ("date", "part", "kind"), ("start", "end")]}),
        *text_fieldsets(Sitting),
    )
    inlines = (PlacementsInOrder,)
    list_display = ("day_and_part", "meeting", "kind", "start", "end", "languages")
    list_select_related = ("meeting",)
    searched = (*columns("heading", "room"), *columns("meeting__name"))
    ordering = ("-meeting__starts_on", "meeting", *IN_A_DAY)

    @admin.display(description=_("sitting"), ordering="date")
    def day_and_part(self, sitting: Sitting) -> str:
        """The sitting's day and part of the day."""
        return str(sitting)


@admin.register(Break)
class BreakAdmin(OfMeetingAdmin[Break]):
    """Pauses between or within sittings."""

    fieldsets = (
        (None, {"fields": ["meeting", "kind", "sitting", ("date", "start", "end")]}),
        *text_fieldsets(Break),
    )
    list_display = ("__str__", "meeting", "date", "start", "end", "sitting", "names")
    list_select_related = ("meeting", "sitting")
    searched = (*columns("name"), *columns("meeting__name"))
    ordering = ("-meeting__starts_on", "meeting", "date", "start")

    @admin.display(description=_("own name"))
    def names(self, pause: Break) -> SafeString:
        """In which languages the break has a name of its own."""
        return languages_filled(pause)

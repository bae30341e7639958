"""The desk where staff edit the rows of meetings; `programme.admin` has the meeting itself."""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db import models
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.admin import accounts  # noqa: F401 -- registers
from meetings.admin.base import (
    IN_A_DAY,
    RowAdmin,
    TableOfRows,
    TextRowAdmin,
)
from meetings.admin.choices import offer
from meetings.admin.filters import MeetingFilter
from meetings.admin.texts import columns, fieldset, languages_filled
from meetings.models import Break, Delegation, Sitting, TreatyStatus, Venue
from meetings.ordering import fold
from meetings.rows import column

admin.site.site_header = _("Programme desk")
admin.site.site_title = _("Programme desk")
admin.site.index_title = _("Start")
admin.site.site_url = reverse_lazy("home")  # type: ignore[assignment]  # in each language
admin.site.empty_value_display = "–"
admin.site.autocomplete_view = offer  # type: ignore[assignment]  # Django has no setting for it


@admin.register(Venue)
class VenueAdmin(TextRowAdmin[Venue]):
    """Places of meetings."""

    fieldsets = (fieldset(Venue, "name"), fieldset(Venue, "address"))
    list_display = ("name", "address", "languages")
    searched = columns("name", "address")


class OfMeetingAdmin(TextRowAdmin[Any]):
    """Rows in the timetable of a meeting."""

    to_meeting = "meeting"
    list_filter = (MeetingFilter,)


@admin.register(Sitting)
class SittingAdmin(OfMeetingAdmin):
    """Half-days of meetings."""

    fieldsets = (
        (None, {"fields": ["meeting", ("date", "part", "kind"), ("start", "end")]}),
        fieldset(Sitting, "heading"),
    )
    list_display = ("day_and_part", "meeting", "kind", "start", "end", "headings")
    list_select_related = ("meeting",)
    searched = (*columns("heading"), *columns("meeting__name"))
    ordering = ("-meeting__starts_on", "meeting", *IN_A_DAY)

    @admin.display(description=_("sitting"), ordering="date")
    def day_and_part(self, sitting: Sitting) -> str:
        """The sitting's day and part of the day."""
        return str(sitting)

    @admin.display(description=_("own heading"))
    def headings(self, sitting: Sitting) -> SafeString:
        """In which languages the sitting has a heading of its own."""
        return languages_filled(sitting)


@admin.register(Break)
class BreakAdmin(OfMeetingAdmin):
    """Pauses between or within sittings."""

    fieldsets = (
        (None, {"fields": ["meeting", "kind", "sitting", ("date", "start", "end")]}),
        fieldset(Break, "name"),
    )
    list_display = ("__str__", "meeting", "date", "start", "end", "sitting", "names")
    list_select_related = ("meeting", "sitting")
    searched = (*columns("name"), *columns("meeting__name"))
    ordering = ("-meeting__starts_on", "meeting", "date", "start")

    @admin.display(description=_("own name"))
    def names(self, pause: Break) -> SafeString:
        """In which languages the break has a name of its own."""
        return languages_filled(pause)


class TreatyStatusTable(TableOfRows[TreatyStatus]):
    """What is stated of a State, the latest first."""

    model = TreatyStatus
    fields = ("status", "as_of", "source")


@admin.register(Delegation)
class DelegationAdmin(TextRowAdmin[Delegation]):
    """The directory of delegations."""

    fieldsets = (
        (None, {"fields": [("code", "kind")]}),
        fieldset(Delegation, "name"),
        fieldset(Delegation, "name_in_text"),
        fieldset(Delegation, "sort_override", "collapse"),
    )
    inlines = (TreatyStatusTable,)
    list_display = ("name", "code", "kind", "status_now", "languages")
    list_filter = ("kind",)
    searched = ("search_text",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Delegation]:
        """Each with what holds of it today, as far as stated."""
        today = timezone.localdate()
        return super().get_queryset(request).with_status_on(today)  # type: ignore[attr-defined, no-any-return]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """In the alphabetical order of whoever reads."""
        return (column("sort_key", get_language() or "en"), "code")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Delegations whose name in any language holds the term, those that are meant first.

        Autocompletion asks here too. A list that is put in another order stays in it.
        """
        if not search_term.strip():
            return queryset, False
        if not fold(search_term):
            return queryset.none(), False  # signs alone, which no name is made of
        found = queryset.matching(search_term)  # type: ignore[attr-defined]
        if ORDER_VAR not in request.GET:
            found = found.order_by("fit", *self.get_ordering(request))
        return found, False

    @admin.display(description=_("status today"), ordering="status_on_day")
    def status_now(self, delegation: Delegation) -> str:
        """What the last statement says, as far as there is one."""
        status = getattr(delegation, "status_on_day", None)
        return str(TreatyStatus.Status(status).label) if status else ""


@admin.register(TreatyStatus)
class TreatyStatusAdmin(RowAdmin[TreatyStatus]):
    """Statements of States' relation to the Convention."""

    fieldsets = ((None, {"fields": ["delegation", "status", "as_of", "source"]}),)
    list_display = ("delegation", "status", "as_of", "source")
    list_filter = ("status",)
    list_select_related = ("delegation",)
    searched = ("delegation__search_text", "source")
    ordering = ("delegation__sort_key_en", "-as_of")

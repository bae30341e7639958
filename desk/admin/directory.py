"""Who takes part, and where: venues, delegations and what is stated of States."""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from desk.rows.base import RowAdmin, TableOfRows, TextRowAdmin
from desk.rows.texts import columns, text_fieldsets
from meetings.alphabetical_order import fold
from meetings.models import Delegation, TreatyStatus, Venue
from meetings.rows import column
from meetings.types import Rows


@admin.register(Venue)
class VenueAdmin(TextRowAdmin[Venue]):
    """Places of meetings."""

    fieldsets = text_fieldsets(Venue)
    list_display = ("name", "address", "languages")
    searched = columns("name", "address")


class TreatyStatusTable(TableOfRows[TreatyStatus]):
    """What is stated of a State, the latest first."""

    model = TreatyStatus
    fields = ("status", "as_of", "source")


@admin.register(Delegation)
class DelegationAdmin(TextRowAdmin[Delegation]):
    """The directory of delegations."""

    fieldsets = (
        (None, {"fields": [("code", "kind")]}),
        *text_fieldsets(Delegation, collapsed=("sort_override",)),
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
        self, request: HttpRequest, queryset: Rows, search_term: str
    ) -> tuple[Rows, bool]:
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

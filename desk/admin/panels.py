"""Thematic panels and who sits on them."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from desk.rows.base import TextRowAdmin, TextRowsBeneath
from desk.rows.choices import Known
from desk.rows.filters import MeetingFilter
from desk.rows.texts import columns, fieldset
from meetings.types import Relation
from panels.models import Panel, Panellist

SPEAKER = (
    ("role", "delegation", "position"),
    ("has_spoken", "named_in_text"),
)
"""What is said of a panellist besides texts."""


class PanellistForms(TextRowsBeneath[Panellist]):
    """Who moderates, opens or sits on a panel."""

    model = Panellist
    to_meeting = "meeting"
    named_by = ("delegation",)
    fieldsets = (
        (None, {"fields": SPEAKER}),
        fieldset(Panellist, "person"),
        fieldset(Panellist, "function"),
        fieldset(Panellist, "on_behalf_of", "collapse"),
    )


@admin.register(Panel)
class PanelAdmin(TextRowAdmin[Panel]):
    """Thematic panels."""

    to_meeting = "meeting"
    fieldsets = (
        (None, {"fields": ["meeting", "slug", "sitting", ("date", "start", "end")]}),
        fieldset(Panel, "title"),
        fieldset(Panel, "text"),
        fieldset(Panel, "notes", "collapse"),
    )
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (PanellistForms,)
    list_display = ("__str__", "meeting", "date", "start", "end", "sitting", "languages")
    list_filter = (MeetingFilter,)
    list_select_related = ("meeting", "sitting")
    searched = (
        *columns("title", "text", "panellists__person", "panellists__function"),
        "panellists__delegation__search_text",
    )
    ordering = ("-meeting__starts_on", "meeting", "date", "start")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Panel | None = None
    ) -> dict[str, Sequence[str]]:
        """Suggest an address for a new panel alone; a published one keeps its address."""
        return {} if obj else super().get_prepopulated_fields(request, obj)


@admin.register(Panellist)
class PanellistAdmin(TextRowAdmin[Panellist]):
    """Panellists of all panels."""

    to_meeting = "panel__meeting"
    fieldsets = (
        (None, {"fields": ["panel", *SPEAKER]}),
        fieldset(Panellist, "person"),
        fieldset(Panellist, "function"),
        fieldset(Panellist, "on_behalf_of"),
    )
    list_display = ("__str__", "panel", "role", "has_spoken", "languages")
    list_filter = (MeetingFilter, "role")
    list_select_related = ("panel", "delegation")
    searched = (*columns("person", "function"), "delegation__search_text")
    ordering = ("-panel__meeting__starts_on", "panel__date", "panel__start", "panel", "position")

    def known(self, db_field: Relation, of: models.Model | None) -> Known | None:
        """Choose among the panels of the same meeting."""
        if db_field.related_model is Panel:
            panels = Panel.objects.order_by("-meeting__starts_on", "meeting", "date", "start")
            return self.within_meeting(panels, "meeting", of)
        return super().known(db_field, of)

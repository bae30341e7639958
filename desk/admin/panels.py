"""Thematic panels and who sits on them."""

from __future__ import annotations

from django.contrib import admin
from django.db import models

from desk.admin.speakers import SpeakerForms, speaker_fieldsets
from desk.rows.base import HELD, TextRowAdmin
from desk.rows.choices import Known
from desk.rows.filters import MeetingFilter
from desk.rows.texts import columns, text_fieldsets
from meetings.types import Relation
from panels.models import Panel, Panellist


class PanellistForms(SpeakerForms[Panellist]):
    """Who moderates, opens or sits on a panel."""

    model = Panellist
    fieldsets = speaker_fieldsets(Panellist)


@admin.register(Panel)
class PanelAdmin(TextRowAdmin[Panel]):
    """Thematic panels and side events."""

    to_meeting = "meeting"
    fieldsets = (
        (None, {"fields": ["meeting", "slug", "sitting", "kind", ("date", "start", "end"), *HELD]}),
        *text_fieldsets(Panel, collapsed=("short_title", "host", "notes")),
    )
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (PanellistForms,)
    list_display = ("__str__", "meeting", "date", "start", "end", "sitting", "status", "languages")
    list_filter = (MeetingFilter, "kind", "status")
    list_select_related = ("meeting", "sitting")
    searched = (
        *columns("title", "text", "panellists__person", "panellists__function"),
        "panellists__delegation__search_text",
    )
    ordering = ("-meeting__starts_on", "meeting", "date", "start")


@admin.register(Panellist)
class PanellistAdmin(TextRowAdmin[Panellist]):
    """Panellists of all panels."""

    to_meeting = "panel__meeting"
    fieldsets = speaker_fieldsets(Panellist, "panel")
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

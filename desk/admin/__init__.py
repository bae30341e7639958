"""What is registered with Django's admin, a module for each kind of row."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from desk.admin import accounts, directory, items, lists, meeting, panels, publications, timetable
from desk.rows.choices import offer

__all__ = [
    "accounts",
    "directory",
    "items",
    "lists",
    "meeting",
    "panels",
    "publications",
    "timetable",
]

admin.site.site_header = _("Programme desk")
admin.site.site_title = _("Programme desk")
admin.site.index_title = _("Start")
admin.site.site_url = reverse_lazy("home")  # type: ignore[assignment]  # in each language
admin.site.empty_value_display = "–"
admin.site.autocomplete_view = offer  # type: ignore[assignment]  # Django has no setting for it

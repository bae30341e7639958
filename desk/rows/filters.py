"""Filters of changelists."""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

import uuid

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.shared.types import Admin
from meetings.models import Meeting
from meetings.types import Rows


class MeetingFilter(admin.SimpleListFilter):
    """Rows of one meeting."""

    title = _("meeting")
    parameter_name = "meeting"

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[models.Model],
        model_admin: Admin,
    ) -> None:
        """Remember how the rows are tied to their meeting."""
        super().__init__(request, params, model, model_admin)
        self.to_meeting = str(getattr(model_admin, "to_meeting", ""))

    def lookups(self, request: HttpRequest, model_admin: Admin) -> list[tuple[str, str]]:
        """All meetings, the latest first."""
        return [(str(one.pk), str(one)) for one in Meeting.objects.in_order()]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Those of the chosen meeting; all where none, or what is no meeting, is chosen."""
        try:
            chosen = uuid.UUID(self.value() or "")
        except ValueError:
            return queryset
        return queryset.filter(**{self.to_meeting: chosen})

"""What lists of rows are narrowed by."""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting


class MeetingFilter(admin.SimpleListFilter):
    """Rows of one meeting."""

    title = _("meeting")
    parameter_name = "meeting"

    def __init__(
        self, request: HttpRequest, params: Any, model: type[models.Model], model_admin: Any
    ) -> None:
        """Remember how the rows are tied to their meeting."""
        super().__init__(request, params, model, model_admin)
        self.to_meeting: str = model_admin.to_meeting

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All meetings, the latest first."""
        return [(str(one.pk), str(one)) for one in Meeting.objects.in_order()]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        """Those of the chosen meeting; all where none, or what is no meeting, is chosen."""
        try:
            chosen = uuid.UUID(self.value() or "")
        except ValueError:
            return queryset
        return queryset.filter(**{self.to_meeting: chosen})

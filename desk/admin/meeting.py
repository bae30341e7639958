"""The meeting itself, with its sittings and breaks, and from where it is published."""

# ruff: noqa: FBT001 -- the signatures are Django's

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from desk.admin.items import ItemsInOrder
from desk.draft.page import draft_view
from desk.draft.pending import pending_view
from desk.preview.sharing import previews_view
from desk.publish.notice import notice_view
from desk.publish.release_desk import publish_view
from desk.publish.some_subjects import some_subjects_view
from desk.publish.taking_back import restore_view
from desk.rows.base import TextRowAdmin, TextRowsBeneath
from desk.rows.choices import Known
from desk.rows.fields import IN_A_DAY
from desk.rows.texts import columns, fieldset, text_fieldsets
from desk.shared.pages import may_publish, pages_beside
from desk.shared.public import public_meeting
from desk.shared.subject_names import version_name
from desk.shared.types import AdminOrInline, Context, FormSet
from meetings.models import Break, Meeting, Sitting
from meetings.types import Passed
from panels.models import Panel
from programme.models import AgendaItem, ItemPlacement, Publication, SpeakingList


class SittingForms(TextRowsBeneath[Sitting]):
    """The half-days of a meeting."""

    model = Sitting
    to_meeting = ""
    fieldsets = (
        (None, {"fields": [("date", "part", "kind", "start", "end")]}),
        *text_fieldsets(Sitting, collapsed=("heading", "room")),
    )
    ordering = IN_A_DAY


class BreakForms(TextRowsBeneath[Break]):
    """The pauses of a meeting."""

    model = Break
    to_meeting = ""
    fieldsets = (
        (None, {"fields": [("kind", "sitting"), ("date", "start", "end")]}),
        *text_fieldsets(Break, collapsed=("name",)),
    )
    ordering = ("date", "start")


@dataclass(frozen=True, slots=True)
class RowsOfMeeting:
    """One kind of a meeting's rows, for a link to their list."""

    name: str
    number: int
    address: str


@admin.register(Meeting)
class MeetingAdmin(TextRowAdmin[Meeting]):
    """All meetings, the latest first."""

    to_meeting = ""
    fieldsets = (
        fieldset(Meeting, "name"),
        (
            None,
            {
                "fields": [
                    "slug",
                    ("starts_on", "ends_on", "zone"),
                    ("status", "programme_status"),
                    ("venue", "follows"),
                ]
            },
        ),
        *text_fieldsets(Meeting, collapsed=("notes",), but=("name",)),
    )
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (SittingForms, BreakForms, ItemsInOrder)
    list_display = (
        "name",
        "starts_on",
        "ends_on",
        "status",
        "programme_status",
        "public_version",
        "languages",
    )
    list_filter = ("status", "programme_status")
    searched = (*columns("name", "introduction", "practical_information"), "slug")
    ordering = ("-starts_on", "-ends_on", "slug")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Meeting]:
        """Each with its public version."""
        current = Publication.objects.current().filter(meeting=models.OuterRef("pk"))
        meetings: models.QuerySet[Meeting] = (
            super()
            .get_queryset(request)
            .annotate(
                public_serial=models.Subquery(current.values("serial")[:1]),
                public_designation=models.Subquery(current.values("designation")[:1]),
            )
        )
        return meetings

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of a meeting's draft."""
        return [*pages_beside(self, "meeting_id", PAGES), *super().get_urls()]

    def view_on_site(self, meeting: Meeting) -> str | None:
        """The meeting's public page."""
        return public_meeting(meeting)

    def _create_formsets(
        self, request: HttpRequest, obj: models.Model, change: bool
    ) -> tuple[list[FormSet], list[AdminOrInline]]:
        """Let breaks see their sittings as this form has them, moved to another day perhaps."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        by_model = {one.model: one for one in formsets}
        sittings, breaks = by_model.get(Sitting), by_model.get(Break)
        if sittings and breaks and request.method == "POST":
            moved = {form.instance.pk: form.instance for form in sittings.initial_forms}
            known: Known = breaks.form.base_fields["sitting"].known
            known.by_id = {pk: moved.get(pk, row) for pk, row in known.by_id.items()}
            breaks.form.days_left = {
                form.instance.pk: form.initial["date"]
                for form in sittings.initial_forms
                if "date" in form.initial
            }
        return formsets, inlines

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Passed, **kwargs: Passed
    ) -> HttpResponse:
        """Show, beside the form, what else belongs to the meeting, and its publications."""
        context["may_publish"] = may_publish(request)
        if meeting := kwargs.get("obj"):
            context["rows_of_meeting"] = list(rows_of(meeting.pk))
            context["publications"] = publications_of(meeting.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("public version"))
    def public_version(self, meeting: Meeting) -> str | None:
        """What is public of the meeting; nothing where nothing is."""
        if getattr(meeting, "public_serial", None) is None:
            return None
        return getattr(meeting, "public_designation", "") or str(_("first version"))


PAGES: dict[str, Callable[..., HttpResponse]] = {
    "draft": draft_view,
    "publish": publish_view,
    "previews": previews_view,
    "alone": some_subjects_view,
    "restore": restore_view,
    "pending": pending_view,
    "notice/<int:serial>": notice_view,
}
"""The pages of a meeting beside its form, by their address."""

LISTS: tuple[tuple[type[models.Model], str], ...] = (
    (AgendaItem, "meeting"),
    (SpeakingList, "item__meeting"),
    (ItemPlacement, "item__meeting"),
    (Panel, "meeting"),
)
"""Rows of a meeting that have lists of their own, and how they are tied to it."""


def rows_of(meeting_id: uuid.UUID) -> Iterator[RowsOfMeeting]:
    """Links to the lists of a meeting's rows."""
    for model, to_meeting in LISTS:
        options = model._meta
        address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        yield RowsOfMeeting(
            name=str(capfirst(options.verbose_name_plural)),
            number=model._default_manager.filter(**{to_meeting: meeting_id}).count(),
            address=f"{address}?meeting={meeting_id}",
        )


def publications_of(meeting_id: uuid.UUID) -> list[tuple[str, Publication]]:
    """The publications of a meeting by name, the latest first, without their documents."""
    publications = (
        Publication.objects.filter(meeting=meeting_id)
        .select_related("published_by")
        .defer("document", "changes", "cancelled")
        .order_by("-serial")
    )
    return [(version_name(one), one) for one in publications]

"""The page that publishes a meeting: what is pending, then a confirmation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.admin.base import admin_address
from meetings.admin.texts import NAMES, TextBox, write_in
from meetings.models import Meeting
from meetings.rows import LANGUAGES, column
from programme.admin.checking import listed
from programme.admin.pages import CONFLICT, may_publish
from programme.admin.publications import version_name
from programme.compiling import InvalidDraftError
from programme.links import Links
from programme.models import Publication
from programme.pending import pending_in_words
from programme.publishing import (
    Draft,
    DraftMovedError,
    NothingChangedError,
    draft_of,
    next_designation,
    publish,
)

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

TEMPLATE = "admin/meetings/meeting/publish.html"


class PublishForm(forms.Form):
    """What a publisher says of a publication, and which draft they looked at."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str] | None = None, *, digest: str = "") -> None:
        """Take what was typed; a digest given here is that of the draft that the page shows."""
        if data is not None and digest:
            data = {**dict(data.items()), "digest": digest}
        super().__init__(data, initial={"digest": digest})
        note = Publication._meta.get_field("note")
        for language in LANGUAGES:
            field = forms.CharField(
                max_length=note.max_length,
                required=False,
                widget=TextBox(attrs={"rows": 2}),
            )
            write_in(language, field, note)
            self.fields[column("note", language)] = field

    def note(self) -> dict[str, str]:
        """The note in the languages in which it was written."""
        notes = {one: self.cleaned_data[column("note", one)] for one in LANGUAGES}
        return {language: text for language, text in notes.items() if text}

    def notes(self) -> list[forms.BoundField]:
        """The boxes for the note."""
        return [self[column("note", language)] for language in NAMES]


@require_http_methods(["GET", "HEAD", "POST"])
def publish_view(
    request: HttpRequest, meeting_id: uuid.UUID, model_admin: ModelAdmin[Meeting]
) -> HttpResponse:
    """Show what would be published; a POST publishes it, if it still is what was shown.

    Refused (403) to whoever may not publish. What cannot be published is answered with 409 and
    the reasons; notes that were typed stay in the page.
    """
    if not may_publish(request):
        raise PermissionDenied
    page = _Page(request, get_object_or_404(Meeting, pk=meeting_id), model_admin)
    try:
        return page.publish() if request.method == "POST" else page.shown(draft_of(page.meeting))
    except InvalidDraftError as error:
        return page.refused(error)


class _Page:
    """One request for the page."""

    def __init__(
        self, request: HttpRequest, meeting: Meeting, model_admin: ModelAdmin[Meeting]
    ) -> None:
        self.request, self.meeting, self.model_admin = request, meeting, model_admin
        self.language = get_language() or "en"

    def publish(self) -> HttpResponse:
        """Publish what the page showed; otherwise show the page again."""
        form = PublishForm(self.request.POST)
        if not form.is_valid():
            return self.shown(draft_of(self.meeting))
        try:
            publication = publish(
                self.meeting,
                by=self.request.user if isinstance(self.request.user, User) else None,
                at=timezone.now(),
                expected_digest=form.cleaned_data["digest"],
                note=form.note(),
            )
        except DraftMovedError as error:
            warning = _(
                "Nothing was published: somebody saved since you opened this page. "
                "What is pending now stands below; look at it and confirm again."
            )
            return self.shown(error.draft, warning=warning, status=CONFLICT)
        except NothingChangedError:
            return self.shown(draft_of(self.meeting), status=CONFLICT)
        return self.published(publication)

    def published(self, publication: Publication) -> HttpResponse:
        """Say so, and go back to the meeting."""
        publications = self.model_admin.admin_site.get_model_admin(Publication)
        publications.log_addition(self.request, publication, [{"added": {}}])
        text = format_html(
            '{} <a href="{}">{}</a>',
            _("Published: %(version)s.") % {"version": version_name(publication)},
            Links(publication.slug).programme,
            _("See the public page"),
        )
        messages.success(self.request, text)
        return HttpResponseRedirect(admin_address(self.meeting))

    def shown(self, draft: Draft, *, warning: str = "", status: int = 200) -> HttpResponse:
        """The page with what is pending."""
        data = self.request.POST if self.request.method == "POST" else None
        context = {
            "form": PublishForm(data, digest=draft.digest),
            "groups": pending_in_words(draft, self.language) if draft.has_changes else [],
            "has_changes": draft.has_changes,
            "is_first": draft.public is None,
            "designation": next_designation(self.meeting),
            "public_version": version_name(draft.public) if draft.public else "",
            "warning": warning,
            "problems": "",
        }
        return self.rendered(context, status)

    def refused(self, error: InvalidDraftError) -> HttpResponse:
        """The page with what must be mended first."""
        context = {"problems": listed(error.problems), "warning": ""}
        return self.rendered(context, CONFLICT if self.request.method == "POST" else 200)

    def rendered(self, context: dict[str, Any], status: int) -> HttpResponse:
        """The page in the frame of the admin."""
        frame = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": gettext_lazy("Publish"),
            "subtitle": str(self.meeting),
            "meeting": self.meeting,
            "opts": Meeting._meta,
            "back": admin_address(self.meeting),
            "list_address": reverse("admin:meetings_meeting_changelist"),
        }
        return TemplateResponse(self.request, TEMPLATE, frame | context, status=status)

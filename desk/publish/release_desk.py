"""The release desk: what would change, what to think of first, and the button that publishes."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.publish.choice import PublisherChoice, PublishForm, context_of
from desk.publish.notice import notice_address
from desk.publish.smoke_test import refuse_unrenderable
from desk.shared.moments import in_zone
from desk.shared.pages import CONFLICT, frame, may_publish
from desk.shared.problems import listed
from desk.shared.subject_names import version_name
from desk.shared.types import Admin, Context
from meetings.models import Meeting
from programme.models import Publication
from programme.pages.links import Links
from programme.publishing.draft import Draft, draft_of
from programme.publishing.verbs import (
    DraftMovedError,
    NothingChangedError,
    NotOnlyWordingError,
    publish,
)
from programme.rows.problems import InvalidDraftError


class PublishPage:
    """One request for a page that makes something public: here, the whole draft."""

    template = "desk/publish/publish.html"
    offers_single = True
    """Whether single subjects can be published, or taken back, from the page."""
    asks_for_warnings = True
    """Whether a publisher must tick that the warnings were seen."""
    subjects: Collection[str] | None = None
    """What alone is to become public; None: all."""
    title: Promise | str = gettext_lazy("Publish")

    def __init__(self, request: HttpRequest, meeting: Meeting, model_admin: Admin) -> None:
        self.request, self.meeting, self.model_admin = request, meeting, model_admin
        self.language = get_language() or "en"

    def draft(self) -> Draft:
        """What would become public now."""
        return draft_of(self.meeting)

    def publish(self, form: PublishForm) -> Publication:
        """Make it public as a valid form says."""
        return publish(self.meeting, expected_digest=form.cleaned_data["digest"], **self.said(form))

    def said(self, form: PublishForm) -> dict[str, Any]:
        """What each verb of publishing is told."""
        return {
            "by": account(self.request),
            "at": timezone.now(),
            "expected_serial": form.cleaned_data["serial"],
            "note": form.note(),
            "reissue": form.is_reissue,
            "hold_back": form.hold_back,
            "proof": refuse_unrenderable,
        }

    def answer(self) -> HttpResponse:
        """Show what would become public, or make it public."""
        try:
            return self.posted() if self.request.method == "POST" else self.shown(self.draft())
        except InvalidDraftError as error:
            return self.refused(error)

    def posted(self) -> HttpResponse:
        """Make public what the page showed; otherwise show the page again."""
        form = PublishForm(self.request.POST, looked_at={})
        if not form.is_valid():
            return self.shown(self.draft(), form=form)
        try:
            publication = self.publish(form)
        except (DraftMovedError, NothingChangedError) as error:
            if mine := self.published_before(form):
                return published_before(self.request, mine)
            if isinstance(error, DraftMovedError):
                return self.moved(error.draft, form)
            return self.shown(self.draft(), status=CONFLICT)
        except NotOnlyWordingError as error:
            warning = _("Nothing was published: more than wording has changed, see below.")
            return self.shown(error.draft, warning=warning, status=CONFLICT)
        return published(self.request, self.model_admin, publication)

    def published_before(self, form: PublishForm) -> Publication | None:
        """What the same account made public of the same page, by another click."""
        said = form.cleaned_data
        later = Publication.objects.of(self.meeting).standing().filter(serial__gt=said["serial"])
        own = later.filter(digest=said["digest"], published_by=account(self.request))
        return own.order_by("serial").first()

    def moved(self, draft: Draft, form: PublishForm) -> HttpResponse:
        """The page as it is now, with what is new since it was looked at."""
        warning = moved_warning(draft, form.cleaned_data["serial"], by=account(self.request))
        seen = form.cleaned_data["seen"]
        return self.shown(draft, warning=warning, looked_at=seen, status=CONFLICT)

    def shown(
        self,
        draft: Draft,
        *,
        form: PublishForm | None = None,
        warning: str = "",
        looked_at: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page with what would change."""
        choice = PublisherChoice(self.meeting, draft, self.language, self.subjects)
        if form is None or form.data.get("digest") != draft.digest:
            data = self.request.POST if self.request.method == "POST" else None
            form = choice.form(data, asks=self.asks_for_warnings)
        context = context_of(choice, form, looked_at=looked_at)
        return self.rendered({**context, "warning": warning, "problems": ""}, status)

    def refused(self, error: InvalidDraftError) -> HttpResponse:
        """The page with what must be mended first."""
        context = {"problems": listed(error.problems), "warning": ""}
        return self.rendered(context, CONFLICT if self.request.method == "POST" else 200)

    def rendered(self, context: Context, status: int) -> HttpResponse:
        """The page in the frame of the admin."""
        outer = frame(self.request, self.model_admin, self.meeting, self.title)
        outer |= {
            "offers_single": self.offers_single,
            "asks_for_warnings": self.asks_for_warnings,
        }
        return TemplateResponse(self.request, self.template, outer | context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_view(request: HttpRequest, meeting_id: uuid.UUID, model_admin: Admin) -> HttpResponse:
    """Show what would be published; a POST publishes it, if it still is what was shown.

    Refused (403) to whoever may not publish. What cannot be published is answered with 409 and
    the reasons; what was typed and ticked stays in the page.
    """
    if not may_publish(request):
        raise PermissionDenied
    return PublishPage(request, get_object_or_404(Meeting, pk=meeting_id), model_admin).answer()


def account(request: HttpRequest) -> User | None:
    """Who asks."""
    return request.user if isinstance(request.user, User) else None


def moved_warning(draft: Draft, serial: int, *, by: User | None) -> str:
    """Why nothing was published: somebody published, or saved, since the page was opened."""
    public = draft.public
    if public is None:
        return _(
            "Nothing was published: somebody saved, or withdrew a version, since you opened this "
            "page. Look at the draft and confirm again."
        )
    if public.serial == serial:
        if not draft.has_changes:
            return _("Nothing was published: somebody saved since you opened this page.")
        return _(
            "Nothing was published: somebody saved since you opened this page. What is new is "
            "marked below; look at it and confirm again."
        )
    told = {
        "who": public.published_by or _("somebody"),
        "version": version_name(public),
        "when": in_zone(public.published_at, draft.document.meeting.zone, "TIME_FORMAT"),
    }
    is_own = public.published_by and public.published_by == by
    return (_AFTER_ONESELF if is_own else _AFTER_ANOTHER)[draft.has_changes] % told


_AFTER_ONESELF: Mapping[bool, Promise | str] = {
    True: gettext_lazy(
        "Nothing was published: you published %(version)s at %(when)s, after you opened "
        "this page. What is not public yet stands below; look at it and confirm again."
    ),
    False: gettext_lazy(
        "Nothing was published: you published %(version)s at %(when)s, after you opened this page."
    ),
}
"""What is said where the same account published since, by whether anything is left."""

_AFTER_ANOTHER: Mapping[bool, Promise | str] = {
    True: gettext_lazy(
        "Nothing was published: %(who)s published %(version)s at %(when)s, after you opened "
        "this page. What is not public yet stands below; look at it and confirm again."
    ),
    False: gettext_lazy(
        "Nothing was published: %(who)s published %(version)s at %(when)s, after you opened "
        "this page."
    ),
}
"""The same of somebody else."""


def published_before(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Tell whoever clicks twice that it is done, and lead where the first click led."""
    told = _("You published this just now: %(version)s.")
    messages.success(request, told % {"version": version_name(publication)})
    return HttpResponseRedirect(notice_address(publication))


def published(request: HttpRequest, model_admin: Admin, publication: Publication) -> HttpResponse:
    """Write it into the log, say so, and offer the notice of change."""
    publications = model_admin.admin_site.get_model_admin(Publication)
    publications.log_addition(request, publication, [{"added": {}}])
    told = _("Reissued: %(version)s.") if publication.is_reissue else _("Published: %(version)s.")
    text = format_html(
        '{} <a href="{}">{}</a>',
        told % {"version": version_name(publication)},
        Links(publication.slug).programme,
        _("See the public page"),
    )
    messages.success(request, text)
    return HttpResponseRedirect(notice_address(publication))

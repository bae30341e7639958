"""Secret links to a draft, for colleagues without an account: made, listed, revoked."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_http_methods

from desk.nothing_lost.once import FIELD, content_of, new_token, remember, saved_before
from desk.shared.pages import frame
from desk.shared.types import Admin
from meetings.groups import may_change
from meetings.models import Meeting
from meetings.texts.typed_fields import LineField
from programme.models import SharedPreview
from programme.pages.links import Links
from programme.publishing.previews import DAYS_OPEN, address_of, revoke, share

TEMPLATE = "desk/preview/previews.html"
A_WEEK = 7


class ShareForm(forms.Form):
    """For whom a link is, and for how long."""

    whom = LineField(
        label=gettext_lazy("For whom"),
        max_length=100,
        help_text=SharedPreview._meta.get_field("whom").help_text,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Open for"), coerce=int, initial=A_WEEK)

    def __init__(self, data: QueryDict | None = None) -> None:
        """Write the choices in the language of the request."""
        super().__init__(data)
        days = self.fields["days"]
        if isinstance(days, forms.TypedChoiceField):
            days.choices = [(one, in_words(one)) for one in DAYS_OPEN]


def in_words(days: int) -> str:
    """A number of days."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@require_http_methods(["GET", "HEAD", "POST"])
def previews_view(request: HttpRequest, meeting_id: uuid.UUID, model_admin: Admin) -> HttpResponse:
    """Show the links to a meeting's draft; a POST makes one, or revokes the one that it names.

    Refused (403) to whoever may not change the meeting, as translators, who write its texts.
    """
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    if not may_change(request.user, Meeting):
        raise PermissionDenied
    page = _Page(request, meeting, model_admin)
    if request.method != "POST":
        return page.shown(ShareForm())
    return page.revoke() if "revoke" in request.POST else page.share()


class _Page:
    """One request for the page."""

    def __init__(self, request: HttpRequest, meeting: Meeting, model_admin: Admin) -> None:
        self.request, self.meeting, self.model_admin = request, meeting, model_admin
        self.at = timezone.now()

    def share(self) -> HttpResponse:
        """Make a link; what was typed stays where it cannot be made."""
        form = ShareForm(self.request.POST)
        if not form.is_valid():
            return self.shown(form)
        try:
            shared = self.made_before() or self.make(form)
        except IntegrityError:  # a second click at this moment
            shared = self.made_before() or self.make(form)
        text = _("The link for %(whom)s is made: copy its address below.") % {"whom": shared.whom}
        messages.success(self.request, text)
        return HttpResponseRedirect(f"{self.request.path}?made={shared.pk}")

    def made_before(self) -> SharedPreview | None:
        """The link that the page has made already, by another click."""
        before = saved_before(self.request)
        if before is None or before.content != content_of(self.request):
            return None
        return SharedPreview.objects.of(self.meeting).filter(pk=before.object_id).first()

    @transaction.atomic
    def make(self, form: ShareForm) -> SharedPreview:
        """Make a link, and remember the page."""
        shared = share(
            self.meeting,
            whom=form.cleaned_data["whom"],
            by=self.request.user if isinstance(self.request.user, User) else None,
            at=self.at,
            days=form.cleaned_data["days"],
        )
        before = saved_before(self.request)
        is_for_another = before is not None and before.content != content_of(self.request)
        remember(self.request, shared, again=is_for_another)
        self.log("added", shared)
        return shared

    def revoke(self) -> HttpResponse:
        """Close a link of this meeting."""
        links = SharedPreview.objects.of(self.meeting)
        shared = next((one for one in links if str(one.pk) == self.request.POST["revoke"]), None)
        if shared and revoke(shared, at=self.at):
            self.log("changed", shared, fields=["revoked at"])
            text = _("The link for %(whom)s is revoked: it leads nowhere any more.")
            messages.success(self.request, text % {"whom": shared.whom})
        else:
            messages.warning(self.request, _("This link was closed already."))
        return HttpResponseRedirect(self.request.path)

    def log(self, what: str, shared: SharedPreview, **more: list[str]) -> None:
        """Write down on the meeting's own history who did it; read in any language later."""
        with override(None):
            kind = str(SharedPreview._meta.verbose_name)
        message = {what: {"name": kind, "object": shared.whom, **more}}
        self.model_admin.log_change(self.request, self.meeting, [message])

    def shown(self, form: ShareForm) -> HttpResponse:
        """The page, with the links that are open and those that were."""
        links = list(SharedPreview.objects.of(self.meeting).select_related("created_by"))
        made = self.request.GET.get("made")
        context = {
            **frame(self.request, self.model_admin, self.meeting, gettext_lazy("Share a preview")),
            "preview": Links(self.meeting.slug, preview="").programme,
            "form": form,
            FIELD: new_token(),
            "open_links": [
                (shared, address_of(shared), str(shared.pk) == made)
                for shared in links
                if shared.is_open_at(self.at)
            ],
            "closed_links": [one for one in links if not one.is_open_at(self.at)],
        }
        return TemplateResponse(self.request, TEMPLATE, context)

"""Undoing what is public: an old version published again, a version withdrawn."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from desk.nothing_lost.sent import given_back, what_was_sent
from desk.publish.choice import PublishForm
from desk.publish.release_desk import PublishPage, account
from desk.shared.addresses import admin_address
from desk.shared.pages import CONFLICT, frame, may_publish
from desk.shared.subject_names import version_name
from desk.shared.types import Admin, Context
from meetings.texts.typed_fields import LineField
from programme.models import Publication
from programme.publishing.draft import Draft, old_version_as_draft
from programme.publishing.verbs import WithdrawnError, publish_again, withdraw
from programme.rows.problems import InvalidDraftError

MAY_WITHDRAW = "programme.withdraw_publication"


class AgainPage(PublishPage):
    """One request to publish an old version again."""

    template = "desk/publish/again.html"
    offers_single = False
    asks_for_warnings = False  # whoever published it has seen them
    title = gettext_lazy("Publish this version again")

    def __init__(self, request: HttpRequest, old: Publication, model_admin: Admin) -> None:
        super().__init__(request, old.meeting, model_admin)
        self.old = old

    def draft(self) -> Draft:
        """What would be public: the old version's document."""
        return old_version_as_draft(self.old)

    def posted(self) -> HttpResponse:
        """Publish it again, unless somebody withdrew it meanwhile."""
        try:
            return super().posted()
        except WithdrawnError:
            sentence = _("This version is withdrawn already.")
            if sent := what_was_sent(self.request):
                return given_back(self.request, self.model_admin, sent, sentence, is_gone=True)
            messages.error(self.request, sentence)
            return HttpResponseRedirect(admin_address(self.old))

    def publish(self, form: PublishForm) -> Publication:
        """Publish the old version again."""
        return publish_again(self.old, **self.said(form))

    def rendered(self, context: Context, status: int) -> HttpResponse:
        """The page, which names the version that comes back."""
        return super().rendered({**context, "old": self.old}, status)


@require_http_methods(["GET", "HEAD", "POST"])
def again_view(request: HttpRequest, publication_id: uuid.UUID, model_admin: Admin) -> HttpResponse:
    """Show what publishing an old version again would change; a POST does it.

    Refused (403) to whoever may not publish; a withdrawn version is not found.
    """
    if not may_publish(request):
        raise PermissionDenied
    publications = Publication.objects.standing().select_related("meeting")
    old = get_object_or_404(publications, pk=publication_id)
    return AgainPage(request, old, model_admin).answer()


class WithdrawalForm(forms.Form):
    """Why a version is withdrawn."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=Publication._meta.get_field("withdrawal_reason").max_length,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept with the version, for staff alone."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_view(
    request: HttpRequest, publication_id: uuid.UUID, model_admin: Admin
) -> HttpResponse:
    """Show what would be public after a withdrawal; a POST with a reason withdraws.

    Refused (403) to whoever may not withdraw. A version that is withdrawn already stays so: 409;
    so does one whose predecessor would come back under an address that another meeting has.
    """
    if not request.user.has_perm(MAY_WITHDRAW):
        raise PermissionDenied
    publication = get_object_or_404(
        Publication.objects.select_related("meeting"), pk=publication_id
    )
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    is_withdrawn = publication.withdrawn_at is not None
    is_refused = is_withdrawn
    if form.is_valid() and not is_withdrawn:
        try:
            return _withdrawn(request, publication, model_admin, form.cleaned_data["reason"])
        except InvalidDraftError as error:
            is_refused = True
            for problem in error.problems:
                form.add_error("reason", problem.message)
    context = {
        **frame(request, model_admin, publication.meeting, gettext_lazy("Withdraw a version")),
        **_after(publication),
        "publication": publication,
        "form": form,
        "form_address": admin_address(publication),
        "is_withdrawn": is_withdrawn,
    }
    status = CONFLICT if is_refused and request.method == "POST" else 200
    template = "desk/publish/withdraw.html"
    return TemplateResponse(request, template, context, status=status)


def _after(publication: Publication) -> Context:
    """Whether it is what delegates read now, and what they would read after its withdrawal."""
    versions = Publication.objects.of(publication.meeting).standing().order_by("-serial")
    latest = list(versions.defer("document", "changes", "cancelled")[:2])
    is_current = bool(latest) and latest[0].pk == publication.pk
    return {
        "is_current": is_current,
        "next": latest[1] if is_current and len(latest) > 1 else None,
    }


def _withdrawn(
    request: HttpRequest,
    publication: Publication,
    model_admin: Admin,
    reason: str,
) -> HttpResponse:
    """Withdraw, write it into the log with its reason, and say so."""
    withdraw(publication, by=account(request), at=timezone.now(), reason=reason)
    model_admin.log_change(request, publication, _("Withdrawn: %(reason)s") % {"reason": reason})
    told = _("Withdrawn: %(version)s.") % {"version": version_name(publication)}
    messages.success(request, told)
    return HttpResponseRedirect(admin_address(publication))

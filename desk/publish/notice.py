"""The page with the notice of change of a publication, in four languages."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from desk.shared.pages import frame, may_publish, page_address
from desk.shared.types import Admin
from programme.models import Publication
from programme.pages.notice import notices_of
from programme.publishing.watcher import version_of

TEMPLATE = "desk/publish/notice.html"


def notice_address(publication: Publication) -> str:
    """The page with the notice of a publication."""
    return page_address("notice", publication.meeting_id, publication.serial)


@require_safe
def notice_view(
    request: HttpRequest, meeting_id: uuid.UUID, serial: int, model_admin: Admin
) -> HttpResponse:
    """Show the notice of a publication, ready to be pasted into an e-mail.

    Refused (403) to whoever may neither publish nor see publications.
    """
    publications = model_admin.admin_site.get_model_admin(Publication)
    if not may_publish(request) and not publications.has_view_permission(request):
        raise PermissionDenied
    publication = get_object_or_404(
        Publication.objects.select_related("meeting"), meeting=meeting_id, serial=serial
    )
    context = {
        **frame(request, model_admin, publication.meeting, _("Notice of change")),
        "publication": publication,
        "notices": notices_of(
            version_of(publication).edition(), is_back=_follows_withdrawn_ones(publication)
        ),
    }
    return TemplateResponse(request, TEMPLATE, context)


def _follows_withdrawn_ones(publication: Publication) -> bool:
    """Whether there were versions before it, all of them withdrawn by then."""
    before = Publication.objects.of(publication.meeting).filter(serial__lt=publication.serial)
    moments = list(before.values_list("withdrawn_at", flat=True))
    return bool(moments) and all(at and at <= publication.published_at for at in moments)

"""A fragment that forms fetch: how much is not public yet, and whether their row is among it."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.draft.status import status_or_404
from desk.shared.pages import may_publish, may_restore, page_address
from desk.shared.types import Admin

TEMPLATE = "desk/draft/_pending_of_row.html"


@require_safe
def pending_view(request: HttpRequest, meeting_id: uuid.UUID, model_admin: Admin) -> HttpResponse:
    """A piece of a page for the form of a row (`subject` in the query).

    Forms ask for it after they stand: a comparison with the public version reads the whole
    meeting, and nobody should wait for it to begin writing.
    """
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    status = status_or_404(meeting_id)
    subjects = request.GET.getlist("subject")
    context = {
        "status": status,
        "is_pending": status.is_pending(subjects),
        "draft_address": page_address("draft", meeting_id),
        "publish_address": page_address("publish", meeting_id),
        "some_subjects_address": page_address("some_subjects", meeting_id, subjects=subjects),
        "restore_address": page_address("restore", meeting_id, subjects=subjects),
        "may_publish": may_publish(request),
        "may_restore": may_restore(request),
    }
    return render(request, TEMPLATE, context)

"""What the pages of one meeting, or of one publication, in the admin have in common."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

from desk.shared.addresses import admin_address
from desk.shared.types import Admin, Context
from meetings.groups import codename
from meetings.models import Meeting
from programme.rows.restoring import WRITES

MAY_RESTORE = tuple(
    f"{model._meta.app_label}.{codename(verb, model)}"
    for model, verbs in WRITES.items()
    for verb in verbs
)

CONFLICT = 409
"""RFC 9110, 15.5.10: the request does not fit what is there now."""


def may_publish(request: HttpRequest) -> bool:
    """Whether the account may publish."""
    return request.user.has_perm("programme.add_publication")


def may_restore(request: HttpRequest) -> bool:
    """Whether the account may take the public state back: all that this may do to rows."""
    return request.user.has_perms(MAY_RESTORE)


def pages_beside(
    model_admin: Admin, row: str, views: Mapping[str, Callable[..., HttpResponseBase]]
) -> list[URLPattern]:
    """Addresses of pages about one row, beside its form; each is named as its view.

    `row` is the name under which a view gets the row's id.
    """
    options = model_admin.opts
    return [
        path(
            f"<uuid:{row}>/{address}/",
            model_admin.admin_site.admin_view(partial(view, model_admin=model_admin)),
            name=f"{options.app_label}_{options.model_name}_{view.__name__.removesuffix('_view')}",
        )
        for address, view in views.items()
    ]


def page_address(
    page: str, meeting_id: uuid.UUID | str, *args: object, subjects: Collection[str] = ()
) -> str:
    """The address of a page of a meeting, such as its draft; perhaps for some subjects alone."""
    address = reverse(f"admin:meetings_meeting_{page}", args=[meeting_id, *args])
    query = urlencode({"subject": list(subjects)}, doseq=True)
    return f"{address}?{query}" if query else address


def frame(
    request: HttpRequest,
    model_admin: Admin,
    meeting: Meeting,
    title: Promise | str,
) -> Context:
    """What the frame of a page of a meeting asks for."""
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": str(meeting),
        "meeting": meeting,
        "opts": Meeting._meta,
        "back": admin_address(meeting),
        "draft_address": page_address("draft", meeting.pk),
        "publish_address": page_address("publish", meeting.pk),
        "restore_address": page_address("restore", meeting.pk),
        "list_address": reverse("admin:meetings_meeting_changelist"),
        "may_publish": may_publish(request),
        "may_restore": may_restore(request),
    }

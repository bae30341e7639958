"""Views that render the public pages from the draft: for staff, and by a secret link.

They hand the pages of `views` an edition made from rows at that moment. Nothing of it may be
kept by a browser or a proxy, or found by a search engine.
"""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.shared.pages import may_publish, page_address
from desk.shared.problems import listed
from meetings.groups import languages_of
from meetings.models import Meeting
from programme.document.delegation_points import points_of
from programme.models import SharedPreview
from programme.pages.errors import error_html, status_of
from programme.pages.gone import not_here
from programme.pages.links import Links, Place
from programme.pages.shown import Preview, Shown
from programme.pages.views import (
    View,
    moment,
    of_edition,
    rendered_part,
    second_language,
    titles_of,
)
from programme.publishing.previews import edition_of_draft, id_in
from programme.rows.problems import InvalidDraftError
from programme.shelf.shelf import shelf

MAY_SEE = ("meetings.view_meeting", "meetings.change_meeting")

FORMS = {
    "meetings_meeting": "meetings.change_meeting",
    "programme_agendaitem": "programme.change_agendaitem",
    "programme_speakinglist": "programme.change_speakinglist",
    "panels_panel": "panels.change_panel",
}
"""The forms that a preview leads to, as their addresses name them, and who may use them.

Translators may use all of them, for the texts of their languages.
"""


def private(mount: View) -> View:
    """Let nobody keep, index or pass on what a mount shows, its refusals included.

    RFC 9111, 5.2.2.5 (no-store) and 5.2.2.7 (private).
    """

    @wraps(mount)
    def page(request: HttpRequest, **parts: object) -> HttpResponse:
        try:
            response: HttpResponse = require_safe(mount)(request, **parts)
        except Http404:
            response = plain(request, "404")
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return page


def plain(request: HttpRequest, error: str) -> HttpResponse:
    """A page that says why there is no programme to be read, in the reader's language."""
    html = error_html(error, languages=Place.of(request).languages)
    return HttpResponse(html, status=status_of(error))


# --- for staff -------------------------------------------------------------------------------


@private
def for_staff(request: HttpRequest, *, view: View, meeting: str, **parts: object) -> HttpResponse:
    """A page of a meeting's draft, for accounts that may see or change meetings."""
    if not request.user.is_staff:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not any(map(request.user.has_perm, MAY_SEE)):
        raise PermissionDenied
    row = get_object_or_404(Meeting, slug=meeting)
    links = Links(row.slug, second_language=second_language(request), preview="")
    return page_of_draft(request, view, row, links, preview_for_staff(request, row), **parts)


def preview_for_staff(request: HttpRequest, meeting: Meeting) -> Preview:
    """The ways that lead on from a draft, as far as the account may go them."""
    public = shelf.of_meeting(str(meeting.pk))
    may = request.user.has_perm
    return Preview(
        desk=page_address("draft", meeting.pk),
        public=Links(public.slug).programme if public else "",
        publish=page_address("publish", meeting.pk) if may_publish(request) else "",
        editable=frozenset(FORMS)
        if languages_of(request.user)
        else frozenset(form for form, permission in FORMS.items() if may(permission)),
    )


# --- by a link -------------------------------------------------------------------------------


@private
def by_link(request: HttpRequest, *, view: View, token: str, **parts: object) -> HttpResponse:
    """A page of a draft for whoever holds a link; no session is read, no cookie left.

    404 for a link that we did not make, 410 for one that was closed or whose days are over.
    """
    shared_id = id_in(token)
    if shared_id is None:
        return plain(request, "404_preview")
    shared = SharedPreview.objects.filter(pk=shared_id).select_related("meeting").first()
    if shared is None or not shared.is_open_at(timezone.now()):
        return plain(request, "410_preview")
    links = Links(shared.meeting.slug, second_language=second_language(request), preview=token)
    preview = Preview(expires_at=shared.expires_at)
    return page_of_draft(request, view, shared.meeting, links, preview, **parts)


# --- both ------------------------------------------------------------------------------------


@of_edition
def delegation(request: HttpRequest, shown: Shown, code: str) -> HttpResponse:
    """What the draft has for a delegation, as its page will show it beside other meetings.

    301 or 410 if it has another code in the draft, or is in it no more.
    """
    known = shown.programme.delegation(code)
    if known is None:
        return not_here(request, shown, "delegation", code)
    points = points_of(shown.programme, code)
    return rendered_part(
        request,
        "desk/preview/delegation.html",
        shown,
        titles_of(points) if points else (),
        delegation=known,
        points=points,
    )


def page_of_draft(
    request: HttpRequest,
    view: View,
    meeting: Meeting,
    links: Links,
    preview: Preview,
    **parts: object,
) -> HttpResponse:
    """A page of the draft as it is now; 409 where the rows make no programme."""
    try:
        edition = edition_of_draft(meeting, at=timezone.now())
    except InvalidDraftError as error:
        context = {
            "status": int(HTTPStatus.CONFLICT),
            "languages": Place.of(request).languages,
            "place": None,
            "meeting": meeting,
            "preview": preview,
            "problems": listed(error.problems) if preview.desk else "",
        }
        html = render_to_string("desk/preview/refused.html", context)
        return HttpResponse(html, status=HTTPStatus.CONFLICT)
    at = moment(request, meeting.zone)
    return view(request, Shown.of(edition, at=at, links=links, preview=preview), **parts)

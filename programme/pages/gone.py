"""Answers where nothing stands by now: 301 to where it is, 410 where it is gone, else 404."""

from __future__ import annotations

from http import HTTPStatus

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseGone,
    HttpResponsePermanentRedirect,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from programme.pages.links import Place
from programme.pages.shown import Shown
from programme.pages.whereabouts import (
    Past,
    address_of,
    by_id,
    nodes_of,
    past_of,
    present,
    stay_at,
)
from programme.shelf.left_addresses import Kind
from programme.shelf.shelf import shelf


def sent_on(request: HttpRequest, path: str) -> HttpResponse:
    """Send a reader on for good, with the query that was asked.

    `serving.front` leaves nothing of it but what the page that was asked for reads: a parameter
    that means nothing there means nothing where it leads.
    """
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def not_here(request: HttpRequest, shown: Shown, kind: Kind, address: str) -> HttpResponse:
    """The answer for an item, panel or delegation that a programme has not at an address.

    301 if what stood there has another one in it, 410 if it is gone by then. Raises Http404 for
    an address that was never used, or not yet in an old version.
    """
    stay = stay_at(kind, address, shown)
    if stay is None:
        raise Http404
    if moved := by_id(nodes_of(kind, shown.programme), stay.id):
        return sent_on(request, address_of(moved, shown.links).partition("?")[0])
    if 0 < shown.edition.serial < stay.version.serial:
        raise Http404
    links = shown.links
    past = past_of(kind, stay, at=shown.at, second_language=links.second_language)
    return gone(request, past, links.programme)


def no_delegation(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """The answer for a delegation's page or feed, by its name in the URLs, whose code none has.

    301 if the delegation has another one, 410 if it is gone, or if all that was public is. Raises
    Http404 for a code that was never used.
    """
    if shelf.is_all_withdrawn:
        return HttpResponseGone()
    stay = shelf.left.last("delegation", code, shelf.all_versions())
    if stay is None:
        raise Http404
    if now := present(stay.id):
        return sent_on(request, reverse(page, kwargs={"code": now.code}))
    past = past_of("delegation", stay, at=timezone.now())
    return gone(request, past, past.shown.links.of_current.programme if past else "")


def gone(request: HttpRequest, past: Past | None, programme: str) -> HttpResponse:
    """410: a page that says what it was that stood here, and until which version."""
    if past is None:
        raise Http404
    status = HTTPStatus.GONE
    context = {
        "past": past,
        "programme": programme,
        "languages": Place.of(request).languages,
        "place": None,
        "status": int(status),
    }
    html = render_to_string("programme/gone.html", context)
    return HttpResponse(html, status=status)

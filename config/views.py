"""The one address that belongs to no app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import get_script_prefix
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from serving.addresses import in_small_letters

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@csrf_exempt  # a refused method is told as such, not as a form without its mark
@require_safe
def to_readers_language(request: HttpRequest) -> HttpResponse:
    """Send the reader to the first of our languages in their Accept-Language (RFC 9110, 12.5.4)."""
    response = redirect(f"{get_script_prefix()}{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@csrf_exempt  # as above
@require_safe
def in_capitals(request: HttpRequest, _language: str) -> HttpResponse:
    """Send the reader of /EN/ on to the one address that a page has, with what was asked."""
    query = request.META.get("QUERY_STRING", "")
    path = in_small_letters(request.path)
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)

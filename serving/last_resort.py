"""The page of a fault that nothing else can answer: made at the start, when all is well.

A fault may be in what makes all pages: their templates, the words, Django itself. So this page
lies ready with its headers in each language, and asks for nothing when it is sent.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from operating.logs import Environ
from programme.document.nodes import LANGUAGES
from serving.headers import SecurityHeaders
from serving.http_caching import NO_STORE, Headers

logger = logging.getLogger(__name__)

STATUS = "500 Internal Server Error"

PLAIN = '<!doctype html><html lang="en"><title>500</title><h1>Something went wrong on our side</h1>'
"""Where not even the start could make a page."""

_pages: dict[str, HttpResponse] = {}


def prepare(make: Callable[[str], HttpResponse]) -> None:
    """Make the page in each language, once in a process; one that cannot be made is logged."""
    for language in LANGUAGES:
        if language not in _pages:
            try:
                _pages[language] = with_headers(make(language))
            except Exception:
                logger.exception("The page for a fault cannot be made ready: %s", language)
                _pages[language] = with_headers(HttpResponse(PLAIN, status=500))


def with_headers(page: HttpResponse) -> HttpResponse:
    """A page with the headers that the middleware of the site gives to all."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    request = WSGIRequest(
        {"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO()}
    )
    answer: Callable[[HttpRequest], Any] = lambda _request: page  # noqa: E731 -- the innermost
    for middleware in (XFrameOptionsMiddleware, CSPMiddleware, SecurityMiddleware, SecurityHeaders):
        answer = middleware(answer)
    answer(request)
    page["Cache-Control"], page["Content-Length"] = NO_STORE, str(len(page.content))
    return page


def page_for(environ: Environ) -> HttpResponse:
    """The page that lies ready in the language of a request (PEP 3333)."""
    in_path = environ.get("PATH_INFO", "")[1:].partition("/")[0].lower()
    asked = environ.get("HTTP_ACCEPT_LANGUAGE", "")[:2].lower()
    language = next((one for one in (in_path, asked) if one in LANGUAGES), LANGUAGES[0])
    return _pages.get(language) or with_headers(HttpResponse(PLAIN, status=500))


def last_resort(environ: Environ) -> tuple[str, Headers, bytes]:
    """Status, headers and body of that page."""
    page = page_for(environ)
    return STATUS, list(page.items()), page.content

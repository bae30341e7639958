"""No cookie makes an answer that others get: asked of every address, with and without staff's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from programme.pages import views
from serving import http_caching
from serving.addresses import kind_of
from serving.front import Front, Page, PageKey, header, is_personal
from serving.page_cache import PageCache
from tests.wsgi import ask, request

PARTS = {"token": "0" * 32, "serial": "1", "meeting": "june", "code": "tcd", "object_id": "1"}
"""What may stand in an address; "x" in all other places."""


def addresses(patterns: Iterable[Any], before: str = "/") -> Iterator[str]:
    """Each address of the site, with something in each of its places."""
    for one in patterns:
        part = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: PARTS.get(found[1], "x"), str(one.pattern))
        address = before + re.sub(r"\(\?P.*|[\^$]", "", part).replace("\\Z", "")
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, address)
        elif isinstance(one, URLPattern):
            yield address


with translation.override("fr"):
    EVERY = sorted({*addresses(get_resolver().url_patterns), "/fr/nothing/", "/de/"})


def front_of(application: Any) -> Front:
    pages: PageCache[PageKey, Page] = PageCache(10**6)
    return Front(application, shelf=views.shelf, pages=pages)


def test_there_are_addresses_of_all_kinds() -> None:
    assert len(EVERY) > 50
    assert {kind_of(one) for one in EVERY} == {"public", "staff"}
    assert {"/", "/fr/", "/fr/admin/login/", "/fr/meetings/june/", "/fr/preview/june/"} <= {*EVERY}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("mark", [("Set-Cookie", "who=me"), ("Vary", "Accept, Cookie")])
def test_answer_that_brings_or_needs_a_cookie_is_never_public(
    mark: tuple[str, str], method: str
) -> None:
    def forgets(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [mark, ("Cache-Control", "public, max-age=60")])
        return [b""]

    for address in EVERY:
        freshness = ask(front_of(forgets), address, method=method).headers["cache-control"]
        assert http_caching.is_private(freshness), address


def headers_from(front: Front, environ: dict[str, Any]) -> http_caching.Headers:
    """All headers of an answer, such as two cookies."""
    told: list[http_caching.Headers] = []
    answer = front(environ, lambda _status, headers, _error=None: told.append(headers))
    if close := getattr(answer, "close", None):
        close()
    return told[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("_connections_of_tests_stay")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_gives_others_what_it_gives_to_one(desk: Client, method: str) -> None:
    front = front_of(WSGIHandler())
    cookie = "; ".join(f"{name}={one.value}" for name, one in desk.cookies.items())
    cookies = [cookie, "", "django_language=ar", "sessionid=" + "a" * 32]

    for address in EVERY:
        for one in cookies:
            headers = headers_from(front, request(address, method=method, cookie=one))
            if is_personal(headers) or kind_of(address) == "staff":
                assert http_caching.is_private(header(headers, "cache-control")), (address, one)


@pytest.mark.usefixtures("_connections_of_tests_stay")
@pytest.mark.parametrize("address", [one for one in EVERY if kind_of(one) == "public"])
def test_what_is_for_the_public_depends_on_no_cookie(address: str) -> None:
    front = front_of(WSGIHandler())
    plain = ask(front, address, accept_language="es")

    assert "set-cookie" not in plain.headers
    assert ask(front, address, accept_language="es", cookie="django_language=ar") == plain

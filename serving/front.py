"""WSGI middleware with a page cache: answers public pages from memory, and passes on all else.

The first to meet a request (PEP 3333). A public page is asked of Django without cookies,
without Accept-Language and without parameters that the page does not know. What comes back is the
same for everybody, so that it can be kept, and the answer of the whole stack is what every reader
gets, headers included.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils import timezone, translation

from operating.build import built_at
from operating.logs import Application, Environ, StartResponse
from programme.document.nodes import LANGUAGES
from programme.pages.links import Links
from programme.pages.shown import next_first
from programme.shelf.edition import Edition
from programme.shelf.shelf import Shelf
from serving import http_caching
from serving.addresses import kind_of
from serving.errors import error_page, home_in
from serving.http_caching import Answer, Headers
from serving.last_resort import last_resort, prepare
from serving.metrics import RENDERING
from serving.page_cache import PageCache
from serving.page_keys import NOT_KEPT, Address, Lifetime, address_of

logger = logging.getLogger(__name__)

SAFE = frozenset({"GET", "HEAD"})

KEPT = frozenset({"200", "301", "410"})
"""Answers that depend on nothing but their address and what is public, and are few: pages, and
what was a page. What never was one may be asked for by any name, and is not kept."""

ASCII = "".join(map(chr, range(128)))

RENEW_WITHIN = 0.25
"""Stale-while-revalidate: seconds for which readers get the old page while the new one is made."""

WARM_WITHIN = 1.5
"""Cache warming: seconds for which a process that starts makes pages before anybody asks."""

ADDRESSES_KNOWN = 5000
LONGEST_KNOWN = 200
"""How many addresses are remembered, and how long ones: none of ours is near that."""

LONGEST_HOST = 255
"""Characters of a name with its port (RFC 1035, 2.3.4); a longer one is for Django to judge."""

MOMENTS_LEFT = 2 * http_caching.SHARED_SECONDS + http_caching.LATENESS
"""Seconds before a page turns in which its freshness is cut short."""


@dataclass(frozen=True, slots=True)
class PageKey:
    """Cache key of a page: its address, and what else of a request makes it look otherwise."""

    address: Address
    is_secure: bool
    script: str
    """The path below which the site is mounted; "" mostly."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is kept, and what it tells of."""

    answer: Answer
    freshness: str = ""
    """Its Cache-Control; "" where that depends on the time until it changes."""
    lifetime: Lifetime = NOT_KEPT

    @property
    def size(self) -> int:
        """Bytes in memory, near enough."""
        return self.answer.size

    def freshness_at(self, at: float) -> Headers:
        """What caches are told of it at a moment."""
        if self.freshness:
            return [("Cache-Control", self.freshness)]
        return http_caching.current(int(min(self.lifetime.until - at, MOMENTS_LEFT)), int(at))

    def holds(self, generation: int, at: float) -> bool:
        """Whether it is no older than this generation of the shelf, and the same at a moment."""
        return self.lifetime.generation >= generation and at < self.lifetime.until


pages: PageCache[PageKey, Page] = PageCache(settings.PAGE_CACHE_BYTES)
"""The pages of this process."""


class Front:
    """The page cache as WSGI middleware."""

    def __init__(
        self, application: Application, *, shelf: Shelf, pages: PageCache[PageKey, Page]
    ) -> None:
        self.application = application
        self.shelf = shelf
        self.pages = pages
        self.built_at = built_at()
        self._addresses: dict[str, Address] = {}
        self._is_host_ours = lru_cache(maxsize=256)(is_host_ours)
        self._renewed_by = 0.0
        prepare(lambda language: error_page(home_in(language), "500"))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: whatever goes wrong, with a page and its headers."""
        try:
            return self._answered(environ, start_response)
        except Exception:
            logger.exception("No answer can be given: %s", environ.get("PATH_INFO"))
            status, headers, body = last_resort(environ)
            start_response(status, headers, sys.exc_info())  # PEP 3333: in key of what was said
            return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    def _answered(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ) if environ["REQUEST_METHOD"] in SAFE else None
        if key is None:
            return self._passed_on(environ, start_response)
        page = self._page(key, environ)
        return page.answer.send(environ, start_response, page.freshness_at(time.time()))

    # --- which page ---------------------------------------------------------------------------

    def _key(self, environ: Environ) -> PageKey | None:
        """The public page that is asked for; None for all that Django must answer itself."""
        query = in_ascii(environ.get("QUERY_STRING", ""))
        address = self._address(environ["PATH_INFO"], query)
        if address is None or "%00" in query or "\0" in query:
            return None
        host = environ.get("HTTP_HOST", "")
        if len(host) > LONGEST_HOST or not self._is_host_ours(host):
            return None
        is_secure = is_https(environ)
        if settings.SECURE_SSL_REDIRECT and not is_secure:
            return None
        return PageKey(address, is_secure, environ.get("SCRIPT_NAME", ""))

    def _address(self, path: str, query: str) -> Address | None:
        if query:
            return self._found(path, query)
        if (known := self._addresses.get(path)) is None:
            known = self._found(path, "")
            if known and known.is_kept and len(path) <= LONGEST_KNOWN:
                if len(self._addresses) >= ADDRESSES_KNOWN:
                    self._addresses.clear()
                self._addresses[path] = known
        return known

    def _found(self, path: str, query: str) -> Address | None:
        if not path.isascii() or "\0" in path or kind_of(path) != "public":
            return None
        return address_of(path, query, self.shelf)

    # --- pages that are kept --------------------------------------------------------------------

    def _page(self, key: PageKey, environ: Environ) -> Page:
        if not key.address.is_kept:
            codings = http_caching.acceptable(environ.get("HTTP_ACCEPT_ENCODING"))[:1]
            return self._rendered(key, codings)
        page = self.pages.get(key)
        # For a moment readers may get what is just being made anew.
        is_renewing = time.monotonic() < self._renewed_by
        if page and page.holds(self.shelf.generation - is_renewing, time.time()):
            self.pages.hits += 1
            return page
        self.pages.misses += 1
        return self._made(key)

    def _made(self, key: PageKey) -> Page:
        """A page of the shelf as it is now, made in single flight, however many ask for it."""
        generation = self.shelf.generation

        def make() -> Page:
            page = self.pages.get(key)
            if page and page.holds(generation, time.time()):
                return page
            page = self._rendered(key, http_caching.CODINGS)
            if page.lifetime != NOT_KEPT:
                self.pages.put(key, page)
            return page

        return self.pages.made_once((key, generation), make)

    def _rendered(self, key: PageKey, codings: Iterable[str]) -> Page:
        """A page as Django makes it, with its lifetime where it may be kept."""
        at = time.time()
        lifetime = Lifetime.of(key.address, self.shelf, at)
        status, headers, body = self._asked(key)
        given = header(headers, "cache-control")
        headers = [one for one in headers if one[0].lower() != "cache-control"]
        if is_personal(headers):
            logger.error("A public page sets a cookie or varies on it: %s", key.address.path)
            return Page(Answer.of(status, headers, body, codings=()), http_caching.PRIVATE)
        freshness = given or self._freshness(key.address, status)
        if status[:3] not in KEPT:
            return Page(Answer.of(status, headers, body, codings=codings), freshness)
        # RFC 9110, 8.8.2.1: never later than now, whatever the clock once was
        modified_at = min(max(lifetime.since, self.built_at), at)
        answer = Answer.of(status, headers, body, codings=codings, modified_at=modified_at)
        return Page(answer, freshness, lifetime)

    def _freshness(self, address: Address, status: str) -> str:
        """For an answer that says nothing of it; "" for a page of what is current."""
        if not status.startswith("200"):
            return http_caching.freshness_of(status)
        current = self.shelf.current(address.meeting)
        is_old = address.serial and not (current and current.serial == address.serial)
        return http_caching.OLD if is_old else ""

    @RENDERING.time()
    def _asked(self, key: PageKey) -> tuple[str, Headers, bytes]:
        """What Django answers to a request without cookies and without Accept-Language."""
        told: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, _error: object = None) -> None:
            told[:] = [(status, headers)]

        answer = self.application(self._plain_request(key), start_response)
        try:
            body = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
        return *told[0], body

    def _plain_request(self, key: PageKey) -> Environ:
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": key.script,
            "PATH_INFO": key.address.path,
            "QUERY_STRING": key.address.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443" if key.is_secure else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": our_host(),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if key.is_secure else "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    # --- before anybody asks --------------------------------------------------------------------

    def renew(self) -> None:
        """Warm the cache with the pages that are read most, since the shelf has changed.

        First those of the meeting that was published last. Meanwhile, and for a moment only,
        readers get the pages that they replace (stale-while-revalidate).
        """
        if not self.pages.limit:
            return
        is_start = not len(self.pages)
        self._renewed_by = time.monotonic() + (WARM_WITHIN if is_start else RENEW_WITHIN)
        try:
            last = [one.current for one in self.shelf.meetings[:1]]
            meetings = next_first(timezone.now())
            for key in [
                *self._first_pages(meetings[:1] if is_start else last),
                *self.pages.most_recent(),
                *(self._first_pages(meetings[1:]) if is_start else ()),
            ]:
                if time.monotonic() > self._renewed_by:
                    return
                self._made(key)
        except Exception:
            logger.exception("Pages cannot be made before they are asked for")
        finally:
            self._renewed_by = 0.0

    def _first_pages(self, meetings: Iterable[Edition]) -> Iterable[PageKey]:
        """What is opened first: home, the programmes of meetings, and all delegations."""
        is_secure = settings.SECURE_SSL_REDIRECT or settings.SITE_URL.startswith("https:")
        for language in LANGUAGES:
            with translation.override(language):
                paths = [reverse("home"), *(Links(one.slug).programme for one in meetings)]
                paths += [reverse("delegations"), *(Links(one.slug).changes for one in meetings)]
            addresses = (self._address(path, "") for path in paths)
            yield from (PageKey(one, is_secure, "") for one in addresses if one)

    # --- all else -------------------------------------------------------------------------------

    def _passed_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Django's own answer, which says at least who may keep it.

        What is for the public depends on no cookie; what brings a cookie is kept by nobody else.
        """
        is_for_staff = kind_of(environ["PATH_INFO"]) == "staff"
        is_read = environ["REQUEST_METHOD"] in SAFE
        if not is_for_staff:
            environ = {name: one for name, one in environ.items() if name != "HTTP_COOKIE"}

        def start(status: str, headers: Headers, *error: object) -> object:
            freshness = header(headers, "cache-control")
            if not freshness:
                public = http_caching.freshness_of(status) if is_read else http_caching.NO_STORE
                freshness = http_caching.PRIVATE if is_for_staff else public
            if is_personal(headers) and not http_caching.is_private(freshness):
                freshness = http_caching.PRIVATE
            rest = [one for one in headers if one[0].lower() != "cache-control"]
            return start_response(status, [*rest, ("Cache-Control", freshness)], *error)

        return self.application(environ, start)


# --- requests and headers ------------------------------------------------------------------------


def in_ascii(query: str) -> str:
    """A query with each of its bytes that is none of ASCII in its quoted form.

    Servers hand bytes over as Latin-1 (PEP 3333); they mean UTF-8, quoted or not.
    """
    return query if query.isascii() else quote(query, ASCII, "latin-1", "replace")


def is_host_ours(host: str) -> bool:
    """Whether Django would take this Host for one of ours."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def our_host() -> str:
    """A host under which Django answers; pages name SITE_URL, whatever host was asked."""
    host = urlsplit(settings.SITE_URL).netloc
    return host if is_host_ours(host) else settings.ALLOWED_HOSTS[0].lstrip(".")


def is_https(environ: Environ) -> bool:
    """Whether Django would take the request for a secure one."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, https = settings.SECURE_PROXY_SSL_HEADER
        if (told := environ.get(name)) is not None:
            return bool(told.split(",", 1)[0].strip() == https)
    return bool(environ["wsgi.url_scheme"] == "https")


def header(headers: Headers, name: str) -> str:
    """The value of a header; "" without one."""
    return next((one for known, one in headers if known.lower() == name), "")


def is_personal(headers: Headers) -> bool:
    """Whether an answer is for one reader alone."""
    return bool(header(headers, "set-cookie")) or "cookie" in header(headers, "vary").lower()

"""Content negotiation, ETags and freshness of an answer, whatever it says (RFC 9110, 9111).

The one place where these are decided; views and middleware know nothing of them.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus

import brotli
from django.utils.http import http_date

from operating.logs import Environ, StartResponse

Headers = list[tuple[str, str]]

# --- content codings (RFC 9110, 8.4.1 and 12.5.3) ----------------------------------------------

IDENTITY = "identity"

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    # 5: near the best size at a tenth of the time, since pages are made while readers wait
    "br": lambda body: brotli.compress(body, quality=5),
    # No time and no name in it: the same body must be the same bytes in every process
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""By name, the one that we like best first."""

SMALLEST_COMPRESSED = 500
"""Bytes: below, the headers weigh more than what is saved."""

TEXT = re.compile(r"text/|application/(?:json|xml|atom\+xml|\w+\+xml)|image/svg", re.ASCII)


def is_compressible(body: bytes, content_type: str) -> bool:
    """Whether compressing saves anything: not pictures, PDF or fonts, nor a few lines."""
    return len(body) >= SMALLEST_COMPRESSED and bool(TEXT.match(content_type))


LONGEST_ACCEPTED = 200
"""Characters of Accept-Encoding that are read: browsers send thirty."""


def acceptable(accepted: str | None) -> tuple[str, ...]:
    """Content negotiation: our codings as Accept-Encoding ranks them, at the end the body as it is.

    The body as it is is sent even to who refuses it, rather than nothing (12.5.3 allows it).
    """
    return _ranked((accepted or "")[:LONGEST_ACCEPTED])


@lru_cache(maxsize=512)
def _ranked(accepted: str) -> tuple[str, ...]:
    weights = dict(_weights(accepted))
    rest = weights.get("*", 0.0)
    identity = weights.get(IDENTITY, 0.001)  # acceptable, if nothing better is
    ranked = sorted(
        (-weights.get(coding, rest), place, coding)
        for place, coding in enumerate(CODINGS)
        if weights.get(coding, rest) >= max(identity, 0.001)
    )
    return (*(one for *_, one in ranked), IDENTITY)


def _weights(accepted: str) -> Iterable[tuple[str, float]]:
    for part in accepted.lower().split(","):
        name, *parameters = (one.strip() for one in part.split(";"))
        weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            yield name.removeprefix("x-"), min(float(weight), 1.0)
        except ValueError:
            yield name, 0.0


# --- freshness (RFC 9111, 5.2.2; RFC 5861) ------------------------------------------------------

SHARED_SECONDS = 1
"""Of s-maxage, in which a cache in front need not ask, and then of stale-while-revalidate."""

LATENESS = 1
"""Seconds by which such a cache may be late: nginx counts time in whole ones."""

PRIVATE = "private, no-store"
NO_STORE = "no-store"

SHORT = f"public, max-age=0, s-maxage={SHARED_SECONDS}"
"""For what is not there, or somewhere else: it may come at any moment."""

OLD = "public, max-age=3600, s-maxage=60, stale-if-error=86400"
"""For an old version. What it says stays; only the notice above it, of what holds today, may
change, and the version be withdrawn. So a reader who has it keeps it for an hour, as a paper in
the hand; caches that show it to others ask each minute, which costs a 304, and never show it
while they ask: a version that is withdrawn is given to nobody else a minute later. Longer would
gain nothing, since a process answers these from memory like any other page."""


NOWHERE_OR_ELSEWHERE = frozenset({"301", "302", "404", "410"})


def freshness_of(status: str) -> str:
    """For what is no page, by its status: of faults nothing is kept."""
    return SHORT if status[:3] in NOWHERE_OR_ELSEWHERE else NO_STORE


def is_private(freshness: str) -> bool:
    """Whether no cache that many share may keep it (RFC 9111, 5.2.2.5 and 5.2.2.7)."""
    said = {one.strip().lower() for one in freshness.split(",")}
    return bool(said & {"private", "no-store"}) and "public" not in said


@lru_cache(maxsize=16)
def current(seconds: int, second: int) -> Headers:
    """For what holds today and changes by itself in so many seconds, asked for in this one (POSIX).

    nginx counts in whole seconds, so that one of freshness may be two. X-Accel-Expires, which is
    for it alone, lets a page be fresh until this very second ends; it stands last, since nginx
    before 1.23 reads no Cache-Control after it.

    No cache whose clock is no later than LATENESS shows it after that, neither as fresh nor while
    it asks anew: a programme that says "now" of what is over misleads. Only where nothing answers
    (stale-if-error), what was true a moment ago is better than nothing.
    """
    left = seconds - LATENESS
    fresh = max(0, min(SHARED_SECONDS, left))
    stale = max(0, min(SHARED_SECONDS, left - fresh))
    told = f"s-maxage={fresh}, stale-while-revalidate={stale}, stale-if-error=86400"
    headers = [("Cache-Control", f"public, max-age=0, {told}")]
    return [*headers, ("X-Accel-Expires", f"@{second}")] if fresh else headers


# --- validators (RFC 9110, 8.8 and 13.1) ---------------------------------------------------------

ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


def entity_tag(body: bytes) -> str:
    """A strong ETag: a digest of the bytes as they are sent."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def is_unchanged(environ: Environ, tag: str, modified: str) -> bool:
    """Conditional request: the reader has these very bytes (13.1.2, weak comparison; else 13.1.3).

    A date must be the same, not only later: withdrawing a version brings an older one back.
    """
    if (tags := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        return tags in {tag, "*"} or tag in ENTITY_TAG.findall(tags)
    return bool(modified) and environ.get("HTTP_IF_MODIFIED_SINCE") == modified


# --- answers -------------------------------------------------------------------------------------

OF_A_BODY = frozenset({"content-length", "content-encoding", "etag", "last-modified"})
IN_A_304 = frozenset({"vary", "etag", "last-modified", "strict-transport-security"})
"""RFC 9110, 15.4.5, and what each answer should repeat."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A body in one coding, with all headers but Cache-Control."""

    body: bytes | None
    """None for the plain one where there is a gzipped one: it takes most room, few ask for it."""
    tag: str
    headers: Headers
    headers_304: Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """A rendered answer in the codings in which it can be sent."""

    status: str
    variants: Mapping[str, Variant]
    modified: str = ""
    """Last-Modified; "" where there is no body to speak of."""

    @classmethod
    def of(
        cls,
        status: str,
        headers: Headers,
        body: bytes,
        *,
        codings: Iterable[str] = CODINGS,
        modified_at: float = 0,
    ) -> Answer:
        """An answer as Django made it, with validators if it is 200."""
        has_tags = status.startswith(str(HTTPStatus.OK.value))
        modified = http_date(modified_at) if has_tags and modified_at else ""
        kept = [(name, one) for name, one in headers if name.lower() not in OF_A_BODY]
        content_type = next((one for name, one in kept if name.lower() == "content-type"), "")
        bodies = {IDENTITY: body}
        if is_compressible(body, content_type):
            bodies |= {one: CODINGS[one](body) for one in codings if one != IDENTITY}
        variants = {
            coding: _variant(coding, sent, varying(kept), modified, has_tags=has_tags)
            for coding, sent in bodies.items()
        }
        if "gzip" in variants:
            variants[IDENTITY] = replace(variants[IDENTITY], body=None)
        return cls(status, variants, modified)

    @property
    def size(self) -> int:
        """Bytes in memory, near enough."""
        return sum(len(one.body or b"") + 2000 for one in self.variants.values())

    def send(
        self, environ: Environ, start_response: StartResponse, freshness: Headers
    ) -> list[bytes]:
        """Send it in the coding that the reader likes best, or 304 where they have it."""
        ranked = acceptable(environ.get("HTTP_ACCEPT_ENCODING"))
        variant = next(self.variants[one] for one in ranked if one in self.variants)
        if variant.tag and is_unchanged(environ, variant.tag, self.modified):
            start_response("304 Not Modified", [*variant.headers_304, *freshness])
            return []
        start_response(self.status, [*variant.headers, *freshness])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self._body(variant)]

    def _body(self, variant: Variant) -> bytes:
        if variant.body is None:
            return gzip.decompress(self._body(self.variants["gzip"]))
        return variant.body


def _variant(
    coding: str, body: bytes, headers: Headers, modified: str, *, has_tags: bool
) -> Variant:
    tag = entity_tag(body) if has_tags else ""
    own = [("Content-Length", str(len(body)))]
    own += [("Content-Encoding", coding)] if coding != IDENTITY else []
    own += [("ETag", tag)] if tag else []
    own += [("Last-Modified", modified)] if modified else []
    whole = [*headers, *own]
    return Variant(body, tag, whole, [one for one in whole if one[0].lower() in IN_A_304])


def varying(headers: Headers) -> Headers:
    """The same headers with Accept-Encoding in Vary, since the request chooses the coding."""
    varies = [one for name, one in headers if name.lower() == "vary"]
    rest = [one for one in headers if one[0].lower() != "vary"]
    return [*rest, ("Vary", ", ".join([*varies, "Accept-Encoding"]))]

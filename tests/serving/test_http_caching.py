"""Codings, validators and freshness, apart from any page."""

from __future__ import annotations

import pytest

from serving import http_caching
from serving.http_caching import Answer, acceptable, current
from tests.wsgi import DECODE, request

ACCEPTED = {
    "nothing said": (None, ()),
    "empty": ("", ()),
    "browsers": ("gzip, deflate, br, zstd", ("br", "gzip")),
    "older browsers": ("gzip, deflate", ("gzip",)),
    "weights": ("br;q=0.5, gzip;q=0.8", ("gzip", "br")),
    "equal weights": ("gzip;q=0.5, br;q=0.5", ("br", "gzip")),
    "spaces and capitals": ("  GZIP ; Q=1.0 ,Br;q=0.1", ("gzip", "br")),
    "old name": ("x-gzip", ("gzip",)),
    "anything": ("*", ("br", "gzip")),
    "anything but one": ("*, br;q=0", ("gzip",)),
    "one refused": ("br;q=0, gzip;q=0.001", ("gzip",)),
    "all refused": ("*;q=0", ()),
    "as it is, rather": ("identity, br;q=0.9, gzip;q=0.3", ()),
    "as it is, as gladly": ("identity, br", ("br",)),
    "as it is, refused": ("identity;q=0, gzip", ("gzip",)),
    "nonsense": ("br;q=much, ,;;=, gzip;q=nan", ()),
    "nothing of ours": ("zstd, compress, dcb", ()),
    "more than anybody says": ("zstd, " * 50 + "br", ()),
}


@pytest.mark.parametrize(("accepted", "codings"), ACCEPTED.values(), ids=ACCEPTED)
def test_codings_are_ranked_as_the_reader_weighs_them(
    accepted: str | None, codings: tuple[str, ...]
) -> None:
    assert acceptable(accepted) == (*codings, "identity")


def test_bodies_are_the_same_bytes_whoever_compresses_them() -> None:
    body = "تنفيذ المادة 5 ".encode() * 200

    for coding, code in http_caching.CODINGS.items():
        assert code(body) == code(bytes(body))
        assert DECODE[coding](code(body)) == body
        assert len(code(body)) < len(body) / 4


NOT_COMPRESSED = {
    "a few lines": (b"x" * 499, "text/html; charset=utf-8"),
    "a document": (b"x" * 5000, "application/pdf"),
    "a font": (b"x" * 5000, "font/woff2"),
    "a picture": (b"x" * 5000, "image/png"),
    "who knows what": (b"x" * 5000, ""),
}


@pytest.mark.parametrize(("body", "content_type"), NOT_COMPRESSED.values(), ids=NOT_COMPRESSED)
def test_what_gains_nothing_is_not_compressed(body: bytes, content_type: str) -> None:
    answer = Answer.of("200 OK", [("Content-Type", content_type)], body)

    assert list(answer.variants) == ["identity"]


COMPRESSED = (
    *("text/html; charset=utf-8", "text/plain", "text/calendar", "application/atom+xml"),
    *("application/json", "image/svg+xml"),
)


@pytest.mark.parametrize("content_type", COMPRESSED)
def test_texts_are_compressed(content_type: str) -> None:
    answer = Answer.of("200 OK", [("content-type", content_type)], b"x" * 500)

    assert set(answer.variants) == {"identity", "br", "gzip"}


def test_headers_of_a_body_are_made_anew_and_all_others_stay() -> None:
    given = [("X-Ours", "1"), ("ETag", '"old"'), ("Content-Length", "7"), ("vary", "Accept")]

    answer = Answer.of("200 OK", given, b"nothing", modified_at=1_718_789_400)

    tag = http_caching.entity_tag(b"nothing")
    assert answer.variants["identity"].headers == [
        ("X-Ours", "1"),
        ("Vary", "Accept, Accept-Encoding"),
        ("Content-Length", "7"),
        ("ETag", tag),
        ("Last-Modified", "Wed, 19 Jun 2024 09:30:00 GMT"),
    ]


def test_only_what_is_there_has_validators() -> None:
    answer = Answer.of("404 Not Found", [], b"nothing here", modified_at=1_718_789_400)
    told = []

    body = answer.send(request("/", if_none_match="*"), lambda *given: told.append(given), [])

    assert body == [b"nothing here"]
    assert told[0][0] == "404 Not Found"
    assert {"ETag", "Last-Modified"}.isdisjoint(dict(told[0][1]))


@pytest.mark.parametrize(
    ("seconds", "fresh", "stale"),
    [(99, 1, 1), (3, 1, 1), (2, 1, 0), (1, 0, 0), (0, 0, 0), (-5, 0, 0)],
)
def test_freshness_and_what_follows_it_end_before_the_page_turns_even_in_whole_seconds(
    seconds: int, fresh: int, stale: int
) -> None:
    headers = dict(current(seconds, 1_700_000_000))

    assert f"s-maxage={fresh}, stale-while-revalidate={stale}," in headers["Cache-Control"]
    assert headers.get("X-Accel-Expires") == ("@1700000000" if fresh else None)
    assert fresh + stale <= max(0, seconds - 1)


def test_an_old_version_that_is_withdrawn_is_shown_to_nobody_else_a_minute_later() -> None:
    told = dict(one.strip().partition("=")[::2] for one in http_caching.OLD.split(","))

    assert int(told["s-maxage"]) + http_caching.LATENESS <= 61
    assert "stale-while-revalidate" not in told
    assert int(told["max-age"]) >= 3600  # whoever has it keeps it, as a paper in the hand


@pytest.mark.parametrize(
    ("status", "freshness"),
    [
        ("301 Moved Permanently", http_caching.SHORT),
        ("404 Not Found", http_caching.SHORT),
        ("410 Gone", http_caching.SHORT),
        ("400 Bad Request", http_caching.NO_STORE),
        ("405 Method Not Allowed", http_caching.NO_STORE),
        ("500 Internal Server Error", http_caching.NO_STORE),
    ],
)
def test_what_may_come_back_is_kept_for_a_moment_and_a_fault_never(
    status: str, freshness: str
) -> None:
    assert http_caching.freshness_of(status) == freshness

"""Pages answered from memory are those of the whole stack, and no older than they may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver
from django.utils.http import http_date
from pytest_django import Settings

from programme.pages import views
from programme.pages.links import KNOWN_PARAMETERS, PARAMETERS
from programme.pages.urls import urlpatterns
from programme.shelf.edition import Version
from serving import http_caching
from serving.front import Front
from serving.page_cache import PageCache
from tests.programme.conftest import Publish
from tests.serving.conftest import MEETING, Counted
from tests.wsgi import ask

LANGUAGES = ["en", "fr", "es", "ar"]
PAGES = {
    "home": "",
    "programme": MEETING,
    "programme of an old version": f"{MEETING}v/1/",
    "programme, side by side": f"{MEETING}?with=fr",
    "item": f"{MEETING}items/3/",
    "item of an old version": f"{MEETING}v/1/items/3/",
    "panel": f"{MEETING}panels/victim-assistance/",
    "text": f"{MEETING.rstrip('/')}.txt",
    "version-text": f"{MEETING}v/1.txt",
    "changes": f"{MEETING}changes/",
    "changes since": f"{MEETING}changes/?since=1",
    "feed": f"{MEETING}feed.atom",
    "delegations": "delegations/",
    "delegation": "delegations/tcd/",
    "delegation-feed": "delegations/tcd/feed.atom",
    "find": "find/",
}
LEADING_ON = {"versions": f"{MEETING}versions/"}
BY_HTTP = {
    *("etag", "last-modified", "content-length", "content-encoding", "cache-control", "vary"),
}
ENCODINGS = {
    "br": ("gzip, deflate, br, zstd", "br"),
    "gzip": ("gzip", "gzip"),
    "nothing said": ("", ""),
    "as it is": ("identity", ""),
    "gzip rather than brotli": ("br;q=0.1, gzip;q=0.9", "gzip"),
    "as it is rather than compressed": ("br;q=0.2, identity;q=0.8", ""),
    "all but": ("*, br;q=0", "gzip"),
    "nothing": ("*;q=0", ""),
    "nothing that we have": ("zstd, compress", ""),
}


# The same as the whole stack -----------------------------------------------------------------


def addresses_in(patterns: Iterable[object]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses_in(one.url_patterns)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def test_every_kind_of_page_is_compared() -> None:
    assert set(addresses_in(urlpatterns)) <= {*PAGES, *LEADING_ON}
    assert set(KNOWN_PARAMETERS) <= set(addresses_in(urlpatterns))
    assert {one for page in KNOWN_PARAMETERS.values() for one in page} == {*PARAMETERS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("below", PAGES.values(), ids=PAGES)
def test_page_from_memory_is_that_of_the_whole_stack(
    front: Front, django: Counted, below: str, language: str
) -> None:
    # Beside French there is Arabic: a language does not stand beside itself.
    address = f"/{language}/{below}".replace("/fr/", "/ar/" if "with=fr" in below else "/fr/")
    whole = ask(django, address)
    ask(front, address)
    django.asked.clear()
    is_worth_compressing = len(whole.body) >= http_caching.SMALLEST_COMPRESSED

    assert whole.status == 200
    for accepted, coding in ENCODINGS.values():
        kept = ask(front, address, accept_encoding=accepted, cookie="sessionid=1; csrftoken=2")
        head = ask(front, address, accept_encoding=accepted, method="HEAD")

        assert (kept.status, kept.decoded) == (200, whole.body)
        assert kept.headers.get("content-encoding", "") == (coding if is_worth_compressing else "")
        assert kept.without(BY_HTTP) == whole.without(BY_HTTP)
        assert kept.headers["content-length"] == str(len(kept.body))
        assert kept.headers["vary"] == "Accept-Encoding"
        assert (head.status, head.headers, head.body) == (200, kept.headers, b"")
    assert django.asked == []


@pytest.mark.parametrize("below", LEADING_ON.values(), ids=LEADING_ON)
def test_what_leads_on_from_memory_leads_where_the_whole_stack_does(
    front: Front, django: Counted, below: str
) -> None:
    whole = ask(django, f"/en/{below}")
    ask(front, f"/en/{below}")
    django.asked.clear()

    kept = ask(front, f"/en/{below}")

    assert (kept.status, kept.body) == (301, whole.body)
    assert kept.without(BY_HTTP) == whole.without(BY_HTTP)
    assert kept.headers["cache-control"] == http_caching.SHORT
    assert django.asked == []


def test_page_that_is_kept_is_the_one_that_was_sent_first(front: Front) -> None:
    assert ask(front, "/en/", accept_encoding="br") == ask(front, "/en/", accept_encoding="br")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_djangos(front: Front, django: Counted, method: str) -> None:
    ask(front, "/en/")
    whole = ask(django, "/en/", method=method)

    answer = ask(front, "/en/", method=method)

    assert (answer.status, answer.body) == (405, whole.body)
    assert answer.without(["cache-control"]) == whole.headers
    assert answer.headers["cache-control"] == "no-store"


NOT_KEPT = {
    "an address where nothing is": ("/en/nothing/", 404, http_caching.SHORT),
    "an item that is not there": (f"/en/{MEETING}items/99/", 404, http_caching.SHORT),
    "a meeting that is not there": ("/ar/meetings/none/", 404, http_caching.SHORT),
    "a missing slash": (f"/en/{MEETING.rstrip('/')}?with=fr", 301, http_caching.SHORT),
    "capitals": (f"/en/{MEETING.replace('inter', 'INTER')}?with=fr", 301, http_caching.SHORT),
    "no language": ("/", 302, http_caching.SHORT),
    "another language": ("/de/", 404, http_caching.SHORT),
    "a null byte": ("/en/?q=%00", 400, http_caching.NO_STORE),
    "staff": ("/en/admin/meetings/", 302, None),
    "another page of staff": ("/en/admin/nothing/", 302, None),
}


@pytest.mark.parametrize(("address", "status", "freshness"), NOT_KEPT.values(), ids=NOT_KEPT)
def test_what_is_no_page_is_answered_by_django_and_not_kept(
    front: Front, django: Counted, address: str, status: int, freshness: str | None
) -> None:
    whole = ask(django, address)

    answer = ask(front, address, accept_encoding="br")

    assert (answer.status, answer.decoded) == (status, whole.body)
    assert answer.without(BY_HTTP) == whole.without(BY_HTTP)
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == freshness or (
        freshness is None and "no-store" in answer.headers["cache-control"]
    )
    assert len(front.pages) == 0


@pytest.mark.parametrize(
    "host", ["elsewhere.example.org", "", "testserver:80:80", "a b", "testserver" * 30]
)
def test_an_unknown_host_is_refused_although_the_page_is_kept(
    front: Front, django: Counted, host: str
) -> None:
    ask(front, "/en/")

    answer = ask(front, "/en/", host=host)

    assert answer.status == ask(django, "/en/", host=host).status == 400


def test_a_host_of_ours_that_is_longer_than_names_are_is_answered_and_not_remembered(
    front: Front, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = [".example.org"]

    answer = ask(front, "/en/", host=f"{'long.' * 99}example.org")

    assert answer.status == 200
    assert len(front.pages) == 0


def test_any_of_our_hosts_gets_the_same_page(front: Front, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".example.org"]

    answers_given = [ask(front, "/en/", host=one) for one in ("testserver", "a.example.org:8000")]

    assert answers_given[0] == answers_given[1]
    assert len(front.pages) == 1


@pytest.mark.usefixtures("_connections_of_tests_stay")
def test_http_is_sent_to_https_and_https_gets_the_headers_of_https(
    settings: Settings, publish: Publish, versions: list[Version]
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    publish(*versions)
    django = Counted()
    front = Front(django, shelf=views.shelf, pages=PageCache(10**7))

    for asked in (
        {"is_secure": True},
        {"x_forwarded_proto": "https"},
        {"x_forwarded_proto": "https, http"},
        {"is_secure": True, "x_forwarded_proto": "http"},
        {},
    ):
        for _ in range(2):
            answer = ask(front, "/en/", **asked)  # type: ignore[arg-type]
            whole = ask(django, "/en/", **asked)  # type: ignore[arg-type]
            assert (answer.status, answer.body) == (whole.status, whole.body)
            assert answer.without(BY_HTTP) == whole.without(BY_HTTP)
            has_hsts = "strict-transport-security" in answer.headers
            assert has_hsts is (answer.status == 200)


# The query -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["utm_source=mail", "with=", "with=de", "with=en", "q=chad", "since=1", "page=2&page=3", "%ff"],
)
def test_parameters_that_a_page_does_not_know_change_nothing_and_take_no_room(
    front: Front, django: Counted, query: str
) -> None:
    plain = ask(front, f"/en/{MEETING}")
    django.asked.clear()

    assert ask(front, f"/en/{MEETING}?{query}") == plain
    assert django.asked == []
    assert len(front.pages) == 1


@pytest.mark.parametrize("query", ["since=7", "since=01", "since=x", "since=", "since=-1"])
def test_a_version_that_never_was_takes_no_room(front: Front, query: str) -> None:
    plain = ask(front, f"/en/{MEETING}changes/")

    assert ask(front, f"/en/{MEETING}changes/?{query}") == plain
    assert len(front.pages) == 1


def test_a_known_parameter_is_known_in_any_company(front: Front) -> None:
    beside = ask(front, f"/en/{MEETING}?with=fr")

    assert beside != ask(front, f"/en/{MEETING}")
    assert ask(front, f"/en/{MEETING}?a=1&with=es&with=fr&b=2") == beside
    assert len(front.pages) == 2


def test_only_addresses_that_are_kept_and_short_are_remembered(front: Front) -> None:
    for address in (
        f"/en/{MEETING}",
        "/en/nothing/",
        f"/en/{'nothing/' * 9}",
        f"/en/meetings/{'long' * 50}/",
        "/en/find/?q=chad",
    ):
        ask(front, address)

    assert list(front._addresses) == [f"/en/{MEETING}"]  # noqa: SLF001 -- what takes memory


def test_searches_are_answered_and_not_kept(front: Front, django: Counted) -> None:
    found = ask(front, "/en/find/?q=Article", accept_encoding="br")

    assert found.headers["content-encoding"] == "br"
    assert found.decoded == ask(django, "/en/find/?q=Article").body
    assert found.headers["etag"]
    assert len(front.pages) == 0


@pytest.mark.parametrize("asked", ["Nulle part où l’on prend la parolé", "لا مكان"])
def test_a_search_means_the_same_whether_its_bytes_are_quoted_or_not(
    front: Front, asked: str
) -> None:
    bare = asked.encode().decode("latin-1")  # as servers hand it over

    assert ask(front, f"/en/find/?q={bare}") == ask(front, f"/en/find/?q={quote(asked)}")
    assert asked in ask(front, f"/en/find/?q={bare}&x=1").text
    assert ask(front, f"/en/?{bare}") == ask(front, "/en/")


def test_what_one_reader_asked_for_never_shows_in_anothers_page(front: Front) -> None:
    poisoned = ask(
        front,
        "/en/?q=<script>&with=zz&next=//evil.example.org",
        cookie="django_language=ar; sessionid=x",
        accept_language="ar",
        x_forwarded_host="evil.example.org",
    )

    assert "evil" not in poisoned.text
    assert "script%3E" not in poisoned.text
    assert ask(front, "/en/") == poisoned


# Readers who have it already -----------------------------------------------------------------


def test_each_coding_has_its_own_tag(front: Front) -> None:
    tags = [
        ask(front, "/en/", accept_encoding=one).headers["etag"]
        for one in ("br", "gzip", "identity")
    ]

    assert len(set(tags)) == 3
    assert all(tag.startswith('"') for tag in tags)


UNCHANGED = {
    "the tag": "{tag}",
    "a list": '"other", {tag}',
    "a list without spaces": '"a,b",{tag},"c"',
    "weak": "W/{tag}",
    "any": "*",
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("asked", UNCHANGED.values(), ids=UNCHANGED)
def test_who_has_the_page_is_told_so_in_few_bytes(front: Front, asked: str, method: str) -> None:
    whole = ask(front, "/en/", accept_encoding="br")

    answer = ask(
        front,
        "/en/",
        method=method,
        accept_encoding="br",
        if_none_match=asked.format(tag=whole.headers["etag"]),
    )

    assert (answer.status, answer.body) == (304, b"")
    kept = ("vary", "etag", "last-modified", "cache-control")
    assert answer.headers == {name: whole.headers[name] for name in kept}


@pytest.mark.parametrize("asked", ['"other"', "", "nonsense", 'W/"other"'])
def test_who_has_another_page_gets_this_one(front: Front, asked: str) -> None:
    whole = ask(front, "/en/")

    answer = ask(
        front, "/en/", if_none_match=asked, if_modified_since=whole.headers["last-modified"]
    )

    assert answer == whole  # a date does not count where there are tags (RFC 9110, 13.1.3)


def test_who_knows_only_the_date_is_told_too(front: Front) -> None:
    whole = ask(front, "/en/")

    same = ask(front, "/en/", if_modified_since=whole.headers["last-modified"])
    older = ask(front, "/en/", if_modified_since=http_date(0))

    assert (same.status, older.status) == (304, 200)


# What must never be kept ---------------------------------------------------------------------


@pytest.mark.parametrize("header", [("Set-Cookie", "who=me"), ("Vary", "Accept, Cookie")])
def test_a_page_for_one_reader_alone_is_not_kept(
    front: Front, header: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    def personal(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html"), header])
        return [b"mine"]

    front.application = personal

    answer = ask(front, "/en/")

    assert answer.headers["cache-control"] == "private, no-store"
    assert len(front.pages) == 0
    assert "A public page sets a cookie" in caplog.text


def test_a_fault_is_neither_kept_nor_cached(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programme.pages.views.next_first", None)

    answer = ask(front, "/fr/delegations/")

    assert (answer.status, answer.headers["cache-control"]) == (500, "no-store")
    assert len(front.pages) == 0

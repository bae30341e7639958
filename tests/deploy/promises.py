"""What the shipped proxy promises to people, and the slips in its files that would break each.

Each promise is a check of a proxy that runs; the slips below it are planted in a copy of
`deploy/nginx`, one at a time, and must make that check fail (test_promises.py).
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.deploy.asking import HSTS, LARGE, Teller, ask, get, language_of, telling
from tools.servers.site import FROM, HOST, MODULES, Site

Check = Callable[[Site], None]

FORM = "a" * 100_000

NOTICE_POLICY = {
    *("default-src 'none'", "style-src 'self'", "font-src 'self'", "img-src 'self'"),
    *("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"),
}

HURRY = 10
"""So many times the proxies of these checks have less patience than the shipped one."""


@dataclass(frozen=True)
class Slip:
    """Words of the shipped files, and what somebody writes for them."""

    words: str
    instead: str = ""

    def planted(self, text: str) -> str:
        """A file with it."""
        return text.replace(self.words, self.instead)


def hurried(text: str) -> str:
    """A file with a fraction of the patience that it has."""
    patience = r"((?:client_header|client_body|send|proxy_read|proxy_send)_timeout) (\d+)s;"
    return re.sub(patience, lambda one: f"{one[1]} {int(one[2]) * 1000 // HURRY}ms;", text)


# --- staff -----------------------------------------------------------------------------------


def form_of_100_kb_passes(proxy: Site) -> None:
    with telling(proxy.socket("1")):
        status, _, told = get(proxy, "/en/admin/meetings/meeting/add/", "POST", body=FORM)

    assert (status, told["sent"]) == (200, len(FORM))


def staff_keep_their_session_and_delegates_send_none(proxy: Site) -> None:
    with telling(proxy.socket("1")):
        told = {
            path: get(proxy, path, Cookie="sessionid=1")[2].get("Cookie")
            for path in ("/en/admin/", "/ar/preview/june/", "/en/", "/fr/shared/token/", "/")
        }

    assert told == {
        "/en/admin/": "sessionid=1",
        "/ar/preview/june/": "sessionid=1",
        **dict.fromkeys(("/en/", "/fr/shared/token/", "/")),
    }


def page_of_the_desk_that_takes_six_seconds_arrives(proxy: Site) -> None:
    with telling(proxy.socket("1")), telling(proxy.socket("2")):
        told = [get(proxy, f"/en/{one}/slower/") for one in ("admin", "preview")]

    assert [status for status, _, _ in told] == [200, 200]


def page_of_the_desk_that_takes_too_long_is_asked_for_once(proxy: Site) -> None:
    paths = [f"/en/{one}/endless/" for one in ("admin", "preview", "shared")]
    with telling(proxy.socket("1")), telling(proxy.socket("2")), ThreadPoolExecutor() as readers:
        asked_before = Teller.asked
        answers = readers.map(lambda path: get(proxy, path)[0], paths)
        assert [*answers] == [503, 503, 503]

        assert Teller.asked - asked_before == len(paths)


# --- while the site is away --------------------------------------------------------------------


def page_that_is_kept_is_shown_and_not_the_notice(proxy: Site) -> None:
    paths = ("/en/soon-old/", "/ar/soon-old/?with=fr")
    with telling(proxy.socket("1")):
        kept = [get(proxy, path)[2] for path in paths]
    time.sleep(2.1)  # nginx counts in whole seconds

    answers = [get(proxy, path) for path in paths]

    assert [(status, told) for status, _, told in answers] == [(200, one) for one in kept]


def notice_stands_for_what_is_not_kept(proxy: Site) -> None:
    arabic = {"Accept-Language": "ar-EG, de"}
    asked = {"/fr/": "fr", "/es/admin/": "es", "/ar/preview/june/": "ar", "/": "ar"}

    answers = {path: get(proxy, path, **arabic) for path in asked}

    assert {path: language_of(body) for path, (_, _, body) in answers.items()} == asked
    for path, (status, headers, _) in answers.items():
        assert status == 503
        assert headers.get_all("Content-Language") == [asked[path]]
        is_a_notice(headers)


def is_a_notice(headers: object) -> None:
    """Find the headers that every notice has, since no answer of the site's lends it any."""
    told = {name: headers.get_all(name) for name in headers}  # type: ignore[attr-defined]
    assert told["Content-Type"] == ["text/html; charset=utf-8"]
    assert told["Cache-Control"] == ["no-store"]
    assert told["Retry-After"] == ["10"]
    assert {*told["Content-Security-Policy"][0].split("; ")} == NOTICE_POLICY
    assert told["X-Content-Type-Options"] == ["nosniff"]
    assert told["Referrer-Policy"] == ["same-origin"]
    assert len(told["X-Request-ID"][0]) == 32
    assert "Strict-Transport-Security" not in told


def form_that_meets_nobody_gets_a_notice(proxy: Site) -> None:
    answers = [
        get(proxy, "/fr/admin/meetings/meeting/add/", "POST", body=FORM),
        get(proxy, "/fr/admin/login/", "POST", body=FORM[:10_000]),
    ]

    assert [(status, language_of(body)) for status, _, body in answers] == [(503, "fr")] * 2


def form_that_is_one_too_many_gets_a_notice(proxy: Site) -> None:
    with telling(proxy.socket("1")):
        hall = {FROM: "203.0.113.7"}
        login = [get(proxy, "/ar/admin/login/", "POST", body="a" * 5000, **hall)] * 0
        while not login or login[-1][0] != 429:
            assert len(login) < 200
            login.append(get(proxy, "/ar/admin/login/", "POST", body="a" * 5000, **hall))

    *_, (_, headers, body) = login
    assert {status for status, _, _ in login} == {200, 429}
    assert language_of(body) == "ar"
    is_a_notice(headers)


def form_that_is_too_long_gets_a_notice(proxy: Site) -> None:
    with telling(proxy.socket("1")):
        answers = [
            get(proxy, "/es/admin/login/", "POST", body=FORM),
            get(proxy, "/es/", "POST", body=FORM),
            get(proxy, "/es/admin/meetings/meeting/add/", "POST", Content_Length="7000000"),
        ]

    for status, headers, body in answers:
        assert (status, language_of(body)) == (413, "es")
        assert "Retry-After" not in headers  # it will be too long then too
        assert headers["Cache-Control"] == "no-store"


# --- the other ports -----------------------------------------------------------------------------


def plain_http_leads_to_the_same_place_and_to_the_certificate(proxy: Site) -> None:
    port = proxy.port_for_redirects
    proof = proxy.folder / "nginx/certificates/.well-known/acme-challenge/token"
    proof.parent.mkdir(parents=True, exist_ok=True)
    proof.write_text("proof", encoding="ascii")

    for path in ("/fr/meetings/june/?with=ar&since=2", "/ar/%D8%A7/", "/"):
        status, headers, _ = ask(port, path)
        assert (status, headers["Location"]) == (301, f"https://{HOST}{path}")
    assert ask(port, "/.well-known/acme-challenge/token")[::2] == (200, b"proof")


LAST = "Connection: close\r\n"
"""Said so that whoever is answered all the same need not wait for more."""


def other_names_are_refused(proxy: Site) -> None:
    with telling(proxy.socket("1")):
        for port in (proxy.port, proxy.port_for_redirects):
            for name in ("elsewhere.example.org", "127.0.0.1", f"not-{HOST}", "_"):
                assert said_to(port, f"GET /en/ HTTP/1.1\r\nHost: {name}\r\n{LAST}\r\n") == b""
            assert said_to(port, f"GET /en/ HTTP/1.0\r\n{LAST}\r\n") == b""
        assert get(proxy, "/en/", Host=f"{HOST}:443")[0] == 200


def port_for_programs_answers_of_each_process(proxy: Site) -> None:
    with telling(proxy.socket("1")), telling(proxy.socket("2")):
        for process in ("1", "2"):
            for page in ("health/live", "health/ready", "metrics"):
                status, _, told = ask(proxy.port_for_programs, f"/{page}/{process}")
                assert (status, told["path"], told["process"]) == (200, f"/{page}", process)
        for path in ("/", "/en/", "/metrics", "/metrics/3", "/health/live/1/"):
            assert ask(proxy.port_for_programs, path)[0] == 404
        for path in ("/metrics", "/health/live", "/health/ready/1", "/metrics/1"):
            assert get(proxy, path)[0] == 404


# --- static files --------------------------------------------------------------------------------


def static_files_come_in_the_coding_that_is_liked_best(proxy: Site) -> None:
    for name in ("site.css", "site.0123456789ab.css"):
        for suffix in ("", ".gz", ".br"):
            (proxy.static / f"{name}{suffix}").write_text(f"a{suffix}", encoding="ascii")
        codings = {"": (None, b"a"), "gzip": ("gzip", b"a.gz"), "identity": (None, b"a")}
        if list(MODULES.glob("*brotli-static*")):
            codings["gzip, br"] = ("br", b"a.br")
        for accepted, answer in codings.items():
            status, headers, body = get(proxy, f"/static/{name}", Accept_Encoding=accepted)
            assert (status, headers["Content-Encoding"], body) == (200, *answer)
            assert "Accept-Encoding" in headers["Vary"]
            assert headers["Content-Type"] == "text/css; charset=utf-8"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Strict-Transport-Security"] == f"max-age={HSTS}"


# --- whoever is slow -----------------------------------------------------------------------------


def said_to(port: int, words: str) -> bytes:
    """All that is answered until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(words.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65536), b""))


@contextmanager
def slow(proxy: Site, words: str) -> Iterator[socket.socket]:
    """Somebody who says this, and then neither says nor reads more."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(5)
        connection.connect(("127.0.0.1", proxy.port))
        connection.sendall(words.format(host=HOST).encode("ascii"))
        yield connection


def left_to_read(connection: socket.socket) -> int:
    """Bytes that come until the other side lets go."""
    count = 0
    with suppress(ConnectionError):
        while read := connection.recv(65536):
            count += len(read)
    return count


def who_never_ends_a_request_is_let_go(proxy: Site) -> None:
    with (
        telling(proxy.socket("1")),
        slow(proxy, "GET /en/ HTTP/1.1\r\nHost: {host}\r\n") as headers,
        slow(proxy, f"POST /en/admin/ HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: {len(FORM)}"
            "\r\n\r\na") as body,
    ):  # fmt: skip
        time.sleep(1)
        asked = Teller.at_once
        for one in (headers, body):
            one.settimeout(3)  # a tenth of the patience is over by then
            left_to_read(one)

    assert asked == 0  # the site is asked once all is there


def who_never_reads_is_let_go_and_holds_no_thread(proxy: Site) -> None:
    words = "GET /en/{}/ HTTP/1.1\r\nHost: {{host}}\r\n\r\n"
    with telling(proxy.socket("1")), slow(proxy, words.format("large")) as reader:
        begun = time.monotonic()
        time.sleep(0.5)
        while Teller.at_once and time.monotonic() < begun + 2.5:  # before the reader is let go
            time.sleep(0.05)
        at_once = Teller.at_once
        time.sleep(begun + 4.5 - time.monotonic())  # past a tenth of the patience
        read = left_to_read(reader)

    assert at_once == 0
    assert read < LARGE


PROMISES: dict[Check, tuple[Slip, ...]] = {
    form_of_100_kb_passes: (
        Slip("    client_max_body_size 6m;\n"),
        Slip("client_max_body_size 6m;", "client_max_body_size 64k;"),
    ),
    staff_keep_their_session_and_delegates_send_none: (
        Slip('(admin|preview)/"  $http_cookie', 'admin/"  $http_cookie'),
        Slip('default                         "";', "default  $http_cookie;"),
        Slip("proxy_set_header Cookie $programme_cookie;\n"),
        Slip("proxy_set_header Cookie $programme_cookie;", 'proxy_set_header Cookie "";'),
    ),
    page_of_the_desk_that_takes_six_seconds_arrives: (
        Slip("    proxy_read_timeout 60s;\n"),
        Slip('/(admin|preview)(/|$)"', '/admin(/|$)"'),
    ),
    page_of_the_desk_that_takes_too_long_is_asked_for_once: (
        Slip("    proxy_next_upstream error;\n"),
    ),
    page_that_is_kept_is_shown_and_not_the_notice: (
        Slip("    proxy_cache_use_stale error timeout http_500 http_502 http_503 http_504;\n"),
        Slip("    proxy_cache programme_kept;\n"),
        Slip("$host $programme_path $programme_query", "$request_id"),
        Slip('map "$status $args"', 'map "$upstream_status $args"'),
    ),
    notice_stands_for_what_is_not_kept: (
        Slip("error_page 500 502 504 =503 /notices/503.$programme_language.html;\n"),
        Slip("503.$programme_language", "503.en"),
        Slip("=503 /notices", "/notices"),
        Slip("    charset utf-8;\n    add_header X-R", "    add_header X-R"),
        Slip("    add_header Cache-Control no-store always;\n"),
        Slip("Cache-Control no-store always", "Cache-Control no-store"),
        Slip("    add_header Content-Language $programme_language always;\n"),
        Slip("add_header Content-Security-Policy", "add_header Content-Security"),
        Slip("; form-action 'none'"),
        Slip("    add_header Retry-After $programme_retry always;\n"),
        Slip("nosniff always;", "nosniff;"),
        Slip("same-origin always;", "same-origin;"),
        Slip(r"(?<programme_preferred>fr|es|ar)\b", "(?<programme_preferred>fr|es)"),
        Slip(
            "    try_files $uri =503;\n    charset", "    try_files /notices/none =503;\n charset"
        ),
    ),
    form_that_meets_nobody_gets_a_notice: (
        Slip("    client_max_body_size 0;  # judged where it was sent\n"),
    ),
    form_that_is_one_too_many_gets_a_notice: (
        Slip("    client_max_body_size 0;  # judged where it was sent\n"),
        Slip("error_page 429 /notices/429.$programme_language.html;\n"),
        Slip("limit_req_status 429;\n"),
        Slip("limit_req zone=programme_login burst=60 nodelay;", ""),
    ),
    form_that_is_too_long_gets_a_notice: (
        Slip("error_page 413 /notices/413.$programme_language.html;\n"),
        Slip("client_max_body_size 1k;", "client_max_body_size 1m;"),
        Slip("    client_max_body_size 16k;\n", "    client_max_body_size 6m;\n"),
        Slip('    "~/413\\."  "";\n'),
    ),
    plain_http_leads_to_the_same_place_and_to_the_certificate: (
        Slip("https://$server_name$request_uri", "https://$server_name"),
        Slip("https://$server_name$request_uri", "https://$server_name$uri"),
        Slip("https://$server_name$request_uri", "http://$server_name$request_uri"),
        Slip("return 301 https", "return 302 https"),
        Slip("location /.well-known/acme-challenge/", "location /.well-known/challenge/"),
    ),
    other_names_are_refused: (
        Slip("    return 444;\n"),
        Slip("return 444;", "return 301 https://$host$request_uri;"),
        Slip("    listen 80 default_server;\n"),
        Slip("    listen 443 ssl http2 default_server;\n"),
    ),
    port_for_programs_answers_of_each_process: (
        Slip("web.sock:/$programme_page;", "web.sock:/;"),
        Slip("/run/programme/$programme_process/", "/run/programme/1/"),
        Slip("health/ready|metrics)/", "health/ready)/"),
        Slip("location ~ ^/(health|metrics)(/|$)", "location ~ ^/(health)(/|$)"),
    ),
    static_files_come_in_the_coding_that_is_liked_best: (
        Slip("    gzip_static on;\n"),
        Slip("    gzip_vary on;\n"),
        Slip("    charset utf-8;\n    charset_types", "    charset_types"),
        Slip("    charset_types text/css application/javascript;\n"),
        Slip("    add_header X-Content-Type-Options nosniff;\n"),
        Slip("    add_header Cross-Origin-Resource-Policy same-origin;\n"),
        Slip("    add_header Referrer-Policy same-origin;\n"),
        Slip(
            "    include /srv/programme/static-headers",
            "    # include /srv/programme/static-headers",
        ),
    ),
    who_never_ends_a_request_is_let_go: (
        Slip("client_header_timeout 10s;\n"),
        Slip("client_body_timeout 15s;\n"),
        Slip("proxy_http_version 1.1;", "proxy_http_version 1.1; proxy_request_buffering off;"),
    ),
    who_never_reads_is_let_go_and_holds_no_thread: (
        Slip("send_timeout 30s;\n"),
        Slip("proxy_http_version 1.1;", "proxy_http_version 1.1; proxy_buffering off;"),
    ),
}
"""Each with the slips that break it."""

if list(MODULES.glob("*brotli-static*")):
    PROMISES[static_files_come_in_the_coding_that_is_liked_best] += (
        Slip("    brotli_static on;\n"),
    )

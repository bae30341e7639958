"""The shipped proxy, in front of a site that tells what it was asked."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from ssl import TLSVersion

import pytest

from config.serve import HEADER_SECONDS
from operating.limits import STAFF_AT_ONCE
from programme.pages.links import PARAMETERS
from tests.deploy.asking import (
    CURRENT,
    OF_A_SECOND,
    get,
    language_of,
    logged_for,
    notices,
    telling,
)
from tests.spellings import ADDRESSES, IN_A_QUERY, TOLD
from tools.servers.site import HOST, SHIPPED, Site, nginx_program

LANGUAGES = ("en", "fr", "es", "ar")


def test_site_is_told_who_asks_how_and_under_which_id(site: Site) -> None:
    _, headers, told = get(site, "/en/admin/", X_Forwarded_For="1.2.3.4", X_Real_IP="1.2.3.4")

    assert told["X-Forwarded-Proto"] == "https"
    assert told["X-Real-IP"] == "127.0.0.1"
    assert "X-Forwarded-For" not in told
    assert told["Host"] == HOST
    assert len(told["X-Request-ID"]) == 32
    assert headers.get_all("X-Request-ID") == [told["X-Request-ID"]]


def test_page_is_kept_for_the_crowd_and_each_answer_has_its_own_id(site: Site) -> None:
    first, second = (get(site, "/en/kept/") for _ in range(2))

    assert first[2] == second[2]
    assert first[1]["X-Request-ID"] != second[1]["X-Request-ID"] != "of-the-first-request"
    assert first[1]["Cache-Control"] == CURRENT


def test_page_that_is_fresh_until_the_second_ends_is_asked_for_anew_soon(site: Site) -> None:
    """What nginx alone is told counts, and not the minute that others are told."""
    _, headers, first = get(site, "/en/of-a-second/")
    asked_at = time.monotonic()
    while (again := get(site, "/en/of-a-second/")[2]) == first:
        time.sleep(0.05)

    assert time.monotonic() - asked_at < 30
    assert again["asked"] == first["asked"] + 1
    assert headers["Cache-Control"] == OF_A_SECOND
    assert "X-Accel-Expires" not in headers


@pytest.mark.parametrize(
    ("asked_for", "passed_on"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br;q=0.000", "gzip"),
        ("gzip;q=0, *;q=0", "identity"),
        ("brotli", "identity"),
        ("", "identity"),
    ],
)
def test_one_copy_is_kept_for_each_encoding(site: Site, asked_for: str, passed_on: str) -> None:
    _, _, told = get(site, "/en/encoded/", Accept_Encoding=asked_for)

    assert told["Accept-Encoding"] == passed_on


def test_delegates_cookies_do_not_reach_the_site(site: Site) -> None:
    assert "Cookie" not in get(site, "/fr/", Cookie="sessionid=1")[2]
    assert "Cookie" not in get(site, "/fr/shared/token/", Cookie="sessionid=1")[2]
    assert get(site, "/fr/admin/", Cookie="sessionid=1")[2]["Cookie"] == "sessionid=1"


@pytest.mark.parametrize(
    "path",
    [
        "/en/admin/",
        "/en/preview/meeting/",
        "/en/shared/token/",
        "/en/page/?q=Chad",
        "/en/page/?with=fr&since=3",
        "/en/page/?with=fr&with=es",
        "/en/page/?utm=1&since=3",
        "/en/page/?%77ith=fr",
        "/en/nowhere/",
        "/en/nowhere/?utm=1",
        "/",
    ],
)
def test_what_is_not_for_everybody_or_not_known_is_never_kept(site: Site, path: str) -> None:
    assert get(site, path)[2]["asked"] != get(site, path)[2]["asked"]


@pytest.mark.parametrize("query", ["with=fr", "since=3"])
def test_query_that_a_page_knows_makes_a_page_of_its_own(site: Site, query: str) -> None:
    plain = get(site, "/en/page/")[2]
    first, second = (get(site, f"/en/page/?{query}")[2] for _ in range(2))

    assert first["asked"] == second["asked"] != plain["asked"]


def test_proxy_knows_the_parameters_that_pages_know() -> None:
    http, limits = ((SHIPPED / one).read_text("utf-8") for one in ("http.conf", "limits.conf"))
    kept = "|".join(f"{name}={form}" for name, form in PARAMETERS.items() if form)
    (search,) = (name for name, form in PARAMETERS.items() if not form)

    assert f'"~^({kept})$"' in http
    assert f"(.*&)?({'|'.join(PARAMETERS)})(=|&|$)" in http
    assert f"(^|&)({search}|%{ord(search):x})=" in limits
    assert all(re.fullmatch(PARAMETERS["with"], language) for language in LANGUAGES)


def test_query_that_means_nothing_is_answered_by_the_page_that_is_kept(site: Site) -> None:
    plain = get(site, "/en/mailed/")[2]

    assert get(site, "/en/mailed/?utm_source=mail&utm_id=7")[2] == plain
    assert get(site, "/en/mailed/too/?fbclid=x")[2] == get(site, "/en/mailed/too/")[2]


def test_way_to_elsewhere_that_repeats_a_query_is_for_who_asked_alone(site: Site) -> None:
    assert get(site, "/en/moved/?utm=1")[1]["Location"] == "/en/moved/?utm=1"
    assert get(site, "/en/moved/")[1]["Location"] == "/en/moved/"
    assert get(site, "/en/moved/?utm=1")[0] == 302


@pytest.mark.parametrize("path", ["/metrics", "/health/ready", "/health/live/1", "/metrics/1"])
def test_programs_addresses_are_not_public(site: Site, path: str) -> None:
    assert get(site, path)[0] == 404


def test_delegates_may_send_nothing_and_staff_only_so_much(site: Site) -> None:
    def status(path: str, length: int) -> int:
        return get(site, path, "POST", Content_Length=str(length))[0] if length else 0

    assert status("/en/page/", 2_000) == 413
    assert status("/en/admin/login/", 20_000) == 413
    assert status("/en/admin/meetings/", 7_000_000) == 413


def test_file_with_a_hash_in_its_name_is_kept_for_ever_and_another_for_an_hour(site: Site) -> None:
    hashed, plain = (get(site, f"/static/site{one}.css")[1] for one in (".0123456789ab", ""))

    assert hashed["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain["Cache-Control"] == "public, max-age=3600"
    assert hashed["X-Content-Type-Options"] == "nosniff"
    assert hashed["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("address", ADDRESSES + IN_A_QUERY)
def test_log_tells_no_address_of_a_shared_preview(site: Site, address: str) -> None:
    logged = logged_for(site, get(site, address)[1])

    assert TOLD not in json.dumps(logged)
    assert str(logged["address"]).endswith("…")


def test_log_tells_other_addresses_as_they_were_asked_for(site: Site) -> None:
    for address in ("/ar/logged/?with=fr&q=%C3%A9", "/en/%D8%A7/", "/en/meetings/june/"):
        assert logged_for(site, get(site, address)[1])["address"] == address


def test_static_file_that_is_not_on_the_disk_is_asked_of_the_site(site: Site) -> None:
    assert get(site, "/static/elsewhere.css")[2]["path"] == "/static/elsewhere.css"


@pytest.mark.usefixtures("site")
def test_notice_in_the_reader_s_language_stands_for_a_page_that_cannot_be_had(
    tmp_path: Path,
) -> None:
    asked = {f"/{one}/": one for one in LANGUAGES} | {"/": "fr", "/nowhere/": "fr"}
    with Site(tmp_path, "") as alone:
        notices(alone)
        alone.port = alone.start_nginx()

        answers = {path: get(alone, path, **{"Accept-Language": "fr-CH, en"}) for path in asked}
        for address in ADDRESSES:
            get(alone, address)

        told = (tmp_path / "nginx/error.log").read_text(encoding="utf-8")
    assert {path: language_of(body) for path, (_, _, body) in answers.items()} == asked
    for status, headers, _body in answers.values():
        assert status == 503
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Retry-After"] == "10"
        assert len(headers["X-Request-ID"]) == 32
    assert "GET /es/ HTTP" in told
    assert TOLD not in told


@pytest.mark.usefixtures("site")
def test_process_that_comes_back_is_asked_at_once_even_after_both_were_given_up(
    tmp_path: Path,
) -> None:
    with Site(tmp_path, "") as site:
        notices(site)
        site.socket("1")
        site.port = site.start_nginx()
        assert {get(site, "/en/")[0] for _ in range(8)} == {503}

        with telling(site.socket("2")):
            assert {get(site, f"/en/{one}/")[0] for one in range(8)} == {200}


@pytest.mark.usefixtures("site")
def test_staff_go_to_the_process_that_has_a_place_for_them(tmp_path: Path) -> None:
    with Site(tmp_path, "") as site:
        site.port = site.start_nginx()
        with telling(site.socket("1")), telling(site.socket("2")), ThreadPoolExecutor(9) as staff:
            slow = [staff.submit(get, site, "/en/admin/slow/") for _ in range(2 * STAFF_AT_ONCE)]
            told = [one.result()[2]["process"] for one in slow]

    assert {one: told.count(one) for one in told} == {"1": STAFF_AT_ONCE, "2": STAFF_AT_ONCE}


def test_figures_leave_room_for_more_than_one_address_and_for_the_site_s_own_patience() -> None:
    shipped = "".join(one.read_text(encoding="utf-8") for one in SHIPPED.glob("*.conf"))

    def figures(pattern: str) -> list[int]:
        return [int(one) for one in re.findall(pattern, shipped)]

    (connections,) = figures(r"worker_connections (\d+);")
    (files,) = figures(r"worker_rlimit_nofile (\d+);")
    (of_one_address,) = figures(r"limit_conn programme_connections (\d+);")
    kept = figures(r"\n    keepalive_timeout (\d+)s;")
    assert 2 * of_one_address <= connections / 2
    assert 2 * connections <= files
    assert len(kept) == 2
    assert max(kept) < HEADER_SECONDS


def test_what_is_kept_is_in_memory_so_that_a_full_disk_takes_no_page_from_anybody() -> None:
    shipped = (SHIPPED / "http.conf").read_text(encoding="utf-8")

    (path,) = re.findall(r"^proxy_cache_path (\S+)", shipped, re.MULTILINE)
    (most,) = re.findall(r" max_size=(\d+)m", shipped)

    assert path.startswith("/run/")  # file-hierarchy(7): in memory, a tenth of it and more
    assert int(most) <= 64
    assert "use_temp_path=off" in shipped


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of the site's own making."""
    if not shutil.which("openssl"):
        pytest.skip("There is no openssl here: the proxy's TLS is not tried.")
    made = tmp_path / "certificate"
    made.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-noenc", "-subj", f"/CN={HOST}", "-days", "2"]
    command += ["-keyout", str(made / "privkey.pem"), "-out", str(made / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return made


@pytest.mark.usefixtures("site")
def test_tls_is_spoken_of_today_and_with_whoever_asks_for_our_name(
    tmp_path: Path, certificate: Path
) -> None:
    with Site(tmp_path, "") as site, telling(site.socket("1")):
        site.certificate = certificate
        site.start_nginx()

        spoken = {
            (name, version.name): spoken_with(site, name, version)
            for name in (HOST, "elsewhere.example.org", None)
            for version in (TLSVersion.TLSv1_2, TLSVersion.TLSv1_3)
        }

    assert spoken == {
        (HOST, "TLSv1_2"): "h2 TLSv1.2",
        (HOST, "TLSv1_3"): "h2 TLSv1.3",
        ("elsewhere.example.org", "TLSv1_2"): "",
        ("elsewhere.example.org", "TLSv1_3"): "",
        (None, "TLSv1_2"): "",
        (None, "TLSv1_3"): "",
    }


def spoken_with(site: Site, name: str | None, version: TLSVersion) -> str:
    """The protocols on which a reader who knows one version of TLS agrees; "" for none."""
    reader = ssl.create_default_context(cafile=site.certificate / "fullchain.pem")  # type: ignore[operator]
    reader.check_hostname = False  # who says no name is to be refused by the proxy
    reader.minimum_version = reader.maximum_version = version
    reader.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        try:
            with reader.wrap_socket(connection, server_hostname=name) as spoken:
                return f"{spoken.selected_alpn_protocol()} {spoken.version()}"
        except ssl.SSLError:
            return ""


def test_configuration_is_sound_as_it_is_shipped(site: Site, tmp_path: Path) -> None:
    program = nginx_program()
    assert program
    checked = subprocess.run(
        [program, "-t", "-c", site.folder / "nginx/nginx.conf", "-e", tmp_path / "error.log"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0
    assert "warn" not in checked.stderr

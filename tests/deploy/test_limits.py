"""How much one place may ask of the site, as the shipped proxy counts it."""

from __future__ import annotations

from http.client import HTTPConnection
from itertools import count

import pytest

from tests.deploy.asking import get, language_of, logged_for
from tools.servers.site import FROM, HOST, Site

LOGIN = "/en/admin/login/"
SESSION = "sessionid=" + "a" * 32
DEVICE = "known_device=0f.ab:1abcde:x-_y"


_numbers = count(1)


@pytest.fixture
def hall() -> str:
    """An address that no test has used before."""
    return f"203.0.113.{next(_numbers)}"


def passed(
    site: Site, path: str, where: str, *, method: str = "GET", cookie: str = "", times: int
) -> int:
    """How many of so many quick requests were let through; in a cookie, {} is their number."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    answers = []
    for number in range(times):
        headers = {"Host": HOST, FROM: where, "Cookie": cookie.replace("{}", f"{number:03}")}
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        answers.append(answer.status)
    connection.close()
    assert {*answers} <= {200, 429}
    return answers.count(200)


def at_once(burst: int) -> range:
    """What may pass at once: one, so many more, and what is let in again in a minute or two."""
    return range(burst + 1, burst + burst // 4 + 4)


def log_in(site: Site, where: str, *, times: int, cookie: str = "") -> int:
    """How many of so many attempts to log in reached the site."""
    return passed(site, LOGIN, where, method="POST", cookie=cookie, times=times)


def test_strangers_in_the_hall_leave_a_known_device_room_to_log_in(site: Site, hall: str) -> None:
    assert log_in(site, hall, times=80) in at_once(60)
    assert log_in(site, hall, times=1) == 0

    assert log_in(site, hall, times=20, cookie=DEVICE) == 20


def test_invented_devices_and_sessions_open_no_flood(site: Site, hall: str) -> None:
    session = "sessionid=" + "a" * 29 + "{}"
    invented = f"known_device={{}}; {session}"
    assert log_in(site, hall, times=400, cookie=invented) in at_once(300)
    assert passed(site, "/en/admin/", hall, cookie=session, times=400) < 400


def test_strangers_in_the_hall_leave_staff_with_a_session_their_desk(site: Site, hall: str) -> None:
    assert passed(site, "/shared/token/", hall, times=300) in at_once(200)
    assert passed(site, LOGIN, hall, times=300) < 60

    assert passed(site, "/en/admin/", hall, cookie=SESSION, times=100) == 100


def test_one_client_cannot_use_up_rendering_and_all_others_read_on(site: Site, hall: str) -> None:
    assert passed(site, "/en/search/?q=a", hall, times=600) in at_once(400)

    assert passed(site, "/en/?a=1&%71=b", hall, times=100) < 20
    assert passed(site, "/en/", hall, times=100) == 100
    assert passed(site, "/en/search/?q=a", "192.0.2.1", times=10) == 10


def test_hall_that_follows_a_link_with_marks_of_its_sender_reads_on(site: Site, hall: str) -> None:
    assert passed(site, "/en/?utm_source=mail&seq=7", hall, times=600) == 600


def test_network_of_one_person_is_one_place_and_its_neighbour_another(site: Site) -> None:
    for host in ("::1", ":0:a:b:c", ":ffff:ffff:ffff:ffff"):
        assert log_in(site, f"2001:db8:0:7{host}", times=20) == 20
    log_in(site, "2001:db8:0:7::2", times=40)

    assert log_in(site, "2001:db8:0:7:1::", times=1) == 0
    assert log_in(site, "2001:db8:0:8::1", times=1) == 1


def test_programs_on_this_machine_are_not_counted(site: Site) -> None:
    assert log_in(site, "127.0.0.1", times=100) == 100


def test_whoever_is_refused_reads_why_in_their_language_and_no_log_tells_the_address(
    site: Site, hall: str
) -> None:
    path = "/ar/shared/a-secret-token/"
    passed(site, path, hall, times=300)

    status, headers, body = get(site, path, **{FROM: hall})

    assert status == 429
    assert headers["Retry-After"] == "10"
    assert len(headers["X-Request-ID"]) == 32
    assert language_of(body) == "ar"
    assert logged_for(site, headers)["address"] == "/ar/shared/…"
    for log in ("access.log", "error.log"):
        assert "a-secret-token" not in (site.folder / "nginx" / log).read_text(encoding="utf-8")

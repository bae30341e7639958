"""Who fails to log in is known by their own address, through the shipped proxy and the site."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User

from serving.staff.logins import AT_ONE_ADDRESS
from tests.deploy.asking import get
from tests.serving.test_two_processes import database_url
from tools.servers.site import FROM, HOST, Site, nginx_program

pytestmark = pytest.mark.django_db(transaction=True)

LOGIN = "/en/admin/login/"
PASSWORD = "four-words-nobody-guesses"  # noqa: S105 -- of this test alone
HERE, NEXT_DOOR, IN_THE_SAME_NETWORK = "2001:db8:0:1::7", "2001:db8:0:2::7", "2001:db8:0:1:f::7"


def log_in(site: Site, where: str, password: str) -> int:
    """The status of an attempt from an address, as a browser makes it."""
    _, headers, form = get(site, LOGIN, **{FROM: where})
    mark = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert mark
    fields = {"username": "amira", "password": password, "csrfmiddlewaretoken": mark[1].decode()}
    browser = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": headers["Set-Cookie"].partition(";")[0],
        "Referer": f"https://{HOST}{LOGIN}",
        "X-Forwarded-For": NEXT_DOOR,  # what a client says of itself is not believed
        FROM: where,
    }
    return get(site, LOGIN, "POST", body=urlencode(fields), **browser)[0]


def test_two_clients_behind_the_proxy_are_counted_apart(tmp_path: Path, static_files: Path) -> None:
    if not nginx_program():
        pytest.skip("There is no nginx here: on Debian, apt-get install nginx-light.")
    User.objects.create_superuser("amira", password=PASSWORD)
    with Site(tmp_path, database_url()) as site:
        site.static.symlink_to(static_files)
        site.start("1")
        site.start_nginx()

        failed = {log_in(site, HERE, "wrong") for _ in range(AT_ONE_ADDRESS)}
        told_to_wait = log_in(site, HERE, PASSWORD), log_in(site, IN_THE_SAME_NETWORK, PASSWORD)

        assert failed == {200}
        assert told_to_wait == (429, 429)
        assert log_in(site, NEXT_DOOR, PASSWORD) == 302

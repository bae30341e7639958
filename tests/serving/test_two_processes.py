"""What is published through one process is public in each of the others."""

from __future__ import annotations

import os
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import quote

import pytest
from django.db import connection

from tests.factories import make_item, make_meeting
from tests.rows import published
from tools.bench.rows import publish_correction
from tools.servers.site import HOST, Site

pytestmark = pytest.mark.django_db(transaction=True)

VISIBLE_WITHIN = 2.0


def database_url() -> str:
    """The database of the tests, for a process that is not one."""
    name = quote(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def page(port: int) -> str:
    server = HTTPConnection("127.0.0.1", port, timeout=10)
    server.request("GET", "/en/meetings/june/", headers={"Host": HOST})
    answer = server.getresponse()
    assert answer.status == 200
    text = answer.read().decode()
    server.close()
    return text


def seconds_until_all_say(words: str, ports: list[int]) -> float:
    """Seconds until the last of the processes shows these words."""
    published_at = time.monotonic()
    while not all(words in page(port) for port in ports):
        assert time.monotonic() < published_at + 30
        time.sleep(0.02)
    return time.monotonic() - published_at


def test_a_publication_is_public_in_every_process_within_two_seconds(tmp_path: Path) -> None:
    meeting = make_meeting(slug="june", name_en="June")
    make_item(meeting, number=1, title_en="Opening")
    published(meeting)

    with Site(tmp_path, database_url()) as site:
        # In a workshop, so that no static files need be collected; but with pages kept.
        ports = [site.start_on_port(name, DEBUG="1", PAGE_CACHE_MB="16") for name in ("one", "two")]
        waits = [
            seconds_until_all_say(publish_correction(meeting, number), ports) for number in range(3)
        ]

    # Of three, since the machine of the tests does more than this at the same time.
    assert median(waits) < VISIBLE_WITHIN

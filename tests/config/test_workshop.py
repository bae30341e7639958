"""The workshop's server, as whoever works on the site starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS_TO_START = 60


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[int]:
    """The port of a workshop on a database of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "manage.py", "workshop", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
            "SPOOL_DIR": str(tmp_path / "spool"),
        },
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # the server restarts itself in a second process
    )
    yield port
    os.killpg(server.pid, 15)
    server.wait(timeout=SECONDS_TO_START)


def answered(port: int, path: str) -> str:
    """What the workshop answers, as soon as it listens."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        finally:
            connection.close()


def test_pages_and_feeds_name_the_port_that_answers(workshop: int) -> None:
    for path in ("en/", "en/meetings/2024-intersessional-meetings/feed.atom"):
        named = set(re.findall(r"http://127\.0\.0\.1(?::\d+)?", answered(workshop, f"/{path}")))

        assert named == {f"http://127.0.0.1:{workshop}"}, path

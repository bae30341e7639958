"""The word that a process sends its service manager: only while it answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.watchdog import IN_TIME, SERVED_AT, Watchdog
from tests.test_project import ROOT

ASKED_FOR = {SERVED_AT: "8000", "NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "30000000"}


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The service manager's end: a socket that takes datagrams."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as manager:
        manager.settimeout(20)
        manager.bind(str(tmp_path / "notify"))
        yield manager


def test_questions_are_asked_several_times_within_the_manager_s_patience() -> None:
    assert Watchdog.of(ASKED_FOR) == Watchdog("8000", "/run/notify", 30 / IN_TIME)


@pytest.mark.parametrize("name", ASKED_FOR)
def test_nothing_is_told_where_nobody_asks(name: str) -> None:
    assert Watchdog.of({**ASKED_FOR, name: ""}) is None


def test_word_reaches_a_socket_with_an_abstract_name() -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as manager:
        manager.settimeout(5)
        manager.bind(f"\0programme-test-{os.getpid()}")

        Watchdog("8000", f"@programme-test-{os.getpid()}", 1).tell("WATCHDOG=1")

        assert manager.recv(100) == b"WATCHDOG=1"


def test_process_that_takes_connections_and_does_not_answer_hangs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        assert not Watchdog(str(port), "", 0.1).answers()


def test_served_site_tells_its_manager_that_it_answers(
    manager: socket.socket, tmp_path: Path
) -> None:
    site = str(tmp_path / "web.sock")
    process = subprocess.Popen(
        [sys.executable, "-m", "config.serve", "--socket", site],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
            "NOTIFY_SOCKET": manager.getsockname(),
            "WATCHDOG_USEC": "3000000",
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        assert manager.recv(100) == b"WATCHDOG=1"
    finally:
        process.terminate()
        process.wait(timeout=20)

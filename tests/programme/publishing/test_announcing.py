"""A publication is heard with its commit, and waiting for one harms nothing."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from programme.publishing import watcher as watching
from programme.publishing.announcing import CHANNEL, announce, heard
from programme.publishing.verbs import publish_again, withdraw
from programme.publishing.watcher import Watch, Watcher
from programme.shelf.outage import Outage
from programme.shelf.shelf import Shelf
from tests.operating.test_postgresql import drop
from tests.rows import published, shapes
from tests.serving.test_two_processes import database_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL alone tells"),
]

LONG = 30
"""Seconds that nobody should wait, half of what the processes here wait by themselves."""


@pytest.fixture
def watch() -> Iterator[Watch]:
    connection.close()
    yield Watch(Watcher(Shelf()), Outage())
    connection.close()


@contextmanager
def hearing() -> Iterator[subprocess.Popen[str]]:
    """A process that hears, or else looks once a minute."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.programme.publishing.hearing"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
        | {"DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[str]) -> str:
    """What a process tells next, if it does so in time."""
    assert process.stdout
    ready, _, _ = select.select([process.stdout], [], [], LONG)
    return process.stdout.readline().strip() if ready else "nothing"


def listening() -> list[str]:
    """What each connection that listens is doing."""
    with psycopg.connect(database_url(), autocommit=True) as other:
        rows = other.execute(
            "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND query = %s",
            [f"LISTEN {CHANNEL}"],
        )
        return [state for (state,) in rows]


def test_each_verb_is_heard_in_every_process_before_it_looks_by_itself() -> None:
    meeting = shapes()
    first = published(meeting)
    with hearing() as one, hearing() as two:
        processes = one, two
        assert [told(each) for each in processes] == ["[1]"] * 2
        while len(listening()) < len(processes):
            time.sleep(0.05)
        assert listening() == ["idle"] * 2  # in no transaction

        meeting.introduction_en = "Another."
        meeting.save()
        second = published(meeting)
        assert [told(each) for each in processes] == ["[2, 1]"] * 2
        publish_again(first, by=None, at=timezone.now(), expected_serial=2)
        assert [told(each) for each in processes] == ["[3, 2, 1]"] * 2
        withdraw(second, by=None, at=timezone.now(), reason="")
        assert [told(each) for each in processes] == ["[3, 1]"] * 2


def test_what_is_not_committed_is_not_heard() -> None:
    assert not heard(0, answer_within=LONG)
    with transaction.atomic():
        announce()
        transaction.set_rollback(True)

    assert not heard(0.2, answer_within=LONG)
    announce()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # what comes meanwhile is not lost
    assert heard(LONG, answer_within=LONG)


def test_a_connection_that_is_cut_while_it_waits_is_made_anew(watch: Watch) -> None:
    watch.look_once()
    pid = connection.connection.info.backend_pid
    Timer(0.2, drop, [pid]).start()

    watch.wait()
    watch.look_once()

    assert connection.connection.info.backend_pid != pid
    assert (watch.failures, watch.outage.is_on) == (0, False)
    assert not heard(0, answer_within=LONG)
    announce()
    assert heard(LONG, answer_within=LONG)


@pytest.fixture
def _frozen(watch: Watch) -> Iterator[None]:
    """Let the server answer nothing more to this thread's connection."""
    watch.look_once()
    pid = connection.connection.info.backend_pid
    os.kill(pid, signal.SIGSTOP)
    yield
    os.kill(pid, signal.SIGCONT)


@pytest.mark.usefixtures("_frozen")
def test_a_server_that_is_frozen_is_waited_for_no_longer_than_before(watch: Watch) -> None:
    asked_at = time.monotonic()

    watch.wait()

    assert time.monotonic() - asked_at < LONG / 2
    with pytest.raises(OperationalError, match="closed"):
        heard(LONG, answer_within=0.1)


def test_a_server_that_does_not_listen_is_asked_once_in_a_while(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that only reads, or a pool of connections."""
    monkeypatch.setattr("programme.publishing.announcing.CHANNEL", "no channel")
    watch.look_once()
    asked_at = time.monotonic()

    watch.wait()
    watch.look_once()

    assert time.monotonic() - asked_at >= watching.INTERVAL
    assert watch.failures == 0

"""A server that does not answer is given up, by whoever waits for it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from threading import Timer

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import Client

from operating.postgresql.base import Connection, NoAnswerError
from programme.shelf.outage import outage, patience
from tests.factories import make_editor
from tests.serving.test_two_processes import database_url
from tests.wsgi import ask

pytestmark = pytest.mark.skipif("connection.vendor != 'postgresql'")


@pytest.fixture
def _outage_ends() -> Iterator[None]:
    yield
    outage.end()


@pytest.fixture
def _nobody_sleeps_on() -> Iterator[None]:
    """End what the server goes on with for those who have gone."""
    yield
    with psycopg.connect(database_url(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state = 'active'"
            " AND query LIKE 'SELECT pg_sleep%'"
        )


LONG = 30
"""Seconds that nobody should wait; half of it is enough for the slowest machine."""


def sleep_in_the_server(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_nobody_sleeps_on")
def test_who_has_patience_waits_no_longer_and_may_ask_anew() -> None:
    asked_at = time.monotonic()

    with pytest.raises(OperationalError, match="does not answer"), patience(0.3):
        sleep_in_the_server(LONG)

    assert 0.3 <= time.monotonic() - asked_at < LONG / 2
    connection.close()
    sleep_in_the_server(0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_outage_ends", "_nobody_sleeps_on")
def test_a_request_that_waits_is_let_go_when_an_outage_begins() -> None:
    asked_at = time.monotonic()
    Timer(0.3, outage.begin).start()

    with pytest.raises(OperationalError, match="does not answer"):
        sleep_in_the_server(LONG)

    assert 0.3 <= time.monotonic() - asked_at < LONG / 2
    connection.close()
    with pytest.raises(OperationalError, match="is away"):
        sleep_in_the_server(0)


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_takes_long_is_no_outage() -> None:
    sleep_in_the_server(0.5)


def test_a_server_that_takes_the_connection_and_says_nothing_is_given_up_too() -> None:
    asked_at = time.monotonic()

    with socket.create_server(("127.0.0.1", 0)) as mute, patience(0.3):
        host, port = mute.getsockname()
        with pytest.raises(NoAnswerError):
            Connection.connect(host=host, port=port, dbname="none", connect_timeout=LONG)

    assert 0.3 <= time.monotonic() - asked_at < LONG / 2


# --- connections that are kept --------------------------------------------------------------


@pytest.fixture
def _connections_are_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this thread keep its connection between requests, as one of a process that serves."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    yield
    connection.close()


def drop(process: int) -> None:
    """End a connection from the server's side, as a restart or a firewall does."""
    with psycopg.connect(database_url(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_connections_are_kept")
def test_connection_that_was_dropped_while_idle_is_noticed_before_it_is_used(
    client: Client,
) -> None:
    client.force_login(make_editor(is_superuser=True))
    session = f"sessionid={client.cookies['sessionid'].value}"
    site = WSGIHandler()
    assert ask(site, "/en/admin/", cookie=session).status == 200
    kept = connection.connection.info.backend_pid

    assert ask(site, "/en/admin/", cookie=session).status == 200
    assert connection.connection.info.backend_pid == kept
    drop(kept)
    answered = ask(site, "/en/admin/", cookie=session)

    assert answered.status == 200
    assert connection.connection.info.backend_pid != kept

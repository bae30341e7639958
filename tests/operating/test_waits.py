"""Whoever holds a row or a transaction for too long holds no place of staff for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from meetings.models import Meeting
from operating.databases import WAITS, bound_waits
from programme.models import Publication
from tests.admin_forms import fields_of
from tests.desk.publish.test_admin_publishing import address
from tests.factories import make_editor, make_item, make_meeting
from tests.programme.html import Page
from tests.serving.test_two_processes import database_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'"),
]

LANGUAGES = ("en", "fr", "es", "ar")
SHORT = dict.fromkeys(WAITS, 300) | {"lock_timeout": 200}


@pytest.fixture(autouse=True)
def _short_waits() -> Iterator[None]:
    """Let this thread connect as one of a process that serves, and with little patience."""
    options = connection.settings_dict["OPTIONS"]
    before = {**options}
    connection.close()
    bound_waits(connection.settings_dict, SHORT)
    yield
    connection.close()
    options.clear()
    options.update(before)


@pytest.fixture
def meeting() -> Meeting:
    made = make_meeting(slug="june", name_en="June")
    make_item(made, number=1, title_en="Opening")
    return made


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_editor(is_superuser=True))
    client.raise_request_exception = False
    return client


@contextmanager
def locked_by_a_colleague(meeting: Meeting) -> Iterator[None]:
    """Hold the meeting's row by a connection of somebody else's."""
    colleague = connection.copy()
    colleague.settings_dict["OPTIONS"] = {}
    try:
        with colleague.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM meetings_meeting WHERE id = %s FOR UPDATE", [meeting.pk])
            yield
            cursor.execute("ROLLBACK")
    finally:
        colleague.close()


def sleep_in_the_server() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


def think_in_a_transaction() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        time.sleep(0.4)
        cursor.execute("SELECT 1")


def heading(language: str) -> str:
    with translation.override(language):
        return gettext("The desk is busy for a moment")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_waits_for_a_colleagues_lock_is_told_in_their_language_and_may_send_it_again(
    desk: Client, meeting: Meeting, language: str
) -> None:
    publish = address(meeting, language)
    form = fields_of(desk.get(publish).content.decode()) | {"warnings_seen": "on"}
    with locked_by_a_colleague(meeting):  # until there is an answer
        busy = desk.post(publish, form)

    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert busy["Content-Language"] == language
    assert Page(busy.content.decode()).headings == [(1, heading(language))]
    assert not Publication.objects.exists()
    assert desk.post(publish, form).status_code == 302
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("slow", [sleep_in_the_server, think_in_a_transaction])
def test_what_takes_too_long_is_ended_and_the_next_request_is_answered(
    desk: Client, meeting: Meeting, slow: object
) -> None:
    with mock.patch.object(Meeting.objects, "get_queryset", side_effect=slow):
        busy = desk.get("/fr/preview/june/")

    assert busy.status_code == 503
    assert Page(busy.content.decode()).headings == [(1, heading("fr"))]
    close_old_connections()  # as each request does when it starts
    assert desk.get(f"/fr/preview/{meeting.slug}/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_server_that_only_reads_as_after_a_change_of_server_is_away_for_staff(
    desk: Client, meeting: Meeting, language: str
) -> None:
    publish = address(meeting, language)
    form = fields_of(desk.get(publish).content.decode()) | {"warnings_seen": "on"}
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")

    away = desk.post(publish, form)

    connection.close()
    assert (away.status_code, away["Retry-After"]) == (503, "5")
    assert away["Content-Language"] == language
    assert desk.post(publish, form).status_code == 302


def test_what_the_address_says_wins() -> None:
    settings = {
        "ENGINE": connection.settings_dict["ENGINE"],
        "OPTIONS": {"options": "-c lock_timeout=7s -c work_mem=9MB"},
    }

    bound_waits(settings)
    other = connection.copy()
    other.settings_dict["OPTIONS"] = settings["OPTIONS"]
    with other.cursor() as cursor:
        told = {}
        for name in (*WAITS, "work_mem"):
            cursor.execute(f"SHOW {name}")
            told[name] = cursor.fetchone()[0]
    other.close()

    assert told == {
        "lock_timeout": "7s",
        "statement_timeout": "30s",
        "idle_in_transaction_session_timeout": "1min",
        "work_mem": "9MB",
    }


@pytest.mark.parametrize(
    ("module", "told"),
    [("config.wsgi", "5s"), ("operating.backups", "0")],
    ids=["served", "commands"],
)
def test_only_a_process_that_serves_is_bound(tmp_path: Path, module: str, told: str) -> None:
    asked = (
        f"import django; django.setup(); import {module}; from django.db import connection as one;"
        "print(one.cursor().execute('SHOW lock_timeout').fetchone()[0])"
    )
    environment = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"}

    run = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, **environment, "SPOOL_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == told

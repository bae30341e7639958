from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from operating.databases import database, is_busy
from operating.environment import BadEnvironmentError, Environment

DEFAULT = "sqlite:////srv/programme/db.sqlite3"


def test_without_an_address_rows_are_in_a_file_that_takes_the_lock_first() -> None:
    settings = database(Environment({}), DEFAULT)

    assert settings["NAME"] == "/srv/programme/db.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_by_socket_gives_up_on_a_server_that_does_not_answer() -> None:
    url = "postgresql://programme@%2Frun%2Fpostgresql/rows"

    settings = database(Environment({"DATABASE_URL": url}), DEFAULT)

    assert settings["ENGINE"] == "operating.postgresql"
    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "rows")
    assert settings["OPTIONS"] == {"connect_timeout": 2}
    assert settings["CONN_MAX_AGE"] == 60


def test_option_in_the_address_wins() -> None:
    url = "postgresql://programme@db.example.org/rows?connect_timeout=9"

    settings = database(Environment({"DATABASE_URL": url}), DEFAULT)

    assert settings["OPTIONS"] == {"connect_timeout": 9}


def test_public_site_without_an_address_is_told_how_to_mend_it() -> None:
    env = Environment({})

    database(env, DEFAULT, required="give it.")

    with pytest.raises(BadEnvironmentError, match="DATABASE_URL is missing: give it"):
        env.stop_if_bad()


NOBODY_COULD_CONNECT = {
    "mysql://h/n": "must begin with sqlite:// or postgresql://",
    "postgressql://h/n": "must begin with sqlite:// or postgresql://",
    "postgresql://u:pass-word@h": "names no database: .* postgresql://",
    "postgresql://u:pass-word@h/": "names no database: .* postgresql://",
    "sqlite://": "names no database: .* sqlite:///",
    "sqlite:///": "names no database: .* sqlite:///",
    "postgresql://h/n?sslmod=require&colour=red": "has an option .* knows: colour, sslmod",
    "postgresql://h/n?pool=true": "has an option .* knows: pool",
    "sqlite:////srv/db.sqlite3?sslmode=require": "has an option .* knows: sslmode",
}


@pytest.mark.parametrize(("url", "sentence"), NOBODY_COULD_CONNECT.items())
def test_address_with_which_nobody_could_connect_is_refused_in_a_sentence(
    url: str, sentence: str
) -> None:
    env = Environment({"DATABASE_URL": url})

    database(env, DEFAULT)

    with pytest.raises(BadEnvironmentError, match=f"DATABASE_URL {sentence}"):
        env.stop_if_bad()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://:memory:",
        "sqlite:////srv/db.sqlite3?timeout=3",
        "postgres://h/n",
        "postgresql:///n?host=/run/postgresql",
        "postgresql://?service=programme",
        "postgresql://h/n?sslmode=verify-full&sslrootcert=/etc/ca.pem&options=-c%20work_mem=9MB",
        "postgresql://h/n?currentSchema=programme",
    ],
)
def test_address_that_says_all_that_is_needed_is_taken(url: str) -> None:
    env = Environment({"DATABASE_URL": url})

    assert database(env, DEFAULT)["ENGINE"]
    env.stop_if_bad()


@pytest.mark.parametrize(
    "url",
    ["mysql://u:pass-word@h/n", "pass-word", "postgresql://u:pass-word@h:port/n"],
)
def test_other_address_is_refused_without_repeating_its_password(url: str) -> None:
    env = Environment({"DATABASE_URL": url})

    database(env, DEFAULT)

    with pytest.raises(BadEnvironmentError, match="DATABASE_URL") as caught:
        env.stop_if_bad()
    assert "pass-word" not in str(caught.value)


def test_file_that_a_colleague_is_writing_is_busy_and_one_that_is_missing_is_not(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rows.sqlite3"
    with closing(sqlite3.connect(file)) as colleague, closing(sqlite3.connect(file)) as ours:
        ours.execute("PRAGMA busy_timeout = 0")
        colleague.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            ours.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as missing:
        sqlite3.connect(tmp_path / "none" / "rows.sqlite3")

    assert is_busy(as_django_has_it(locked.value))
    assert not is_busy(as_django_has_it(missing.value))
    assert not is_busy(None)


def as_django_has_it(cause: Exception) -> OperationalError:
    """The error that Django makes of a driver's."""
    error = OperationalError(*cause.args)
    error.__cause__ = cause
    return error

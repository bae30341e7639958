from __future__ import annotations

import pytest

from config.databases import database
from config.environment import BadEnvironmentError, Environment

DEFAULT = "sqlite:////srv/programme/db.sqlite3"


def test_without_an_address_rows_are_in_a_file_that_takes_the_lock_first() -> None:
    settings = database(Environment({}), DEFAULT)

    assert settings["NAME"] == "/srv/programme/db.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_by_socket_gives_up_on_a_server_that_does_not_answer() -> None:
    url = "postgresql://programme@%2Frun%2Fpostgresql/rows"

    settings = database(Environment({"DATABASE_URL": url}), DEFAULT)

    assert settings["ENGINE"] == "config.postgresql"
    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "rows")
    assert settings["OPTIONS"] == {"connect_timeout": 2}
    assert settings["CONN_MAX_AGE"] == 60


def test_option_in_the_address_wins() -> None:
    url = "postgresql://programme@db.example.org/rows?connect_timeout=9"

    settings = database(Environment({"DATABASE_URL": url}), DEFAULT)

    assert settings["OPTIONS"] == {"connect_timeout": 9}


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

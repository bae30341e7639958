from __future__ import annotations

import pytest

from config.databases import database
from config.environment import BadEnvironmentError, Environment

DEFAULT = "sqlite:////srv/programme/db.sqlite3"


def test_without_an_address_rows_are_in_a_file_that_takes_the_lock_first() -> None:
    settings = database(Environment({}), DEFAULT)

    assert settings["NAME"] == "/srv/programme/db.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_by_socket_has_a_pool() -> None:
    url = "postgresql://programme@%2Frun%2Fpostgresql/rows"

    settings = database(Environment({"DATABASE_URL": url}), DEFAULT)

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "rows")
    assert settings["OPTIONS"]["pool"]["max_size"] == 8


def test_option_in_the_address_wins() -> None:
    url = "postgresql://programme@db.example.org/rows?pool=false"

    settings = database(Environment({"DATABASE_URL": url}), DEFAULT)

    assert settings["OPTIONS"] == {"pool": False}


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

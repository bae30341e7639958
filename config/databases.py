"""Turn DATABASE_URL into Django's setting, with what each kind of database needs here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dj_database_url

if TYPE_CHECKING:
    from config.environment import Environment

# Seconds that a request waits for a lock (SQLite).
PATIENCE = 10

# Seconds that anybody waits for a connection (PostgreSQL); psycopg takes no fewer.
CONNECT_PATIENCE = 2

# Seconds for which a thread keeps its connection, so that not each request makes one.
CONNECTION_AGE = 60

# Readers do not block the writer, and the writer does not block them.
SQLITE_JOURNAL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def database(
    env: Environment, default: str, *, connection_age: int = CONNECTION_AGE
) -> dict[str, Any]:
    """Read DATABASE_URL (`sqlite:///path` or `postgresql://user:password@host/name`).

    Options follow a question mark; what is given there wins over what stands here.
    """
    url = env.secret("DATABASE_URL", default)
    try:
        settings: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError as error:
        # The address may hold a password, so that it is not repeated.
        env.fault(f"DATABASE_URL cannot be read: {error}")
        return {}
    kind = settings["ENGINE"].rpartition(".")[2]
    if kind not in _OPTIONS:
        env.fault("DATABASE_URL must begin with sqlite:// or postgresql://.")
        return {}
    settings["ENGINE"] = _ENGINES[kind]
    settings["OPTIONS"] = {**_OPTIONS[kind], **settings.get("OPTIONS", {})}
    settings["CONN_HEALTH_CHECKS"] = True
    settings["CONN_MAX_AGE"] = connection_age
    return settings


_ENGINES = {"sqlite3": "django.db.backends.sqlite3", "postgresql": "config.postgresql"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "sqlite3": {
        # A transaction that writes later must not find out only then that another one wrote.
        "transaction_mode": "IMMEDIATE",
        "timeout": PATIENCE,
        "init_command": SQLITE_JOURNAL,
    },
    # No pool: after an outage it waits ever longer before it connects again. Public pages ask
    # nothing of the database, so that one connection for each thread that serves staff is few.
    "postgresql": {"connect_timeout": CONNECT_PATIENCE},
}

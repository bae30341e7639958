"""Turn DATABASE_URL into Django's setting, with what each kind of database needs here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dj_database_url
from psycopg import pq

if TYPE_CHECKING:
    from config.environment import Environment

# Seconds that a request waits for a lock (SQLite).
PATIENCE = 10

# Seconds that anybody waits for a connection (PostgreSQL); psycopg takes no fewer.
CONNECT_PATIENCE = 2

# Seconds for which a thread keeps its connection, so that not each request makes one.
CONNECTION_AGE = 60

# The one address of SQLite that names no file: for checks and builds, which keep nothing.
IN_MEMORY = "sqlite://:memory:"

# Readers do not block the writer, and the writer does not block them.
SQLITE_JOURNAL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def database(
    env: Environment, default: str, *, required: str = "", connection_age: int = CONNECTION_AGE
) -> dict[str, Any]:
    """Read DATABASE_URL (`sqlite:///path` or `postgresql://user:password@host/name`).

    Options follow a question mark; what is given there wins over what stands here. A fault is
    noted without the address, which may hold a password.
    """
    url = env.secret("DATABASE_URL", default, required=required)
    try:
        settings: dict[str, Any] = {**dj_database_url.parse(url)}
    except dj_database_url.UnknownSchemeError:
        settings = {"ENGINE": ""}
    except ValueError as error:
        env.fault(f"DATABASE_URL cannot be read: {error}")
        return {}
    kind = settings["ENGINE"].rpartition(".")[2]
    if fault := _fault_in(kind, settings, is_in_memory=url == IN_MEMORY):
        env.fault(fault)
        return {}
    settings["ENGINE"] = _ENGINES[kind]
    settings["OPTIONS"] = {**_OPTIONS[kind], **settings.get("OPTIONS", {})}
    settings["CONN_HEALTH_CHECKS"] = True
    settings["CONN_MAX_AGE"] = connection_age
    return settings


def _fault_in(kind: str, settings: dict[str, Any], *, is_in_memory: bool) -> str:
    """A sentence about an address with which nobody could connect; "" for any other."""
    if kind not in _OPTIONS:
        return "DATABASE_URL must begin with sqlite:// or postgresql://."
    options = settings.get("OPTIONS", {})
    is_named = settings["NAME"] not in {"", ":memory:"} or is_in_memory or "service" in options
    if not is_named:
        return f"DATABASE_URL names no database: write it as in {_EXAMPLES[kind]}."
    unknown = sorted(options.keys() - _KNOWN_OPTIONS[kind])
    if unknown:
        return f"DATABASE_URL has an option that nothing here knows: {', '.join(unknown)}."
    return ""


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
_EXAMPLES = {
    "sqlite3": "sqlite:////var/lib/programme/db.sqlite3",
    "postgresql": "postgresql://programme@db.example.org/programme",
}
_KNOWN_OPTIONS = {
    "sqlite3": frozenset({"timeout", "transaction_mode", "init_command", "cached_statements"}),
    # What libpq takes, and what Django takes beside it.
    "postgresql": frozenset(one.keyword.decode() for one in pq.Conninfo.get_defaults())
    | {"assume_role", "isolation_level", "prepare_threshold", "server_side_binding"},
}

"""Turn DATABASE_URL into Django's setting, with what each kind of database needs here."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeAlias

import dj_database_url
from django.db import InterfaceError, OperationalError
from psycopg import pq

if TYPE_CHECKING:
    from operating.environment import Environment

DatabaseSettings: TypeAlias = dict[str, Any]
"""One database as Django's DATABASES has it."""

# Seconds that a request waits for a lock (SQLite).
PATIENCE = 10

# Seconds that anybody waits for a connection (PostgreSQL); psycopg takes no fewer.
CONNECT_PATIENCE = 2

# Milliseconds after which PostgreSQL itself ends what holds a place of a process that serves: who
# waits for a colleague's lock, a statement, and a transaction in which nothing more is asked.
# Commands have none: a migration or a backup takes as long as it takes.
WAITS = {
    "lock_timeout": 5_000,
    "statement_timeout": 30_000,
    "idle_in_transaction_session_timeout": 60_000,
}

# Seconds for which a thread keeps its connection, so that not each request makes one.
CONNECTION_AGE = 60

# The one address of SQLite that names no file: for checks and builds, which keep nothing.
IN_MEMORY = "sqlite://:memory:"

# Readers do not block the writer, and the writer does not block them.
SQLITE_JOURNAL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def database(
    env: Environment, default: str, *, required: str = "", connection_age: int = CONNECTION_AGE
) -> DatabaseSettings:
    """Read DATABASE_URL (`sqlite:///path` or `postgresql://user:password@host/name`).

    Options follow a question mark; what is given there wins over what stands here. A fault is
    noted without the address, which may hold a password.
    """
    url = env.secret("DATABASE_URL", default, required=required)
    try:
        settings: DatabaseSettings = {**dj_database_url.parse(url)}
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


def _fault_in(kind: str, settings: DatabaseSettings, *, is_in_memory: bool) -> str:
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


def bound_waits(settings: DatabaseSettings, waits: dict[str, int] = WAITS) -> None:
    """Let connections that are made from now on hold nothing for long, since pages wait for them.

    What DATABASE_URL says in its own `options` comes later and wins.
    """
    if settings["ENGINE"] == _ENGINES["postgresql"]:
        limits = [f"-c {name}={milliseconds}" for name, milliseconds in waits.items()]
        options = settings["OPTIONS"]
        options["options"] = " ".join([*limits, options.get("options", "")]).strip()


def is_busy(error: BaseException | None) -> bool:
    """Whether a database that is there ended some work, since it or a colleague's took too long."""
    cause = error.__cause__ if error else None
    is_locked = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
    return is_locked or getattr(cause, "sqlstate", None) in _TOOK_TOO_LONG


def is_away(error: BaseException | None) -> bool:
    """Whether there is no database, or one that only reads: the other half of a pair, mostly."""
    cause = error.__cause__ if error else None
    is_gone = isinstance(error, OperationalError | InterfaceError)
    return is_gone or getattr(cause, "sqlstate", None) == _ONLY_READS


# PostgreSQL's own codes for what WAITS bounds, and for two who wait for each other (appendix A).
_TOOK_TOO_LONG = frozenset({"55P03", "57014", "25P03", "40P01"})
_ONLY_READS = "25006"

_ENGINES = {"sqlite3": "django.db.backends.sqlite3", "postgresql": "operating.postgresql"}
_OPTIONS: dict[str, dict[str, str | int]] = {
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
LIBPQ_OPTIONS = frozenset(one.keyword.decode() for one in pq.Conninfo.get_defaults())
"""What PostgreSQL's own programs understand, by name."""

_KNOWN_OPTIONS = {
    "sqlite3": frozenset({"timeout", "transaction_mode", "init_command", "cached_statements"}),
    "postgresql": LIBPQ_OPTIONS
    | {"assume_role", "isolation_level", "prepare_threshold", "server_side_binding"},
}

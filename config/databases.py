"""Turn DATABASE_URL into Django's setting, with what each kind of database needs here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dj_database_url

if TYPE_CHECKING:
    from config.environment import Environment

# Seconds that a request waits for a lock (SQLite) or a free connection (PostgreSQL).
PATIENCE = 10

# Readers do not block the writer, and the writer does not block them.
SQLITE_JOURNAL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def database(env: Environment, default: str) -> dict[str, Any]:
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
    settings["OPTIONS"] = {**_OPTIONS[kind], **settings.get("OPTIONS", {})}
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


_OPTIONS: dict[str, dict[str, Any]] = {
    "sqlite3": {
        # A transaction that writes later must not find out only then that another one wrote.
        "transaction_mode": "IMMEDIATE",
        "timeout": PATIENCE,
        "init_command": SQLITE_JOURNAL,
    },
    # A pool, since connections kept per thread outlive the threads of the development server.
    # Public pages ask nothing of the database, so that a few connections serve all staff.
    "postgresql": {"pool": {"min_size": 1, "max_size": 8, "timeout": PATIENCE}},
}

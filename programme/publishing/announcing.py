"""What is published is announced with its commit, and heard by every process (LISTEN, NOTIFY).

PostgreSQL alone tells. Nothing is in what it tells: whoever hears it looks at the database.
"""

from __future__ import annotations

from django.db import connection

from programme.shelf.outage import patience

CHANNEL = "programme_published"


def announce() -> None:
    """Tell all processes once this transaction is committed; nothing if it is rolled back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def heard(seconds: float, *, answer_within: float) -> bool:
    """Wait for an announcement for so many seconds, in no transaction; say whether one came.

    What comes while this thread's connection is used otherwise is heard the next time. Where the
    database tells nothing, False at once. Raises what it raises, and where it does not answer does
    so within `answer_within` seconds.
    """
    if connection.vendor != "postgresql":
        return False
    with patience(answer_within), connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    with connection.wrap_database_errors:
        return any(connection.connection.notifies(timeout=seconds, stop_after=1))

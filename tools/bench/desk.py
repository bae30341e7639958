"""How long staff wait: `python -m tools.bench.desk [ITEMS]`, on a PostgreSQL of its own.

A meeting of 200 items in four languages, each with a presenter and a list of six, is public; a
tenth of it is changed since. Set up as for the public. Of several rounds the median and the best
are told; where the machine has other work to do, the best says more, and is held to the limits.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import django
from django.core.management import call_command

from tools.servers.database import Database

ITEMS = 200
ROUNDS = 5
EVERY = 10
"""One item in so many is changed since the last publication."""

LIMITS = {"release desk": 1_000.0, "compile and publish": 500.0}
"""Milliseconds that are meant to be enough."""


def main() -> None:
    """Print what each page and verb takes, and where a limit is passed."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with _site():
        from tools.bench.staff import Staff  # noqa: PLC0415 -- rows need the settings

        staff = Staff(items, every=EVERY)
        figures = {name: _rounds(action) for name, action in staff.actions().items()}
        figures["compile and publish"] = _rounds(staff.publish, before=staff.change)
        for name, taken in figures.items():
            print(_line(name, taken))


def _line(name: str, taken: list[float]) -> str:
    limit = LIMITS.get(name)
    line = f"{name:24}{median(taken):6.0f} ms, at best {min(taken):6.0f} ms"
    if limit is None:
        return line
    return f"{line}, meant to be under {limit:.0f}{'' if min(taken) < limit else ': TOO SLOW'}"


def _rounds(
    action: Callable[[], object], *, before: Callable[[], object] | None = None
) -> list[float]:
    """Milliseconds that something takes, once it has run; what comes before is not counted."""
    taken = []
    for _round in range(1 + ROUNDS):
        if before:
            before()
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1_000)
    return taken[1:]


@contextmanager
def _site() -> Iterator[None]:
    """Django, set up as for the public, on an empty database and static files of its own."""
    database = Database()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATABASE_URL": database.start(),
                "DEBUG": "",
                "SECRET_KEY": secrets.token_urlsafe(50),
                "ALLOWED_HOSTS": "testserver",
                "SITE_URL": "https://programme.example.org",
                "SSL_REDIRECT": "0",
                "STATIC_ROOT": folder,
                "LOG_LEVEL": "ERROR",
            }
            django.setup()
            for command in ("compile_messages", "migrate"):
                call_command(command, verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            yield
    finally:
        database.stop()


if __name__ == "__main__":
    main()

"""Backups, and the proof that one can be read back: restored beside the database, and compared.

What a backup must hold is noted while it is taken, in the same snapshot: the rows of each table,
the digest of every publication and of every draft. The proof restores the file into a database
of its own, brings it up to this release, takes the same notes there and compares.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from config.databases import LIBPQ_OPTIONS
from config.environment import Environment
from meetings.models import Meeting
from programme.compiling import InvalidDraftError, compile_document
from programme.document import digest_of
from programme.models import Publication
from programme.watching import version_of

Notes = dict[str, dict[str, Any]]
"""What a database holds: rows by table, digests of publications and drafts."""

SUFFIXES = {"postgresql": ".dump", "sqlite": ".sqlite3"}
NOT_TOLD = frozenset({"password", "sslpassword", "client_encoding"})
CHANGED_BY_UPGRADES = frozenset({"django_migrations", "django_content_type", "auth_permission"})


class BackupError(Exception):
    """A backup could not be made or does not hold what it must; the message says what."""


# --- what a database holds -----------------------------------------------------------------------


def notes() -> Notes:
    """What the database holds now; read in one transaction, it is of one moment."""
    return {"rows": rows(), "publications": publications(), "drafts": drafts()}


def rows() -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in CHANGED_BY_UPGRADES:
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- a name from the database itself
                counts[table] = cursor.fetchone()[0]
    return counts


def publications() -> dict[str, str]:
    """The digest of each publication, or what is wrong with it."""
    return {f"{one.slug} v{one.serial}": judged(one) for one in Publication.objects.iterator()}


def judged(publication: Publication) -> str:
    """The digest of a document that can be read and is what was published."""
    if digest_of(publication.document) != publication.digest:
        return "differs from what was published"
    try:
        version_of(publication).edition()
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with it is told
        return f"cannot be read: {error}"
    return publication.digest


def drafts() -> dict[str, str]:
    """The digest of what each meeting's rows make now."""
    return {meeting.slug: draft_digest(meeting) for meeting in Meeting.objects.iterator()}


def draft_digest(meeting: Meeting) -> str:
    """The digest of a draft; a word where its rows make no programme."""
    try:
        return digest_of(compile_document(meeting).to_json())
    except InvalidDraftError:
        return "incomplete"


def told(held: Notes) -> str:
    """Notes in a sentence."""
    return (
        f"{sum(held['rows'].values())} rows in {len(held['rows'])} tables, "
        f"{len(held['publications'])} publications, {len(held['drafts'])} drafts."
    )


# --- taking one ----------------------------------------------------------------------------------


def back_up(folder: Path, at: datetime) -> Path:
    """Write a backup and its notes into a folder; give the file. No one else may read it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"programme-{at:%Y%m%dT%H%M%SZ}{SUFFIXES[connection.vendor]}"
    part = file.with_suffix(".part")
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    try:
        with transaction.atomic():
            held = _dump_postgresql(part) if connection.vendor == "postgresql" else _copy(part)
        notes_of(file).write_text(json.dumps(held, indent=1, sort_keys=True), encoding="utf-8")
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def _dump_postgresql(part: Path) -> Notes:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    held = notes()
    _program("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={part}")
    return held


def _copy(part: Path) -> Notes:
    held = notes()
    # Our transaction keeps writers away; a connection that could write may not be copied itself.
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    return held


def notes_of(file: Path) -> Path:
    """Where the notes of a backup are."""
    return file.with_suffix(".json")


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the latest so many backups; give those that are gone."""
    files = sorted(
        one for suffix in SUFFIXES.values() for one in folder.glob(f"programme-*{suffix}")
    )
    gone = files[:-keep] if keep else []
    for file in gone:
        file.unlink()
        notes_of(file).unlink(missing_ok=True)
    return gone


# --- proving it ----------------------------------------------------------------------------------


def prove(file: Path) -> Notes:
    """Restore a backup into a database of its own; BackupError if it holds other than it must."""
    try:
        expected: Notes = json.loads(notes_of(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"The notes of {file} cannot be read: {error}") from error
    restored = _restored_dump if file.suffix == SUFFIXES["postgresql"] else _restored_copy
    with restored(file) as url:
        _manage(url, "migrate", "--verbosity", "0")
        found: Notes = json.loads(_manage(url, "backup_notes"))
    if differences := list(_differences(expected, found)):
        raise BackupError("\n".join([f"{file} does not hold what it must:", *differences]))
    return found


def _differences(expected: Notes, found: Notes) -> Iterator[str]:
    for kind, held in expected.items():
        for name, value in held.items():
            now = found.get(kind, {}).get(name)
            if now != value:
                yield f"  {kind}, {name}: {value} when it was taken, {now} in the backup"


@contextmanager
def _restored_dump(file: Path) -> Iterator[str]:
    name = f"programme_proof_{secrets.token_hex(4)}"
    try:
        with connection.cursor() as cursor:
            # Whatever the server's own databases are in, and so counts as a letter.
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    except Exception as error:
        raise BackupError(
            f"A database for the proof cannot be made ({error}): "
            "give the site's role the right to, with ALTER ROLE … CREATEDB."
        ) from error
    try:
        _program("pg_restore", "--no-owner", "--exit-on-error", str(file), database=name)
        address = urlsplit(Environment(os.environ).secret("DATABASE_URL"))
        yield address._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def _restored_copy(file: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="programme-proof-") as folder:
        copy = Path(folder) / "proof.sqlite3"
        copy.write_bytes(file.read_bytes())
        yield f"sqlite:///{quote(str(copy))}"


def _manage(url: str, *command: str) -> str:
    """Run one of our commands on another database."""
    environment = {**os.environ, "DATABASE_URL": url}
    environment.pop("DATABASE_URL_FILE", None)
    run = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise BackupError(f"{command[0]} fails on the restored database: {run.stderr}")
    return run.stdout


def _program(name: str, *options: str, database: str = "") -> None:
    """Run one of PostgreSQL's programs on our database, or on another of the same server."""
    where, secret = _where(database)
    try:
        run = subprocess.run(  # noqa: S603 -- a program of PostgreSQL's
            [name, *where, "--no-password", *options],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupError(
            f"{name} is needed: on Debian, apt-get install postgresql-client."
        ) from error
    if run.returncode:
        raise BackupError(f"{name} fails: {run.stderr}")


def _where(database: str) -> tuple[list[str], dict[str, str]]:
    """How such a program connects as Django does, and what of that goes by its environment.

    Command lines are in lists that others read, so that no secret may stand there.
    """
    known = connection.get_connection_params() | ({"dbname": database} if database else {})
    told = {name: known[name] for name in known.keys() & LIBPQ_OPTIONS - NOT_TOLD}
    role = connection.settings_dict["OPTIONS"].get("assume_role")
    where = [f"--dbname={make_conninfo(**told)}", *([f"--role={role}"] if role else [])]
    return where, {"PGPASSWORD": str(known["password"])} if "password" in known else {}

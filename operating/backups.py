"""Backups, and the proof that one can be read back: restored beside the database, and read there.

The proof restores the file into a database of its own, brings it up to this release, reads every
publication against its digest and compiles every draft. Only then the file moves to where backups
are: what stands there is proved.

Whatever ends a backup or a proof on its way (a full disk, a signal, a reboot), what it leaves goes
when the next one starts. Each holds a lock on what it makes, which the kernel or PostgreSQL lets
go of once it is ended, so that the next one sees what is left over and what is being made.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from psycopg.conninfo import make_conninfo

from meetings.models import Meeting
from operating.databases import LIBPQ_OPTIONS
from operating.environment import Environment
from programme.document.stored import digest_of
from programme.models import Publication
from programme.publishing.watcher import version_of
from programme.rows.compiling import compile_document
from programme.rows.problems import InvalidDraftError

logger = logging.getLogger(__name__)

SUFFIXES = {"postgresql": ".dump", "sqlite": ".sqlite3"}
NOT_TOLD = frozenset({"password", "sslpassword", "client_encoding"})

PROOF = "programme_proof_"
"""What the name of each database of a proof begins with; the number of its lock follows."""

LOCKS_OF_PROOFS = 0x70726F66
"""The first of the two numbers of such a lock (pg_advisory_lock)."""


class BackupError(Exception):
    """A backup could not be made or does not hold what it must; the message says what."""


# --- what a database holds -----------------------------------------------------------------------


def told() -> str:
    """How much the database holds, in a sentence."""
    return f"{Publication.objects.count()} publications, {Meeting.objects.count()} drafts."


def faults() -> Iterator[str]:
    """What is wrong with what the database holds, when it is read as the site reads it."""
    for publication in Publication.objects.iterator():
        if digest_of(publication.document) != publication.digest:
            yield f"{publication.slug} v{publication.serial} differs from what was published"
        else:
            name = f"{publication.slug} v{publication.serial} cannot be read"
            yield from _fault(name, version_of(publication).edition)
    for meeting in Meeting.objects.iterator():
        yield from _fault(f"The draft of {meeting.slug} cannot be compiled", _draft_of, meeting)


def _draft_of(meeting: Meeting) -> None:
    with suppress(InvalidDraftError):  # it is not finished, which is no fault of the backup
        compile_document(meeting)


def _fault(name: str, read: Callable[..., object], *of: object) -> Iterator[str]:
    try:
        read(*of)
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with it is told
        yield f"{name}: {error}"


# --- taking one ----------------------------------------------------------------------------------


def back_up(folder: Path, at: datetime) -> tuple[Path, str]:
    """Write a backup into a folder once it is proved; give the file and what it holds.

    What cannot be proved stays in `unproved/` there, to be looked at, until the next one starts.
    No one else may read any of it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with room(folder / "unproved") as unproved:
        forget_left(folder)
        publications = Publication.objects.count()  # which are never deleted
        written = taken(unproved, at)
        holds = prove(written, publications)
        _settle(written)
        written.rename(folder / written.name)
        _settle(folder)
        shutil.rmtree(unproved)
    return folder / written.name, holds


def taken(folder: Path, at: datetime) -> Path:
    """Write a backup into a folder; give the file, of which nothing is proved."""
    file = folder / f"programme-{at:%Y%m%dT%H%M%SZ}{SUFFIXES[connection.vendor]}"
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    if connection.vendor == "postgresql":
        _program("pg_dump", "--format=custom", f"--file={file}")
    else:
        _copy(file)
    return file


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk: what is proved must last."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(file: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    try:
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)  # in one step, so that it is of one moment
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be written: {error}.") from error


def notes_of(file: Path) -> Path:
    """Where earlier releases wrote what a backup must hold."""
    return file.with_suffix(".json")


def in_folder(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(
        file for suffix in SUFFIXES.values() for file in folder.glob(f"programme-*{suffix}")
    )


def forget_old(made: Path, keep: int) -> list[Path]:
    """Remove all but the latest so many backups up to the one just made; give those that are gone.

    What is dated later was made while the clock was wrong: it takes no other's place.
    """
    past = [one for one in in_folder(made.parent) if one.stem <= made.stem]
    gone = past[:-keep] if keep else []
    for file in gone:
        file.unlink()
        notes_of(file).unlink(missing_ok=True)
    return gone


# --- what was broken off -------------------------------------------------------------------------


@contextmanager
def room(folder: Path) -> Iterator[Path]:
    """Have a folder for oneself, empty: what stands in it was left by a process that was ended.

    Another process that has it now is waited for. What an ended one held is free (flock(2)).
    """
    with folder.with_name(f".{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.warning("Another process is at work in %s: waiting for it", folder)
            fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        yield folder


def forget_left(folder: Path) -> None:
    """Remove what broken off backups left in a folder that nobody else is backing up into."""
    files = {notes_of(one) for one in in_folder(folder)}
    for left in folder.glob("programme-*"):
        if left.suffix in {".part", ".unproved"} or (left.suffix == ".json" and left not in files):
            left.unlink()
    forget_left_databases()


def forget_left_databases() -> None:
    """Drop the databases of proofs that were broken off: ours, whose locks nobody holds."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # Locks are taken before databases are made, and seen from any database of the server.
        cursor.execute(
            "SELECT datname FROM pg_database"
            " WHERE datname ~ %s AND pg_get_userbyid(datdba) = current_user"
            " AND ('x' || right(datname, 8))::bit(32)::bigint NOT IN (SELECT objid::bigint"
            " FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2)",
            [f"^{PROOF}[0-9a-f]{{8}}$", LOCKS_OF_PROOFS],
        )
        for (name,) in cursor.fetchall():
            try:
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            except DatabaseError as error:  # it takes room, which is no reason to make no backup
                logger.warning("%s, left by a broken off proof, stays: %s", name, error)


# --- proving it ----------------------------------------------------------------------------------


def prove(file: Path, publications: int = 0) -> str:
    """Restore a backup into a database of its own and read it; give what it holds.

    BackupError if something in it cannot be read, or if there are fewer publications than this.
    """
    if file.suffix != SUFFIXES[connection.vendor]:
        raise BackupError(f"{file} is of another kind of database than that of the site.")
    restored = _restored_dump if connection.vendor == "postgresql" else _restored_copy
    with restored(file) as url:
        _manage(url, "migrate", "--verbosity", "0")
        return _manage(url, "read_back", "--publications", str(publications)).strip()


@contextmanager
def _restored_dump(file: Path) -> Iterator[str]:
    forget_left_databases()
    with _database_of_a_proof() as name:
        _program("pg_restore", "--no-owner", "--exit-on-error", str(file), database=name)
        address = urlsplit(Environment(os.environ).secret("DATABASE_URL"))
        yield address._replace(path=f"/{name}").geturl()


@contextmanager
def _database_of_a_proof() -> Iterator[str]:
    """An empty database for as long as the block lasts, with a lock that says so."""
    number = secrets.randbits(31)
    name = f"{PROOF}{number:08x}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS_OF_PROOFS, number])
        try:
            # Whatever the server's own databases are in, and so counts as a letter.
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        except Exception as error:
            raise BackupError(
                f"A database for the proof cannot be made ({error}): "
                "give the site's role the right to, with ALTER ROLE … CREATEDB."
            ) from error
        try:
            yield name
        finally:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS_OF_PROOFS, number])


@contextmanager
def _restored_copy(file: Path) -> Iterator[str]:
    # Beside the rows, which is where a proof that was broken off is found again.
    with room(Path(f"{connection.settings_dict['NAME']}-proof")) as folder:
        copy = folder / "proof.sqlite3"
        try:
            shutil.copyfile(file, copy)
            _refuse_damaged(copy)
            yield f"sqlite:///{quote(str(copy))}"
        finally:
            shutil.rmtree(folder)


def _refuse_damaged(copy: Path) -> None:
    """Refuse what SQLite would open all the same: a file of which some is lost, or all of it."""
    try:
        with closing(sqlite3.connect(copy)) as restored:
            restored.execute("SELECT 1 FROM django_migrations")
            restored.execute("PRAGMA ignore_check_constraints = ON")  # they ask Django's functions
            ((told,),) = restored.execute("PRAGMA integrity_check(1)")
    except sqlite3.Error as error:
        told = str(error)
    if told != "ok":
        raise BackupError(f"The backup is damaged: {told}.")


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
        raise BackupError(f"{name} fails ({run.returncode}): {run.stderr}")


def _where(database: str) -> tuple[list[str], dict[str, str]]:
    """How such a program connects as Django does, and what of that goes by its environment.

    Command lines are in lists that others read, so that no secret may stand there.
    """
    known = connection.get_connection_params() | ({"dbname": database} if database else {})
    told = {name: known[name] for name in known.keys() & LIBPQ_OPTIONS - NOT_TOLD}
    role = connection.settings_dict["OPTIONS"].get("assume_role")
    where = [f"--dbname={make_conninfo(**told)}", *([f"--role={role}"] if role else [])]
    return where, {"PGPASSWORD": str(known["password"])} if "password" in known else {}

"""Whatever ends a backup or its proof on the way, nothing unproved counts and nothing stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from operating import backups
from tests import factories
from tests.operating.test_backups import (
    _database_of_the_tests,  # noqa: F401 -- a fixture
    names_of_databases,
)
from tests.rows import published
from tests.test_project import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

MOMENTS = {
    "postgresql": ("pg_dump", "pg_restore", "migrate", "read_back"),
    "sqlite": ("migrate", "read_back"),
}
"""What a backup has others do, one after the other."""


@pytest.fixture(autouse=True)
def _meeting() -> None:
    meeting = factories.make_meeting(slug="backed-up", name_ar="اجتماع")
    factories.make_item(meeting, title_en="Opening")
    published(meeting)


@pytest.fixture(autouse=True)
def _room_of_proofs() -> Iterator[None]:
    """Find that no copy of a proof is left beside the rows."""
    yield
    if connection.vendor == "sqlite":
        assert not Path(f"{connection.settings_dict['NAME']}-proof").exists()


def began(command: str, path: Path, *options: str, limit: str = "") -> subprocess.Popen[str]:
    """A command that runs, as a service manager starts it; `limit` is one of the shell's."""
    ours = [sys.executable, "manage.py", command, str(path), *options]
    limited = ["/bin/sh", "-c", f'{limit}; exec "$@"', "sh", *ours]
    return subprocess.Popen(
        limited if limit else ours,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def back_up(folder: Path, *options: str) -> str:
    """What a backup that nothing breaks off tells."""
    running = began("back_up", folder, *options)
    told, complained = running.communicate(timeout=120)
    assert running.returncode == 0, complained
    return told


def has_come_to(running: subprocess.Popen[str], moment: str) -> bool:
    """Wait until a command has come to a moment; False where it ends without being seen there."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while running.poll() is None:
        for child in children.read_text(encoding="ascii").split():
            try:
                if moment in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8"):
                    return True
            except OSError:
                continue  # it is gone already
        time.sleep(0.002)
    return False


def broken_off(folder: Path, moment: str, how: signal.Signals) -> None:
    """Begin backups until one could be ended at this moment."""
    for _ in range(5):
        running = began("back_up", folder)
        if has_come_to(running, moment):
            # A service manager, and a machine that goes down, end all; want of memory ends one.
            (os.kill if how is signal.SIGKILL else os.killpg)(running.pid, how)
            running.communicate(timeout=120)
            assert running.returncode == -how
            return
        for one in backups.in_folder(folder)[1:]:
            one.unlink()  # it was made before it was seen there
    pytest.fail(f"No backup could be ended at {moment}.")


def stored(folder: Path) -> Path:
    """A backup of earlier."""
    file = folder / f"programme-20240101T024000Z{backups.SUFFIXES[connection.vendor]}"
    file.touch()
    return file


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.rglob("*") if not one.name.endswith(".lock")}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_backup_that_is_ended_leaves_nothing_that_counts_and_the_next_one_clears_away(
    tmp_path: Path, how: signal.Signals
) -> None:
    proved = stored(tmp_path)
    for moment in MOMENTS[connection.vendor]:
        broken_off(tmp_path, moment, how)

        assert backups.in_folder(tmp_path) == [proved]

    told = back_up(tmp_path, "--keep", "2")

    first, second = backups.in_folder(tmp_path)
    assert first == proved
    assert f"{second}: proved." in told
    assert names_in(tmp_path) == {first.name, second.name}
    assert names_of_databases() == set()


def test_disk_that_is_full_is_told_in_a_sentence_and_the_backups_before_it_stay(
    tmp_path: Path,
) -> None:
    proved = stored(tmp_path)

    running = began("back_up", tmp_path, "--keep", "1", limit="ulimit -f 16")
    _, complained = running.communicate(timeout=120)

    assert running.returncode == 1
    assert "Traceback" not in complained
    assert "pg_dump fails" in complained or "cannot be written" in complained
    assert backups.in_folder(tmp_path) == [proved]


@pytest.mark.parametrize("other", ["back_up", "prove_backup"])
def test_backup_that_is_being_made_is_left_alone_by_whoever_clears_away(
    tmp_path: Path, other: str
) -> None:
    known = backups.taken(tmp_path, datetime(2024, 1, 1, tzinfo=UTC))
    first = began("back_up", tmp_path)
    assert has_come_to(first, "migrate")

    second = began(other, tmp_path if other == "back_up" else known)
    told = [one.communicate(timeout=120) for one in (first, second)]

    assert [one.returncode for one in (first, second)] == [0, 0], told
    assert len(backups.in_folder(tmp_path)) == (3 if other == "back_up" else 2)
    assert names_of_databases() == set()


def test_what_earlier_releases_left_goes_too_and_nothing_else(tmp_path: Path) -> None:
    kept = {"programme-20240101T024000Z.dump", "programme-20240101T024000Z.json", "read.me"}
    gone = {"programme-20240102T024000Z.part", "programme-20240102T024000Z.json"}
    gone |= {"programme-20240103T024000Z.unproved", "programme-20240103T024000Z.json"}
    for name in kept | gone:
        (tmp_path / name).write_text(json.dumps({}), encoding="utf-8")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE programme_proof_0badcafe")
            cursor.execute("CREATE DATABASE programme_proof_of_mine")

    backups.forget_left(tmp_path)

    assert names_in(tmp_path) == kept
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            assert names_of_databases() == {"programme_proof_of_mine"}
            cursor.execute("DROP DATABASE programme_proof_of_mine")

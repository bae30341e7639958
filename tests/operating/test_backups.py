"""A backup counts only once it was read back and holds what it must."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from operating import backups
from programme.models import Publication
from tests import factories
from tests.rows import published
from tests.serving.test_two_processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _database_of_the_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Let the commands that a proof starts find the server on which the tests run.

    One test at a time, in all processes: each looks which databases of proofs are there.
    """
    monkeypatch.setenv("DATABASE_URL", database_url())
    with (tmp_path_factory.getbasetemp().parent / "proofs.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


@pytest.fixture
def publication() -> Publication:
    meeting = factories.make_meeting(slug="backed-up", name_ar="اجتماع")
    factories.make_item(meeting, title_en="Opening")
    return published(meeting)


@pytest.fixture
def databases() -> Iterator[None]:
    """Find that a proof leaves no database behind."""
    before = names_of_databases()
    yield
    assert names_of_databases() == before


def names_of_databases() -> set[str]:
    """Databases of proofs."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'programme_proof%%'")
        return {name for (name,) in cursor.fetchall()}


def back_up(folder: Path) -> Path:
    """A backup without its proof, which starts two processes."""
    return backups.taken(folder, timezone.now())


@pytest.mark.usefixtures("databases")
def test_backup_holds_rows_publications_and_drafts_and_is_proved(
    tmp_path: Path, publication: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new folder"
    call_command("back_up", folder)

    (file,) = backups.in_folder(folder)
    held = json.loads(backups.notes_of(file).read_text(encoding="utf-8"))
    assert held["publications"] == {"backed-up v1": publication.digest}
    assert held["drafts"] == {"backed-up": publication.digest}
    assert held["rows"]["programme_agendaitem"] == 1
    assert {one.stat().st_mode & 0o777 for one in (file, backups.notes_of(file))} == {0o600}
    assert f"{file}: proved." in capsys.readouterr().out


@pytest.mark.usefixtures("databases")
def test_backup_that_lacks_something_is_not_proved(
    tmp_path: Path, publication: Publication
) -> None:
    file = back_up(tmp_path)
    notes = backups.notes_of(file)
    held = json.loads(notes.read_text(encoding="utf-8"))
    held["publications"]["backed-up v2"] = publication.digest
    held["rows"]["programme_agendaitem"] += 1
    notes.write_text(json.dumps(held), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("prove_backup", file)

    message = str(refused.value)
    assert "publications, backed-up v2" in message
    assert "rows, programme_agendaitem: 2 when it was taken, 1 in the backup" in message


@pytest.mark.usefixtures("publication", "databases")
@pytest.mark.parametrize("damage", ["cut", "emptied"])
def test_damaged_backup_is_not_proved(tmp_path: Path, damage: str) -> None:
    file = back_up(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")

    with pytest.raises(CommandError):
        call_command("prove_backup", file)


def test_publication_that_says_other_than_what_was_published_is_named(
    publication: Publication,
) -> None:
    document = publication.document.replace("Opening", "Closing")
    Publication.objects.filter(pk=publication.pk).update(document=document)

    assert backups.publications() == {"backed-up v1": "differs from what was published"}


@pytest.mark.usefixtures("publication")
def test_backup_that_cannot_be_proved_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_file: Path) -> backups.Notes:
        raise backups.BackupError("no")

    monkeypatch.setattr(backups, "prove", fails)

    with pytest.raises(CommandError):
        call_command("back_up", tmp_path)

    assert backups.in_folder(tmp_path) == []
    assert len(backups.in_folder(tmp_path / "unproved")) == 1


@pytest.mark.usefixtures("publication")
def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    at = timezone.now()
    files = [backups.taken(tmp_path, at + timedelta(seconds=number)) for number in range(3)]

    gone = backups.forget_old(files[-1], keep=2)

    assert gone == files[:1]
    assert sorted(one.suffix for one in tmp_path.iterdir()).count(".json") == 2


@pytest.mark.usefixtures("publication")
def test_a_backup_made_while_the_clock_was_ahead_takes_no_others_place(tmp_path: Path) -> None:
    at = timezone.now()
    ahead = backups.taken(tmp_path, at + timedelta(days=1))
    made = backups.taken(tmp_path, at)

    gone = backups.forget_old(made, keep=1)

    assert gone == []
    assert backups.in_folder(tmp_path) == [made, ahead]


def test_client_programs_of_postgresql_are_asked_for_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program.")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(backups.BackupError, match="postgresql-client"):
        back_up(tmp_path)


@pytest.mark.usefixtures("publication", "databases")
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_options_of_the_address_are_for_the_programs_of_postgresql_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.ensure_connection()
    # As postgresql:///name?host=…&user=… says it: all that leads to the server is an option.
    known = connection.settings_dict
    options = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"]}
    told = {name: value for name, value in options.items() if value}
    monkeypatch.setitem(known, "OPTIONS", {**known["OPTIONS"], **told})
    for name in ("HOST", "PORT", "USER"):
        monkeypatch.setitem(known, name, "")
    monkeypatch.delenv("PGHOST", raising=False)

    file = back_up(tmp_path)

    assert backups.prove(file)["publications"]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_programs_of_postgresql_get_the_password_where_no_list_shows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "pass'word")
    options = {"sslmode": "verify-full", "sslpassword": "key-word", "assume_role": "owner"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)

    where, secret = backups._where("proof")  # noqa: SLF001 -- what is seen from outside

    assert secret == {"PGPASSWORD": "pass'word"}
    assert "word" not in " ".join(where)
    assert {"sslmode=verify-full", "dbname=proof"} <= {
        *where[0].removeprefix("--dbname=").split(" ")
    }
    assert where[1:] == ["--role=owner"]

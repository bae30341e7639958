"""A backup counts only once it was read back and holds what it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from meetings.models import Meeting
from operating import backups
from programme.document.stored import digest_of
from programme.models import ItemPlacement, Publication
from programme.rows.compiling import compile_document
from programme.rows.problems import InvalidDraftError
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


@pytest.mark.usefixtures("publication", "databases")
def test_backup_is_read_back_and_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new folder"
    call_command("back_up", folder)

    (file,) = folder.glob("programme-*")
    assert file.stat().st_mode & 0o777 == 0o600
    assert f"{file}: proved. 1 publications, 1 drafts." in capsys.readouterr().out


@pytest.mark.usefixtures("databases")
def test_backup_that_says_other_than_what_was_published_is_not_proved(
    tmp_path: Path, publication: Publication
) -> None:
    document = publication.document.replace("Opening", "Closing")
    Publication.objects.filter(pk=publication.pk).update(document=document)
    file = back_up(tmp_path)

    with pytest.raises(CommandError, match="backed-up v1 differs from what was published"):
        call_command("prove_backup", file)


@pytest.mark.usefixtures("publication", "databases")
def test_backup_that_lacks_a_publication_is_not_proved(tmp_path: Path) -> None:
    file = back_up(tmp_path)

    with pytest.raises(backups.BackupError, match="There are 1 publications of 2"):
        backups.prove(file, 2)


@pytest.mark.usefixtures("publication", "databases")
@pytest.mark.parametrize("damage", ["cut", "emptied"])
def test_damaged_backup_is_not_proved(tmp_path: Path, damage: str) -> None:
    file = back_up(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")

    with pytest.raises(CommandError):
        call_command("prove_backup", file)


def test_all_that_cannot_be_read_is_named(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished = factories.make_meeting(slug="unfinished")
    placement = factories.make_placement(factories.make_item(unfinished))
    ItemPlacement.objects.filter(pk=placement.pk).update(date="2023-07-01")
    with pytest.raises(InvalidDraftError):
        compile_document(unfinished)
    odd = publication.document.replace('"schema":', '"scheme":')
    Publication.objects.update(document=odd, digest=digest_of(odd))
    monkeypatch.setattr(backups, "compile_document", fails_for_one)

    assert [one.partition(":")[0] for one in backups.faults()] == [
        "backed-up v1 cannot be read",
        "The draft of backed-up cannot be compiled",
    ]


def fails_for_one(meeting: Meeting) -> object:
    """Compile, but for a meeting of which something in its rows is damaged."""
    if meeting.slug == "backed-up":
        raise KeyError(meeting.slug)
    return compile_document(meeting)


@pytest.mark.usefixtures("publication")
def test_backup_that_cannot_be_proved_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_file: Path, _publications: int) -> str:
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

    for one in files:
        backups.notes_of(one).touch()

    gone = backups.forget_old(files[-1], keep=2)

    assert gone == files[:1]
    assert len([*tmp_path.glob("*.json")]) == 2


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

    assert backups.prove(file, 1)


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

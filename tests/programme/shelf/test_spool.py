from __future__ import annotations

import errno
import logging
import os
import shutil
import stat
from dataclasses import fields, replace
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone

from programme.comparing.change_lines import Line, Named
from programme.document.nodes import Texts
from programme.models import Publication
from programme.publishing.watcher import Watch, Watcher
from programme.shelf import spool as spool_module
from programme.shelf.edition import Version
from programme.shelf.outage import Outage
from programme.shelf.shelf import Shelf
from programme.shelf.spool import Spool
from tests.programme.builders import intersessionals
from tests.programme.builders import version as version_of
from tests.programme.publishing.test_watching import looks_fail
from tests.rows import published, shapes

LINE = Line(
    subject=Named("list", "l", Texts(), Texts.of(fr="Première liste")),
    owner=Named("item", "i", Texts.of(ar="6 (أ)"), Texts()),
    field="delegations",
    code="tcd",
    name=Texts.of("unofficial", en="Chad"),
    after=True,
    above=("i",),
    codes=("tcd",),
    number=2,
    is_held_back=True,
)


def version(serial: int = 1) -> Version:
    made = version_of(intersessionals(), serial, "Rev.1", Texts.of("machine", ar="ملاحظة"))
    return replace(made, lines=(LINE,), is_reissue=True, cancelled=("panel-1",))


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def test_files_say_what_their_format_says() -> None:
    # A release that goes back reads what a newer one wrote: another shape is another FORMAT.
    assert (spool_module.FORMAT, [one.name for one in fields(Version)]) == (
        2,
        [
            *("meeting_id", "slug", "serial", "designation", "published_at", "digest"),
            *("note", "lines", "is_reissue", "cancelled", "packed"),
        ],
    )


def test_what_was_kept_is_read_as_it_was(spool: Spool) -> None:
    spool.keep([version(1), version(2)], frozenset({("other", 3)}))

    versions, withdrawn = Spool(spool.folder).read()

    assert versions == [version(1), version(2)]
    assert withdrawn == {("other", 3)}
    assert versions[0].edition() == version(1).edition()


def test_what_stands_no_longer_is_removed(spool: Spool) -> None:
    spool.keep([version(1), version(2)], frozenset())

    spool.keep([version(2)], frozenset({("2024-intersessional-meetings", 1)}))

    versions, withdrawn = spool.read()
    assert versions == [version(2)]
    assert withdrawn == {("2024-intersessional-meetings", 1)}


def test_an_empty_or_missing_folder_holds_nothing(spool: Spool) -> None:
    assert spool.read() == ([], frozenset())


def test_lines_told_anew_replace_those_that_were_kept(spool: Spool) -> None:
    spool.keep([version(1)], frozenset())
    told_anew = replace(version(1), lines=())

    spool.keep([told_anew], frozenset())

    assert spool.read()[0] == [told_anew]


def test_files_are_for_the_sites_user_alone(spool: Spool) -> None:
    spool.keep([version(1)], frozenset())

    assert stat.S_IMODE(spool.folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in spool.folder.iterdir()] == [0o600]


DAMAGE = {
    "empty": lambda _content: b"",
    "cut short": lambda content: content[: len(content) // 2],
    "one bit fell over": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    "something else": lambda _content: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "another digest": lambda content: b"0" * 64 + content[64:],
    "a line too many": lambda content: b"\n" + content,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_is_set_aside_with_one_line_and_written_anew(
    spool: Spool, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(damage)
    spool.keep([version(1)], frozenset({("other", 3)}))
    spool.file.write_bytes(damage(spool.file.read_bytes()))
    restarted = Spool(spool.folder)

    with caplog.at_level(logging.ERROR):
        assert restarted.read() == restarted.read() == ([], frozenset())

    assert [one.getMessage().partition(",")[0] for one in caplog.records] == [
        f"{spool.file.name} is set aside"
    ]
    assert spool.file.with_name(f"{spool.file.name}.damaged").exists()
    restarted.keep([version(1)], frozenset())
    assert restarted.read()[0] == [version(1)]


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"{}", b"7", b"\xff"])
def test_what_fits_its_digest_but_is_no_spool_is_set_aside(spool: Spool, content: bytes) -> None:
    spool.folder.mkdir()
    spool.file.write_bytes(spool_module._with_digest(content))  # noqa: SLF001 -- as if it were ours

    assert spool.read() == ([], frozenset())
    assert not spool.file.exists()


def test_a_disk_that_fails_keeps_no_process_from_starting(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spool.keep([version(1)], frozenset({("other", 3)}))

    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    for name in ("glob", "open", "read_bytes"):
        monkeypatch.setattr(Path, name, fails)
    restarted = watcher(spool)

    assert not restarted.restore()
    assert "The spool cannot be read: [Errno 5] Input/output error" in caplog.messages
    spool.keep([version(1)], frozenset())
    assert (spool.is_whole(), spool.failures) == (False, 1)


def test_a_folder_that_cannot_be_written_is_logged_once_and_does_no_harm(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "spool"
    in_the_way.write_text("a file, no folder")
    spool = Spool(in_the_way)

    with caplog.at_level(logging.ERROR):
        spool.keep([version(1)], frozenset())
        spool.keep([version(1)], frozenset())

    assert len(caplog.records) == 1
    assert spool.read() == ([], frozenset())


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, *, room: int) -> None:
    """Let so many files have room beside each other, and no more be written."""

    def full(path: Path, content: bytes) -> None:
        if len([*path.parent.iterdir()]) >= room:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    write = spool_module._write  # noqa: SLF001 -- the disk, as far as a test can fill it
    monkeypatch.setattr(spool_module, "_write", full)


WITHDRAWN = frozenset({("2024-intersessional-meetings", 1)})


@pytest.mark.parametrize(("room", "kept"), [(1, [version(2), version(3)]), (0, [])])
@pytest.mark.parametrize("is_restarted", [False, True])
def test_what_is_withdrawn_leaves_a_full_disk(
    spool: Spool,
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    kept: list[Version],
    *,
    is_restarted: bool,
) -> None:
    spool.keep([version(1), version(2)], frozenset())
    if is_restarted:
        spool = Spool(spool.folder)
        spool.read()
    fill_the_disk(monkeypatch, room=room)

    spool.keep([version(2), version(3)], WITHDRAWN)

    assert (spool.failures, spool.is_whole()) == ((0, True) if kept else (1, False))
    assert spool.read() == (kept, WITHDRAWN if kept else frozenset())


def test_what_was_kept_stays_until_what_is_new_is_written(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.keep([version(1)], WITHDRAWN)
    fill_the_disk(monkeypatch, room=1)

    spool.keep([replace(version(1), lines=()), version(2)], WITHDRAWN)

    assert (spool.failures, spool.is_whole()) == (1, False)
    assert spool.read() == ([version(1)], WITHDRAWN)


def keep_as_one_that_is_behind(spool: Spool) -> None:
    Spool(spool.folder).keep([], frozenset({("other", 1)}))


@pytest.mark.parametrize(
    "lose",
    [
        lambda spool: spool.file.unlink(),
        lambda spool: spool.file.write_bytes(b""),
        lambda spool: shutil.rmtree(spool.folder),
        keep_as_one_that_is_behind,
        lambda spool: Spool(spool.folder).keep([version(1)], frozenset()),
    ],
    ids=["the file", "its content", "the folder", "all but another", "withdrawn, older"],
)
def test_what_was_lost_is_noticed_and_written_again(spool: Spool, lose: object) -> None:
    assert callable(lose)
    spool.keep([version(1)], frozenset({("other", 3)}))
    assert spool.is_whole()

    lose(spool)

    assert not spool.is_whole()
    spool.keep([version(1)], frozenset({("other", 3)}))
    assert spool.is_whole()
    assert spool.read() == ([version(1)], frozenset({("other", 3)}))


def test_processes_that_know_the_same_write_it_once(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.keep([version(1), version(2)], WITHDRAWN)
    monkeypatch.setattr(spool_module, "_write", None)
    other = Spool(spool.folder)

    other.keep([version(2), version(1)], WITHDRAWN)

    assert (other.is_whole(), other.failures) == (True, 0)


def test_what_a_process_left_behind_when_it_died_is_removed(spool: Spool) -> None:
    spool.keep([version(1)], frozenset())
    left, being_written = spool.folder / "left.part", spool.folder / "now.part"
    for path in (left, being_written):
        path.touch()
    os.utime(left, (0, 0))

    spool.keep([version(2)], frozenset())

    assert (left.exists(), being_written.exists()) == (False, True)


# With the watcher ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_a_full_disk_refused_is_written_as_soon_as_there_is_room(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    published(shapes())
    watching = watcher(spool)
    with monkeypatch.context() as full:
        fill_the_disk(full, room=0)
        assert watching.look()
        assert not watching.look()
    assert (spool.failures, spool.read()[0]) == (2, [])

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert not watching.look()

    assert [one.slug for one in spool.read()[0]] == ["shapes"]
    assert spool.is_whole()


@pytest.mark.django_db
def test_two_processes_that_share_a_folder_agree_after_the_next_look(spool: Spool) -> None:
    ahead, behind = watcher(spool), watcher(Spool(spool.folder))
    behind.look()
    published(shapes())
    ahead.look()
    assert behind.spool
    behind.spool.keep([], frozenset())  # what it knew before, written late
    assert spool.read()[0] == []

    for each in (ahead, behind, ahead):
        each.look()

    assert [one.slug for one in spool.read()[0]] == ["shapes"]
    assert spool.is_whole()
    assert behind.spool.is_whole()


def watcher(spool: Spool) -> Watcher:
    return Watcher(Shelf(), spool=spool)


def test_a_process_that_starts_while_the_database_is_away_serves_what_was_public(
    spool: Spool,
) -> None:
    spool.keep([version(1), version(2)], frozenset({("other", 3)}))
    restarted = watcher(spool)
    watch = Watch(restarted, Outage())

    with looks_fail(OperationalError("away")):
        restarted.restore()
        watch.look_once()

    current = restarted.shelf.current("2024-intersessional-meetings")
    assert current
    assert current.serial == 2
    assert restarted.shelf.is_filled
    assert restarted.shelf.is_withdrawn("other", 3)


def test_without_spool_and_database_nobody_knows_what_is_public(spool: Spool) -> None:
    restarted = watcher(spool)

    assert not restarted.restore()
    assert not restarted.shelf.is_filled


@pytest.mark.django_db
def test_what_the_watcher_loads_is_kept_and_not_loaded_again(
    spool: Spool, django_assert_num_queries: object
) -> None:
    published(shapes())
    watcher(spool).look()
    restarted = watcher(spool)

    assert restarted.restore()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert not restarted.look()
    assert restarted.shelf.current("shapes")


@pytest.mark.django_db
def test_what_was_withdrawn_while_the_database_was_away_leaves_shelf_and_spool_on_its_return(
    spool: Spool,
) -> None:
    published(shapes())
    watcher(spool).look()
    Publication.objects.update(withdrawn_at=timezone.now())
    restarted = watcher(spool)
    restarted.restore()
    assert restarted.shelf.current("shapes")

    restarted.look()

    assert restarted.shelf.current("shapes") is None
    assert restarted.shelf.is_withdrawn("shapes")
    assert spool.read() == ([], frozenset({("shapes", 1)}))


@pytest.mark.django_db
def test_a_spool_of_another_site_gives_way_to_the_database(spool: Spool) -> None:
    spool.keep([version(1)], frozenset())
    restarted = watcher(spool)
    restarted.restore()

    restarted.look()

    assert restarted.shelf.current_editions() == ()
    assert spool.read() == ([], frozenset())

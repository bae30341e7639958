from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from programme.document.nodes import MeetingReference, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import SCHEMA, digest_of
from programme.shelf.edition import Edition, Version
from programme.shelf.shelf import Shelf, on_or_next
from tests.programme.stored import document, state


def version(serial: int, changed: ProgrammeDocument[Texts] | None = None) -> Version:
    stored = (changed or document()).to_json()
    return Version(
        meeting_id=(changed or document()).meeting.id,
        slug=(changed or document()).meeting.slug,
        serial=serial,
        designation=f"Rev.{serial - 1}" if serial > 1 else "",
        published_at=datetime(2024, 6, serial, tzinfo=UTC),
        digest=digest_of(stored),
        note=Texts(),
        lines=(),
        is_reissue=False,
        cancelled=(),
        packed=Version.pack(stored),
    )


def meeting(slug: str, first: date, last: date, follows: str = "") -> Edition:
    base = document()
    reference = MeetingReference(follows, follows, Texts()) if follows else None
    changed = replace(
        base.meeting, id=slug, slug=slug, starts_on=first, ends_on=last, follows=reference
    )
    return Edition(replace(base, meeting=changed), 1, "", datetime(2024, 1, 1, tzinfo=UTC), slug)


def test_the_current_edition_is_the_highest_serial() -> None:
    shelf = Shelf()

    shelf.replace([version(1), version(3), version(2)])

    current = shelf.current("sample")
    assert current
    assert (current.serial, current.designation) == (3, "Rev.2")
    assert [one.serial for one in shelf.versions("sample")] == [3, 2, 1]


def test_old_versions_are_unpacked_when_asked_for() -> None:
    shelf = Shelf()
    shelf.replace([version(1), version(2)])

    old = shelf.version("sample", 1)

    assert old
    assert old.document == document()
    assert shelf.version("sample", 1) is old
    assert shelf.version("sample", 9) is None
    assert shelf.version("nowhere", 1) is None


def test_an_old_version_that_cannot_be_read_is_not_there(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf()
    shelf.replace([replace(version(1), packed=b"damaged"), version(2)])

    with caplog.at_level(logging.ERROR):
        assert shelf.version("sample", 1) is None

    assert "sample v1 cannot be read" in caplog.text


def test_what_is_held_already_is_not_read_again() -> None:
    shelf = Shelf()
    shelf.replace([version(1)])
    before = shelf.current("sample")

    shelf.replace([version(1)])

    assert shelf.current("sample") is before


def test_a_meeting_whose_publications_are_gone_leaves_the_shelf() -> None:
    shelf = Shelf()
    shelf.replace([version(1)])

    shelf.replace([])

    assert shelf.current("sample") is None
    assert shelf.current_editions() == ()


def test_a_document_of_a_newer_release_leaves_the_last_good_one_on_the_shelf(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shelf = Shelf()
    shelf.replace([version(1)])
    newer = replace(document(), schema=SCHEMA + 1)

    with caplog.at_level(logging.ERROR):
        shelf.replace([version(1), version(2, newer)])

    current = shelf.current("sample")
    assert current
    assert current.serial == 1
    assert "sample v2 cannot be read" in caplog.text


AT = {
    # June 2024 in Geneva: two hours ahead of UTC
    "before both": (datetime(2024, 6, 1, 12, tzinfo=UTC), "first"),
    "during the first": (datetime(2024, 6, 19, 12, tzinfo=UTC), "first"),
    "last minute of the first there": (datetime(2024, 6, 20, 21, 59, tzinfo=UTC), "first"),
    "midnight there": (datetime(2024, 6, 20, 22, 0, tzinfo=UTC), "second"),
    "after both": (datetime(2024, 8, 1, tzinfo=UTC), None),
}


@pytest.mark.parametrize(("at", "slug"), AT.values(), ids=AT.keys())
def test_the_meeting_that_is_on_or_next_goes_by_its_own_clock(
    at: datetime, slug: str | None
) -> None:
    editions = [
        meeting("second", date(2024, 7, 1), date(2024, 7, 2)),
        meeting("first", date(2024, 6, 18), date(2024, 6, 20)),
    ]

    found = on_or_next(editions, at)

    assert (found.slug if found else None) == slug


def test_meetings_that_follow_are_found_by_id() -> None:
    shelf = Shelf()
    first = meeting("first", date(2024, 6, 18), date(2024, 6, 20))
    second = meeting("second", date(2024, 6, 20), date(2024, 6, 20), follows="first")
    shelf.hold(first, second)

    assert shelf.following(first) == (second,)
    assert shelf.following(second) == ()


def test_the_latest_meetings_word_on_a_delegation_counts() -> None:
    shelf = Shelf()
    old = meeting("old", date(2023, 6, 18), date(2023, 6, 20))
    new = meeting("new", date(2024, 6, 18), date(2024, 6, 20))
    renamed = replace(
        new.document, delegations=(old.document.delegations[0], state("tcd", {"en": "Tchad"}))
    )
    shelf.hold(old, replace(new, document=renamed))

    assert [str(one.name) for one in shelf.delegations("en")] == ["Cyprus", "Tchad"]


def test_after_a_restart_the_newest_document_that_can_be_read_is_served() -> None:
    shelf = Shelf()
    damaged = replace(version(3), packed=b"not a document")

    shelf.replace([version(1), version(2, replace(document(), schema=SCHEMA + 1)), damaged])

    current = shelf.current("sample")
    assert current
    assert current.serial == 1


def test_one_meetings_damage_leaves_the_others_alone() -> None:
    shelf = Shelf()
    damaged = replace(version(1), meeting_id="other", slug="other", packed=b"not a document")

    shelf.replace([version(1), damaged])

    assert [one.slug for one in shelf.current_editions()] == ["sample"]

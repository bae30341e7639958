"""Whoever dies in the middle leaves the old or the new behind, whole; so do two at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from meetings.models import Meeting
from programme.models import Publication
from programme.publishing import verbs as publishing
from programme.publishing.draft import draft_of
from programme.publishing.verbs import DraftMovedError, publish, publish_again
from programme.rows.problems import InvalidDraftError
from tests.factories import chad, make_item, make_list, make_meeting, peru
from tests.factories import make_entry as name_in
from tests.rows import published

pytestmark = pytest.mark.django_db(transaction=True)

FILE = """
meeting:
  key: meeting
  slug: dying
  name: {name}
  starts_on: 2024-06-18
  ends_on: 2024-06-20
sittings:
  - {{key: sitting, date: 2024-06-18, part: morning}}
placements:
  - {{key: place, item: one, sitting: sitting}}
agenda:
  - key: one
    number: 1
    title: {title}
    lists:
      - {{key: list, invitation: "States ({{delegations}}) will speak.", delegations: [{codes}]}}
"""


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting(name_en="June")
    name_in(make_list(make_item(meeting, number=1, title_en="Opening")), chad())
    return meeting


def deaths(*arguments: str) -> list[dict[str, Any]]:
    """What a process tells that dies after each statement of a verb."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.programme.dying", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **database()},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def database() -> dict[str, str]:
    """The name of the tests' database, for a process that is not a test."""
    return {"DATABASE_NAME": str(connection.settings_dict["NAME"])}


def assert_all_or_nothing(told: list[dict[str, Any]]) -> None:
    *killed, last = told
    assert killed
    assert [one["statements"] for one in killed if not one["is_old"]] == []
    assert last["is_done"]
    assert not last["is_old"]


def test_a_publisher_killed_after_any_statement_leaves_old_or_new(
    meeting: Meeting, record_testsuite_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    first = published(meeting)
    name_in(make_list(meeting.agenda_items.get()), peru())

    told = deaths("publish")

    assert_all_or_nothing(told)
    second = Publication.objects.of(meeting).current().get()
    assert (second.serial, second.designation) == (first.serial + 1, "Rev.1")
    say(capsys, "publish", told)
    record_testsuite_property("points at which publish was killed", len(told))


def test_an_import_killed_after_any_statement_leaves_old_or_new(
    tmp_path: Path, record_testsuite_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    chad()
    peru()
    file = tmp_path / "dying.yaml"
    file.write_text(FILE.format(name="June", title="Opening", codes="tcd"))
    first = deaths("import", str(file))
    file.write_text(FILE.format(name="June 2024", title="Opening ceremony", codes="per"))

    again = deaths("import", str(file))

    assert_all_or_nothing(first)
    assert_all_or_nothing(again)
    assert Meeting.objects.get().name == "June 2024"
    say(capsys, "first import", first)
    say(capsys, "import of a changed file", again)
    record_testsuite_property("points at which imports were killed", len(first) + len(again))


def say(capsys: pytest.CaptureFixture[str], verb: str, told: list[dict[str, Any]]) -> None:
    """Print the number of points, whatever pytest keeps to itself."""
    with capsys.disabled():
        print(f"\n{verb}: killed at {len(told)} points ({connection.vendor})")  # noqa: T201 -- asked for


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(meeting: Meeting) -> None:
    draft = draft_of(meeting)
    barrier = Barrier(2)
    outcomes: list[object] = []

    def publisher() -> None:
        barrier.wait()
        try:
            outcomes.append(
                publish(
                    meeting,
                    by=None,
                    at=timezone.now(),
                    expected_digest=draft.digest,
                    expected_serial=draft.public_serial,
                )
            )
        except DraftMovedError as error:
            outcomes.append(error.draft.public)
        finally:
            connection.close()

    threads = [Thread(target=publisher) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert Publication.objects.count() == 1
    assert outcomes == [Publication.objects.get()] * 2


refuse_taken_address = publishing.refuse_taken_address


def test_of_two_meetings_published_at_once_under_one_address_one_is_told(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = published(meeting)
    address, meeting.slug = meeting.slug, "renamed"
    meeting.save()
    present = published(meeting)
    other = make_meeting(slug=address)
    digest = draft_of(other).digest
    both_have_looked = Barrier(2)

    def looks(mine: Meeting, slug: str) -> None:
        refuse_taken_address(mine, slug)
        with suppress(BrokenBarrierError):  # whoever looks alone goes on after a moment
            both_have_looked.wait(0.5)

    monkeypatch.setattr(publishing, "refuse_taken_address", looks)
    at = timezone.now()
    verbs: list[Callable[[], object]] = [
        lambda: publish_again(old, by=None, at=at, expected_serial=present.serial),
        lambda: publish(other, by=None, at=at, expected_digest=digest),
    ]
    outcomes: list[str] = []

    def publisher(verb: Callable[[], object]) -> None:
        try:
            verb()
            outcomes.append("published")
        except InvalidDraftError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=publisher, args=(one,)) for one in verbs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(outcomes) == ["published", "told"]
    assert Publication.objects.current().filter(slug=address).count() == 1

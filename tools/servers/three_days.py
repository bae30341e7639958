"""A meeting in its second day: the programme of 2024 with times, published five times.

Its timetable and what moves in it are made up. Imported once the settings are known.
"""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from django.conf import settings

from meetings.directory import import_delegations
from meetings.models import Delegation, Meeting, Sitting
from panels.models import Panel
from programme.models import ItemPlacement, SpeakingList
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from tools.servers.rows import PROGRAMMES, meeting_from

SLUG = "three-days"
TIMETABLE = Path(settings.BASE_DIR) / f"tests/data/{SLUG}.yaml"
OF_2024 = PROGRAMMES / "2024-intersessional-meetings.yaml"

NOW = datetime(2024, 6, 19, 11, 45, tzinfo=ZoneInfo("Europe/Zurich"))
"""When a reader asks what moved: a panel is on, and the last changes are half an hour old."""


def three_days() -> Meeting:
    """The meeting with its five publications, the last three of them of the morning of `NOW`."""
    import_delegations()
    meeting = _imported()
    _published(meeting, date(2024, 6, 3), time(16))
    for change, day, hour in (
        (_move_6b, date(2024, 6, 18), time(17, 40)),
        (_invite, date(2024, 6, 19), time(9, 12)),
        (_put_off, date(2024, 6, 19), time(10, 5)),
        (_shift, date(2024, 6, 19), time(11, 12)),
    ):
        change(meeting)
        _published(meeting, day, hour)
    return meeting


def _imported() -> Meeting:
    """The rows of 2024 under an address of their own, with the made-up timetable."""
    programme = OF_2024.read_text(encoding="utf-8")
    for there, instead in (
        (f"slug: {OF_2024.stem}\n", f"slug: {SLUG}\n"),
        ("sittings: []\nbreaks: []\n", TIMETABLE.read_text(encoding="utf-8")),
        ("placements: []\n", ""),
    ):
        if programme.count(there) != 1:
            raise RuntimeError(f"{OF_2024.name} does not say {there!r} once.")
        programme = programme.replace(there, instead)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{SLUG}.yaml"
        path.write_text(programme, encoding="utf-8")
        return meeting_from(path)


def _published(meeting: Meeting, day: date, hour: time) -> None:
    at = datetime.combine(day, hour, NOW.tzinfo)
    publish(meeting, by=None, at=at, expected_digest=draft_of(meeting).digest)


def _move_6b(meeting: Meeting) -> None:
    """Stockpile destruction moves from the third day to the second."""
    placement = ItemPlacement.objects.get(
        item__meeting=meeting, item__title_en="Stockpile destruction"
    )
    placement.sitting = Sitting.objects.get(meeting=meeting, date=date(2024, 6, 19))
    placement.date, placement.start = placement.sitting.date, time(11, 15)
    placement.full_clean()
    placement.save()


def _invite(meeting: Meeting) -> None:
    """One more State is asked for its updated work plan."""
    named = SpeakingList.objects.get(
        item__meeting=meeting, basis=SpeakingList.Basis.UPDATED_WORK_PLAN
    )
    named.entries.create(delegation=Delegation.objects.get(code="ago"))


def _put_off(meeting: Meeting) -> None:
    """The last panel is postponed to the next day."""
    last = Panel.objects.get(meeting=meeting, slug="universalization")
    last.status = last.Status.POSTPONED
    last.new_date, last.new_start, last.new_end = date(2024, 6, 20), time(15), time(16)
    last.full_clean()
    last.save()


def _shift(meeting: Meeting) -> None:
    """The closing is earlier by a quarter of an hour."""
    ItemPlacement.objects.filter(item__meeting=meeting, start=time(12, 45)).update(
        start=time(12, 30)
    )

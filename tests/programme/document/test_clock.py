from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from programme.document.clock import boundaries, phase_at
from programme.document.nodes import Day, Placement, Sitting, Text
from programme.document.programme import ProgrammeDocument
from tests.programme.stored import document

# In the stored document, on 19 June 2024: a sitting 10:00 – 13:00 with item 1 at 10:00 – 11:00 and
# a panel at 11:30 – 13:00, then lunch 13:00 – 15:00. Geneva is two hours ahead of UTC.


@pytest.fixture
def programme() -> ProgrammeDocument[Text]:
    return document().in_language("en")


def geneva(hour: int, minute: int, second: int = 0, day: int = 19) -> datetime:
    return datetime(2024, 6, day, hour - 2, minute, second, tzinfo=UTC)


MOMENTS = {
    "the day before": (geneva(10, 30, day=18), set(), set()),
    "before the sitting": (geneva(9, 0), set(), {"sitting-1", "placement-1"}),
    "as it opens": (geneva(10, 0), {"sitting-1", "placement-1"}, {"panel-1"}),
    "last second of the item": (geneva(10, 59, 59), {"sitting-1", "placement-1"}, {"panel-1"}),
    "the item is over": (geneva(11, 0), {"sitting-1"}, {"panel-1"}),
    "a minute before the panel": (geneva(11, 29), {"sitting-1"}, {"panel-1"}),
    "during the panel": (geneva(11, 45), {"sitting-1", "panel-1"}, {"break-1"}),
    "lunch": (geneva(13, 0), {"break-1"}, set()),
    "all is over": (geneva(15, 0), set(), set()),
}


@pytest.mark.parametrize(("at", "now", "following"), MOMENTS.values(), ids=MOMENTS.keys())
def test_now_and_next_go_by_the_boundaries_of_the_timetable(
    programme: ProgrammeDocument[Text], at: datetime, now: set[str], following: set[str]
) -> None:
    phase = phase_at(programme, at)

    assert (set(phase.now), set(phase.next)) == (now, following)


def test_pages_change_by_themselves_at_the_boundaries_of_the_timetable_and_at_midnight(
    programme: ProgrammeDocument[Text],
) -> None:
    moments = [at.strftime("%d %H:%M") for at in boundaries(programme)]

    hours = [f"19 {one}" for one in ("10:00", "11:00", "11:30", "13:00", "15:00")]
    assert [one for one in moments if not one.endswith("00:00")] == hours
    assert {"19 00:00", "20 00:00"} <= set(moments)


def test_the_phase_changes_at_the_boundaries_alone(programme: ProgrammeDocument[Text]) -> None:
    moments = boundaries(programme)

    minute = timedelta(minutes=1)
    changes = [
        at
        for at in (moments[0] + n * minute for n in range(4 * 24 * 60))
        if phase_at(programme, at) != phase_at(programme, at - minute)
    ]

    assert changes
    assert set(changes) <= set(moments)


def with_placements(*times: tuple[time | None, time | None]) -> ProgrammeDocument[Text]:
    """A sitting from 10:00 to 13:00 with items at these times."""
    placements = tuple(
        Placement(f"at-{number}", "item-1", is_continued=False, start=start, end=end)
        for number, (start, end) in enumerate(times)
    )
    day = document().timetable[0]
    sitting = next(one for one in day.entries if isinstance(one, Sitting))
    changed = replace(sitting, entries=placements)
    return replace(document(), timetable=(Day(date(2024, 6, 19), (changed,)),)).in_language("en")


def test_what_has_no_end_lasts_until_the_next_begins_or_the_sitting_closes() -> None:
    programme = with_placements((time(10), None), (time(11), None))

    assert phase_at(programme, geneva(10, 59)).now == {"sitting-1", "at-0"}
    assert phase_at(programme, geneva(12, 59)).now == {"sitting-1", "at-1"}
    assert phase_at(programme, geneva(13, 0)).now == set()


def test_what_has_no_times_is_never_now() -> None:
    programme = with_placements((None, None))

    assert phase_at(programme, geneva(10, 30)).now == {"sitting-1"}

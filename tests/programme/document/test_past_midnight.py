"""What goes on past midnight: how it is written, what the clock says, and what the desk doubts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from programme.comparing.lines.writing import lines_between
from programme.comparing.warnings import warnings_of
from programme.document.clock import boundaries, phase_at, spans
from programme.language.dates import format_time_range
from programme.renderers.changes import groups
from programme.renderers.text import render
from tests.programme.builders import (
    FIRST_DAY,
    SECOND_DAY,
    day,
    document,
    item,
    panel,
    placement,
    sitting,
    slot,
)
from tests.programme.edits import Document

WRITTEN = {
    "en": ("22:00 – 01:00 (next day)", "20:00 – 24:00"),
    "fr": ("22:00 – 01:00 (le lendemain)", "20:00 – 24:00"),
    "es": ("22:00 – 01:00 (del día siguiente)", "20:00 – 24:00"),
    "ar": ("\u206722:00 – 01:00\u2069 (من اليوم التالي)", "\u206720:00 – 24:00\u2069"),
}


@pytest.mark.parametrize(("language", "forms"), WRITTEN.items())
def test_each_language_says_that_it_is_the_next_day(language: str, forms: tuple[str, str]) -> None:
    hours = ((time(22), time(1)), (time(20), time(0)))

    written = [format_time_range(*one, language).replace("\u00a0", " ") for one in hours]
    assert written == list(forms)


def test_markup_stays_markup() -> None:
    written = format_time_range(time(22), time(1), "ar", markup=True)

    assert written.startswith('<bdi dir="rtl">')
    assert written.endswith('<span class="next-day">(من اليوم التالي)</span>')


NIGHT: Any = {"part": "evening", "start": time(20), "end": time(3)}
ONE, TWO = item(1, title="One"), item(2, title="Two")
PARTY = panel(title="Party", on=FIRST_DAY, start=time(22), end=time(1))


def programme(**of_meeting: Any) -> Document:
    night = sitting(placement(ONE, time(20), time(0)), placement(TWO, time(22, 30)), **NIGHT)
    days = [day(FIRST_DAY, night, slot(PARTY)), day(SECOND_DAY, placement(TWO, time(10)))]
    return document(ONE, TWO, timetable=days, panels=[PARTY], **of_meeting)


def at(day_of_june: int, hour: int, minute: int = 0) -> datetime:
    """A moment in Geneva, which is two hours ahead of UTC."""
    return datetime(2024, 6, day_of_june, hour, minute, tzinfo=UTC) - timedelta(hours=2)


@pytest.mark.parametrize(
    ("moment", "now"),
    [
        (at(18, 23), {"sitting-evening", "placement-1-20:00:00", "placement-2-22:30:00", PARTY.id}),
        (at(19, 0, 30), {"sitting-evening", "placement-2-22:30:00", PARTY.id}),
        (at(19, 1, 30), {"sitting-evening", "placement-2-22:30:00"}),
        (at(19, 3), set()),
        (at(19, 20), set()),
    ],
)
def test_it_is_on_until_it_ends_on_the_next_day(moment: datetime, now: set[str]) -> None:
    assert phase_at(programme().in_language("en"), moment).now - {"placement-2-10:00:00"} == now


def test_what_begins_after_its_sitting_has_closed_is_not_on_for_a_day() -> None:
    late = document(ONE, timetable=[day(FIRST_DAY, sitting(placement(ONE, time(19))))])

    (span,) = [one for one in spans(late.in_language("en")) if one.id.startswith("placement")]
    assert span.end is None


CLOCKS_CHANGE = {"back": date(2025, 10, 25), "forward": date(2025, 3, 29)}


@pytest.mark.parametrize("night", CLOCKS_CHANGE.values(), ids=CLOCKS_CHANGE)
@pytest.mark.parametrize("end", [time(2), time(2, 30), time(3)], ids=str)
def test_it_may_be_the_night_in_which_clocks_change(night: date, end: time) -> None:
    late = sitting(placement(ONE, time(22)), part="evening", start=time(20), end=end)
    made = document(ONE, timetable=[day(night, late)], starts_on=night, ends_on=night)
    read = made.in_language("en")
    moments = boundaries(read)

    assert all(one.end and one.end.astimezone(UTC) > one.start for one in spans(read))
    for before, after in pairwise(moments):
        assert before <= after
        phase_at(read, after)
    noon = datetime(night.year, night.month, night.day, 22, tzinfo=UTC)
    assert phase_at(read, noon).now == {"sitting-evening", "placement-1-22:00:00"}


def test_the_desk_knows_what_is_at_the_same_time_and_outside_its_sitting() -> None:
    codes = [(one.code, one.subject_id) for one in warnings_of(programme())]
    doubts = [one for one in codes if one[0] in {"outside_sitting", "at_the_same_time"}]

    assert doubts == [
        ("at_the_same_time", PARTY.id),
        ("at_the_same_time", "placement-2-22:30:00"),
    ]


def test_plain_text_and_changes_say_it() -> None:
    old = document(panels=[PARTY], timetable=[day(FIRST_DAY, slot(PARTY))])
    earlier = panel(title="Party", on=FIRST_DAY, start=time(22), end=time(23))
    before = document(panels=[earlier], timetable=[day(FIRST_DAY, slot(earlier))])

    text = render(old.in_language("en"), designation="", published_at=None)
    (told,) = groups(lines_between(before, old), "en")

    assert "22:00 – 01:00 (next day)  Party" in text.replace("\u00a0", " ")
    (sentence,) = told.sentences
    assert "22:00 – 01:00 (next day)" in str(sentence).replace("\u00a0", " ")

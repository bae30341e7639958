"""Two events of one kind in one half-day: as rows, at the desk, in changes and on pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from programme.comparing.lines.writing import lines_between
from programme.comparing.warning import message_of
from programme.comparing.warnings import warnings_of
from programme.renderers.changes import groups
from programme.rows.compiling import compile_document
from tests.factories import make_item, make_meeting, make_placement, make_sitting
from tests.programme.builders import (
    FIRST_DAY,
    SECOND_DAY,
    day,
    document,
    panel,
    sitting,
    slot,
    texts,
    version,
)
from tests.programme.html import Page

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish


@pytest.mark.django_db
def test_two_sittings_of_a_morning_stand_each_with_what_is_in_it(
    client: Client, publish: Publish
) -> None:
    meeting = make_meeting(slug="twice")
    early = make_sitting(meeting, start=time(10), end=time(11, 30))
    late = make_sitting(meeting, start=time(11, 30), end=time(13))
    one, two = make_item(meeting, number=1), make_item(meeting, number=2, title_en="Requests")
    make_placement(one, sitting=early)
    make_placement(two, sitting=late)

    assert str(early) != str(late)
    publish(version(compile_document(meeting)))
    read = Page(client.get("/en/meetings/twice/").content.decode())

    headings = [text for level, text in read.headings if level in {3, 4}]
    assert [one.replace("\u00a0", " ") for one in headings][-4:] == [
        "10:00 – 11:30 Morning",
        "1 Opening",
        "11:30 – 13:00 Morning",
        "2 Requests",
    ]


def two(**of_second: Any) -> list[str]:
    """What the desk says of two mornings of one day, of which the second is otherwise."""
    first = sitting(start=None, end=None)
    second = replace(first, **{"id": "second", **of_second})
    found = warnings_of(document(timetable=[day(FIRST_DAY, first, second)]))
    return [message_of(one, "en") for one in found if one.code == "sitting_twice"]


def test_one_that_nothing_tells_from_another_is_doubted() -> None:
    (says,) = two()

    assert says.startswith("Another sitting of this kind is in the same part of the day")
    assert two(start=time(11)) == []
    assert two(kind="ceremony") == []
    assert two(part="afternoon") == []
    assert two(heading=texts("Award")) == []


def test_two_panels_without_a_title_are_told_apart_in_changes() -> None:
    hours = (("early", time(10), time(11)), ("late", time(11), time(12)))
    panels = [panel(slug, start=start, end=end) for slug, start, end in hours]
    cancelled = [replace(one, status="cancelled") for one in panels]

    old, new = (
        document(timetable=[day(SECOND_DAY, *map(slot, each))], panels=each)
        for each in (panels, cancelled)
    )

    assert [one.heading for one in groups(lines_between(old, new), "en")] == [
        "Thematic panel, 19 June 2024, 10:00",
        "Thematic panel, 19 June 2024, 11:00",
    ]

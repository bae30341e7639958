"""Whose hours are shown: a city that people know, and how far from UTC."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from programme.document.nodes import LANGUAGES
from programme.language.zones import city, offset
from programme.renderers.zones import whose_times
from tests.programme.builders import document

SUMMER, WINTER = date(2024, 6, 18), date(2024, 11, 25)


@pytest.mark.parametrize(
    ("zone", "names"),
    [
        ("Europe/Zurich", ["Geneva", "Genève", "Ginebra", "جنيف"]),
        ("Asia/Phnom_Penh", ["Phnom Penh", "Phnom Penh", "Phnom Penh", "بنوم بنه"]),
        ("UTC", [""] * 4),
        ("Etc/GMT+3", [""] * 4),
    ],
)
def test_a_zone_has_the_name_of_a_city(zone: str, names: list[str]) -> None:
    assert [city(zone, language) for language in LANGUAGES] == names


@pytest.mark.parametrize(
    ("zone", "first", "last", "said"),
    [
        ("Europe/Zurich", SUMMER, SUMMER, "UTC+2"),
        ("Europe/Zurich", WINTER, WINTER, "UTC+1"),
        ("Europe/Zurich", date(2024, 10, 26), date(2024, 10, 28), ""),
        ("Asia/Kathmandu", SUMMER, SUMMER, "UTC+5:45"),
        ("America/St_Johns", WINTER, WINTER, "UTC−3:30"),
        ("UTC", SUMMER, SUMMER, "UTC"),
    ],
)
def test_hours_are_so_far_from_utc_on_the_days_of_a_meeting(
    zone: str, first: date, last: date, said: str
) -> None:
    assert offset(zone, first, last) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Zurich", "All times: Geneva (UTC+2)"),
        ("UTC", "All times: UTC"),
    ],
)
def test_a_meeting_says_whose_its_hours_are(zone: str, said: str) -> None:
    meeting = document(zone=zone).in_language("en").meeting
    with override("en"):
        words, values = whose_times(meeting, "en")

    assert words % values == said

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils import formats, translation

from programme.language.dates import format_date

AT = datetime(2024, 6, 18, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "18 June 2024"),
        ("fr", "18 juin 2024"),
        ("es", "18 de junio de 2024"),
        ("ar", "18 حزيران/يونيه 2024"),
    ],
)
def test_dates_and_times_by_a_clock_of_24_hours(language: str, date: str) -> None:
    with translation.override(language):
        assert formats.date_format(AT) == date
        assert formats.time_format(AT.time()) == "15:00"
        assert formats.localize_input(time(9, 30)) == "09:30"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_desk_writes_days_as_pages_do(language: str, month: int) -> None:
    with translation.override(language):
        assert formats.date_format(date(2027, month, 15)) == format_date(
            date(2027, month, 15), language
        )

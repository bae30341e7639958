"""Days and times as UN texts write them in each language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import get_day_names, get_month_names
from django.utils.html import format_html

from meetings.held.hours import MIDNIGHT, is_past_midnight
from programme.language.bidi import isolate
from programme.language.lists import COMMAS

# Levantine and international month, as UN documents pair them; no library gives the pairs.
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)


NO_BREAK_SPACE = "\u00a0"


NEXT_DAY = {
    "en": "next day",
    "fr": "le lendemain",
    "es": "del día siguiente",
    "ar": "من اليوم التالي",
}
"""Behind hours of which the last is past midnight, in parentheses."""


TIME_DASH = f"{NO_BREAK_SPACE}–{NO_BREAK_SPACE}"


def format_date(day: date, language: str, *, weekday: bool = False) -> str:
    """Write a day as the UN does in the language: "18 June 2024", "18 de junio de 2024"."""
    written = _of(_day_and_month(day, language), str(day.year), language)
    if not weekday:
        return written
    name = get_day_names("wide", locale=language)[day.weekday()]
    return f"{name}, {written}" if language == "en" else f"{name} {written}"


def format_moment(at: datetime, language: str, *, with_year: bool = True) -> str:
    """Write a day with its hour: "19 June 2024, 11:12", "19 June, 11:12"."""
    day = format_date(at.date(), language) if with_year else _day_and_month(at.date(), language)
    return COMMAS[language].join((day, _clock(at.time())))


def format_date_range(start: date, end: date, language: str, *, markup: bool = False) -> str:
    """Write days from first to last: "18–20 June 2024", "del 18 al 20 de junio de 2024".

    The form of UN headings. In Arabic it is kept in order by isolates, or by <bdi> as markup.
    """
    last = format_date(end, language)
    if start == end:
        return last
    first = _first_of_range(start, end, language)
    if language == "es":
        if end - start == timedelta(days=1):
            return f"{first} y {last}"
        return f"del {first} al {last}"
    if language == "fr":
        return f"{first}-{last}"
    if language == "ar":
        dash = "–" if first.isdigit() else " – "
        return _arabic_range(f"{first}{dash}{last}", markup=markup)
    return f"{first}–{last}"


def format_time_range(
    start: time | None, end: time | None, language: str, *, markup: bool = False
) -> str:
    """Write hours from first to last, as the ISU does in every language: "10:00 – 13:00".

    "10:00" without an end, "" without times; no-break spaces stand round the dash. Midnight at the
    end is 24:00; what goes on past it says so: "22:00 – 01:00 (next day)". An Arabic
    reader expects 10:00 at the right: isolates, or <bdi> as markup, see to it.
    """
    if not end:
        return _clock(start)
    closes = "24:00" if end == MIDNIGHT else _clock(end)
    written = f"{_clock(start)}{TIME_DASH}{closes}".strip()
    if language == "ar":
        written = _arabic_range(written, markup=markup)
    if end == MIDNIGHT or not is_past_midnight(start, end):
        return written
    said = NEXT_DAY[language]
    if markup:
        return format_html('{} <span class="next-day">({})</span>', written, said)
    return f"{written} ({said})"


def _first_of_range(start: date, end: date, language: str) -> str:
    """Write the first day without what it shares with the last."""
    if start.year != end.year:
        return format_date(start, language)
    if start.month != end.month:
        return _day_and_month(start, language)
    return _day(start, language)


def _day(day: date, language: str) -> str:
    return "1er" if language == "fr" and day.day == 1 else str(day.day)


def format_day(day: date, language: str) -> str:
    """Give a day without its year: "19 June", "19 juin", "19 de junio", "19 حزيران/يونيه"."""
    return _day_and_month(day, language)


def format_day_in_short(day: date, language: str) -> str:
    """Give a day with its weekday in few letters: "Tue 18 June", "Mar. 18 juin"."""
    name = get_day_names("abbreviated", locale=language)[day.weekday()]
    return f"{name[:1].upper()}{name[1:]} {_day_and_month(day, language)}"


def _day_and_month(day: date, language: str) -> str:
    if language == "ar":
        month = ARABIC_MONTHS[day.month - 1]
    else:
        month = get_month_names("wide", locale=language)[day.month]
    return _of(_day(day, language), month, language)


def _of(part: str, whole: str, language: str) -> str:
    return f"{part} de {whole}" if language == "es" else f"{part} {whole}"


def _clock(at: time | None) -> str:
    return at.isoformat(timespec="minutes") if at else ""


def _arabic_range(written: str, *, markup: bool) -> str:
    return format_html('<bdi dir="rtl">{}</bdi>', written) if markup else isolate(written, "rtl")

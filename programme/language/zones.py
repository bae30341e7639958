"""Whose hours are shown: a zone by a city that people know, and how far it is from UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

CITIES = {
    "Europe/Zurich": {"en": "Geneva", "fr": "Genève", "es": "Ginebra", "ar": "جنيف"},
}
"""Where meetings are held whose zone is called after another city."""

MINUS = "\N{MINUS SIGN}"


def city(zone: str, language: str) -> str:
    """The city that a zone is known by: "Geneva", "Phnom Penh"; "" for one that has none."""
    if zone in CITIES:
        return CITIES[zone][language]
    area, _, place = zone.partition("/")
    if not place or area == "Etc":
        return ""
    return str(get_timezone_location(zone, locale=language, return_city=True))


def offset(zone: str, first: date, last: date) -> str:
    """How far the hours of these days are from UTC: "UTC+2", "UTC−3:30"; "" where it changes."""
    at_noon = {datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() for day in (first, last)}
    if len(at_noon) > 1:
        return ""
    minutes = (at_noon.pop() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    sign = MINUS if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")

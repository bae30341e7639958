"""Times of day by time zone: that of a meeting, or else that of the desk."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

LEFT_TO_RIGHT, END = "\u2066", "\u2069"
"""What stands between them is read from left to right in any sentence (Unicode, UAX 9)."""


def in_zone(at: datetime, zone: str, layout: str = "DATETIME_FORMAT") -> str:
    """A moment by the clocks of a zone, which is named where they are not those of the desk.

    `layout` is the name of one of Django's formats.
    """
    there = at.astimezone(ZoneInfo(zone))
    told = date_format(there, layout)
    is_plain = there.utcoffset() == timezone.localtime(at).utcoffset()
    return told if is_plain else f"{told} ({LEFT_TO_RIGHT}{zone}{END})"

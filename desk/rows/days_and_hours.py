"""Days and hours in forms, as people write them.

The forms that a language has are in `config/formats`; what is read here is plain in all of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

UNSEEN = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))
"""Signs that say in which direction a text is read, as they come along with what is pasted."""

DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
MIDNIGHT = re.compile(r"24 ?h(?: ?00)?|24[.:\u066b]00", re.IGNORECASE)
HOUR = re.compile(r"(\d{1,2}) ?h(?: ?(\d{2}))?|(\d{1,2})[.:\u066b](\d{2})", re.IGNORECASE)


def plain(typed: str) -> str:
    """What was typed, with the digits 0 to 9 for those of any script, without blanks around."""
    digits = (str(int(sign)) if sign.isdecimal() else sign for sign in typed)
    return " ".join("".join(digits).translate(UNSEEN).split())


class DayField(forms.DateField):
    """A day, as the language at hand writes it, or as 17.06.2027."""

    default_error_messages = {"invalid": _("Enter a date like 17.06.2027.")}

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """Read the day. Raises ValidationError, which says how one is written."""
        if not isinstance(value, str):
            return super().to_python(value)
        typed = plain(value)
        if found := DAY.fullmatch(typed):
            day, month, year = found.groups()
            typed = f"{year}-{month}-{day}"
        return super().to_python(typed)


class HourField(forms.TimeField):
    """An hour of a clock of 24 hours: 15:00, 15.00, 15h, 15h30."""

    default_error_messages = {"invalid": _("Enter a time like 15:00.")}

    def to_python(self, value: str | time | None) -> time | None:
        """Read the hour. Raises ValidationError, which says how one is written."""
        if not isinstance(value, str):
            return super().to_python(value)
        typed = plain(value)
        if found := HOUR.fullmatch(typed):
            full, half, hour, minute = found.groups()
            typed = f"{full or hour}:{half or minute or '00'}"
        return super().to_python(typed)


class EndField(HourField):
    """An hour at which something ends, which may be 24:00: the midnight after its day."""

    def to_python(self, value: str | time | None) -> time | None:
        """Read the hour; 24:00 is kept as 00:00, which is no end on the day itself."""
        is_midnight = isinstance(value, str) and MIDNIGHT.fullmatch(plain(value))
        return time(0) if is_midnight else super().to_python(value)

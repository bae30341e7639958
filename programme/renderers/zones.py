"""Says whose hours a programme shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from programme.language import zones

if TYPE_CHECKING:
    from programme.document.nodes import Meeting, Text


def whose_times(meeting: Meeting[Text], language: str) -> tuple[str, dict[str, str]]:
    """A sentence of the active language, and what fills it: a city and the distance from UTC."""
    city = zones.city(meeting.zone, language)
    offset = zones.offset(meeting.zone, meeting.starts_on, meeting.ends_on)
    if city and offset:
        # Translators: "All times: Geneva (UTC+2)".
        return gettext("All times: %(city)s (%(offset)s)"), {"city": city, "offset": offset}
    # Translators: "All times: Geneva", or "All times: UTC".
    return gettext("All times: %(city)s"), {"city": city or offset or meeting.zone, "offset": ""}

"""How it is said of an item or panel that it is postponed, cancelled or not yet scheduled."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from programme.comparing.fields import Sentence
from programme.document.nodes import Held, Panel
from programme.language.dates import format_date, format_time_range
from programme.language.lists import COMMAS

OF_ITEM: Mapping[str, Sentence] = {
    "cancelled": pgettext_lazy("of an agenda item", "Cancelled"),
    "postponed": pgettext_lazy("of an agenda item", "Postponed"),
    "without": pgettext_lazy("of an agenda item", "Postponed; no new time is fixed yet"),
    # Translators: day and hours: "Postponed to 20 June 2024, 15:00 – 16:00".
    "to": pgettext_lazy("of an agenda item", "Postponed to %(when)s"),
}
OF_PANEL: Mapping[str, Sentence] = {
    "cancelled": pgettext_lazy("of a thematic panel", "Cancelled"),
    "postponed": pgettext_lazy("of a thematic panel", "Postponed"),
    "without": pgettext_lazy("of a thematic panel", "Postponed; no new time is fixed yet"),
    # Translators: day and hours: "Postponed to 20 June 2024, 15:00 – 16:00".
    "to": pgettext_lazy("of a thematic panel", "Postponed to %(when)s"),
}

OF_SIDE_EVENT: Mapping[str, Sentence] = {
    "cancelled": pgettext_lazy("of a side event", "Cancelled"),
    "postponed": pgettext_lazy("of a side event", "Postponed"),
    "without": pgettext_lazy("of a side event", "Postponed; no new time is fixed yet"),
    # Translators: day and hours: "Postponed to 20 June 2024, 15:00 – 16:00".
    "to": pgettext_lazy("of a side event", "Postponed to %(when)s"),
}

NOT_SCHEDULED: Sentence = pgettext_lazy("agenda items", "Not yet scheduled")
"""Above items of which no day is fixed, where others have theirs."""

NEW_TIME: Sentence = pgettext_lazy("of what was postponed", "new time")
"""Stands behind what is named once more, at the time to which it was postponed."""


def in_a_word(held: Held) -> str:
    """Cancelled or postponed, in the active language; "" for what is held as planned."""
    return str(_words(held).get(held.status, ""))


def in_full(held: Held, language: str) -> str:
    """The same with the new time, or that there is none yet."""
    if held.status != "postponed":
        return in_a_word(held)
    if not held.new_date:
        return str(_words(held)["without"])
    hours = format_time_range(held.new_start, held.new_end, language)
    when = COMMAS[language].join(filter(None, (format_date(held.new_date, language), hours)))
    return str(_words(held)["to"]) % {"when": when}


def _words(held: Held) -> Mapping[str, Sentence]:
    if not isinstance(held, Panel):
        return OF_ITEM
    return OF_SIDE_EVENT if held.kind == "side_event" else OF_PANEL

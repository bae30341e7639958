"""Headings and phrases that stand inside every programme.

They are frozen into the document, so that a published version keeps its words.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programme.document.nodes import LANGUAGES, Texts


def several(role: str) -> str:
    """The word for several who share a role; documents of before have none."""
    return f"{role}_several"


WORDS: dict[str, Promise | str] = {
    # Translators: the list of an assembly's items; in Spanish "programa", in French
    # "ordre du jour", in Arabic "جدول الأعمال".
    "agenda": pgettext_lazy("of a meeting", "Agenda"),
    "timetable": _("Timetable"),
    "panels": _("Thematic panels"),
    "panel": _("Thematic panel"),
    "side_event": _("Side event"),
    # Translators: who organizes a side event: "Host: Norway".
    "host": _("Host: %(name)s"),
    # Translators: stands after the title of an item that was begun earlier.
    "continued": pgettext_lazy("agenda item", "continued"),
    "morning": pgettext_lazy("sitting", "Morning"),
    "afternoon": pgettext_lazy("sitting", "Afternoon"),
    "evening": pgettext_lazy("sitting", "Evening"),
    "first_half": pgettext_lazy("sitting", "First half of the day"),
    "second_half": pgettext_lazy("sitting", "Second half of the day"),
    "whole_day": pgettext_lazy("sitting", "Whole day"),
    "presents": _("Presented by %(name)s"),
    "chairs": _("Chaired by %(name)s"),
    "opens": _("Opened by %(name)s"),
    "closes": _("Closed by %(name)s"),
    # Translators: in the list of who takes the floor: a person, a State or a function.
    "speaks": _("Speaker: %(name)s"),
    # Translators: who delivers opening remarks, or others.
    "delivers_remarks": _("Remarks by %(name)s"),
    "moderates": _("Moderator: %(name)s"),
    "panellist": _("Panellist: %(name)s"),
    "on_behalf_of": _("on behalf of %(name)s"),
    "notes": _("Notes"),
    "lunch": pgettext_lazy("timetable", "Lunch break"),
    "coffee": pgettext_lazy("timetable", "Coffee break"),
    "other": pgettext_lazy("timetable", "Break"),
}

ROLES = (
    *("presents", "chairs", "opens", "closes", "speaks", "delivers_remarks"),
    *("moderates", "panellist"),
)
OF_SEVERAL: dict[str, Promise | str] = {
    "speaks": _("Speakers: %(name)s"),
    "moderates": _("Moderators: %(name)s"),
    "panellist": _("Panellists: %(name)s"),
}
WORDS |= {several(role): OF_SEVERAL.get(role, WORDS[role]) for role in ROLES}


def in_all_languages(word: Promise | str) -> Texts:
    """A catalogue's word in every language of a programme."""
    values = {}
    for language in LANGUAGES:
        with translation.override(language):
            values[language] = str(word)
    return Texts.of(**values)


def words() -> dict[str, Texts]:
    """All words that a document needs."""
    return {key: in_all_languages(word) for key, word in WORDS.items()}

"""One warning: of what, in which field, and the sentence that tells it."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programme.document.nodes import (
    Meeting,
    Sitting,
    Text,
    Texts,
)
from programme.document.speaker_names import isolated
from programme.language.dates import format_date_range, format_time_range
from programme.language.lists import COMMAS

Kind = Literal[
    "meeting", "venue", "item", "speaker", "list", "sitting", "placement", "break", "panel",
    "delegation",
]  # fmt: skip


SENTENCES: Mapping[str, Promise | str] = {
    "in_two_lists": _("%(delegation)s stands in another list of this item too."),
    "nobody_named": _("This list names nobody."),
    # Translators: the words stand in an English invitation: “that have”, “implementing”.
    "not_for_all": _(
        "The invitation says “%(words)s”: is this list open to all, or only for "
        "those that the invitation describes?"
    ),
    "mark_without_note": _("The footnote mark %(mark)s has no note."),
    "note_without_mark": _("No footnote mark leads to the note %(mark)s."),
    # Translators: days as they stand in a text, and the days of the meeting: “18 to 20 June”.
    "other_days": _("This names “%(days)s”; the days of the meeting are %(meeting)s."),
    "outside_sitting": _("This is outside the hours of its sitting, %(hours)s."),
    "at_the_same_time": _("“%(other)s” is at the same time."),
    "sitting_twice": _(
        "Another sitting of this kind is in the same part of the day, and neither an hour nor a "
        "heading tells them apart."
    ),
    "sitting_at_the_same_time": _("Another sitting of the day is at the same time."),
    "missing": _("There is no wording in this language."),
    "behind": _("The English has changed since this translation was made."),
    "numbers_instead": _("The English says %(english)s where this says %(here)s."),
    "numbers_lacking": _("Only the English says %(english)s."),
    "numbers_added": _("This says %(here)s, and the English does not."),
    "symbols_instead": _("The English has %(english)s where this has %(here)s."),
    "symbols_lacking": _("Only the English has %(english)s."),
    "symbols_added": _("This has %(here)s, and the English does not."),
    "states_instead": _("The English names %(english)s where this names %(here)s."),
    "states_lacking": _("Only the English names %(english)s."),
    "states_added": _("This names %(here)s, and the English does not."),
    "no_list": _(
        "“%(words)s” looks like a point of a list and is none here: begin each point with “- ”."
    ),
    "link_within": _(
        "The link to “%(words)s” leads to a page of this site. Does it lack its https://?"
    ),
    "signs_shown": _(
        "The signs %(words)s are shown as they stand: they make words bold that they touch."
    ),
    "odd_sign": _(
        "This holds %(words)s, which readers see as a box or a question mark. Which sign was meant?"
    ),
    "not_a_party": _("%(delegation)s is not a State Party, for whom this list is."),
}
"""What each code means, to be filled by `message_of`."""


@dataclass(frozen=True, slots=True)
class ProgrammeWarning:
    """A warning about one field of one row."""

    code: str
    """Which of `SENTENCES`."""
    kind: Kind
    subject_id: str
    field: str
    """The field that mends it; "delegations" for the members of a list."""
    language: str = ""
    """Of a text, the language that it is about."""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """What the sentence names: texts in all languages, hours, days, or plain words."""
    also: tuple[str, ...] = ()
    """Ids of the other subjects that take part: of any of them it is to be told."""

    def concerns(self, ids: Container[str]) -> bool:
        """Whether one of these subjects takes part."""
        return any(one in ids for one in (self.subject_id, *self.also))


def message_of(warning: ProgrammeWarning, language: str) -> str:
    """A warning as a sentence of the active language; texts inside it are for its readers."""
    shown = {key: _shown(value, language) for key, value in warning.params.items()}
    return str(SENTENCES[warning.code]) % shown


def _shown(value: object, language: str) -> str:
    if isinstance(value, Sitting):
        return format_time_range(value.start, value.end, language)
    if isinstance(value, Meeting):
        return format_date_range(value.starts_on, value.ends_on, language)
    if isinstance(value, Text):
        return isolated(value, language)
    if isinstance(value, tuple):
        return COMMAS[language].join(_shown(one, language) for one in value)
    return str(value.in_language(language) if isinstance(value, Texts) else value)

"""How much a change weighs for those who follow a programme: what is told first.

One table says it for each field, and for subjects that come and go; tests name every one that is
missing. Weights are no part of a line, so that those of any age are sorted by what holds today.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from programme.comparing.change_lines import FIRST_TIMETABLE, LOST, MEMBERS, TAKEN, TIME, Line
from programme.comparing.changes import ORDER
from programme.comparing.directory import CODES, NAMES, SORTING, STATUSES
from programme.comparing.fields import NEW_TIMES


class Weight(IntEnum):
    """What a change is about; the lesser the number, the more it weighs."""

    CANCELLED = 1
    POSTPONED = 2
    MOVED = 3
    ROOM = 4
    INVITED = 5
    SPEAKERS = 6
    TITLES = 7
    WORDS = 8


BY_STATUS: Mapping[str, Weight] = {
    "cancelled": Weight.CANCELLED,
    "postponed": Weight.POSTPONED,
}
"""Of what is cancelled or postponed now or, where it is held after all, was before."""

OF_FIELDS: Mapping[str, Weight] = {
    **dict.fromkeys(("status",), Weight.CANCELLED),
    **dict.fromkeys(NEW_TIMES, Weight.POSTPONED),
    **dict.fromkeys(
        (
            *(TIME, "date", "part", "start", "end", "sitting", "starts_on", "ends_on", "zone"),
            *("follows", "place", "item_id", "is_continued", ORDER, TAKEN, FIRST_TIMETABLE),
            *("programme_status", "kind"),
        ),
        Weight.MOVED,
    ),
    **dict.fromkeys(("venue", "room"), Weight.ROOM),
    **dict.fromkeys(
        (
            MEMBERS,
            "member_behalves",
            "member_notes",
            "basis",
            "open_to",
            "other_than_named",
            "order",
            "form",
            STATUSES,
            LOST,
        ),
        Weight.INVITED,
    ),
    **dict.fromkeys(
        ("role", "person", "function", "on_behalf_of", "delegation_code", "has_spoken", "host"),
        Weight.SPEAKERS,
    ),
    **dict.fromkeys(
        ("title", "short_title", "name", "label", "heading", "slug", "names", NAMES), Weight.TITLES
    ),
    **dict.fromkeys(
        (
            *("text", "lead_in", "notes", "introduction", "practical_information", "invitation"),
            *("named_in_text", CODES, SORTING),
        ),
        Weight.WORDS,
    ),
}
"""By the name of a field, where the kind of its subject makes no difference."""

OF_KINDS: Mapping[tuple[str, str], Weight] = {
    ("item", "added"): Weight.MOVED,
    ("item", "removed"): Weight.CANCELLED,
    ("item", "changed"): Weight.MOVED,
    ("list", "added"): Weight.INVITED,
    ("list", "removed"): Weight.INVITED,
    ("list", "changed"): Weight.INVITED,
    ("list", "joined"): Weight.INVITED,
    ("list", "left"): Weight.INVITED,
    ("list", "kind"): Weight.INVITED,
    ("list", "place"): Weight.INVITED,
    ("list", ORDER): Weight.INVITED,
    ("speaker", "added"): Weight.SPEAKERS,
    ("speaker", "removed"): Weight.SPEAKERS,
    ("speaker", "changed"): Weight.SPEAKERS,
    ("speaker", "place"): Weight.SPEAKERS,
    ("speaker", LOST): Weight.SPEAKERS,
    ("panel", "added"): Weight.MOVED,
    ("panel", "removed"): Weight.CANCELLED,
    ("panel", "changed"): Weight.MOVED,
    ("panel", ORDER): Weight.SPEAKERS,
    ("sitting", "added"): Weight.MOVED,
    ("sitting", "removed"): Weight.CANCELLED,
    ("sitting", "changed"): Weight.MOVED,
    ("placement", "added"): Weight.MOVED,
    ("placement", "removed"): Weight.MOVED,
    ("placement", "changed"): Weight.MOVED,
    ("break", "added"): Weight.MOVED,
    ("break", "removed"): Weight.MOVED,
    ("break", "changed"): Weight.MOVED,
}
"""By kind of subject and field, or what became of it: where that says more."""


def weight_of(line: Line) -> Weight:
    """What a line weighs; of a field that nobody knows, as little as words."""
    if line.field == "status":
        held = (BY_STATUS.get(str(one)) for one in (line.after, line.before))
        return next(filter(None, held), OF_FIELDS["status"])
    happened = line.field if line.field and line.what == "changed" else line.what
    found = weight_of_kind(line.subject.kind, happened)
    return Weight.WORDS if found is None else found


def weight_of_kind(kind: str, happened: str) -> Weight | None:
    """What the table says of a field, or of what became of a subject; None where nothing."""
    return OF_KINDS.get((kind, happened), OF_FIELDS.get(happened))

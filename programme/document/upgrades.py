"""Stored documents of earlier schemas, brought to the next one: functions of plain dictionaries.

What is here never changes, since old editions must read the same for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from programme.language.labels import numbers_of

Stored: TypeAlias = dict[str, Any]
"""A node in its stored form, as JSON holds it: of any shape until it is decoded."""

PLAINLY_CONDITIONAL = re.compile(
    r"""
    \b(?:States\ Parties|States\ not\ party|States|delegations|organi[sz]ations),?\s+
    (?:
        (?:that|which|who)\s+(?:have|had|retain)\b
      | with\s+(?!respect\b|regard\b|reference\b|a\ view\b)
      | (?:whose|implementing|having|retaining)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What only those of a group can be to whom something applies."""


def kind_of_list(*, is_open: bool, invitation: str) -> str:
    """The kind of a list that was known as open or not, by its English invitation.

    named, open, or conditional where an open list says plainly that it is not for all of a group.
    """
    if not is_open:
        return "named"
    return "conditional" if PLAINLY_CONDITIONAL.search(invitation) else "open"


def kinds_of_lists(data: Stored) -> Stored:
    """From schema 1 to 2: a list has one of three kinds."""
    for speaking_list in _lists(data["agenda"]):
        invitation = speaking_list["invitation"].get("en", "")
        speaking_list["kind"] = kind_of_list(
            is_open=speaking_list.pop("is_open"),
            invitation=invitation if isinstance(invitation, str) else invitation["value"],
        )
    return data


def _lists(items: list[Stored]) -> Iterator[Stored]:
    for item in items:
        yield from item["lists"]
        yield from _lists(item["sub_items"])


BREAKS = {
    "lunch": ("Lunch break", "Pause déjeuner", "Pausa para el almuerzo", "استراحة الغداء"),
    "coffee": ("Coffee break", "Pause café", "Pausa para el café", "استراحة القهوة"),
    "other": ("Break", "Pause", "Pausa", "استراحة"),
}
"""What a break without a name of its own was called, by its kind."""


def what_rows_know(data: Stored) -> Stored:
    """From schema 2 to 3: items have numbers, breaks their kinds, slots of panels an id.

    A break with a name of its own is of the kind other, and a number that no label shows is none.
    """
    words = {one: dict(zip(("en", "fr", "es", "ar"), BREAKS[one], strict=True)) for one in BREAKS}
    data["words"] = words | data["words"]
    _number(data["agenda"])
    outer = [entry for day in data["timetable"] for entry in day["entries"]]
    for entry in (*outer, *(inner for one in outer for inner in one.get("entries", ()))):
        if entry["node"] == "PanelSlot":
            entry["id"] = entry.pop("panel_id")
        elif entry["node"] == "Break":
            kind = next((one for one in words if entry["name"] == words[one]), "")
            entry |= {"kind": kind or "other", "name": {} if kind else entry["name"]}
    return data


def _number(agenda: list[Stored]) -> None:
    """Give items their numbers and free labels, as their labels and those beneath them tell."""
    for item, above in _with_those_above(agenda, ()):
        labels = [one if isinstance(one, str) else one["value"] for one in item["label"].values()]
        numbers = numbers_of(item["slug"])
        item |= {"number": None, "free_label": labels[0] if labels else ""}
        # Beneath the top, a number has its letter in each script; a free label is one in all.
        if above and len(numbers) == len(above) + 1 and len({*labels}) > 1:
            item["free_label"] = ""
            for numbered, number in zip((*above, item), numbers, strict=True):
                numbered["number"] = number
    proven = {item["number"] for item in agenda}
    for item in agenda:
        numbers = numbers_of(item["free_label"])
        own = numbers[0] if len(numbers) == 1 else None
        if own and (own == item["number"] or (item["number"] is None and own not in proven)):
            item |= {"number": own, "free_label": ""}


def _with_those_above(
    items: list[Stored], above: tuple[Stored, ...]
) -> Iterator[tuple[Stored, tuple[Stored, ...]]]:
    for item in items:
        yield item, above
        yield from _with_those_above(item["sub_items"], (*above, item))

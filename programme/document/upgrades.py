"""Stored documents of earlier schemas, brought to the next one: functions of plain dictionaries.

What is here never changes, since old editions must read the same for ever. Standard library alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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


def kinds_of_lists(data: dict[str, Any]) -> dict[str, Any]:
    """From schema 1 to 2: a list has one of three kinds."""
    for speaking_list in _lists(data["agenda"]):
        invitation = speaking_list["invitation"].get("en", "")
        speaking_list["kind"] = kind_of_list(
            is_open=speaking_list.pop("is_open"),
            invitation=invitation if isinstance(invitation, str) else invitation["value"],
        )
    return data


def _lists(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield from item["lists"]
        yield from _lists(item["sub_items"])

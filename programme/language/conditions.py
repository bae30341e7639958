"""Words by which an English invitation is for some of a group only: "States Parties that have …".

A warning for staff, not a rule: what is meant, they know.
"""

from __future__ import annotations

import re

GROUP = (
    r"\b(?:States\s+Parties|States\s+not\s+party|States|countries"
    r"|delegations|organi[sz]ations|those)"
)

WISHES = (
    r"(?:(?:may|might|so|would)\s+)*(?:wish|want|desire|like|choose|participat|attend|take\s+part)"
    r"|(?:are|is|may\s+be)\s+(?:interested|present|participating|attending|willing|ready|able)"
    r"|have\s+(?:(?:asked\s+for|requested)\s+the\s+floor|registered|signed\s+up|inscribed)"
)
"""What anybody may do or want; a list for those who wish to speak is open."""

NO_CONDITION = r"(?:respect|regard|reference|an?\s+view|an?\s+interest|an?\s+wish)\b"

STATES_OF_THINGS = (
    "completing|conducting|facing|having|holding|implementing|possessing|preparing|reporting"
    "|requesting|retaining|stockpiling|submitting|undertaking|using"
    r"|affected\s+by|concerned|requested\s+to|required\s+to|responsible\s+for|subject\s+to"
    r"|in\s+the\s+process\s+of|under\s+an?\s+obligation|yet\s+to|still\s+to"
)

CONDITION = re.compile(
    rf"""
    {GROUP}
    (?:\s*\([^()]*\)|\[\^[^\]\s]+\]|[*_])*,?\s+         # names, a footnote mark, emphasis
    (?P<after>
        (?:that|which|who)\s+(?!{WISHES})[\w’'-]+
      | (?:(?:to|for|of|in)\s+which|to\s+whom|whose)\s+[\w’'-]+
      | with(?:out)?\s+(?!{NO_CONDITION})[\w’'-]+
      | (?:{STATES_OF_THINGS})\b
    )
  | \b(?P<before>(?:mine-)?affected)\s+(?:States|countries)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def condition_in(english: str) -> str:
    """The words that make a condition, such as "that have"; "" where there are none."""
    found = CONDITION.search(english)
    return " ".join((found["after"] or found["before"]).split()) if found else ""

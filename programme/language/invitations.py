"""What stands within the text of an invitation: marks of footnotes, and where States are named."""

from __future__ import annotations

import re

FOOTNOTE_MARK = r"\[\^([^\]\s]{1,100})\]"
"""The mark of a footnote in Markdown, [^1]; its group is what readers see of it."""

MARK = re.compile(rf"(?<!\\){FOOTNOTE_MARK}")

PLACEHOLDER = "{delegations}"


IN_PARENTHESES = re.compile(r"(?<!\s)\s*\(\{delegations\}\)")


def without_names(invitation: str) -> str:
    """Leave out where the named States stand in parentheses: "({delegations})"."""
    return IN_PARENTHESES.sub("", invitation).lstrip()


def bare(line: str) -> str:
    """A line without the marks of footnotes, and without the space before them."""
    return re.sub(rf"\s*{MARK.pattern}", "", line).strip()

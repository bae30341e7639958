"""How people recognise a speaking list: by the beginning of its invitation."""

from __future__ import annotations

import re

from programme.language.invitations import FOOTNOTE_MARK, PLACEHOLDER, without_names

LONGEST = 90
"""Characters of an invitation that identify it."""


def short(invitation: str) -> str:
    """The beginning of an invitation, on one line, in whole words; "…" ends it where some are left.

    It names no delegations and leads to no footnotes; a name inside the sentence is "…". A word
    that alone is too long is cut.
    """
    bare = re.sub(FOOTNOTE_MARK, "", without_names(invitation)).replace(PLACEHOLDER, "…")
    return cut(re.sub(r"[ \t\n]+", " ", bare).strip(), LONGEST)


def cut(text: str, longest: int) -> str:
    """A text in whole words, with "…" where it has more than so many characters."""
    if len(text) <= longest:
        return text
    kept = text[:longest]
    if " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;:.،؛…–-(«“") + "…"

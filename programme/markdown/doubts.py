"""What of a text is shown otherwise than its writer may think."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programme.markdown.addresses import is_within
from programme.markdown.pasting import doubtful_points
from programme.markdown.rules import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTED = 60
"""Characters of a line that are quoted."""


def doubts_in(value: str) -> Iterator[tuple[str, str]]:
    """Doubts about a text, and the words that each is about.

    `no_list`: it begins like a point, or holds several; `link_within`: a link that leads to this
    site, as one without https:// does; `signs_shown`: asterisks that make nothing bold.
    """
    if points := doubtful_points(value):
        yield "no_list", points[0] if len(points[0]) <= QUOTED else f"{points[0][:QUOTED]}…"
    if "](" not in value and "**" not in value:
        return
    tokens = [one for block in _MARKDOWN.parse(value) for one in block.children or []]
    targets = [str(one.attrGet("href")) for one in tokens if one.type == "link_open"]
    if within := [one for one in targets if is_within(one)]:
        yield "link_within", within[0]
    if any("**" in one.content for one in tokens if one.type == "text"):
        yield "signs_shown", "**"


_MARKDOWN = Markdown()

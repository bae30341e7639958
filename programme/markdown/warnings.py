"""Warnings about a Markdown text: what is shown otherwise than its writer may think."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.texts.typed_text import ODD, named
from programme.markdown.addresses import is_within
from programme.markdown.pasting import POINT, doubtful_points
from programme.markdown.rules import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTED = 60
"""Characters of a line that are quoted."""

MOST_SIGNS = 5
"""How many different odd signs of one text are told."""


def warnings_in(value: str) -> Iterator[tuple[str, str]]:
    """Warnings about a text by code, and the words that each is about.

    `no_list`: it begins like a point, or holds several; `link_within`: a link that leads to this
    site, as one without https:// does; `signs_shown`: asterisks that make nothing bold;
    `odd_sign`: one that was lost when the text was copied, or that one font alone knows.
    """
    yield from odd_sign_warnings(value)
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


def odd_sign_warnings(value: str) -> Iterator[tuple[str, str]]:
    """A warning, `odd_sign`, for each of the first few signs that readers see as boxes.

    Bullets of symbol fonts are none of them where a point begins, since they are read as bullets.
    """
    if ODD.search(value):
        points = ((line, POINT.match(line)) for line in value.split("\n"))
        read = (point["rest"] if point and point["bullet"] else line for line, point in points)
        signs = list(dict.fromkeys(ODD.findall("\n".join(read))))
        yield from (("odd_sign", named(sign)) for sign in signs[:MOST_SIGNS])


_MARKDOWN = Markdown()

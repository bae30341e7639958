"""How the programme's texts are read: CommonMark, and what people plainly mean besides.

Bold next to letters, as Arabic needs it, whose "and" is written to the word; addresses as links;
points that bring their own letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import image, link
from markdown_it.rules_inline.state_inline import Delimiter
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from programme.language.invitations import FOOTNOTE_MARK
from programme.markdown.addresses import link_bare, normalized
from programme.markdown.pasting import are_labelled

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LABELLED = "labelled"
"""The class of a list whose points begin with letters or numbers of their own."""


class Markdown(MarkdownIt):
    """The parser of all texts."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable("table")
        self.disable(["code", "fence"])  # a programme holds no code; indented lines are text
        footnote_plugin(self, inline=False, move_to_end=False, always_match_refs=True)
        self.inline.ruler.at("link", _link)
        self.inline.ruler.at("image", _image)
        self.inline.ruler.at("footnote_ref", _mark)
        self.inline.ruler.at("emphasis", _emphasis)
        self.core.ruler.push("link_bare", link_bare)
        self.core.ruler.push("labelled_lists", _labelled_lists)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- the parser's name
        """Say where a link leads, as its writer meant it."""
        return normalized(url)


MARK = re.compile(FOOTNOTE_MARK)


def _mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's signature
    """Read a mark only where there is one: for each "[^" the plugin goes through the whole text."""
    is_there = MARK.match(state.src, state.pos)
    return bool(is_there) and footnote_ref(state, silent, always_match=True)


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- as above
    """Read a link only where its words end: for each "[" the parser goes twenty others ahead."""
    return state.src[state.pos] == "[" and _ends(state) and link(state, silent)


def _image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- as above
    """Read a picture only where its words end, as a link."""
    return state.src[state.pos] == "!" and _ends(state) and image(state, silent)


def _ends(state: StateInline) -> bool:
    return state.src.find("]", state.pos) >= 0


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- as above
    """Read asterisks and underscores as CommonMark does, and as people write them.

    Between a letter and a sign neither side counts there: `و**«…»**` and `**Note:**text` show their
    asterisks. Here two of them begin and end whatever they touch; one alone does so for Arabic.
    """
    marker = state.src[state.pos]
    if silent or marker not in {"_", "*"}:
        return False
    opens, closes, length = state.scanDelims(state.pos, marker == "*")
    end = state.pos + length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    if marker == "*" and not (before.isspace() or after.isspace()):
        is_bold = length > 1
        opens = opens or is_bold or _is_arabic(before)
        closes = closes or is_bold or _is_arabic(after)
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), length, len(state.tokens) - 1, -1, open=opens, close=closes)
        )
    state.pos = end
    return True


def _is_arabic(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"AL", "NSM"}


@dataclass
class _List:
    """A list that is being read."""

    opening: Token
    items: int = 0
    texts: list[str] = field(default_factory=list)
    """How its points begin, as far as they begin with text."""
    is_at_start: bool = False


def _labelled_lists(state: StateCore) -> None:
    """Mark lists whose points say themselves which they are: (a), (b)."""
    within: list[_List] = []
    for token in state.tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                within.append(_List(token))
            case "list_item_open":
                within[-1].items += 1
                within[-1].is_at_start = True
            case "inline" if within and within[-1].is_at_start:
                within[-1].texts.append(token.content)
                within[-1].is_at_start = False
            case "ordered_list_close":
                within.pop()
            case "bullet_list_close":
                read = within.pop()
                if read.items == len(read.texts) and are_labelled(read.texts):
                    read.opening.attrSet("class", LABELLED)

"""Addresses in texts: which are links although nobody said so, and where links lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.normalize_url import normalizeLink, validateLink
from markdown_it.token import Token

from programme.language.bidi import E_MAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_core import StateCore

WEB = r"(?:https?://|www\.)[^\s<>\"“”«»\[\]|]+"
BARE = re.compile(rf"(?<![\w/@.:-])(?:{WEB}|(?a:{E_MAIL}))", re.IGNORECASE)
"""An address that stands in running text."""

ENDS = ".,:;!?'’*_…،؛؟"
"""What ends a sentence after an address rather than the address."""

LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"^(?:{LABEL}\.)+([a-z]{{2,24}})(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
FILES = frozenset(
    {
        *("atom", "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "json", "md", "odt"),
        *("pdf", "png", "ppt", "pptx", "rtf", "svg", "txt", "xls", "xlsx", "xml", "zip"),
    }
)
"""Ends of file names, which are no ends of hosts."""


def meant(address: str) -> str:
    """Where a link leads whose address was written without http or mailto."""
    if re.fullmatch(E_MAIL, address, re.ASCII):
        return f"mailto:{address}"
    host = HOST.match(address)
    return f"https://{address}" if host and host[1].lower() not in FILES else address


def is_within(address: str) -> bool:
    """Whether an address leads to this site, without saying so by a slash at its beginning."""
    return not re.match(r"[a-z][a-z0-9+.-]*:|[/#]", meant(address), re.IGNORECASE)


def normalized(address: str) -> str:
    """An address as a page has it."""
    return str(normalizeLink(meant(address)))


def link_bare(state: StateCore) -> None:
    """Rule for running text: make links of the addresses that stand in it."""
    for token in state.tokens:
        if token.children:
            token.children = list(_linked(token.children))


def _linked(tokens: list[Token]) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type == "text" and not inside:
            yield from _parts(token)
        else:
            yield token


def _parts(token: Token) -> Iterator[Token]:
    """A text token, with a link for each address in it."""
    text, since = token.content, 0
    for found in BARE.finditer(text):
        address = _without_end(found[0])
        href = normalized(address)
        if not validateLink(href):
            continue
        if before := text[since : found.start()]:
            yield Token("text", "", 0, content=before, level=token.level)
        yield Token("link_open", "a", 1, attrs={"href": href}, level=token.level)
        yield Token("text", "", 0, content=address, level=token.level + 1, meta={"address": True})
        yield Token("link_close", "a", -1, level=token.level)
        since = found.start() + len(address)
    if rest := text[since:]:
        yield Token("text", "", 0, content=rest, level=token.level, meta=token.meta)


def _without_end(address: str) -> str:
    """An address without what follows it; a parenthesis belongs to it if it opens in it."""
    extra = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in ENDS or (address[end - 1] == ")" and extra > 0)):
        extra -= address[end - 1] == ")"
        end -= 1
    return address[:end]

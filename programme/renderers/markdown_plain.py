"""Markdown of the programme's texts as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from programme.document.nodes import Text
from programme.language.bidi import direction, isolate, isolate_codes
from programme.language.labels import paragraph_number
from programme.markdown.addresses import normalized
from programme.markdown.rules import LABELLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    Tokens = Sequence[Token]
from programme.renderers.markdown_parsed import MARKDOWN, NO_TEXT, parsed

BULLET = "• "


def to_plain(text: Text, notes: Text = NO_TEXT) -> str:
    """Make plain paragraphs of a text, one empty line apart, with its notes at the end."""
    source = parsed(text, notes)
    paragraphs = _Plain(text.lang).blocks(SyntaxTreeNode(source.body).children)
    written = _Plain((notes or text).lang)
    paragraphs += written.blocks(SyntaxTreeNode(source.beside_notes).children)
    paragraphs += [
        "\n".join([f"[{note.mark}] {first}", *others])
        for note in source.notes
        for first, *others in [written.blocks(SyntaxTreeNode(note.tokens).children) or [""]]
    ]
    return "\n\n".join(paragraphs)


def inline_plain(text: Text) -> str:
    """Make one line of plain text of a title."""
    tree = SyntaxTreeNode(MARKDOWN.parseInline(text.value, {}))
    return " ".join(_Plain(text.lang).inline(tree).split("\n"))


@dataclass(frozen=True, slots=True)
class _Plain:
    """Plain text of parsed Markdown in one language."""

    language: str

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[str]:
        return [self.block(node) for node in nodes]

    def block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "bullet_list":
                bullet = "" if node.attrs.get("class") == LABELLED else BULLET
                return "\n".join(self.list_item(bullet, item) for item in node.children)
            case "ordered_list":
                first = int(node.attrs.get("start", 1))
                return "\n".join(
                    self.list_item(f"{paragraph_number(number, self.language)} ", item)
                    for number, item in enumerate(node.children, start=first)
                )
            case "table":
                rows = [row for part in node.children for row in part.children]
                return "\n".join(
                    " | ".join(self.inline(cell) for cell in row.children) for row in rows
                )
            case "blockquote":
                return "\n\n".join(self.blocks(node.children))
            case "hr":
                return "* * *"
            case _:
                return self.inline(node)

    def list_item(self, start: str, item: SyntaxTreeNode) -> str:
        lines = "\n".join(self.blocks(item.children)).split("\n")
        return "\n  ".join([start + lines[0], *lines[1:]])

    def inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text" | "code_inline":
                if not self.is_rtl:
                    return node.content
                is_address = node.meta.get("address")
                return isolate(node.content, "ltr") if is_address else isolate_codes(node.content)
            case "softbreak":
                return " "
            case "hardbreak":
                return "\n"
            case "footnote_ref":
                return f"[{node.meta['label']}]"
            case "link":
                return self.link(node)
            case _:
                return "".join(self.inline(child) for child in node.children)

    def link(self, node: SyntaxTreeNode) -> str:
        """Give the words of a link, and its address unless they are the address."""
        words = "".join(self.inline(child) for child in node.children)
        written = "".join(child.content for child in node.children)
        href = str(node.attrs["href"])
        address = href.removeprefix("mailto:").removeprefix("tel:")
        if written == address or normalized(written) == href:
            return words
        return f"{words} ({isolate(address, 'ltr') if self.is_rtl else address})"

    @property
    def is_rtl(self) -> bool:
        return direction(self.language) == "rtl"

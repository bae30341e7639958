"""A text and its notes, parsed: what both formats of Markdown read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from programme.document.nodes import Text
from programme.markdown.pasting import as_markdown
from programme.markdown.rules import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markdown_it.token import Token

    Tokens = Sequence[Token]


MARKDOWN = Markdown()


NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: what marks it, and what it says."""

    mark: str
    tokens: Tokens
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A text and its notes, parsed."""

    body: Tokens
    beside_notes: Tokens
    """What stands in the notes without being one."""
    notes: Sequence[Note]
    uses: Mapping[str, int]
    """How often each mark stands in the text or a note."""

    @property
    def numbers(self) -> dict[str, int]:
        """The place of each mark's note, which its id is made of: a mark like * would not do."""
        places: dict[str, int] = {}
        for place, note in enumerate(self.notes, start=1):
            places.setdefault(note.mark, place)
        return places


def parsed(text: Text, notes: Text) -> Source:
    """Parse both apart, so that nothing left open in a text can swallow its notes."""
    env: dict[str, Any] = {}
    beside_notes, defined = _apart(MARKDOWN.parse(as_markdown(notes.value), env))
    body, defined_in_text = _apart(MARKDOWN.parse(as_markdown(text.value), env))
    is_inferred = notes.provenance == "inferred"
    return Source(
        body=body,
        beside_notes=beside_notes,
        notes=[
            *(Note(mark, tokens, is_inferred) for mark, tokens in defined),
            *(Note(mark, tokens, is_inferred=False) for mark, tokens in defined_in_text),
        ],
        uses={
            used["label"]: used["count"]
            for used in env.get("footnotes", {}).get("list", {}).values()
        },
    )


def _apart(tokens: Iterable[Token]) -> tuple[list[Token], list[tuple[str, list[Token]]]]:
    """Part running text from the footnotes defined in it."""
    running: list[Token] = []
    notes: list[tuple[str, list[Token]]] = []
    into = running
    for token in tokens:
        if token.type == "footnote_reference_open":
            into = []
            notes.append((token.meta["label"], into))
        elif token.type == "footnote_reference_close":
            into = running
        else:
            into.append(token)
    return running, notes

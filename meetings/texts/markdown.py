"""What a Markdown text may hold: everything but HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from meetings.types import Words

_html_aware = MarkdownIt("commonmark", {"html": True})


def refuse_html(value: str) -> None:
    """Refuse tags and comments: renderers show them as text, which nobody wants to read."""
    for token in _tokens(_html_aware.parse(value)):
        if token.type in ("html_block", "html_inline"):
            raise ValidationError(
                _("HTML cannot be used here; found %(found)s. Use Markdown."),
                code="html",
                params={"found": token.content.strip()[:40]},
            )


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def markdown_field(
    name: Words, *, max_length: int, blank: bool = False, help_text: Words = ""
) -> models.TextField[str, str]:
    """A text column for Markdown of limited length, checked wherever rows are validated."""
    validators: list[Callable[[str], None]] = [MaxLengthValidator(max_length), refuse_html]
    return models.TextField(
        name, max_length=max_length, validators=validators, blank=blank, help_text=help_text
    )


def notes_field() -> models.TextField[str, str]:
    """The column for the footnotes of a row's other texts."""
    return markdown_field(
        _("notes"),
        max_length=5_000,
        blank=True,
        help_text=_("Footnotes of the texts above, one a line: [^1]: text of the note."),
    )

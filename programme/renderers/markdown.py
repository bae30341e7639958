"""Markdown of the programme's texts, as HTML for pages and as plain text.

CommonMark with tables and footnotes (`markdown_rules`), and lists as people paste them (`pasting`).
A text and its notes are two fields: the notes hold the definitions ("[^1]: …"), and marks are
printed as written. HTML in a text is shown, not obeyed; what comes out passes an allow-list
besides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from programme.document.nodes import Text
from programme.language.bidi import CODES, direction
from programme.language.lists import COMMAS
from programme.markdown.rules import LABELLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.utils.safestring import SafeString
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    Tokens = Sequence[Token]
from programme.renderers.markdown_parsed import MARKDOWN, NO_TEXT, Note, Source, parsed

ALLOWED: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "id", "rel", "role", "aria-label", "lang", "dir"},
    "bdi": {"dir"},
    "div": {"role", "tabindex", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "section": {"lang", "dir"},
    "span": {"lang", "dir"},
    "th": {"scope"},
}


TAGS = {
    *("a", "bdi", "div", "li", "ol", "section", "span"),
    *("p", "strong", "em", "ul", "sup", "hr", "br", "blockquote", "code"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


CLASSES = {
    "a": {"footnote-backref"},
    "div": {"table"},
    "li": {"footnote-item", "inferred"},
    "section": {"footnotes"},
    "span": {"footnote-mark"},
    "sup": {"footnote-ref"},
    "ul": {"footnotes-list", LABELLED},
}


SCHEMES = {"http", "https", "mailto", "tel"}


def to_html(text: Text, notes: Text, doc_id: str) -> SafeString:
    """Make HTML of a text with its notes beneath it; `doc_id` begins the ids of the notes.

    Every note is printed, also one whose mark stands elsewhere (in a title, a lead-in).
    """
    source = parsed(text, notes)
    page = _Page(doc_id, source.numbers)
    html = page.html(source.body, text.lang)
    if source.notes or source.beside_notes:
        html += page.notes_html(source, text, notes or text)
    return _cleaned(html)


def inline_html(text: Text, notes: Text = NO_TEXT, doc_id: str = "") -> SafeString:
    """Make HTML of a title or lead-in, without a paragraph of its own.

    With `notes`, its marks lead to the notes that `to_html` prints for the same `doc_id`.
    """
    page = _Page(doc_id, parsed(NO_TEXT, notes).numbers, has_ids=False)
    return _cleaned(page.html(MARKDOWN.parseInline(text.value, {}), text.lang))


def marks_html(marks: Iterable[str], text: Text, notes: Text, doc_id: str) -> SafeString:
    """Make HTML of the marks of a title, which lead to the notes that `to_html` prints of these."""
    page = _Page(doc_id, parsed(text, notes).numbers, has_ids=False)
    return _cleaned("".join(page.mark_html(one, 0) for one in marks))


def _cleaned(html: str) -> SafeString:
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ALLOWED,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308 -- the allow-list makes it so


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a text stands: what the ids of its notes begin with, and the number of each mark."""

    doc_id: str
    numbers: Mapping[str, int]
    has_ids: bool = True
    """Whether marks can be led back to; only one text of a page has the ids."""

    def html(self, tokens: Tokens, language: str) -> str:
        env = {"page": self, "language": language}
        return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, env))

    def mark_html(self, mark: str, use: int) -> str:
        """Show a mark as it is written; without a note it leads nowhere, but it stays."""
        shown: str = escape(mark)
        if number := self.numbers.get(mark):
            own_id = f' id="{self.mark_id(number, use)}"' if self.has_ids else ""
            shown = f'<a href="#{self.note_id(number)}"{own_id} role="doc-noteref">{shown}</a>'
        return f'<sup class="footnote-ref">{shown}</sup>'

    def notes_html(self, source: Source, text: Text, written: Text) -> str:
        language = _lang_and_dir(written.lang) if written.lang != text.lang else ""
        notes = "".join(
            self.note_html(place, note, source.uses.get(note.mark, 0), written)
            for place, note in enumerate(source.notes, start=1)
        )
        beside = self.html(source.beside_notes, written.lang)
        if not notes:
            return beside
        return (
            f'<section class="footnotes"{language}>\n{beside}'
            f'<ul class="footnotes-list">\n{notes}</ul>\n</section>\n'
        )

    def note_html(self, place: int, note: Note, uses: int, written: Text) -> str:
        """Show a note: its mark, its text, and a way back to each use of it."""
        start = f'<span class="footnote-mark">{escape(note.mark)}</span> '
        is_first = self.numbers[note.mark] == place
        end = "".join(self.way_back(note.mark, use, written) for use in range(uses * is_first))
        content = self.html(note.tokens, written.lang).strip()
        if content.startswith("<p>"):
            start, content = f"<p>{start}", content.removeprefix("<p>")
        if content.endswith("</p>"):
            content, end = content.removesuffix("</p>"), f"{end}</p>"
        classes = "footnote-item inferred" if note.is_inferred else "footnote-item"
        return f'<li id="{self.note_id(place)}" class="{classes}">{start}{content}{end}</li>\n'

    def way_back(self, mark: str, use: int, written: Text) -> str:
        label = escape(gettext("Back to mark %(mark)s in the text") % {"mark": mark})
        language = _lang_and_dir(written.asked_for) if written.is_fallback else ""
        target = self.mark_id(self.numbers[mark], use)
        return (
            f' <a href="#{target}" class="footnote-backref" role="doc-backlink"'
            f' aria-label="{label}"{language}>↑</a>'
        )

    def note_id(self, number: int) -> str:
        return f"fn-{escape(self.doc_id)}-{number}"

    def mark_id(self, number: int, use: int) -> str:
        again = f"-{use + 1}" if use else ""
        return f"fnref-{escape(self.doc_id)}-{number}{again}"


def _lang_and_dir(language: str) -> str:
    return f' lang="{language}" dir="{direction(language)}"' if language else ""


def _text_rule(
    _: RendererHTML, tokens: Tokens, index: int, _options: OptionsDict, env: EnvType
) -> str:
    """Keep codes in Arabic text from left to right."""
    content = tokens[index].content
    if direction(env["language"]) == "ltr":
        return escape(content)
    if tokens[index].meta.get("address"):
        return f'<bdi dir="ltr">{escape(content)}</bdi>'
    parts = CODES.split(content)  # every second one is a code
    return "".join(
        f'<bdi dir="ltr">{escape(part)}</bdi>' if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _mark_rule(
    _: RendererHTML, tokens: Tokens, index: int, _options: OptionsDict, env: EnvType
) -> str:
    page: _Page = env["page"]
    return page.mark_html(tokens[index].meta["label"], tokens[index].meta["subId"])


def _image_rule(
    renderer: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    """Say what a picture shows: texts bring no pictures from elsewhere."""
    return escape(renderer.renderInlineAsText(tokens[index].children, options, env))


def _link_rule(
    renderer: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    if re.match(r"(https?:)?//", str(tokens[index].attrGet("href"))):
        tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)


# A heading inside a text is a line in bold: the page's outline is not the text's to make.
_HEADING = {1: "<p><strong>", -1: "</strong></p>\n"}


def _heading_rule(_: RendererHTML, tokens: Tokens, index: int, *_rest: object) -> str:
    return _HEADING[tokens[index].nesting]


def _table_rule(
    renderer: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    """Let a wide table be moved within its place, by keys too; the words of its head name it."""
    cells = takewhile(lambda token: token.type != "tr_close", tokens[index:])
    words = [renderer.renderInlineAsText(one.children, options, env) for one in cells]
    named = COMMAS[env["language"] or "en"].join(filter(None, words))
    place = f' role="region" tabindex="0" aria-label="{escape(named)}"' if named else ""
    return f'<div class="table"{place}>{renderer.renderToken(tokens, index, options, env)}'


def _after_table_rule(*_args: object) -> str:
    return "</table></div>\n"


def _column_rule(*_args: object) -> str:
    return '<th scope="col">'


RULES: dict[str, Callable[..., str]] = {
    "text": _text_rule,
    "footnote_ref": _mark_rule,
    "image": _image_rule,
    "link_open": _link_rule,
    "heading_open": _heading_rule,
    "heading_close": _heading_rule,
    "table_open": _table_rule,
    "table_close": _after_table_rule,
    "th_open": _column_rule,
}
for _name, _rule in RULES.items():
    MARKDOWN.add_render_rule(_name, _rule)

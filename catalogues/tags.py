"""Django's tags for translations, which print the words of a catalogue as text.

Django's own trust catalogues: a `<` in a translation is markup. These escape it, unless the English
between the marks of the template holds markup itself; a translation then has the same
(`catalogues.proofreading`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.template import Library
from django.template.base import Variable, render_value_in_context
from django.templatetags import i18n
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.template import Context
    from django.template.base import Node, Parser, Token

register = Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters

MARKUP = re.compile(r"[<>]|&#?\w+;")


class Translate(i18n.TranslateNode):
    """`{% translate "…" %}`."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        words: Any = self.filter_expression.var
        is_literal = isinstance(words, Variable) and isinstance(words.literal, SafeString)
        if is_literal and not MARKUP.search(words.literal):
            words.literal += ""  # what is not called safe is escaped where it is printed


class BlockTranslate(i18n.BlockTranslateNode):
    """`{% blocktranslate %}…{% endblocktranslate %}`."""

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        self.__dict__ |= node.__dict__

    def render(self, context: Context, nested: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 -- Django's signature
        """Choose the words, escape them, and fill in the values."""
        about = self.message_context.resolve(context) if self.message_context else None
        with context.push(**{n: value.resolve(context) for n, value in self.extra_context.items()}):
            english, names = self.render_token_list(self.singular)
            words = translation.pgettext(about, english) if about else translation.gettext(english)
            if self.plural and self.counter and self.countervar:
                count = context[self.countervar] = self.counter.resolve(context)
                plural, more = self.render_token_list(self.plural)
                names += more
                words = (
                    translation.npgettext(about, english, plural, count)
                    if about
                    else translation.ngettext(english, plural, count)
                )
            values = {name: self._value(name, context) for name in names}
        is_text = context.autoescape and not MARKUP.search(english)
        filled = mark_safe((escape(words) if is_text else words) % values)  # noqa: S308 -- escaped, or the template's own markup
        if self.asvar:
            context[self.asvar] = filled
            return ""
        return filled

    def _value(self, name: str, context: Context) -> str:
        if name in context:
            return render_value_in_context(context[name], context)
        missing = context.template.engine.string_if_invalid  # type: ignore[union-attr]  # it is being rendered
        return missing % name if "%s" in missing else missing


def _as_text(own: Callable[[Any], Node], tag: str) -> None:
    """Replace one of Django's tags; its node is read as Django reads it."""
    of_django = i18n.register.tags[tag]

    def compile_tag(parser: Parser, token: Token) -> Node:
        return own(of_django(parser, token))

    register.tag(tag, compile_tag)


for name in ("translate", "trans"):
    _as_text(Translate, name)
for name in ("blocktranslate", "blocktrans"):
    _as_text(BlockTranslate, name)

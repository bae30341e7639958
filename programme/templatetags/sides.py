"""What is said beside the name of an item or panel: how it is held, what it is, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.document.nodes import Held, Panel, Text
from programme.renderers import standing as standing_words
from programme.templatetags.pages import active, inline

register = template.Library()


@register.filter
def standing(held: Held) -> str:
    """That an item or panel is postponed, and to when, or cancelled; "" where it is not."""
    return standing_words.in_full(held, active())


@register.filter
def standing_in_a_word(held: Held) -> str:
    """The same in a word."""
    return standing_words.in_a_word(held)


@register.simple_tag
def hosted_by(panel: Panel[Text], words: Mapping[str, Text]) -> SafeString:
    """Who organizes a panel: "Host: Norway"."""
    before, _, after = words["host"].value.partition("%(name)s")
    return format_html("{}{}{}", before, inline(panel.host), after)

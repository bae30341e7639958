"""What the page of what was found needs beyond the tags of all pages."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from programme.language.lists import join_list
from programme.templatetags.pages import active

register = template.Library()


@register.filter
def all_of_them(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    return join_list(names, active())

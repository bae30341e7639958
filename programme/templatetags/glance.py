"""What the glance of a programme asks: its columns, and how many are invited."""

from __future__ import annotations

from django import template
from django.utils.translation import ngettext

from programme.pages.shown import Shown
from programme.renderers.glance import Column, Line, columns

register = template.Library()


@register.simple_tag
def columns_of(shown: Shown) -> tuple[Column, ...]:
    """The days of a programme, and what has none."""
    return columns(shown.programme)


@register.filter
def how_many(line: Line) -> str:
    """How many delegations the lists of an item name: "16 States invited"."""
    if line.are_states:
        words = ngettext("%(count)s State invited", "%(count)s States invited", line.invited)
    else:
        words = ngettext(
            "%(count)s delegation invited", "%(count)s delegations invited", line.invited
        )
    return words % {"count": line.invited}

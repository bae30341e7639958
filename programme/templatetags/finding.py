"""What the page of what was found needs beyond the tags of all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django import template

from meetings.finding import everyday_names_of
from programme.document.nodes import Delegation, Text
from programme.language.lists import join_list
from programme.templatetags.pages import active

register = template.Library()


@register.filter
def suggested(known: Iterable[Delegation[Text]]) -> Iterator[Text]:
    """What a browser may complete: names of delegations, and what a reader calls them besides.

    Other spellings of a name are found too, but need not be suggested.
    """
    for delegation in known:
        yield delegation.name
        for one in everyday_names_of(delegation.code):
            if one.language == active() and one.kind != "spelling":
                yield Text.own(one.name, active())


@register.filter
def all_of_them(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    return join_list(names, active())

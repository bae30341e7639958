"""What templates ask of sentences of changes: where names lead, and what texts said before."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.document.nodes import Text
from programme.pages.links import absolute, day_anchor
from programme.pages.retold import Retelling, Retellings
from programme.pages.shown import Shown
from programme.renderers.changes import Told
from programme.renderers.naming import Reference
from programme.shelf.edition import Edition, Version
from programme.shelf.releases import Release
from programme.templatetags.pages import active, inline

register = template.Library()


@register.simple_tag
def name_in(shown: Shown, part: Text, *, whole: bool = False) -> SafeString:
    """A part of a sentence; a name leads to what it names, by a whole address for other sites."""
    address = _address(shown, part) if isinstance(part, Reference) else ""
    if not address:
        return inline(part) if whole else unbroken(part)
    return format_html('<a href="{}">{}</a>', absolute(address) if whole else address, inline(part))


RANGE = re.compile(r"[\u2067\u2068]?\d\d:\d\d\s–\s\d\d:\d\d\u2069?")


def unbroken(part: Text) -> SafeString:
    """A part of a sentence of which no line parts a range of hours.

    No-break spaces alone do not see to it: after a dash a line may end (UAX 14, LB12a).
    """
    return SafeString(RANGE.sub(r'<span class="range">\g<0></span>', inline(part)))


def _address(shown: Shown, name: Reference) -> str:
    """Where what is named stands in what is read; "" where it is no longer there."""
    programme, links = shown.programme, shown.links
    if name.kind == "delegation":
        delegation = programme.delegation(name.key)
        return links.delegation(delegation) if delegation else ""
    for panel in programme.panels:
        if panel.id == name.key:
            return links.panel(panel)
    for item in programme.items():
        if item.id == name.key:
            return links.item(item)
        for number, one in enumerate(item.lists, start=1):
            if one.id == name.key:
                return links.speaking_list(item, number)
    days = (day for day, _, entry in programme.entries() if entry.id == name.key)
    day = next(days, None)
    return f"{links.programme}#{day_anchor(day)}" if day else ""


@register.simple_tag
def retellings_of(shown: Shown, release: Release) -> Retellings | None:
    """The texts of a release and of the version before it; None for the first."""
    first = release.first.serial
    before = next(
        (one for one in shown.versions if 0 < one.serial < (first or one.serial + 1)), None
    )
    return Retellings(before, release.latest, active()) if before else None


@register.simple_tag
def retellings_since(shown: Shown, since: Version | Edition) -> Retellings:
    """The texts of a version and of what is read now."""
    return Retellings(since, shown.versions[0], active())


@register.simple_tag
def retold(texts: Retellings | None, told: Told) -> Retelling | None:
    """What a sentence tells of a text, word by word; None where that is not known."""
    return texts.of(told) if texts else None

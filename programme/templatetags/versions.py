"""What templates ask of versions: their names and addresses, and what each of them changed."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from programme.document import Text
from programme.edition import Edition, Version
from programme.lines import Named
from programme.links import Links, release_anchor
from programme.releases import Release
from programme.templatetags.pages import active, code

register = template.Library()


@register.filter
def to_changes_in(links: Links, release: Release) -> str:
    """The address of what one version changed."""
    return links.changes_in(release)


@register.filter
def to_changes_since(links: Links, version: Version | Edition) -> str:
    """The address of all that changed after a version."""
    return links.changes_since(version.serial)


@register.filter
def anchor_of_release(release: Release) -> str:
    """The id of a version in the list of changes."""
    return release_anchor(release)


@register.filter
def name_of_release(release: Release) -> SafeString:
    """What people call a version: "Rev.2", "First version"."""
    return code(release.designation) or conditional_escape(gettext("First version"))


@register.filter
def is_same_as(version: Version | Edition, edition: Edition) -> bool:
    """Whether a version at rest is this edition."""
    return version.serial == edition.serial


@register.filter
def note_of(version: Version | Edition) -> Text:
    """What staff said of a version when they published it."""
    return version.note.in_language(active())


@register.simple_tag
def change_at(reading: Any, node: Any) -> SafeString:
    """Says quietly that this version brought a part of the programme or changed it; else ""."""
    mark = reading.marks.get(node.id)
    if not mark:
        return SafeString("")
    # Translators: stands at an item that is new in Rev.2, or that has changed.
    words = gettext("New in %(version)s") if mark == "new" else gettext("Changed in %(version)s")
    told = format_html(
        escape(words).replace("%(version)s", "{}"), code(reading.edition.designation)
    )
    links = reading.links if reading.preview else reading.links.of_current
    address = links.changes_in(reading.release)
    return format_html('<p class="change"><a href="{}">{}</a></p>', address, told)


@register.simple_tag
def to_owner(reading: Any, owner: Named) -> str:
    """The page of an item or panel in what is read; "" where it is no longer there."""
    programme, links = reading.programme, reading.links
    if item := next((one for one in programme.items() if one.id == owner.id), None):
        return str(links.item(item))
    panel = next((one for one in programme.panels if one.id == owner.id), None)
    return str(links.panel(panel)) if panel else ""


@register.simple_tag
def to_release(reading: Any, release: Release) -> str:
    """The programme as it stands in a version: what is read, what is public, or its own page."""
    if not release.latest.serial:
        return str(reading.links.programme)
    is_current = release.latest.serial == reading.current.serial
    links = reading.links.of_current
    return str((links if is_current else links.of_version(release.latest.serial)).programme)

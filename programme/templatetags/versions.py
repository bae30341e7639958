"""What templates ask of versions: their names and addresses, and what each of them changed."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from programme.comparing.change_lines import Named
from programme.document.nodes import AgendaItem, Delegation, Sitting, Text
from programme.document.part_names import panel_name
from programme.pages.links import Links, release_anchor
from programme.pages.shown import Part, Shown
from programme.pages.whereabouts import Past
from programme.renderers.changes import PLACEHOLDER
from programme.shelf.edition import Edition, Version
from programme.shelf.releases import Release
from programme.templatetags.links import cited_inside
from programme.templatetags.pages import active, code, inline, item_name

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
def change_at(shown: Shown, node: Part | Sitting[Text]) -> SafeString:
    """Says quietly that this version brought a part of the programme or changed it; else ""."""
    mark = shown.marks.get(node.id)
    if not mark:
        return SafeString("")
    # Translators: stands at an item that is new in Rev.2, or that has changed.
    words = gettext("New in %(version)s") if mark == "new" else gettext("Changed in %(version)s")
    told = filled(words, version=code(shown.edition.designation))
    links = shown.links if shown.preview else shown.links.of_current
    address = links.changes_in(shown.release)
    return format_html('<p class="change"><a href="{}">{}</a></p>', address, told)


def filled(words: str, **values: SafeString) -> SafeString:
    """A sentence of a catalogue as text, with values that may hold markup."""
    parts = PLACEHOLDER.split(words)
    told = (values[part] if number % 2 else part for number, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in told))


@register.simple_tag
def to_owner(shown: Shown, owner: Named) -> str:
    """The page of an item or panel in what is read; "" where it is no longer there."""
    programme, links = shown.programme, shown.links
    if item := next((item for item in programme.items() if item.id == owner.id), None):
        return links.item(item)
    panel = next((panel for panel in programme.panels if panel.id == owner.id), None)
    return links.panel(panel) if panel else ""


@register.simple_tag
def to_release(shown: Shown, release: Release) -> str:
    """The programme as it stands in a version: what is read, what is public, or its own page."""
    if not release.latest.serial:
        return shown.links.programme
    links = shown.links.of_current
    if shown.current and release.latest.serial == shown.current.serial:
        return links.programme
    return links.of_version(release.latest.serial).programme


# --- what stood somewhere ------------------------------------------------------------------------


@register.filter
def until(past: Past) -> SafeString:
    """Until when something stood at an address, at the head of a sentence."""
    edition, meeting = past.shown.edition, past.shown.programme.meeting
    values = {"version": code(edition.designation), "meeting": inline(meeting.name)}
    if past.kind == "delegation":
        if edition.designation:
            words = gettext("Up to and including %(version)s of “%(meeting)s”")
        else:
            words = gettext("In the first version of “%(meeting)s”")
    elif edition.designation:
        words = gettext("Up to and including %(version)s")
    else:
        words = gettext("In the first version")
    return filled(words, **values)


@register.filter
def name_then(past: Past) -> SafeString:
    """What something was called that stood at an address."""
    node, programme = past.node, past.shown.programme
    if isinstance(node, AgendaItem):
        return item_name(node)
    return inline(node.name if isinstance(node, Delegation) else panel_name(node, programme.words))


@register.filter
def linked_name_then(past: Past) -> SafeString:
    """The same, which leads to where it is by now; where it is gone, to where it was."""
    return format_html('<a href="{}">{}</a>', past.now_at or past.then_at, name_then(past))


@register.filter
def cited_now(past: Past) -> SafeString:
    """What something is cited as by now, which leads there; "" for what has no number."""
    if not isinstance(past.now, AgendaItem) or not past.now.label:
        return SafeString("")
    return format_html('<a href="{}">{}</a>', past.now_at, cited_inside(past.now))

"""What templates ask of versions: their names and addresses, and what each of them changed."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from programme.comparing.change_lines import Named
from programme.document.nodes import AgendaItem, Delegation, Meeting, Sitting, Text
from programme.document.part_names import panel_name
from programme.pages.links import Links, release_anchor
from programme.pages.seen import Since, counted
from programme.pages.shown import Part, Shown, mark_for
from programme.pages.whereabouts import Past, ids_of
from programme.renderers.changes import PLACEHOLDER, count, groups
from programme.renderers.marks import Mark
from programme.renderers.zones import whose_times
from programme.shelf.edition import Edition, Version
from programme.shelf.releases import Release
from programme.templatetags.links import cited_inside
from programme.templatetags.pages import active, code, inline, item_name
from programme.templatetags.retold import unbroken

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
def name_in_sentence(version: Version | Edition) -> SafeString:
    """The same inside a sentence: "Rev.2", "first version"."""
    # Translators: in parentheses, of a version of a programme.
    first = pgettext("in parentheses", "first version")
    return code(version.designation) or conditional_escape(first)


@register.simple_tag
def counted_since(shown: Shown) -> tuple[Since, ...]:
    """How many changes came after each of the last versions."""
    return counted(shown)


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
    """Says quietly that a part of the programme is new, or what changed in it; else ""."""
    return _marked(shown, shown.marks.get(node.id))


@register.simple_tag
def change_for(shown: Shown, node: Part, delegation: Delegation[Text]) -> SafeString:
    """The same of what concerns a delegation, at an item or panel on its page."""
    if not shown.marked_lines:
        return SafeString("")
    return _marked(shown, mark_for(ids_of(delegation), shown, node))


@register.simple_tag
def change_alone(shown: Shown, node: Part) -> SafeString:
    """The same of an item or panel that stands by itself: on its page, or in a list of them."""
    return _marked(shown, shown.mark_alone(node, shown.marked_lines))


MOST_MARKED = 2
"""Sentences that stand in one mark; the page of changes has all."""


def _marked(shown: Shown, mark: Mark | None) -> SafeString:
    if mark is None:
        return SafeString("")
    # Translators: stands in small print at an item that came lately.
    said = [conditional_escape(gettext("New"))] if mark.is_new else []
    said += [
        format_html_join("", "{}", ((unbroken(one),) for one in told.parts)) for told in mark.told
    ]
    shown_of_them = said[:MOST_MARKED]
    if rest := len(said) - MOST_MARKED if len(said) > MOST_MARKED else 0:
        # Translators: after the first two changes of an item.
        more = ngettext("%(count)s more", "%(count)s more", rest) % {"count": rest}
        shown_of_them.append(conditional_escape(more))
    told = format_html_join(" · ", "{}", ((one,) for one in shown_of_them))
    return format_html('<p class="change"><a href="{}">{}</a></p>', _changes_marked(shown), told)


def _changes_marked(shown: Shown) -> str:
    """The address of all changes that are marked."""
    links = shown.links if shown.preview else shown.links.of_current
    if shown.marked_since is None:
        return links.changes_in(shown.release)
    return links.changes_since(shown.marked_since) if shown.marked_since else links.changes


@register.simple_tag
def all_times(meeting: Meeting[Text]) -> SafeString:
    """Whose all hours are: "All times: Geneva (UTC+2)"."""
    words, values = whose_times(meeting, active())
    offset = code(values["offset"])
    return filled(words, city=conditional_escape(values["city"]), offset=offset)


@register.simple_tag
def changes_brought(shown: Shown) -> SafeString:
    """How much a version changed: "3 changes since Rev.1", which leads to them; "" for none."""
    number = count(groups(shown.release.lines, active()))
    earlier = shown.release_before
    if not number or earlier is None:
        return SafeString("")
    if earlier.designation:
        # Translators: at the head of a programme, beside its version and its date.
        words = ngettext(
            "%(count)s change since %(version)s", "%(count)s changes since %(version)s", number
        )
    else:
        # Translators: at the head of a programme, beside its version and its date.
        words = ngettext(
            "%(count)s change since the first version",
            "%(count)s changes since the first version",
            number,
        )
    told = filled(words, count=SafeString(number), version=code(earlier.designation))
    links = shown.links if shown.preview else shown.links.of_current
    return format_html('<a href="{}">{}</a>', links.changes_in(shown.release), told)


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

"""Addresses in templates: where an item, a panel, a delegation or a list stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from programme.document import delegation_points
from programme.document.nodes import (
    AgendaItem,
    Day,
    Delegation,
    Panel,
    Placement,
    Text,
)
from programme.document.part_names import item_inside_a_sentence
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import Unscheduled
from programme.language import lists
from programme.pages.links import (
    Links,
    Place,
    day_anchor,
    item_anchor,
    item_part_anchor,
    list_anchor,
    panel_anchor,
    unscheduled_anchor,
)
from programme.templatetags.pages import active, item_name, plain_item_name

register = template.Library()


@register.filter
def is_at(place: Place | None, address: str) -> bool:
    """Whether a page of the site is the one at this address, in the language that is shown."""
    return place is not None and place.path.partition("?")[0] == address


@register.filter
def to_item(links: Links, item: AgendaItem[Text]) -> str:
    """The address of an item's page."""
    return links.item(item)


@register.filter
def to_item_in_programme(links: Links, item: AgendaItem[Text]) -> str:
    """The address of an item in the whole programme."""
    return links.item_in_programme(item)


@register.simple_tag
def cited_items(invitations: Iterable[delegation_points.Invitation], links: Links) -> SafeString:
    """The items of some lists as a sentence cites them, linked: "item 3 and item 6b"."""
    by_item = groupby(invitations, lambda invitation: invitation.item.id)
    cited = [
        format_html(
            '<a href="{}">{}</a>',
            links.speaking_list(first.item, first.number),
            cited_inside(first.item),
        )
        for first in (next(of_item) for _id, of_item in by_item)
    ]
    return SafeString(lists.join_list(cited, active()))


def cited_inside(item: AgendaItem[Text]) -> SafeString:
    """An item inside a sentence: "item 6b"; by its name where it has no number."""
    return conditional_escape(item_inside_a_sentence(item, active())) or item_name(item)


@register.filter
def to_panel(links: Links, panel: Panel[Text]) -> str:
    """The address of a panel's page."""
    return links.panel(panel)


@register.filter
def to_delegation(links: Links, delegation: Delegation[Text]) -> str:
    """The address of a delegation's page."""
    return links.delegation(delegation)


@register.simple_tag
def to_list(links: Links, item: AgendaItem[Text], number: int) -> str:
    """The address of a speaking list on its item's page."""
    return links.speaking_list(item, number)


@register.simple_tag
def link_to_list(item: AgendaItem[Text], number: int) -> str:
    """What the link to a speaking list is called, so that no two on a page are called alike."""
    if item.label:
        words = gettext("Link to list %(number)s of item %(label)s")
        return words % {"number": number, "label": item.label}
    words = gettext("Link to list %(number)s of the item “%(title)s”")
    return words % {"number": number, "title": plain_item_name(item)}


@register.simple_tag
def named_in_list(item: AgendaItem[Text], number: int) -> str:
    """What the names in a speaking list are called together."""
    if item.label:
        words = gettext("Delegations in list %(number)s of item %(label)s")
        return words % {"number": number, "label": item.label}
    words = gettext("Delegations in list %(number)s of the item “%(title)s”")
    return words % {"number": number, "title": plain_item_name(item)}


@register.filter
def part_anchor(entry: Placement[Text], programme: ProgrammeDocument[Text]) -> str:
    """The id of the place where an item is taken up again: item-3-part-2."""
    if entry.item is None:
        return ""
    held = [one for *_, one in programme.placements() if one.item_id == entry.item_id]
    return item_part_anchor(entry.item, held.index(entry) + 1)


@register.simple_tag(name="list_anchor")
def anchor_of_list(item: AgendaItem[Text], number: int) -> str:
    """The id of a speaking list on a page."""
    return list_anchor(item, number)


@register.filter
def anchor(node: AgendaItem[Text] | Panel[Text] | Day[Text] | Unscheduled) -> str:
    """The id of an item, a panel, a day or what stands in none, on a page."""
    if isinstance(node, Day):
        return day_anchor(node)
    if isinstance(node, Unscheduled):
        return unscheduled_anchor(node)
    return panel_anchor(node) if isinstance(node, Panel) else item_anchor(node)

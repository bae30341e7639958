"""What templates ask of a preview alone."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from programme.document.nodes import AgendaItem, Meeting, Panel, Sitting, SpeakingList, Text
from programme.document.part_names import panel_name, sitting_name
from programme.language.dates import format_date
from programme.pages.shown import Part, Shown
from programme.templatetags.pages import active, plain_item_name

register = template.Library()

FORMS: dict[type, str] = {
    AgendaItem: "programme_agendaitem",
    Meeting: "meetings_meeting",
    Panel: "panels_panel",
    Sitting: "meetings_meeting",
    SpeakingList: "programme_speakinglist",
}
"""The form in which staff edit a part of a programme; sittings stand in that of their meeting."""


@register.simple_tag
def edit_link(
    shown: Shown, node: Part | Sitting[Text], item: AgendaItem[Text] | None = None, number: int = 0
) -> SafeString:
    """A link to the form of a part of the draft; nothing for a reader who may not edit it.

    A speaking list is named by its item and its number there.
    """
    form = FORMS[type(node)]
    if shown.preview is None or form not in shown.preview.editable:
        return SafeString("")
    return format_html(
        '<a class="edit" href="{}" aria-label="{}">{}</a>',
        _address(shown, node, form),
        _list_name(item, number) if item else _name(shown, node),
        gettext("Edit"),
    )


def _address(shown: Shown, node: Part | Sitting[Text], form: str) -> str:
    is_sitting = isinstance(node, Sitting)
    row_id = shown.programme.meeting.id if is_sitting else node.id
    address = reverse(f"admin:{form}_change", args=[row_id])
    return f"{address}#sittings-group" if is_sitting else address


def _name(shown: Shown, node: Part | Sitting[Text]) -> str:
    words = shown.programme.words
    if isinstance(node, AgendaItem):
        return _item_name(node)
    if isinstance(node, Panel):
        return gettext("Edit the panel “%(title)s”") % {"title": panel_name(node, words)}
    if isinstance(node, Sitting):
        day = next(day for day, _, entry in shown.programme.entries() if entry.id == node.id)
        names = {"date": format_date(day.date, active()), "sitting": sitting_name(node, words)}
        # Translators: "Edit the sitting: 19 June 2024, Morning".
        return gettext("Edit the sitting: %(date)s, %(sitting)s") % names
    return gettext("Edit the meeting")


def _item_name(item: AgendaItem[Text]) -> str:
    if item.label:
        return gettext("Edit item %(label)s") % {"label": item.label}
    return gettext("Edit the item “%(title)s”") % {"title": plain_item_name(item)}


def _list_name(item: AgendaItem[Text], number: int) -> str:
    if item.label:
        names = {"number": number, "label": item.label}
        return gettext("Edit list %(number)s of item %(label)s") % names
    names = {"number": number, "title": plain_item_name(item)}
    return gettext("Edit list %(number)s of the item “%(title)s”") % names

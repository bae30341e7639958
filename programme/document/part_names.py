"""What people call items, lists, panels, sittings and breaks: in full, in short, and cited.

Texts and words alone: markup, signs and isolates are for pages to add. What needs words of ours is
said in the active language, which is that of the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from programme.document.nodes import (
    AgendaItem,
    Break,
    Panel,
    Sitting,
    T,
    Text,
)
from programme.language import labels
from programme.language.shortening import short

UNNAMED: Mapping[str, Promise | str] = {
    "meeting": _("The meeting as a whole"),
    "item": _("Agenda item"),
    "panel": _("Thematic panel"),
    "sitting": pgettext_lazy("half-day", "Sitting"),
    "list": _("Speaking list"),
    "speaker": _("Speaker"),
}
"""What is called by its kind, for want of a name."""


# --- items -----------------------------------------------------------------------------------


def item_by_number(label: Text | str) -> str:
    """An item that has no title: "Item 6b"; without a number too, "Agenda item"."""
    return gettext("Item %(label)s") % {"label": label} if label else str(UNNAMED["item"])


def item_in_full(label: Text, title: Text, language: str) -> Text:
    """An item by number and title: "6a. Universalization"."""
    if not title:
        return Text.own(item_by_number(label), language)
    return replace(title, value=labels.heading(label.value, title.value, language))


def is_bare(item: AgendaItem[Text]) -> bool:
    """Whether an item has its label alone to be called by, so that it need not be said twice."""
    return bool(item.label) and not (item.title or item.presenters)


def item_cited(item: AgendaItem[Text], language: str) -> str:
    """An item as it is cited: "Item 6 (b)"; "" where it has no number."""
    numbers = labels.numbers_of(item.slug)
    cited = labels.citation(numbers, language) if numbers else ""
    return cited[:1].upper() + cited[1:]


def item_inside_a_sentence(item: AgendaItem[Text], language: str) -> str:
    """An item by its label inside a sentence, on one line: "item 6b"; "" where it has none."""
    words = labels.CITED_AS[language].format(item.label) if item.label else ""
    return words.replace(" ", "\u00a0")


# --- lists -----------------------------------------------------------------------------------


def list_in_short(invitation: Text) -> Text:
    """A list by the beginning of its invitation."""
    return replace(invitation, value=short(invitation.value))


# --- what stands in the timetable ------------------------------------------------------------


def in_short(node: AgendaItem[Text] | Panel[Text]) -> Text:
    """A title where there is little room: the short one, else the whole; "" where there is none.

    A title in the reader's own language goes before a short one in another.
    """
    is_foreign = node.short_title.is_fallback and node.title and not node.title.is_fallback
    return node.short_title if node.short_title and not is_foreign else node.title


def panel_in_short(panel: Panel[Text], words: Mapping[str, Text]) -> Text:
    """A panel where there is little room; where it has no title, what it is."""
    return in_short(panel) or kind_of_panel(panel, words)


def panel_name(panel: Panel[T], words: Mapping[str, T]) -> T:
    """A panel's title; where it has none, what it is."""
    return panel.title or kind_of_panel(panel, words)


def kind_of_panel(panel: Panel[T], words: Mapping[str, T]) -> T:
    """What a panel is: a thematic panel or a side event."""
    return words["side_event" if panel.kind == "side_event" else "panel"]


def sitting_name(sitting: Sitting[T], words: Mapping[str, T]) -> T:
    """A sitting's own heading, or the part of the day."""
    return sitting.heading or words[sitting.part]


def break_name(pause: Break[T], words: Mapping[str, T]) -> T:
    """A break's own name, or that of its kind."""
    return pause.name or words[pause.kind]

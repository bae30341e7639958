"""What a page says about the state of its texts: another language, inferred, behind.

A sign stands at the text and in a few words; what it means stands once at the foot of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programme.document.nodes import AgendaItem, Panel, SpeakingList, Text
from programme.document.programme import ProgrammeDocument

IN_LANGUAGE = {
    # Translators: sign at a text that has no translation into the language of the page.
    "en": _("in English"),
    # Translators: sign at a text that has no translation into the language of the page.
    "fr": _("in French"),
    # Translators: sign at a text that has no translation into the language of the page.
    "es": _("in Spanish"),
    # Translators: sign at a text that has no translation into the language of the page.
    "ar": _("in Arabic"),
}
NOT_THE_READERS_BUSINESS = {"delegations", "delegation", "words", "sort_keys"}
"""Fields whose texts are names and set phrases, not wording of the programme."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A few words at a text; `kind` is fallback, inferred, behind or machine."""

    kind: str
    words: Promise | str


def signs_of(text: Text, after: Text | None = None) -> Iterator[Sign]:
    """The signs of one text.

    Right `after` a text that stands in the same other language, that language is not said again.
    """
    said = after is not None and after.is_fallback and after.lang == text.lang
    if text.is_fallback and not said:
        yield Sign("fallback", IN_LANGUAGE[text.lang])
    if text.provenance == "inferred":
        yield Sign("inferred", _("inferred wording"))
    if text.provenance == "machine":
        yield Sign("machine", _("machine translation"))
    if text.behind and not text.is_fallback:
        yield Sign("behind", _("the English has changed since"))


def signs_of_heading(node: AgendaItem[Text] | Panel[Text]) -> Iterator[Sign]:
    """The signs of an item's label and title, or of a panel's title, in as few words as need be."""
    number = isinstance(node, AgendaItem) and node.label.provenance == "inferred"
    title = node.title.provenance == "inferred"
    if number and title:
        yield Sign("inferred", _("number and title inferred"))
    elif number:
        yield Sign("inferred", _("number inferred"))
    elif title:
        yield Sign("inferred", _("title inferred"))
    yield from (sign for sign in signs_of(node.title) if sign.kind != "inferred")


def last_text(item: AgendaItem[Text]) -> Text:
    """The text of an item that its lists stand after."""
    return item.lead_in or item.text or item.title


@dataclass(frozen=True, slots=True)
class TextStates:
    """Which states the texts of a page are in, so that its foot explains these alone."""

    fallback: bool
    inferred: bool
    behind: bool
    unofficial: bool
    machine: bool


def text_states_of(*nodes: object) -> TextStates:
    """The states of all texts in these parts of a document."""
    texts = [text for node in nodes for text in texts_in(node)]
    provenances = {text.provenance for text in texts}
    return TextStates(
        fallback=any(text.is_fallback for text in texts),
        inferred="inferred" in provenances,
        behind=any(text.behind for text in texts if not text.is_fallback),
        unofficial="unofficial" in provenances,
        machine="machine" in provenances,
    )


def texts_in(node: object) -> Iterator[Text]:
    """Every text of a programme in a part of a document."""
    if isinstance(node, Text):
        if node:
            yield node
    elif isinstance(node, (tuple, list)):
        for part in node:
            yield from texts_in(part)
    elif isinstance(node, Mapping):
        yield from texts_in(tuple(node.values()))
    elif is_dataclass(node) and not isinstance(node, type):
        for field in fields(node):
            if field.name not in NOT_THE_READERS_BUSINESS:
                yield from texts_in(getattr(node, field.name))


def orders_of_lists(*nodes: ProgrammeDocument[Text] | AgendaItem[Text]) -> frozenset[str]:
    """The orders in which lists name several delegations, which nobody should confuse."""
    return frozenset(
        speaking_list.order
        for node in nodes
        for speaking_list in _lists_in(node)
        if len(speaking_list.delegations) > 1
    )


def _lists_in(node: ProgrammeDocument[Text] | AgendaItem[Text]) -> Iterator[SpeakingList[Text]]:
    items = node.walk() if isinstance(node, AgendaItem) else node.items()
    return (speaking_list for item in items for speaking_list in item.lists)

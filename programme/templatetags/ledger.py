"""What a delegation's ledger asks: why it is invited, with whom, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from programme.document.delegation_points import Entry, Invitation, Occasion
from programme.document.nodes import AgendaItem, Delegation, SpeakingList, Text
from programme.document.part_names import list_in_short, sitting_name
from programme.language.bases import basis_phrase
from programme.language.dates import format_day_in_short, format_time_range
from programme.language.lists import COMMAS, join_list
from programme.pages.links import Links
from programme.renderers.markdown_plain import inline_plain
from programme.renderers.sentences import CATEGORIES
from programme.templatetags.pages import active, as_sentence, inline
from programme.templatetags.versions import filled

register = template.Library()

MOST_NAMED = 12
"""Others of a list whom a line still names; of more it gives the number."""


@register.filter
def why(invitation: Invitation) -> SafeString:
    """Why those of a list are invited, at the head of a line."""
    phrase = in_few_words(invitation)
    return inline(replace(phrase, value=phrase.value[:1].upper() + phrase.value[1:]))


@register.simple_tag
def about(invitation: Invitation) -> SafeString:
    """What a list is about, after the title of its item; "" where that says it already."""
    phrase = in_few_words(invitation)
    is_said = phrase.value.casefold() in invitation.item.title.value.casefold()
    return SafeString("") if is_said else inline(phrase)


def in_few_words(invitation: Invitation) -> Text:
    """The basis of a list; where it has none, the beginning of its invitation."""
    if phrase := basis_phrase(invitation.list.basis):
        return Text.own(phrase, active())
    in_short = list_in_short(as_sentence(invitation))
    return replace(in_short, value=inline_plain(in_short))


@register.simple_tag
def with_whom(invitation: Invitation, delegation: Delegation[Text]) -> SafeString:
    """The others of a list: by name, or where they are many their number; "" where none are."""
    others = [one.name for one in invitation.list.delegations if one.code != delegation.code]
    if not others:
        return SafeString("")
    if len(others) > MOST_NAMED:
        words = ngettext("With %(count)s other", "With %(count)s others", len(others))
        return filled(words, count=conditional_escape(str(len(others))))
    # Translators: the other delegations that a list names, without articles.
    words = gettext("With %(names)s")
    return filled(words, names=SafeString(join_list([*map(inline, others)], active())))


@register.simple_tag
def invitations_of(item: AgendaItem[Text]) -> list[Invitation]:
    """The lists of an item, whomever they are for."""
    return [Invitation(item, one, number, None, ()) for number, one in enumerate(item.lists, 1)]


@register.simple_tag
def linked_names(speaking_list: SpeakingList[Text], links: Links) -> SafeString:
    """The delegations that a list names, on one line, each leading to its page."""
    names = ((links.delegation(one), inline(one.name)) for one in speaking_list.delegations)
    return format_html_join(COMMAS[active()], '<a href="{}">{}</a>', names)


@register.filter
def for_whom(speaking_list: SpeakingList[Text]) -> str:
    """For whom a list is that names nobody: for all of some kinds, or for some of them."""
    if speaking_list.kind == "conditional":
        return gettext("only for some, whom its invitation describes")
    kinds = [str(CATEGORIES[one]) for one in speaking_list.open_to if one in CATEGORIES]
    # Translators: kinds of delegations: "open to States Parties and organisations".
    return gettext("open to %(whom)s") % {"whom": join_list(kinds, active())}


@register.filter
def to_entry(links: Links, entry: Entry) -> str:
    """The page of an item, at the first of the lists in question."""
    if entry.item is None:
        return ""
    if not entry.invitations:
        return links.item(entry.item)
    return links.speaking_list(entry.item, entry.invitations[0].number)


@register.simple_tag
def day_and_hour(occasion: Occasion, words: Mapping[str, Text]) -> SafeString:
    """A day on one line with its hour, or with the part of the day: "Tue 18 June, 15:00"."""
    parts: list[str] = [format_day_in_short(occasion.date, active())]
    if occasion.start:
        parts.append(format_time_range(occasion.start, None, active()))
    elif occasion.sitting:
        parts.append(inline(sitting_name(occasion.sitting, words)))
    return format_html_join(COMMAS[active()], "{}", ((part,) for part in parts))


@register.filter
def are_timed(entries: Iterable[Entry]) -> bool:
    """Whether any of them has a day, so that a column of days and hours is of use."""
    return any(one.occasions for one in entries)


@register.filter
def machine_time(occasion: Occasion) -> str:
    """A day, with its hour where it has one, as machines read it."""
    if occasion.start is None:
        return occasion.date.isoformat()
    return datetime.combine(occasion.date, occasion.start).isoformat(timespec="minutes")

"""Who speaks, in the sentences of public pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from programme.document import speaker_names
from programme.document.nodes import AgendaItem, Delegation, Speaker, SpeakingList, Text
from programme.language.lists import COMMAS, join_described
from programme.renderers import text_signs
from programme.templatetags.pages import active, inline, name

register = template.Library()


@register.filter
def speakers_to_show(item: AgendaItem[Text]) -> list[Speaker[Text]]:
    """The speakers that an item's text does not name already."""
    return [speaker for speaker in item.presenters if not speaker.named_in_text]


@register.filter
def by_role(
    speakers: Sequence[Speaker[Text]], words: Mapping[str, Text]
) -> list[tuple[Speaker[Text], ...]]:
    """Speakers with those after them who share their role."""
    return speaker_names.by_role(speakers, words)


@register.simple_tag
def in_role(
    speakers: Speaker[Text] | Sequence[Speaker[Text]],
    words: Mapping[str, Text],
    after: Text | None = None,
) -> SafeString:
    """A speaker, or several of one role: "Presented by the Committee, on behalf of …".

    With `after`, the text that stands before them, each has the signs of what is said of them.
    """
    group = [speakers] if isinstance(speakers, Speaker) else speakers
    named = [_with_behalf(one, words) + (_signs(one, after) if after else "") for one in group]
    joined = mark_safe(join_described(named, active()))  # noqa: S308 -- each of them is safe
    return _filled(speaker_names.phrase_of(group, words), joined)


def _with_behalf(speaker: Speaker[Text], words: Mapping[str, Text]) -> SafeString:
    if not speaker.on_behalf_of:
        return name(speaker)
    behalf = _filled(words["on_behalf_of"], inline(speaker.on_behalf_of))
    return format_html("{}{}{}", name(speaker), COMMAS[active()], behalf)


def _signs(speaker: Speaker[Text], after: Text) -> SafeString:
    found = text_signs.signs_of(speaker.function, after)
    return format_html_join("", ' <span class="sign">{}</span>', ((one.words,) for one in found))


@register.simple_tag
def said_of(
    speaking_list: SpeakingList[Text], delegation: Delegation[Text], words: Mapping[str, Text]
) -> SafeString:
    """What a list says after the name of a delegation: ", on behalf of … (informal)"; "" mostly."""
    entry = speaking_list.entry_of(delegation.code)
    behalf, note = speaker_names.said_of(entry, words)
    said = (
        format_html("{}{}", COMMAS[behalf.asked_for], inline(behalf)) if behalf else SafeString("")
    )
    return format_html("{} ({})", said, inline(note)) if note else said


def _filled(phrase: Text, who: SafeString) -> SafeString:
    before, _, after = phrase.value.partition("%(name)s")
    return format_html("{}{}{}", before, who, after)

"""How speakers and the States of an invitation are named in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from programme.document.nodes import Delegation, ListEntry, Speaker, SpeakingList, Text
from programme.document.words import several
from programme.language.bidi import direction, isolate
from programme.language.invitations import IN_PARENTHESES, PLACEHOLDER, without_names
from programme.language.lists import COMMAS, SEMICOLONS, join_list


def speaker_name(speaker: Speaker[Text], language: str, *, in_text: bool = False) -> str:
    """Name a speaker in a line: person, function, delegation, as far as given.

    A delegation that the function names is not named again. `in_text`: a delegation that stands
    alone has its article ("par le Cambodge").
    """
    parts = speaker_parts(speaker, in_text=in_text)
    return COMMAS[language].join(isolated(part, language) for part in parts)


def by_role(
    speakers: Iterable[Speaker[Text]], words: Mapping[str, Text]
) -> list[tuple[Speaker[Text], ...]]:
    """Speakers with those after them who share their role, as one sentence names them.

    Each alone where a document has no words for several, as those of before.
    """
    groups = [tuple(group) for _role, group in groupby(speakers, key=attrgetter("role"))]
    return [
        part
        for group in groups
        for part in ([group] if several(group[0].role) in words else [(one,) for one in group])
    ]


def phrase_of(speakers: Sequence[Speaker[Text]], words: Mapping[str, Text]) -> Text:
    """What those do who are named in one sentence: "Opened by %(name)s"."""
    role = speakers[0].role
    return words[several(role) if len(speakers) > 1 else role]


def speaker_parts(speaker: Speaker[Text], *, in_text: bool = False) -> list[Text]:
    """Person, function and delegation of a speaker, as far as a line names them."""
    parts = [speaker.person, speaker.function]
    delegation = speaker.delegation
    if delegation and not _names(speaker.function, delegation):
        alone = in_text and not any(parts)
        parts.append(name_in_sentence(delegation) if alone else delegation.name)
    return [part for part in parts if part]


def _names(function: Text, delegation: Delegation[Text]) -> bool:
    """Whether a function already names the delegation ("Director of the GICHD")."""
    short_name = delegation.name.value.partition(" (")[0]
    return bool(re.search(rf"\b{re.escape(short_name)}\b", function.value))


def name_in_sentence(delegation: Delegation[Text]) -> Text:
    """Name a delegation as a sentence needs it: with its article, where the language has one."""
    # Another language's article is of no use: "le Tchad" does not stand in for "Chad".
    if delegation.name_in_text and not delegation.name_in_text.is_fallback:
        return delegation.name_in_text
    return delegation.name


def isolated(text: Text, language: str) -> str:
    """Give a text's value, isolated where it runs against the direction of the language."""
    if text.dir == direction(language):
        return text.value
    return isolate(text.value, text.dir)


MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>&|~^])")


def said_of(entry: ListEntry[Text] | None, words: Mapping[str, Text]) -> tuple[Text, Text]:
    """For whom a delegation of a list speaks, and the note on it, each perhaps empty."""
    if entry is None:
        return Text("", ""), Text("", "")
    behalf = entry.on_behalf_of
    if behalf:
        behalf = replace(behalf, value=str(words["on_behalf_of"]) % {"name": behalf})
    return behalf, entry.note


def invitation_in_full(speaking_list: SpeakingList[Text], words: Mapping[str, Text]) -> Text:
    """Give an invitation with the States named inside the sentence, as in print.

    What is said of them stands in brackets: "Chad [on behalf of the African Group; informal]".
    """
    invitation = speaking_list.invitation
    value = invitation.value
    if names := _joined_names(speaking_list, in_text=False, words=words):
        if PLACEHOLDER not in value:
            value = f"{value} ({PLACEHOLDER})"
        value = value.replace(f"({PLACEHOLDER})", f"({names})")
    return replace(invitation, value=_with_bare_names(value, speaking_list, words))


def invitation_for_page(speaking_list: SpeakingList[Text]) -> Text:
    """Give an invitation for a page, which shows the named States as a list below it.

    Names in parentheses are left out; where the sentence needs them, they stay.
    """
    value = without_names(speaking_list.invitation.value)
    return replace(speaking_list.invitation, value=_with_bare_names(value, speaking_list))


def _with_bare_names(
    value: str, speaking_list: SpeakingList[Text], words: Mapping[str, Text] | None = None
) -> str:
    value = IN_PARENTHESES.sub("", value)
    if PLACEHOLDER not in value:
        return value
    names = _joined_names(speaking_list, in_text=True, words=words)
    if value.startswith(PLACEHOLDER):  # a sentence begins with a capital: "Le Tchad et …"
        value = value.replace(PLACEHOLDER, names[:1].upper() + names[1:], 1)
    return value.replace(PLACEHOLDER, names)


def _joined_names(
    speaking_list: SpeakingList[Text], *, in_text: bool, words: Mapping[str, Text] | None
) -> str:
    """Join the delegations in the reader's language, even where the sentence is in another."""
    invitation = speaking_list.invitation
    language = invitation.asked_for or invitation.lang
    names = [
        MARKDOWN_SIGNS.sub(
            r"\\\1",
            f"{name_in_sentence(delegation) if in_text else delegation.name}"
            f"{_in_brackets(speaking_list.entry_of(delegation.code), language, words)}",
        )
        for delegation in speaking_list.delegations
    ]
    joined = join_list(names, language)
    if joined and direction(language) != invitation.dir:
        return isolate(joined, language)
    return joined


def _in_brackets(
    entry: ListEntry[Text] | None, language: str, words: Mapping[str, Text] | None
) -> str:
    """What is said of a delegation after its name; "" without words to say it in."""
    said = [isolated(one, language) for one in said_of(entry, words) if one] if words else []
    return f" [{SEMICOLONS[language].join(said)}]" if said else ""

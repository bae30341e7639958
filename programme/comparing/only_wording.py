"""What a text states beyond its wording, and whether two documents differ in wording alone.

A late translation or a mended typing fault alarms nobody: it may be reissued under the same
designation. Whether a difference is that small is decided here, by facts and not by guesses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from babel import Locale

from meetings.alphabetical_order import fold
from meetings.texts.typed_text import DIRECTION, named
from programme.comparing.changes import Change, compared, within
from programme.comparing.fields import NOTHING, WORDING, field_of
from programme.document.nodes import LANGUAGES, Fields, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.state_names import NamesOfStates
from programme.language.bidi import E_MAIL, SYMBOL
from programme.language.dates import ARABIC_MONTHS
from programme.language.invitations import FOOTNOTE_MARK
from programme.language.shortening import cut
from programme.markdown.pasting import as_markdown

# --- facts of a text -------------------------------------------------------------------------

LINK_TARGET = re.compile(
    r"""
      (?<=\])\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)   # in parentheses after its words,
          (?:\s+(?:"[^"]*"|'[^']*'))?\s*\)                # perhaps with a title;
    | ^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+                     # or on a line of its own, by a name
          (?:[ \t]+(?:"[^"]*"|'[^']*'))?[ \t]*$
    | (?<=\])\[[^\]\n]*\]                                 # that stands after its words
    """,
    re.VERBOSE | re.MULTILINE,
)

LIST_MARKER = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)*(?P<number>\d{1,3})[.)](?=\s|$)", re.ASCII)

GROUPS = (
    r"(?<!\d)\d{1,3}(?P<separator>[ \u00a0\u2009\u202f.,'’٬])\d{3}(?:(?P=separator)\d{3})*(?!\d)"
)
"""Digits in groups of three, as any of the languages parts them: 1 000, 1,000, 1.000, ١٬٠٠٠."""

FACT = re.compile(rf"(?P<symbol>(?a:{SYMBOL}))|(?P<placeholder>\{{[^{{}}\s]+\}})|{GROUPS}|\d+")


@lru_cache(maxsize=16_384)
def facts_of(text: str) -> tuple[str, ...]:
    """Document symbols, placeholders and numbers of a Markdown text, in its order.

    Numbers are in Western digits, with groups of three joined. Footnote marks, link targets and
    the markers of lists, in whatever digits and signs pages read them as such, are no facts.
    """
    shown = _without_list_markers(as_markdown(_shown(text)))
    return tuple(_fact(found) for found in FACT.finditer(shown) if _states_something(found))


def _shown(text: str) -> str:
    """What a reader sees of a Markdown text, without its footnote marks."""
    return LINK_TARGET.sub("", re.sub(f"{FOOTNOTE_MARK}:?", "", html.unescape(text)))


def _fact(found: re.Match[str]) -> str:
    if found["symbol"] or found["placeholder"]:
        return found[0]
    return "".join(str(int(one)) for one in found[0] if one.isdecimal())


def _states_something(found: re.Match[str]) -> bool:
    """Whether a find is no mere pair of words, such as GICHD/ISU."""
    return not found["symbol"] or any(one.isdigit() for one in found["symbol"])


def _without_list_markers(text: str) -> str:
    """Leave out the numbers of lists; a wrapped line that begins with a number keeps it.

    CommonMark 5.2: among the lines of a paragraph only a list that begins with 1 may start.
    """
    lines = []
    may_start, after_blank = True, True
    for line in text.split("\n"):
        is_blank = not line.strip()
        marker = LIST_MARKER.match(line)
        if marker and (may_start or marker["number"] == "1"):
            lines.append(line[marker.end() :])
            may_start = True
        else:
            lines.append(line)
            may_start = is_blank or (may_start and not after_blank)
        after_blank = is_blank
    return "\n".join(lines)


# --- letters, Roman numbers and addresses ------------------------------------------------------

ADDRESS = re.compile(rf"(?:https?://|www\.)[!-;=?-~]*[\w/] | {E_MAIL}", re.VERBOSE | re.ASCII)

SUB_ITEM = re.compile(
    r"""
    (?<!\d)(?P<number>\d{1,9})
    (?P<letters>
        (?![ªº])[^\W\d_]\b(?:\.[ivx]+\b)?              # 6a, 6a.i
      | (?:\s?\(\s?(?:[^\W\d_]ـ?|[ivx]{2,4})\s?\))+   # 6 (a), 6(a)(ii), 6 (أ)
    )
    """,
    re.VERBOSE,
)
UNITS = {"en": "m", "fr": "ehm", "es": "hm", "ar": ""}
"""Letters that are none of a sub-item where they stand right after a number: 9h, 5m, 21e."""

ROMAN = re.compile(r"\b(?=[IVX]+\b)X{0,3}(?:IX|IV|V?I{0,3})(?<=[IVX])\b")


@lru_cache(maxsize=16_384)
def marks_in(text: str, language: str) -> tuple[str, ...]:
    """Sub-items, Roman numbers and addresses that readers see in a text, each in its order.

    Other languages write them otherwise, so that only texts of one language compare by them.
    """
    shown = _shown(text)
    return (
        *(mark for one in SUB_ITEM.finditer(shown) if (mark := _sub_item(one, language))),
        # Alone, the English "I" is another word.
        *(one for one in ROMAN.findall(shown) if (language, one) != ("en", "I")),
        *(one[0].lower() for one in ADDRESS.finditer(shown)),
    )


def direction_in(text: str) -> tuple[str, ...]:
    """The signs of direction in a text by name: unseen, they turn the order of its numbers."""
    return tuple(named(one) for one in DIRECTION.findall(text))


def _sub_item(found: re.Match[str], language: str) -> str:
    """A sub-item in one way of writing, as 6a; "" for a number with its unit."""
    if found["letters"].lower() in tuple(UNITS[language]):
        return ""
    letters = "".join(one for one in found["letters"].lower() if one.isalpha() and one != "ـ")
    return f"{int(found['number'])}{letters}"


# --- days and months in words ----------------------------------------------------------------


@lru_cache(maxsize=16_384)
def dates_in(text: str, language: str) -> tuple[str, ...]:
    """The months and days of the week that a text names, in its order.

    A month that has two names, as in Arabic, is one whichever of them stands there, or both.
    """
    names = _names_of_dates(language)
    found = (names[one[1].lower()] for one in _dates(language).finditer(text))
    return tuple(name for name, _again in groupby(found))


@lru_cache
def _names_of_dates(language: str) -> Mapping[str, str]:
    """What each name of a month or day is called, by the name in lower case."""
    locale = Locale.parse(language)
    months = locale.months["format"]["wide"]
    names = [*months.values(), *locale.days["format"]["wide"].values()]
    known = {one.lower(): one for one in names}
    if language == "ar":
        for number, pair in enumerate(ARABIC_MONTHS, start=1):
            known |= dict.fromkeys((months[number], *pair.split("/")), pair)
    return known


@lru_cache
def _dates(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _names_of_dates(language)), key=len, reverse=True))
    if language == "en":  # "may" and "march" are other words
        return re.compile(rf"\b(?=[A-Z])((?i:{names}))\b")
    prefixes = "[وفبلك]{0,2}" if language == "ar" else ""
    return re.compile(rf"\b{prefixes}({names})\b", re.IGNORECASE)


# --- only wording ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that is more than wording, so that no reissue can tell it."""

    subject_id: str
    field: str
    """As in `Change.fields`; "" where the whole subject was added or removed."""
    language: str = ""
    """The language of the text; "" where the field is no text or is there no more, or newly."""
    before: tuple[str, ...] = ()
    """The facts that stood there, or those of the text that a new translation was made from.

    Of a text that stays, with the days, months and States that it names, and what `marks_in`
    finds; of a person and the like, the name.
    """
    after: tuple[str, ...] = ()


SOURCE_LANGUAGE = LANGUAGES[0]

LONGEST = 90
"""Characters of an English text that is gone."""


def only_wording(old: ProgrammeDocument[Texts], new: ProgrammeDocument[Texts]) -> bool:
    """Whether two documents say the same in other words, so that a reissue tells no lie.

    What a delegation is called, and where a text comes from or that it is behind, are wording.
    """
    return next(_obstacles(old, new), None) is None


def why_not_only_wording(
    old: ProgrammeDocument[Texts], new: ProgrammeDocument[Texts]
) -> list[Obstacle]:
    """Everything that keeps two documents from saying the same in other words."""
    return list(_obstacles(old, new))


def _obstacles(old: ProgrammeDocument[Texts], new: ProgrammeDocument[Texts]) -> Iterator[Obstacle]:
    both = replace(new, delegations=(*old.delegations, *new.delegations))
    states = NamesOfStates(both)  # by the old names and the new ones
    both_sides = compared(old, new)
    for change in both_sides.changes:
        if change.what != "changed":
            yield Obstacle(change.subject.id, "")
            continue
        yield from _within(change, both_sides.before[change.subject.id].own, states)


def _within(change: Change, was: Fields, states: NamesOfStates) -> Iterator[Obstacle]:
    subject = change.subject
    for field in change.fields:
        says = field_of(subject.kind, field).says
        if says == NOTHING:
            continue
        if field not in subject.own or not _same_content(field, was[field], subject.own[field]):
            yield Obstacle(subject.id, field)
            continue
        for old, new in _texts_in(was[field], subject.own[field]):
            differing = () if says == WORDING else _other_words(old, new)
            for language, lost, gained in (*differing, *_other_facts(old, new, states)):
                yield Obstacle(subject.id, field, language, lost, gained)


def _same_content(field: str, was: object, now: object) -> bool:
    """Whether two values are equal apart from the wording of their texts."""
    if isinstance(was, Texts) and isinstance(now, Texts):
        return bool(was) == bool(now) and (field != "label" or _same_label(was, now))
    old, new = within(was), within(now)
    if old or new:
        is_same = (_same_content(key, old[key], new[key]) for key in old)
        return old.keys() == new.keys() and all(is_same)
    return bool(was == now)


def _same_label(was: Texts, now: Texts) -> bool:
    """Whether an item keeps its number in every language that both have."""
    old, new = was.wordings, now.wordings
    return all(old[one].value == new[one].value for one in old.keys() & new.keys())


def _texts_in(was: object, now: object) -> Iterator[tuple[Texts, Texts]]:
    """The texts of two values that have the same content: one, or those of a venue."""
    if isinstance(was, Texts) and isinstance(now, Texts):
        yield was, now
    for key, part in within(was).items():
        yield from _texts_in(part, within(now)[key])


def _other_words(old: Texts, new: Texts) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The languages in which a name is another one, whatever its accents, case and stops."""
    for language in old.wordings.keys() & new.wordings.keys():
        was, now = (one.wordings[language].value for one in (old, new))
        if fold(was) != fold(now):
            yield language, (was,), (now,)


def _other_facts(
    old: Texts, new: Texts, states: NamesOfStates
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The languages in which a text states other facts than it did, with both.

    A translation that is new states the facts of its source in any order: of the first of
    `LANGUAGES` that stayed. A translation that vanished states nothing; English that vanished
    leaves its translations without a source.
    """
    kept = [one for one in LANGUAGES if one in old.wordings and one in new.wordings]
    if SOURCE_LANGUAGE in old.wordings and new and SOURCE_LANGUAGE not in new.wordings:
        yield SOURCE_LANGUAGE, (cut(old.wordings[SOURCE_LANGUAGE].value, LONGEST),), ()
    for language in kept:
        was, now = (
            (
                *facts_of(text),
                *dates_in(text, language),
                *states.named_in(text, language),
                *marks_in(text, language),
                *direction_in(text),
            )
            for text in (one.wordings[language].value for one in (old, new))
        )
        if was != now:
            yield language, was, now
    source = new.wordings[kept[0]] if kept else next(iter(old.wordings.values()), None)
    for language in LANGUAGES:
        if source and language in new.wordings and language not in kept:
            said, says = (
                (*facts_of(wording), *direction_in(wording))
                for wording in (source.value, new.wordings[language].value)
            )
            if sorted(said) != sorted(says):
                yield language, said, says

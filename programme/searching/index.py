"""What can be found in a published programme, ready to be looked up by words.

An index is made of an edition when somebody first seeks something in it, and kept in memory while
the edition is public. Finding makes no query, and costs the same on every database.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from threading import Lock
from typing import Any, TypeAlias

from meetings.alphabetical_order import fold
from programme.document.nodes import LANGUAGES, AgendaItem, Meeting, Panel, Texts
from programme.language.labels import CITED_AS
from programme.shelf.edition import Edition, Key

Place: TypeAlias = AgendaItem[Texts] | Panel[Texts] | Meeting[Texts]
"""What has a page of its own and texts in which words are found."""

TITLES = ("name", "title", "short_title")
"""Fields by which people call a place."""

WORDS_KNOWN = 65_536
"""Words that are remembered as they are compared: a programme has some four thousand."""

# --- words -----------------------------------------------------------------------------------

WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")
"""A word as it is written, Arabic with its vowel signs."""

UNREAD = re.compile(r"\]\([^()\s]*\)|\[\^[^\[\]\s]*\]:?|https?://\S+")
"""Targets of links and marks of notes, which no reader sees."""

ATTACHED = re.compile(r"^[وف]?(?:[بك]|لل|ل)?(?:ال)?(?=\w{3})")
"""What stands before an Arabic word without a blank: and, in, for, like, the."""


@lru_cache(maxsize=WORDS_KNOWN)
def forms(word: str) -> tuple[str, ...]:
    """A word as it is compared: folded; in Arabic also without what is attached to it."""
    folded = fold(word).replace(" ", "")
    bare = ATTACHED.sub("", folded)
    return (folded,) if bare == folded else (folded, bare)


def words_of(asked: str) -> tuple[str, ...]:
    """The words of what is sought, folded, each once."""
    folded = (fold(word).replace(" ", "") for word in WORD.findall(asked))
    return tuple(dict.fromkeys(filter(None, folded)))


def joined(name: str) -> str:
    """A name as it is compared whole: folded, without blanks."""
    return fold(name).replace(" ", "")


# --- one edition -----------------------------------------------------------------------------


class Postings:
    """In which of several places each word stands, the places by number."""

    def __init__(self, found: Iterable[tuple[str, int]]) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for word, place in found:
            if not (its := places[word]) or its[-1] != place:
                its.append(place)
        alike: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._places: Mapping[str, tuple[int, ...]] = {
            word: alike.setdefault(its, its)
            for word, its in zip(places, map(tuple, places.values()), strict=True)
        }
        self.words: Sequence[str] = sorted(self._places)

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def exactly(self, word: str) -> frozenset[int]:
        """Places of this word."""
        return frozenset(self._places.get(word, ()))

    def beginning(self, part: str) -> frozenset[int]:
        """Places of words that begin so."""
        first = bisect_left(self.words, part)
        words = takewhile(lambda one: one.startswith(part), islice(self.words, first, None))
        return self._of(words)

    def holding(self, part: str) -> frozenset[int]:
        """Places of words that have this anywhere in them."""
        return self._of(one for one in self.words if part in one)

    def _of(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(place for word in words for place in self._places[word])


class EditionIndex:
    """The places of one edition and their words, in all languages."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        document = edition.document
        self.places: Sequence[Place] = (*document.items(), *document.panels, document.meeting)
        numbered = list(enumerate(self.places))
        self.names = Postings((joined(name), n) for n, one in numbered for name in names_of(one))
        self.titles = Postings(_words(numbered, in_titles=True))
        self.texts = Postings(_words(numbered, in_titles=False))
        self.words = (self.titles, self.texts)

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """The words of titles by their folded form, as they are written."""
        written = (
            word
            for place in self.places
            for text in titles_of(place)
            for value in values_of(text)
            for word in WORD.findall(value)
        )
        return {forms(word)[0]: word for word in written}


def _words(places: Iterable[tuple[int, Place]], *, in_titles: bool) -> Iterator[tuple[str, int]]:
    for number, place in places:
        texts = titles_of(place) if in_titles else texts_of(place)
        for value in (value for text in texts for value in values_of(text)):
            for word in WORD.findall(UNREAD.sub(" ", value)):
                for form in forms(word):
                    yield form, number


def values_of(texts: Texts) -> list[str]:
    """A text in all its languages."""
    return [one.value for one in texts.wordings.values()]


def titles_of(place: Place) -> list[Texts]:
    """What a place is called, in full and in short."""
    return [getattr(place, one.name) for one in fields(place) if one.name in TITLES]


def names_of(place: Place) -> Iterator[str]:
    """Whole names by which a place is meant: titles, numbers, and numbers with "item" before."""
    for title in titles_of(place):
        yield from values_of(title)
    if isinstance(place, AgendaItem) and place.label:
        yield place.slug
        for language in LANGUAGES:
            if wording := place.label.wordings.get(language):
                yield wording.value
                yield CITED_AS[language].format(wording.value)


def texts_of(node: Any) -> Iterator[Texts]:
    """All texts of a place but what it is called by, and those of other places beneath it."""
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, Texts) and one.name not in {*TITLES, "label"}:
            yield value
        elif isinstance(value, tuple):
            for inner in value:
                if hasattr(inner, "__dataclass_fields__") and not isinstance(inner, AgendaItem):
                    yield from texts_of(inner)


# --- all that is public ----------------------------------------------------------------------


class Indexes:
    """The indexes of what is public, each made once."""

    def __init__(self) -> None:
        self._known: Mapping[Key, EditionIndex] = {}
        self._lock = Lock()

    def of(self, editions: Iterable[Edition]) -> list[EditionIndex]:
        """The index of each edition, in their order; those of others are forgotten."""
        wanted = {_key(one): one for one in editions}
        if wanted.keys() - self._known.keys():
            with self._lock:
                known = self._known
                self._known = {
                    key: known.get(key) or EditionIndex(one) for key, one in wanted.items()
                }
        known = self._known
        return [known.get(key) or EditionIndex(one) for key, one in wanted.items()]


def _key(edition: Edition) -> Key:
    return edition.document.meeting.id, edition.serial, edition.digest


indexes = Indexes()
"""Of this process."""

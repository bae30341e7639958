"""Finding delegations, items, panels and words by a few letters, in any of the languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import groupby, islice
from typing import TypeAlias, TypeVar

from meetings.alphabetical_order import fold
from meetings.finding import Fit, everyday_names_of, fit, initials
from programme.document.nodes import Delegation, Text, Texts
from programme.searching.index import EditionIndex, Place, Postings, indexes, joined, words_of
from programme.shelf.edition import Edition

V = TypeVar("V")
ByLength: TypeAlias = Mapping[int, Mapping[str, V]]
"""Values by words, which are apart by their length."""

LONGEST_QUERY = 100
"""Characters; no name is longer, and a page should not repeat more than it was asked."""

SHORTEST_INSIDE = 4
"""Letters that are sought inside words too; fewer stand in nearly every name."""

SHORTEST_ALONE = 3
"""Letters of a beginning that say which State is meant, or which word of a text."""

SHORTEST_SLIP = 4
"""Letters of a word in which one may be wrong; fewer are like too many others."""

MOST_SLIPS = 6
"""Spellings that are offered in place of one that finds nothing."""

MOST_HITS = 40
"""Items, panels and meetings that one page names."""


class Rank(IntEnum):
    """How well something fits what is sought, the best first."""

    WHOLE = 0
    """It is its name, its number or its code."""
    INITIALS = 1
    """All initials of its name."""
    BEGINNING = 2
    """Its name begins so."""
    WORD = 3
    """All words begin words of its name."""
    TEXT = 4
    """All words begin words of its name or its texts."""
    INSIDE = 5
    """It stands inside a word of its name; sought only where nothing else is found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An item, a panel or a meeting that fits."""

    edition: Edition
    place: Place
    rank: Rank


@dataclass(frozen=True)
class Found:
    """All that fits what is sought."""

    words: tuple[str, ...] = ()
    """What was sought, folded, as it stands in texts."""
    ranked: Mapping[Rank, Sequence[Delegation[Text]]] = field(default_factory=dict)
    """Delegations in the reader's order, by how they fit, the best first."""
    hits: Sequence[Hit] = ()
    """Meeting by meeting, in each the best first; no more than anybody reads."""
    more: int = 0
    """How many others fit."""
    alone: Delegation[Text] | None = None
    """The one delegation that is meant; None where others may be."""

    def __bool__(self) -> bool:
        return bool(self.ranked or self.hits)

    @classmethod
    def together(cls, several: Sequence[Found]) -> Found:
        """What fits any of several spellings; nothing of it is meant alone."""
        ranked: dict[Rank, list[Delegation[Text]]] = defaultdict(list)
        for rank, its in (pair for one in several for pair in one.ranked.items()):
            ranked[rank] += (each for each in its if each not in ranked[rank])
        hits = {(id(hit.edition), hit.place.id): hit for one in several for hit in one.hits}
        order = {key: place for place, (key, _) in enumerate(hits)}
        return cls(
            words=tuple(dict.fromkeys(word for one in several for word in one.words)),
            ranked=dict(sorted(ranked.items())),
            hits=sorted(hits.values(), key=lambda hit: order[id(hit.edition)])[:MOST_HITS],
            more=sum(one.more for one in several),
        )

    @property
    def delegations(self) -> list[Delegation[Text]]:
        """The delegations that fit, the best first."""
        return [one for its in self.ranked.values() for one in its]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to be found in."""

    indexes: tuple[EditionIndex, ...]
    delegations: Sequence[Delegation[Text]]
    """In the reader's order."""

    @classmethod
    def of(cls, editions: Iterable[Edition], delegations: Sequence[Delegation[Text]]) -> Known:
        """All that these editions hold, and these delegations."""
        return cls(tuple(indexes.of(editions)), delegations)

    @property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By a delegation's id, folded: official ones in all languages, everyday ones, the code."""
        return _names(self.indexes)


@lru_cache(maxsize=2)
def _names(known: tuple[EditionIndex, ...]) -> Mapping[str, Mapping[str, str]]:
    """The names of delegations by their ids, as they are written by their folded form."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    distinct = {id(one): one for its in known for one in its.edition.document.delegations}
    for one in distinct.values():
        names[one.id] |= {fold(name): name for name in _written(one)}
    return names


def _written(delegation: Delegation[Texts]) -> list[str]:
    names = (wording.value for wording in delegation.name.wordings.values())
    everyday = (one.name for one in everyday_names_of(delegation.code))
    return [delegation.code, *everyday, *names]


def search(known: Known, query: str) -> Found:
    """What fits best: names and numbers before beginnings, words and insides.

    Accents, case and Arabic spelling variants do not count, nor blanks and hyphens in names.
    """
    term, words = fold(query), words_of(query)
    if not term or not words:
        return Found()
    ranked = _delegations(known, term)
    good = {rank: its for rank, its in ranked.items() if rank < Rank.INSIDE}
    places = [_ranked(one, term.replace(" ", ""), words) for one in known.indexes]
    if good or any(places):
        best = min((rank for one in places for rank in one.values()), default=Rank.INSIDE)
        alone = _alone(known, term, good, best)
        return _found(known, words, good, places, alone)
    if len(term.replace(" ", "")) < SHORTEST_INSIDE:
        return Found(words)
    return _found(known, words, ranked, [_inside(one, words) for one in known.indexes], None)


def _found(
    known: Known,
    words: tuple[str, ...],
    ranked: Mapping[Rank, Sequence[Delegation[Text]]],
    places: Sequence[Mapping[int, Rank]],
    alone: Delegation[Text] | None,
) -> Found:
    hits = (
        Hit(index.edition, index.places[number], rank)
        for index, its in zip(known.indexes, places, strict=True)
        for number, rank in sorted(its.items(), key=lambda one: (one[1], one[0]))
    )
    shown = list(islice(hits, MOST_HITS))
    return Found(words, ranked, shown, sum(map(len, places)) - len(shown), alone)


# --- delegations -----------------------------------------------------------------------------


def _delegations(known: Known, term: str) -> dict[Rank, list[Delegation[Text]]]:
    names = known.names
    ranked = [
        (rank, one)
        for one in known.delegations
        if (rank := _rank(term, names.get(one.id, ()))) is not None
    ]
    ranked.sort(key=lambda one: (one[0], one[1].kind != "state"))
    return {rank: [one for _, one in its] for rank, its in groupby(ranked, key=lambda one: one[0])}


def _rank(term: str, names: Iterable[str]) -> Rank | None:
    how = fit(term, names)
    if how is Fit.INITIALS and term not in map(initials, names):
        return Rank.BEGINNING
    return RANKS[how] if how is not None else None


RANKS = {
    Fit.WHOLE: Rank.WHOLE,
    Fit.INITIALS: Rank.INITIALS,
    Fit.BEGINNING: Rank.BEGINNING,
    Fit.WORD: Rank.WORD,
    Fit.INSIDE: Rank.INSIDE,
}


def _alone(
    known: Known, term: str, ranked: Mapping[Rank, Sequence[Delegation[Text]]], best: Rank
) -> Delegation[Text] | None:
    """The one that is meant: nothing else is as good, and no other has the word in its name."""
    rank, first = next(iter(ranked.items()), (Rank.INSIDE, ()))
    if len(first) != 1 or best <= rank:
        return None
    (one,) = first
    if rank < Rank.BEGINNING:
        others = (known.names.get(each.id, {}) for each in known.delegations if each is not one)
        is_shared = any(f" {term} " in f" {name} " for names in others for name in names)
        return None if is_shared else one
    is_sure = len(term) >= SHORTEST_ALONE and sum(map(len, ranked.values())) == 1
    is_a_word = any(term in postings for its in known.indexes for postings in its.words)
    return one if is_sure and not is_a_word else None


# --- items, panels, meetings -----------------------------------------------------------------


def _ranked(index: EditionIndex, whole: str, words: tuple[str, ...]) -> dict[int, Rank]:
    """The places of an edition that fit, by number, each with how."""
    in_titles = [_beginning(index.titles, word) for word in words]
    anywhere = [
        its | _beginning(index.texts, word) for its, word in zip(in_titles, words, strict=True)
    ]
    ranked = dict.fromkeys(frozenset.intersection(*anywhere), Rank.TEXT)
    ranked |= dict.fromkeys(frozenset.intersection(*in_titles), Rank.WORD)
    ranked |= dict.fromkeys(index.names.beginning(whole), Rank.BEGINNING)
    return ranked | dict.fromkeys(index.names.exactly(whole), Rank.WHOLE)


def _beginning(postings: Postings, word: str) -> frozenset[int]:
    """Where words begin so; where the word itself stands, if it is so short that many do."""
    return postings.beginning(word) if len(word) >= SHORTEST_ALONE else postings.exactly(word)


def _inside(index: EditionIndex, words: tuple[str, ...]) -> dict[int, Rank]:
    found = [index.titles.holding(word) for word in words]
    return dict.fromkeys(frozenset.intersection(*found), Rank.INSIDE)


# --- a slip of one letter --------------------------------------------------------------------


def mended(known: Known, query: str) -> list[str]:
    """What may have been meant where nothing is found: the same with one letter otherwise.

    Names of delegations as a whole first, as the reader knows them; else each word that begins no
    word is exchanged for one that does.
    """
    names, spellings = _spellings(known.indexes)
    ids = {key for its in _like(joined(query), names) for key in its}
    if whole := [str(one.name) for one in known.delegations if one.id in ids]:
        return whole[:MOST_SLIPS]
    choices = [list(_mended_word(one, known, spellings)) for one in words_of(query)]
    if not choices or not all(choices):
        return []
    if len(choices) == 1:
        return _distinct(choices[0])
    return [" ".join(one[0] for one in choices)]


@lru_cache(maxsize=2)
def _spellings(
    known: tuple[EditionIndex, ...],
) -> tuple[ByLength[set[str]], ByLength[str]]:
    """The ids of delegations by their names, and the words of names and titles as written."""
    ids: dict[str, set[str]] = defaultdict(set)
    words = {form: word for one in known for form, word in one.spellings.items()}
    for key, names in _names(known).items():
        for folded, name in names.items():
            ids[folded.replace(" ", "")].add(key)
            words |= {form: word for word in name.split() for form in words_of(word)}
    return _by_length(ids), _by_length(words)


def _by_length(values: Mapping[str, V]) -> ByLength[V]:
    groups: dict[int, dict[str, V]] = defaultdict(dict)
    for form, value in values.items():
        groups[len(form)][form] = value
    return groups


def _mended_word(word: str, known: Known, spellings: ByLength[str]) -> Iterator[str]:
    if any(postings.beginning(word) for one in known.indexes for postings in one.words):
        yield word
    else:
        yield from _like(word, spellings)


def _like(word: str, spellings: ByLength[V]) -> Iterator[V]:
    if len(word) < SHORTEST_SLIP:
        return
    # One slip leaves the beginning or the end as it is, which is quickly seen.
    kept = (len(word) - 2) // 2
    begun, ended = word[:kept], word[-kept:]
    for length in (len(word), len(word) - 1, len(word) + 1):
        for other, value in spellings.get(length, {}).items():
            if (other.startswith(begun) or other.endswith(ended)) and is_slip(word, other):
                yield value


def _distinct(names: Iterable[str]) -> list[str]:
    """A few of several spellings, each once, whatever its accents."""
    return list({fold(one): one for one in names}.values())[:MOST_SLIPS]


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter: another, one more, one less, or two exchanged."""
    pairs = enumerate(zip(one, other, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    here, there = one[same:], other[same:]
    return here != there and (
        here[1:] == there[1:]
        or here[1:] == there
        or here == there[1:]
        or (here[:2] == there[1::-1] and here[2:] == there[2:])
    )

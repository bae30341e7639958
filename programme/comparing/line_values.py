"""What a line of changes keeps of a value, and in which languages two of them differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeAlias, TypeGuard

from babel.core import get_global

from programme.comparing.changes import within
from programme.document.nodes import LANGUAGES, Texts
from programme.document.stored import encoded

Kept: TypeAlias = Any
"""What a line keeps of a value, as JSON holds it."""

Words = Mapping[str, str]
"""A text as its words, or a digest of them, by language."""

When = Mapping[str, str]
"""Day, half-day, start and end, and a sitting by its id; "" for what is not known."""


QUOTED = frozenset({"label", "room"})
"""Fields of texts whose sentences say what stood before and stands now; of others, digests do."""


@dataclass(frozen=True, slots=True)
class Retold:
    """Texts that changed, each as its words before and after."""

    pairs: tuple[tuple[Words, Words], ...]

    @classmethod
    def of(cls, before: object, after: object) -> Self | None:
        """Of two values, or of what differs within them; None where more than texts differs."""
        pairs = _pairs(before, after)
        return None if pairs is None else cls(tuple(pairs))

    @property
    def came(self) -> tuple[str, ...]:
        """The languages in which a text stands that had no words there."""
        return self._languages(lambda was, now: not was and bool(now))

    @property
    def went(self) -> tuple[str, ...]:
        """The languages in which a text has no words any more."""
        return self._languages(lambda was, now: bool(was) and not now)

    @property
    def reworded(self) -> tuple[str, ...]:
        """The languages in which other words stand now."""
        return self._languages(lambda was, now: bool(was) and bool(now) and was != now)

    @property
    def differing(self) -> tuple[str, ...]:
        """All languages in which something differs."""
        return self._languages(lambda was, now: was != now)

    @property
    def all(self) -> frozenset[str]:
        """Every language that has words, before or after."""
        return frozenset(language for pair in self.pairs for one in pair for language in one)

    def is_read_in(self, language: str) -> bool:
        """Whether readers of a language meet other words than before, if only in another one."""
        return any(_read(was, language) != _read(now, language) for was, now in self.pairs)

    def _languages(self, happened: Callable[[str, str], bool]) -> tuple[str, ...]:
        return tuple(
            language
            for language in LANGUAGES
            if any(
                happened(was.get(language, ""), now.get(language, "")) for was, now in self.pairs
            )
        )


def is_words(kept: object) -> TypeGuard[Words]:
    """Whether what a line keeps are the words of one text, perhaps in no language."""
    return isinstance(kept, Mapping) and set(kept) <= set(LANGUAGES)


def _pairs(before: object, after: object) -> list[tuple[Words, Words]] | None:
    was, now = ({} if one is None else one for one in (before, after))
    if is_words(was) and is_words(now):
        return [(was, now)]
    if not (isinstance(was, Mapping) and isinstance(now, Mapping) and was.keys() == now.keys()):
        return None
    within = [_pairs(was[key], now[key]) for key in was if was[key] != now[key]]
    return None if None in within else [pair for pairs in within for pair in pairs or ()]


def _read(words: Words, language: str) -> str:
    """What a reader of a language meets, as in `Texts.in_language`."""
    return next((words[one] for one in (language, *LANGUAGES) if one in words), "")


def kept(field: str, value: object) -> Kept:
    """What a line keeps of a value: of texts their words, mostly as digests, never their state."""
    if isinstance(value, Texts) and field not in QUOTED:
        return {language: digest_of_value(one) for language, one in _words(value).items()}
    if parts := within(value):
        return {key: _kept(one) for key, one in parts.items()}
    return _kept(value)


def _kept(value: object) -> Kept:
    return _words(value) if isinstance(value, Texts) else encoded(value)


def _words(texts: Texts) -> dict[str, str]:
    return {language: one.value for language, one in texts.wordings.items()}


def digest_of_value(value: object) -> str:
    """A digest of plain data."""
    content = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def renamed(was: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """The codes of those who have another name, as lines keep names."""
    both = [code for code in now if is_words(was.get(code)) and is_words(now[code])]
    return [code for code in both if was[code] != now[code]]


def are_one(field: str, old: object, new: object) -> bool:
    """Whether two values say the same; a zone may have several names."""
    return bool(old == new or (field == "zone" and _zone(old) == _zone(new)))


def _zone(name: object) -> str:
    """A zone by the name that all its names stand for."""
    return str(get_global("zone_aliases").get(str(name), name))


def read_of_time(when: When) -> tuple[str, ...]:
    """What is read of a time: the day with its hours or, without any, with the part of the day."""
    hours = when.get("start") or "", when.get("end") or ""
    return (when.get("date") or "", *(hours if any(hours) else (when.get("part") or "",)))

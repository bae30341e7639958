"""Which States a text names: whole names in the language of the text, the longest first.

Names inside longer names do not count (Guinea in Guinea-Bissau, Niger in Nigeria); Arabic
prefixes (و ف ب ل ك) do not hide a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from programme.document.nodes import LANGUAGES, Delegation, Texts
from programme.document.programme import ProgrammeDocument

SHORTEST = 4
"""Letters of a name that is surely no other word."""

SHORTEST_IN_ARABIC = 5
"""Without capitals more words look alike: مالي is Mali, and "financial"."""

WORD = re.compile(r"\w+")
ALIKE = str.maketrans({"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ى": "ي", "ـ": None, "'": "’"})
VOWEL_SIGNS = re.compile(r"[\u064b-\u0652\u0670]")
ARABIC_PREFIXES = tuple(one + other for one in ("", "و", "ف") for other in ("", "ب", "ل", "ك"))
ARABIC_ARTICLE = "ال"


class NamesOfStates:
    """The names of a document's States in every language, ready to be found in texts."""

    def __init__(self, document: ProgrammeDocument[Texts]) -> None:
        states = [one for one in document.delegations if one.kind == "state"]
        names = {one: _names(states, one) for one in LANGUAGES}
        self._forms = {one: _by_first_word(_forms(names[one], one)) for one in LANGUAGES}
        self._called = {one: {code: name for name, code in names[one].items()} for one in LANGUAGES}
        self._known = {one: frozenset(names[one].values()) for one in LANGUAGES}
        self._sure = {
            language: frozenset(
                code for name, code in names[language].items() if len(name) >= _shortest(language)
            )
            for language in LANGUAGES
        }

    def differing(
        self, source: str, language: str, translation: str
    ) -> tuple[frozenset[str], frozenset[str]]:
        """States that the English names and a translation does not, and the reverse.

        Codes; only of States with a name in both languages.
        """
        comparable = self._known["en"] & self._known[language]
        here, there = self.in_text(source, "en"), self.in_text(translation, language)
        return (
            (here - there) & comparable & self._sure["en"],
            (there - here) & comparable & self._sure[language],
        )

    def named_in(self, text: str, language: str) -> list[str]:
        """The States that a text names, as the language calls them now, in alphabetical order."""
        return sorted(self._called[language][code] for code in self.in_text(text, language))

    def in_text(self, text: str, language: str) -> frozenset[str]:
        """Codes of the States that a text names."""
        return frozenset(self._found(_plain(text), self._forms[language]))

    @staticmethod
    def _found(text: str, forms: Mapping[str, list[tuple[str, str]]]) -> Iterator[str]:
        end = 0
        for word in WORD.finditer(text):
            if word.start() < end:
                continue
            for form, code in forms.get(word[0], ()):
                after = word.start() + len(form)
                if text.startswith(form, word.start()) and not text[after : after + 1].isalnum():
                    yield code
                    end = after
                    break


def _shortest(language: str) -> int:
    return SHORTEST_IN_ARABIC if language == "ar" else SHORTEST


@lru_cache(maxsize=16_384)
def _plain(text: str) -> str:
    """A text with one space between words and one way to write each letter."""
    return " ".join(VOWEL_SIGNS.sub("", text.translate(ALIKE)).split())


def _names(states: Iterable[Delegation[Texts]], language: str) -> dict[str, str]:
    """The code of each name, also of names without what stands in parentheses."""
    names: dict[str, str] = {}
    for state in states:
        for texts in (state.name, state.name_in_text):
            if wording := texts.wordings.get(language):
                name = _plain(wording.value)
                names |= {name: state.code, name.partition(" (")[0]: state.code}
    return names


def _forms(names: Mapping[str, str], language: str) -> Mapping[str, str]:
    """The code of each form in which a name stands in a text."""
    if language != "ar":
        return names
    return {prefixed: code for name, code in names.items() for prefixed in _prefixed(name)}


def _prefixed(name: str) -> Iterator[str]:
    for prefix in ARABIC_PREFIXES:
        is_absorbed = prefix.endswith("ل") and name.startswith(ARABIC_ARTICLE)
        yield prefix + ("ل" + name.removeprefix(ARABIC_ARTICLE) if is_absorbed else name)


def _by_first_word(forms: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        if first := WORD.match(form):
            found[first[0]].append((form, forms[form]))
    return found

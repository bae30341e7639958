"""What was found, shown: a line of plain text in which the words that were sought are marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from programme.document.nodes import LANGUAGES, Text, Texts
from programme.language.bidi import direction
from programme.language.invitations import PLACEHOLDER, without_names
from programme.language.shortening import cut
from programme.renderers.markdown_plain import to_plain
from programme.searching.index import UNREAD, WORD, forms

SENTENCE = re.compile(r"(?<=[.!?؟;؛:])\s+|\n+")
"""Where one sentence or line ends and another begins."""

LONGEST = 220
"""Characters of a sentence that are shown."""

BEFORE = 60
"""Characters before the first word that is marked, in a sentence that is too long."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain text in pieces, each with whether it is marked."""

    pieces: Sequence[tuple[str, bool]]
    lang: str
    is_own: bool
    """Whether it is in the reader's own language."""

    @property
    def dir(self) -> str:
        """Writing direction of the text."""
        return direction(self.lang)


def marked(text: Text, words: Iterable[str]) -> Marked:
    """A title with what was sought in it."""
    plain = _plain(text.value, text.lang)
    return Marked(tuple(_pieces(plain, tuple(words))), text.lang, not text.is_fallback)


def sentence_of(texts: Iterable[Texts], words: Sequence[str], language: str) -> Marked | None:
    """The sentence that holds most of the words, in the reader's language if it is there.

    None where no text holds any of them.
    """
    languages = dict.fromkeys((language, *LANGUAGES))
    best, most = None, 0
    kept = list(texts)
    for lang in languages:
        for value in (one.wordings[lang].value for one in kept if lang in one.wordings):
            if _count(value, words) <= most:
                continue
            for sentence in SENTENCE.split(_plain(value, lang)):
                if (count := _count(sentence, words)) > most:
                    best, most = (sentence, lang), count
        if most == len(words):
            break
    if best is None:
        return None
    sentence, lang = best
    shown = _around(" ".join(sentence.split()), words)
    return Marked(tuple(_pieces(shown, words)), lang, lang == language)


def _plain(value: str, lang: str) -> str:
    if WORD.fullmatch(value):
        return value
    value = without_names(value).replace(PLACEHOLDER, "…")
    return to_plain(Text(re.sub(r"\[\^[^\[\]\s]*\](?!:)", "", value), lang))


def _found(text: str, words: Sequence[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The words of a text that begin as one that is sought does, each with that one."""
    for word in WORD.finditer(text):
        for form in forms(word[0]):
            if begun := next((one for one in words if form.startswith(one)), ""):
                yield word, begun
                break


def _count(text: str, words: Sequence[str]) -> int:
    return len({begun for _, begun in _found(UNREAD.sub(" ", text), words)})


def _around(sentence: str, words: Sequence[str]) -> str:
    """A sentence, or as much of a long one as stands around what was sought."""
    first = next((word.start() for word, _ in _found(sentence, words)), 0)
    if len(sentence) <= LONGEST or first <= BEFORE:
        return cut(sentence, LONGEST)
    begun = sentence.find(" ", first - BEFORE)
    return "…" + cut(sentence[begun if 0 <= begun < first else first :], LONGEST)


def _pieces(text: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    end = 0
    for word, _ in _found(text, words):
        if word.start() > end:
            yield text[end : word.start()], False
        yield word[0], True
        end = word.end()
    if end < len(text):
        yield text[end:], False

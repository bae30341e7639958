"""Marks of footnotes: in texts of one line, without a note, and notes without a mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from programme.document.nodes import Text, Texts
from programme.language.invitations import FOOTNOTE_MARK, MARK, bare

NOTE = re.compile(rf"^[ ]{{0,3}}{FOOTNOTE_MARK}:", re.MULTILINE)


def without_marks(text: Text) -> Text:
    """A text of one line as it is read where no notes stand: "Committees" of "Committees[^*]"."""
    return replace(text, value=bare(text.value)) if "[^" in text.value else text


def bare_texts(texts: Texts) -> Texts:
    """The same of a text in all its languages."""
    if not any("[^" in one.value for one in texts.wordings.values()):
        return texts
    return Texts(
        {language: replace(one, value=bare(one.value)) for language, one in texts.wordings.items()}
    )


def marks_of(text: Text) -> tuple[str, ...]:
    """The marks that stand in a text, each once."""
    return tuple(dict.fromkeys(MARK.findall(text.value)))


def footnotes_astray(texts: Mapping[str, Texts], language: str) -> Iterator[tuple[str, str, str]]:
    """Fields, codes and marks of footnotes that lead nowhere, as readers of a language meet them.

    Where a language has no wording another stands in, and is not told again.
    """
    read = {name: value.in_language(language) for name, value in texts.items()}
    own = {name for name, text in read.items() if text.lang == language}
    notes = {name: NOTE.findall(text.value) for name, text in read.items()}
    marks = {name: MARK.findall(NOTE.sub("", text.value)) for name, text in read.items()}
    all_notes, all_marks = (
        {one for ones in found.values() for one in ones} for found in (notes, marks)
    )
    for name in read:
        if name in own or (own & {"notes"}):
            field_of_mark = name if name in own else "notes"
            for mark in without(marks[name], all_notes):
                yield field_of_mark, "mark_without_note", mark
        if name in own:
            for mark in without(notes[name], all_marks):
                yield name, "note_without_mark", mark


def without(ones: Iterable[str], others: Collection[str]) -> list[str]:
    """Each of some things once, in their order, but for those that are among others."""
    return [one for one in dict.fromkeys(ones) if one not in others]

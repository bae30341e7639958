"""Marks of footnotes without a note, and notes without a mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from programme.document.nodes import Texts
from programme.language.invitations import FOOTNOTE_MARK

NOTE = re.compile(rf"^[ ]{{0,3}}{FOOTNOTE_MARK}:", re.MULTILINE)
MARK = re.compile(rf"(?<!\\){FOOTNOTE_MARK}")


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

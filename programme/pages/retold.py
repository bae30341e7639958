"""What a text said before a change and says after it, word by word, from the versions at rest.

A line keeps digests of texts alone. The words are those of the documents, and are shown only where
they have these digests: whatever else became of the versions, what is shown is what was changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from programme.comparing.change_lines import Line
from programme.comparing.differences import Run, runs_between
from programme.comparing.line_values import digest_of_value
from programme.document.nodes import Text, Texts
from programme.document.stored import texts_of
from programme.document.upgrades import Stored
from programme.language.bidi import direction
from programme.renderers.changes import Told
from programme.renderers.markdown_plain import to_plain
from programme.shelf.edition import Edition, Version

NEAR = 120
"""Characters of what stayed that are shown before and after a change."""

CUT = "…"
"""Stands for the rest."""


@dataclass(frozen=True, slots=True)
class Retelling:
    """One text before and after, in one language."""

    language: str
    runs: tuple[Run, ...]

    @property
    def dir(self) -> str:
        """Writing direction of the text."""
        return direction(self.language)


@dataclass(frozen=True)
class Retellings:
    """The texts of two versions of a programme, for readers of a language."""

    before: Version | Edition
    after: Version | Edition
    language: str

    def of(self, told: Told) -> Retelling | None:
        """What a sentence tells of a text, in the reader's language if it differs there.

        None for what is no text, where one came or went whole, and where words are not known.
        """
        line = told.lines[0]
        retold = line.retold if line.field else None
        if retold is None or not retold.reworded:
            return None
        reworded = retold.reworded
        language = self.language if self.language in reworded else reworded[0]
        was = _words(line, language, self._before, line.before)
        now = _words(line, language, self._after, line.after)
        return (
            Retelling(language, tuple(_in_short(runs_between(was, now)))) if was and now else None
        )

    @cached_property
    def _before(self) -> Mapping[str, Stored]:
        return _nodes(self.before)

    @cached_property
    def _after(self) -> Mapping[str, Stored]:
        return _nodes(self.after)


def _in_short(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of which those that stayed are no longer than what shows where a change stands."""
    for place, run in enumerate(runs):
        if run.what != "same" or len(run.text) <= 2 * NEAR:
            yield run
            continue
        head = _whole_words(run.text[:NEAR], at_end=True) if place else ""
        tail = _whole_words(run.text[-NEAR:], at_end=False) if place < len(runs) - 1 else ""
        yield replace(run, text=f"{head}{CUT}{tail}")


def _whole_words(text: str, *, at_end: bool) -> str:
    """A piece of a text without the word that was cut at its end, or at its start."""
    return text.rpartition(" ")[0] + " " if at_end else " " + text.partition(" ")[2]


def _words(line: Line, language: str, nodes: Mapping[str, Stored], kept: Any) -> str:
    """The words of a text as plain text, if they are those that a line was written of; else ""."""
    held = nodes.get(line.subject.id, {}).get(line.field)
    if not isinstance(held, dict) or not isinstance(kept, dict):
        return ""
    texts: Texts = texts_of({one: held[one] for one in held if one == language})
    whole = texts.healed(many_lines=True).wordings.get(language)
    if whole is None or digest_of_value(whole.value) != kept.get(language):
        return ""
    return to_plain(Text.own(whole.value, language))


def _nodes(version: Version | Edition) -> Mapping[str, Stored]:
    """Whatever has an id in the stored form of a version, by it."""
    stored = version.stored if isinstance(version, Version) else version.document.to_json()
    return {one["id"]: one for one in _walk(json.loads(stored))}


def _walk(data: Any) -> Iterator[Stored]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data
        for one in data.values():
            yield from _walk(one)
    elif isinstance(data, list):
        for one in data:
            yield from _walk(one)

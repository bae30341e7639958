"""Two documents side by side for those who publish: by subject, field and language, word by word.

Values alone: what a field is called, and how a removed word looks, is for pages to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from rapidfuzz.distance import Indel

from programme.comparing.changes import (
    NODES,
    ORDER,
    Change,
    Subject,
    compared,
    names_of_both,
    within,
)
from programme.document.nodes import LANGUAGES, Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.stored import usual_of
from programme.language.invitations import FOOTNOTE_MARK

MEMBERS = "delegations"

MOST_CHANGES = 200
"""Changes within one text that somebody reads one by one; the longest text has 3 000 words."""

TOKEN = re.compile(
    rf"""
      \s+
    | {FOOTNOTE_MARK}
    | \{{[^{{}}\s]+\}}                                       # a placeholder
    | \d+(?:[.,:]\d+)*                                   # a number or an hour
    | (?:[^\W\d_][\u0300-\u036f\u0640\u064b-\u0652\u0670]*)+   # a word with all its signs
    | .                                                  # each mark of punctuation by itself
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a text that stayed, went or came."""

    what: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class WordingDifference:
    """A text in one language, before and after; None where it had or has no wording."""

    language: str
    before: Wording | None
    after: Wording | None

    @property
    def runs(self) -> tuple[Run, ...]:
        """The words before and after in one; the same alone where only the state differs."""
        return runs_between(*(one.value if one else "" for one in (self.before, self.after)))

    @property
    def is_reworded(self) -> bool:
        """Whether the words differ, not only where they come from or whether they are behind."""
        return not (self.before and self.after and self.before.value == self.after.value)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a subject, before and after; None where there is no value.

    An order is the ids of the parts; a place, the id of the subject above.
    """

    name: str
    before: Any
    after: Any
    wordings: tuple[WordingDifference, ...] = ()
    """Of a text, or of the texts of a row that stays, the languages that differ."""

    @property
    def joined(self) -> tuple[str, ...]:
        """Codes of the delegations that came into a list."""
        return self._members(self.after, self.before)

    @property
    def left(self) -> tuple[str, ...]:
        """Codes of the delegations that a list holds no more."""
        return self._members(self.before, self.after)

    def _members(self, of: Sequence[str] | None, but: Sequence[str] | None) -> tuple[str, ...]:
        if self.name != MEMBERS:
            return ()
        return tuple(code for code in of or () if code not in (but or ()))


@dataclass(frozen=True, slots=True)
class SubjectDifference:
    """One subject that was added, removed or changed, field by field."""

    what: Literal["added", "removed", "changed"]
    subject: Subject
    parent: Subject | None
    fields: tuple[FieldDifference, ...]
    beneath: tuple[SubjectDifference, ...] = ()
    """What came or went together with it."""


def differences_between(
    old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]
) -> list[SubjectDifference]:
    """What differs, subject by subject in the order of the programme.

    What was removed stands where it stood. Against nothing, everything is added.
    """
    comparison = _Comparison(old, new)
    return [comparison.difference(one) for one in comparison.changes_in_order()]


class _Comparison:
    """Compares the subjects of two documents."""

    def __init__(self, old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]) -> None:
        both = compared(old, new)
        self.before, self.after, self.changes = both.before, both.after, both.changes
        self.new_children = _children(self.after)
        self.old_children = _children(self.before)

    def changes_in_order(self) -> list[Change]:
        """Changes in programme order; what came with another is told with that one."""
        order = {key: place for place, key in enumerate(self._order())}
        first = [one for one in self.changes if not self._came_with_its_parent(one)]
        return sorted(first, key=lambda one: order[one.subject.id])

    def _came_with_its_parent(self, change: Change) -> bool:
        parent = change.parent
        return bool(
            change.what == "added"
            and parent
            and parent.kind != "meeting"
            and parent.id not in self.before
        )

    def _order(self) -> list[str]:
        """The subjects of both documents: what is gone stands after what it stood after."""
        gone: dict[str, list[str]] = defaultdict(list)
        neighbour = ""
        for key in self.before:
            if key in self.after:
                neighbour = key
            else:
                gone[neighbour].append(key)
        merged = gone[""]
        for key in self.after:
            merged += [key, *gone[key]]
        return merged

    def difference(self, change: Change) -> SubjectDifference:
        subject = change.subject
        if change.what == "changed":
            fields = tuple(self._changed(self.before[subject.id], subject, change.fields))
            return SubjectDifference("changed", subject, change.parent, fields)
        return self._whole(change.what, subject, change.parent)

    def _whole(
        self, what: Literal["added", "removed"], subject: Subject, parent: Subject | None
    ) -> SubjectDifference:
        """A subject that came or went, with everything that it holds and that lies beneath it."""
        is_new = what == "added"
        children = self.new_children if is_new else self.old_children
        others = self.before if is_new else self.after
        beneath = [one for one in children[subject.id] if one.id not in others]
        if subject.kind == "meeting":
            beneath = []
        usual = usual_of(NODES[subject.kind])
        held = (
            (name, value)
            for name, value in subject.own.items()
            if _says_something(name, value) and (name not in usual or value != usual[name])
        )
        return SubjectDifference(
            what,
            subject,
            parent,
            tuple(
                _field(name, None, value) if is_new else _field(name, value, None)
                for name, value in held
            ),
            tuple(self._whole(what, one, subject) for one in beneath),
        )

    def _changed(
        self, was: Subject, now: Subject, names: Iterable[str]
    ) -> Iterator[FieldDifference]:
        for name in names:
            if name == ORDER:
                yield FieldDifference(name, was.parts, now.parts)
            elif name == "place":
                yield FieldDifference(name, was.parent_id, now.parent_id)
            elif name == "names":
                yield _field(name, *names_of_both(was, now))
            else:
                yield _field(name, was.own.get(name), now.own.get(name))


def _children(known: Mapping[str, Subject]) -> Mapping[str, list[Subject]]:
    children: dict[str, list[Subject]] = defaultdict(list)
    for subject in known.values():
        children[subject.parent_id].append(subject)
    return children


def _says_something(name: str, value: object) -> bool:
    return name != "names" and bool(value)


def _field(name: str, was: object, now: object) -> FieldDifference:
    return FieldDifference(name, was, now, tuple(_wordings(was, now)))


def _wordings(was: object, now: object) -> Iterator[WordingDifference]:
    """The languages in which a text differs, or each text of a venue, a meeting or of names."""
    parts = within(was), within(now)
    for key in {**parts[0], **parts[1]}:
        yield from _wordings(*(one.get(key) for one in parts))
    old, new = (one.wordings if isinstance(one, Texts) else {} for one in (was, now))
    for language in LANGUAGES:
        if old.get(language) != new.get(language):
            yield WordingDifference(language, old.get(language), new.get(language))


# --- words -----------------------------------------------------------------------------------


def runs_between(old: str, new: str) -> tuple[Run, ...]:
    """What stayed, went and came between two texts, word by word.

    The runs that stayed or went are the old text, those that stayed or came the new one.
    """
    runs: list[Run] = []
    told = 0
    for change in _readable(_changes(old, new)):
        runs += _run("same", old[told : change.start])
        runs += _run("removed", old[change.start : change.end])
        runs += _run("added", new[change.new_start : change.new_end])
        told = change.end
    return (*runs, *_run("same", old[told:]))


def _run(what: Literal["same", "removed", "added"], text: str) -> Iterator[Run]:
    if text:
        yield Run(what, text)


@dataclass(frozen=True, slots=True)
class _Change:
    """Where a text changed: from and to which of its characters, and of those of the new text."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def length(self) -> int:
        return max(self.end - self.start, self.new_end - self.new_start)

    def until(self, other: _Change) -> _Change:
        """This change, a later one, and what stayed between them."""
        return _Change(self.start, other.end, self.new_start, other.new_end)


def _changes(old: str, new: str) -> Iterator[_Change]:
    """Where two texts differ: outside the longest common subsequence of their words.

    The library compares 64 words at once, so that no text, however long and repetitive, takes
    long; a comparison by blocks takes the cube of its length where its words recur.
    """
    before, after = ([found[0] for found in TOKEN.finditer(text)] for text in (old, new))
    known: dict[str, int] = {}
    # Numbers in place of words: they are equal where the words are, and nowhere else.
    numbers = [[known.setdefault(one, len(known)) for one in words] for words in (before, after)]
    starts, new_starts = ([0, *accumulate(map(len, words))] for words in (before, after))
    for step in Indel.opcodes(*numbers):
        if step.tag != "equal":
            yield _Change(
                starts[step.src_start],
                starts[step.src_end],
                new_starts[step.dest_start],
                new_starts[step.dest_end],
            )


def _readable(changes: Iterable[_Change]) -> list[_Change]:
    """Changes as they can be read: scraps between two of them are told as changed too.

    A scrap is what stayed but is no longer than the change before it nor the one after it. Where
    more than `MOST_CHANGES` are left, old and new stand whole, from the first to the last.
    """
    joined: list[_Change] = []
    for change in changes:
        if joined and change.start - joined[-1].end <= min(joined[-1].length, change.length):
            joined[-1] = joined[-1].until(change)
        else:
            joined.append(change)
    return [joined[0].until(joined[-1])] if len(joined) > MOST_CHANGES else joined

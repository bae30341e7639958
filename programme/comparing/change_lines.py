"""The list of changes, line by line, as it is kept with a publication and read by delegates.

A line is one fact: a list, a State in a list, a time, a text. It keeps what stood before and
after, so that the lines of several publications can be composed without their documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, Self

from meetings.texts.typed_text import heal_all
from programme.comparing.changes import (
    Subject,
    codes_of,
    subjects,
)
from programme.comparing.fields import NEW_TIME
from programme.comparing.line_values import (
    Kept,
    Retold,
)
from programme.document.footnotes import bare_texts
from programme.document.nodes import Node, T, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import encoded, texts_of
from programme.document.upgrades import Stored

What = Literal["added", "removed", "joined", "left", "changed"]

MEMBERS = "delegations"
TIME = "time"
"""The field that day, half-day, start and end of one subject make together."""

LOST = "moved elsewhere"
"""Of what stands under another item: the field that tells it at the one it stood under before."""

TAKEN = "order of being taken up"
"""Of the meeting: its items and panels as they are taken up."""

FIRST_TIMETABLE = "days and times"
"""Of the meeting: the days of its items, and whether hours are known; told where none were."""

FOR_ALL_BENEATH = frozenset({TIME, "place", "status", NEW_TIME, "room"})
"""Fields that concern all delegations that stand in a subject or beneath it."""

NO_NAME = Texts()


@dataclass(frozen=True, slots=True)
class Named:
    """A subject by what people call it, as it was when the line was written."""

    kind: str
    id: str
    label: Texts
    title: Texts

    @classmethod
    def of(cls, subject: Subject) -> Self:
        """The names of a subject."""
        return cls(subject.kind, subject.id, subject.label, subject.title)

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """Names from their stored form."""
        label, title = (bare_texts(texts_of(stored.get(one, {}))) for one in ("label", "title"))
        return cls(stored["kind"], stored["id"], label, title)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact that changed; `before` and `after` are None where there was or is nothing.

    Texts are kept as a digest for each language, a subject that came or went as a digest of its
    content, everything else as in the stored form of the document.
    """

    subject: Named
    owner: Named
    """The item, panel or meeting under which the subject stands; perhaps itself."""
    field: str = ""
    """"" where the whole subject came, went or was replaced."""
    code: str = ""
    """The delegation that joined or left a list."""
    name: Texts = NO_NAME
    """What that delegation is called, or the one that a speaker stands for."""
    before: Kept = None
    after: Kept = None
    above: tuple[str, ...] = ()
    """Ids of the subjects above it, without the meeting."""
    codes: tuple[str, ...] = ()
    """Codes of the delegations that the line concerns."""
    is_side_event: bool = False
    """Whether it tells of a panel that is a side event, or of what stands beneath one."""
    is_conditional: bool = False
    """Whether it tells of a list that is only for those that its invitation describes."""
    number: int = 0
    """The place of a list or placement among those of its item, from 1; 0 where it is alone."""
    when: Mapping[str, str] | None = None
    """Day, half-day, start and end of what stands in the timetable, or of the panel above it."""
    basis: str = ""
    """Why those who joined or left a list are invited, by its code; "" in lines of before."""
    others: tuple[Named, ...] = ()
    """Other subjects that its sentence names."""
    movers: tuple[str, ...] = ()
    """Of another order: ids of those that have another day or hour."""
    is_held_back: bool = False

    @property
    def key(self) -> str:
        """What tells one line of a publication from another: subject, field and delegation."""
        return " ".join(filter(None, (self.subject.id, self.field, self.code)))

    @property
    def what(self) -> What:
        """What happened, in a word."""
        if self.field == MEMBERS and self.code:
            return "joined" if self.after else "left"
        if self.field or (self.before and self.after):
            return "changed"
        return "added" if self.after else "removed"

    @property
    def retold(self) -> Retold | None:
        """The texts that changed; None for what is no text, or more."""
        return Retold.of(self.before, self.after)

    def is_read_in(self, language: str) -> bool:
        """Whether pages in a language show that something changed."""
        retold = self.retold
        return retold is None or retold.is_read_in(language)

    def stored(self) -> Stored:
        """Plain data to be kept with a publication; what is as usual is left out."""
        usual = {one.name: one.default for one in fields(self)}
        told = {one: getattr(self, one) for one in usual}
        return {name: encoded(one) for name, one in told.items() if one != usual[name]}

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """A line from its stored form, with its texts healed."""
        stored = heal_all(stored)
        return cls(
            **dict(stored)
            | _kinds_of_list(stored)
            | {
                "subject": Named.read(stored["subject"]),
                "owner": Named.read(stored["owner"]),
                "name": texts_of(stored.get("name", {})),
                "above": tuple(stored.get("above", ())),
                "codes": tuple(stored.get("codes", ())),
                "movers": tuple(stored.get("movers", ())),
                "others": tuple(map(Named.read, stored.get("others", ()))),
            }
        )


def _kinds_of_list(stored: Stored) -> Stored:
    """What a line says today that was kept when a list was known as open or not."""
    if stored.get("field") != "is_open":
        return {}
    kinds = {True: "open", False: "named"}
    return {"field": "kind", **{one: kinds[bool(stored.get(one))] for one in ("before", "after")}}


def in_order(lines: Iterable[Line], programme: ProgrammeDocument[T]) -> list[Line]:
    """Lines in the order of a programme; what is no longer there comes last."""
    owners: list[Node] = [programme.meeting, *programme.items(), *programme.panels]
    places = {owner.id: place for place, owner in enumerate(owners)}
    return sorted(lines, key=lambda line: places.get(line.owner.id, len(places)))


def held_back(lines: Iterable[Line], keys: Collection[str]) -> list[Line]:
    """The same lines, with those of these keys held back from the public."""
    return [replace(one, is_held_back=one.key in keys) for one in lines]


def in_same_order(old: Collection[str], new: Collection[str]) -> bool:
    """Whether those that are in both stand in the same order."""
    return [one for one in old if one in new] == [one for one in new if one in old]


def named_in(document: ProgrammeDocument[Texts]) -> frozenset[str]:
    """Codes of the delegations that a programme names in a list or as speakers."""
    return frozenset(code for one in subjects(document).values() for code in codes_of(one))

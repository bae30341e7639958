"""The list of changes, line by line, as it is kept with a publication and read by delegates.

A line is one fact: a list, a State in a list, a time, a text. It keeps what stood before and
after, so that the lines of several publications can be composed without their documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, Self

from meetings.texts.typed_text import heal_all
from programme.comparing.changes import (
    ORDER,
    Change,
    Subject,
    codes_of,
    compared,
    names_of_both,
    subjects,
)
from programme.comparing.directory import STATUSES
from programme.comparing.fields import NEW_TIME, NEW_TIMES, field_of
from programme.comparing.line_values import (
    Kept,
    Retold,
    When,
    are_one,
    digest_of_value,
    kept,
    read_of_time,
    renamed,
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

TIMES = ("date", "part", "start", "end", "sitting")

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
    is_conditional: bool = False
    """Whether it tells of a list that is only for those that its invitation describes."""
    number: int = 0
    """The place of a list or placement among those of its item, from 1; 0 where it is alone."""
    when: Mapping[str, str] | None = None
    """Day, half-day, start and end of what stands in the timetable, or of the panel above it."""
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
            }
        )


def _kinds_of_list(stored: Stored) -> Stored:
    """What a line says today that was kept when a list was known as open or not."""
    if stored.get("field") != "is_open":
        return {}
    kinds = {True: "open", False: "named"}
    return {"field": "kind", **{one: kinds[bool(stored.get(one))] for one in ("before", "after")}}


def lines_between(
    old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]
) -> list[Line]:
    """What a new document says that an older one did not, for delegates.

    In the order of the new one. Empty for a first publication, and where only the state of texts
    differs.
    """
    return in_order(_Lines(old, new).all(), new) if old else []


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


class _Lines:
    """Writes the lines between two documents."""

    def __init__(self, old: ProgrammeDocument[Texts], new: ProgrammeDocument[Texts]) -> None:
        both = compared(old, new)
        self.before, self.after, self.changes = both.before, both.after, both.changes
        self.names = {one.code: one.name for one in (*old.delegations, *new.delegations)}
        self.codes = {one.id: one.code for one in new.delegations}

    def all(self) -> Iterator[Line]:
        for change in self.changes:
            if change.what == "changed":
                yield from self.within(change)
            else:
                yield self.whole(change)

    def line(self, subject: Subject, **content: Kept) -> Line:
        known = self.after if subject.id in self.after else self.before
        above = tuple(_above(subject, known))
        owner = next((one for one in (subject, *above) if _is_owner(one)), subject)
        code = content.get("code") or subject.own.get("delegation_code") or ""
        # Whoever is to speak under an item is concerned by the hour at which it is taken up.
        moved = known[subject.parent_id] if subject.kind == "placement" else subject
        takes_all_along = moved is not subject or content.get("field") in FOR_ALL_BENEATH
        return Line(
            **{
                "subject": Named.of(subject),
                "owner": Named.of(owner),
                "above": tuple(one.id for one in above if one.kind != "meeting"),
                "codes": _all_codes(moved, known) if takes_all_along else tuple(codes_of(subject)),
                "name": self.names.get(code, NO_NAME),
                "is_conditional": (subject.kind, subject.own.get("kind"))
                == ("list", "conditional"),
                "number": _number(subject, known),
                "when": _when(subject, known) or _when(owner, known),
                **content,
            }
        )

    def whole(self, change: Change) -> Line:
        """What came or went, with all beneath it."""
        subject = change.subject
        is_new = change.what == "added"
        known = self.after if is_new else self.before
        content = digest_of_value([one.stored() for one in _with_those_beneath(subject, known)])
        # What has moved elsewhere before the rest went has a line of its own.
        others = {} if is_new else self.after
        codes = {} if subject.kind == "placement" else {"codes": _all_codes(subject, known, others)}
        return self.line(subject, **codes, **{"after" if is_new else "before": content})

    def within(self, change: Change) -> Iterator[Line]:
        """What changed in a subject that stayed."""
        was, now = self.before[change.subject.id], change.subject
        for field in _told(now.kind, change.fields):
            if field == MEMBERS:
                yield from self.members(was, now)
            elif field == STATUSES:
                yield from self.statuses(was, now)
            elif field == TIME:
                then, by_now = _when(was, self.before), _when(now, self.after)
                if not self.is_told_by_sitting(then, by_now):
                    yield self.line(now, field=TIME, before=then, after=by_now)
            elif field == NEW_TIME:
                yield self.line(now, field=field, before=_new_time(was), after=_new_time(now))
            elif field == "place":
                yield self.line(now, field=field, before=was.parent_id, after=now.parent_id)
            elif field == ORDER:
                yield self.line(now, field=field, before=list(was.parts), after=list(now.parts))
            else:
                values = (was.own.get(field), now.own.get(field))
                told = names_of_both(was, now) if field == "names" else values
                old, new = (kept(field, one) for one in told)
                concerned = _concerned(field, was, now, old, new)
                if not are_one(field, old, new):
                    yield self.line(now, field=field, before=old, after=new, **concerned)

    def is_told_by_sitting(self, was: When | None, now: When | None) -> bool:
        """Whether what keeps its hours is in another sitting because that came or went."""
        if not was or not now or read_of_time(was) != read_of_time(now):
            return False
        left, joined = was["sitting"], now["sitting"]
        return left != joined and left not in self.after and joined not in self.before

    def members(self, was: Subject, now: Subject) -> Iterator[Line]:
        """Who joined a list and who left it, and whether the others stand in another order."""
        old, new = was.own[MEMBERS], now.own[MEMBERS]
        differing = sorted(set(old) ^ set(new))
        for code in differing:
            yield self.line(
                now,
                field=MEMBERS,
                code=code,
                codes=(code,),
                before=code in old,
                after=code in new,
            )
        if not in_same_order(old, new):
            yield self.line(now, field=ORDER, before=list(old), after=list(new))

    def statuses(self, was: Subject, now: Subject) -> Iterator[Line]:
        """To whom a delegation belongs now, and so which lists are open to it."""
        for key, status in now.own[STATUSES].items():
            code, before = self.codes[key], was.own[STATUSES][key]
            yield self.line(
                now, field=STATUSES, code=code, codes=(code,), before=before, after=status
            )


def _concerned(
    field: str, was: Subject, now: Subject, old: Kept, new: Kept
) -> dict[str, tuple[str, ...]]:
    """Codes of those whom another speaker or another name concerns, and nobody else."""
    if field == "delegation_code":  # whoever no longer speaks as much as who does instead
        return {"codes": tuple(dict.fromkeys((*codes_of(now), *codes_of(was))))}
    if (now.kind, field) == ("list", "names"):
        return {"codes": tuple(renamed(old, new))}
    return {}


def _told(kind: str, fields: Iterable[str]) -> Iterator[str]:
    """The fields of a change that delegates are told of; the parts of a time are one."""
    whole = {**dict.fromkeys(TIMES, TIME), **dict.fromkeys(NEW_TIMES, NEW_TIME)}
    told = (whole.get(one, one) for one in fields)
    return iter(dict.fromkeys(one for one in told if field_of(kind, one).is_told))


def _above(subject: Subject, known: Mapping[str, Subject]) -> Iterator[Subject]:
    """The subjects above one, the nearest first."""
    while subject.parent_id in known:
        subject = known[subject.parent_id]
        yield subject


def _with_those_beneath(subject: Subject, known: Mapping[str, Subject]) -> list[Subject]:
    return [subject, *(one for one in known.values() if subject in _above(one, known))]


def _is_owner(subject: Subject) -> bool:
    return subject.kind in {"item", "panel", "meeting"}


def _all_codes(
    subject: Subject, known: Mapping[str, Subject], but: Collection[str] = ()
) -> tuple[str, ...]:
    """The delegations that stand in a subject or beneath it, but in some."""
    beneath = [one for one in _with_those_beneath(subject, known) if one.id not in but]
    return tuple(dict.fromkeys(code for one in beneath for code in codes_of(one)))


def named_in(document: ProgrammeDocument[Texts]) -> frozenset[str]:
    """Codes of the delegations that a programme names in a list or as speakers."""
    return frozenset(code for one in subjects(document).values() for code in codes_of(one))


def _number(subject: Subject, known: Mapping[str, Subject]) -> int:
    """The place of a list or placement among those of its item; 0 where it is alone."""
    beside: list[str] = []
    if subject.kind == "placement":
        ours = subject.kind, subject.parent_id
        beside = [one.id for one in known.values() if (one.kind, one.parent_id) == ours]
    elif subject.kind == "list" and subject.parent_id in known:
        parts = known[subject.parent_id].parts
        beside = [one for one in parts if one in known and known[one].kind == "list"]
    return beside.index(subject.id) + 1 if len(beside) > 1 else 0


def _when(subject: Subject, known: Mapping[str, Subject]) -> dict[str, str] | None:
    """Day, half-day and hours of what stands in the timetable; the sitting by its id."""
    if "date" not in subject.own:
        return None
    own = {name: encoded(subject.own.get(name)) or "" for name in TIMES}
    if sitting := known.get(own["sitting"]):
        own["part"] = str(sitting.own.get("part") or "")
    return own


def _new_time(subject: Subject) -> dict[str, str] | None:
    """Day and hours to which something was postponed, as `_when` has them."""
    if not subject.own.get(NEW_TIME):
        return None
    names = zip(("date", "start", "end"), NEW_TIMES, strict=True)
    return {name: encoded(subject.own[one]) or "" for name, one in names}

"""What changed between two documents, as the lines that are kept with a publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from programme.comparing.change_lines import (
    FIRST_TIMETABLE,
    FOR_ALL_BENEATH,
    LOST,
    MEMBERS,
    NO_NAME,
    TAKEN,
    TIME,
    Line,
    Named,
    in_order,
    in_same_order,
)
from programme.comparing.changes import (
    ORDER,
    SAID_OF_MEMBERS,
    Change,
    Subject,
    codes_of,
    compared,
    names_of_both,
)
from programme.comparing.directory import STATUSES
from programme.comparing.fields import NEW_TIME, NEW_TIMES, field_of
from programme.comparing.line_values import (
    Kept,
    When,
    are_one,
    digest_of_value,
    kept,
    read_of_time,
    renamed,
)
from programme.comparing.lines.standing import (
    TIMES,
    above,
    all_codes,
    is_owner,
    new_time_of,
    number_of,
    when_of,
    when_taken_up,
    with_all_beneath,
)
from programme.comparing.lines.taking_up import Times, days_and_times
from programme.comparing.lines.turns import passed
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument


def lines_between(
    old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]
) -> list[Line]:
    """What a new document says that an older one did not, for delegates.

    In the order of the new one. Empty for a first publication, and where only the state of texts
    differs.
    """
    return in_order(_Lines(old, new).all(), new) if old else []


class _Lines:
    """Writes the lines between two documents."""

    def __init__(self, old: ProgrammeDocument[Texts], new: ProgrammeDocument[Texts]) -> None:
        both = compared(old, new)
        self.old, self.new = old, new
        self.before, self.after, self.changes = both.before, both.after, both.changes
        self.names = {one.code: one.name for one in (*old.delegations, *new.delegations)}
        self.codes = {one.id: one.code for one in new.delegations}

    def all(self) -> Iterator[Line]:
        for change in self.changes:
            if change.what == "changed":
                yield from self.within(change)
            else:
                yield self.whole(change)
        yield from self.of_the_meeting()

    def of_the_meeting(self) -> Iterator[Line]:
        """In which order all is taken up, and on which days: what no subject says by itself."""
        meeting = self.after.get(self.new.meeting.id)
        if meeting is None or meeting.id not in self.before:
            return
        then, now_taken = Times.of(self.old), Times.of(self.new)
        if then.order != now_taken.order:
            movers = then.movers(now_taken)
            told = [
                (one, beside)
                for one, beside, _ in passed(then.order, now_taken.order, movers)
                if self.keeps_its_number(one) and then.stays_on_its_day(one, now_taken)
            ]
            yield self.line(
                meeting,
                field=TAKEN,
                before=then.order,
                after=now_taken.order,
                movers=tuple(movers),
                codes=tuple(dict.fromkeys(self.codes_in(one for one, _beside in told))),
                others=self.named(one for pair in told for one in pair),
            )
        was, now = days_and_times(self.old), days_and_times(self.new)
        if was != now:
            yield self.line(meeting, field=FIRST_TIMETABLE, before=was, after=now)

    def reordered(self, was: Subject, now: Subject) -> tuple[Named, ...]:
        """The sub-items of an item that stand in another order, and those beside which they do."""
        if now.kind != "item":
            return ()
        ids = [one for pair in passed(was.parts, now.parts, ()) for one in pair[:2]]
        is_of_items = all(self.after[one].kind == "item" for one in ids)
        return self.named(ids) if is_of_items and all(map(self.keeps_its_number, ids)) else ()

    def named(self, ids: Iterable[str]) -> tuple[Named, ...]:
        """Subjects by their names, each once."""
        return tuple(Named.of(self.after[one]) for one in dict.fromkeys(ids))

    def keeps_its_number(self, one: str) -> bool:
        """Whether something is called by the number that it had; another one says its order."""
        return self.before[one].label == self.after[one].label

    def codes_in(self, ids: Iterable[str]) -> Iterator[str]:
        """The delegations that stand in subjects or beneath them."""
        return (code for one in ids for code in all_codes(self.after[one], self.after))

    def line(self, subject: Subject, **content: Kept) -> Line:
        known = self.after if subject.id in self.after else self.before
        those_above = tuple(above(subject, known))
        owner = next((one for one in (subject, *those_above) if is_owner(one)), subject)
        code = content.get("code") or subject.own.get("delegation_code") or ""
        # Whoever is to speak under an item is concerned by the hour at which it is taken up.
        moved = known[subject.parent_id] if subject.kind == "placement" else subject
        takes_all_along = moved is not subject or content.get("field") in FOR_ALL_BENEATH
        return Line(
            **{
                "subject": Named.of(subject),
                "owner": Named.of(owner),
                "above": tuple(one.id for one in those_above if one.kind != "meeting"),
                "codes": all_codes(moved, known) if takes_all_along else tuple(codes_of(subject)),
                "name": self.names.get(code, NO_NAME),
                "is_side_event": (owner.kind, owner.own.get("kind")) == ("panel", "side_event"),
                "is_conditional": (subject.kind, subject.own.get("kind"))
                == ("list", "conditional"),
                "number": number_of(subject, known),
                "when": when_of(subject, known) or when_of(owner, known),
                **content,
            }
        )

    def whole(self, change: Change) -> Line:
        """What came or went, with all beneath it."""
        subject = change.subject
        is_new = change.what == "added"
        known = self.after if is_new else self.before
        content = digest_of_value([one.stored() for one in with_all_beneath(subject, known)])
        # What has moved elsewhere before the rest went has a line of its own.
        others = {} if is_new else self.after
        told: dict[str, Kept] = {"after" if is_new else "before": content}
        if subject.kind != "placement":
            told["codes"] = all_codes(subject, known, others)
        if not is_new:
            told["others"] = tuple(self.gone_with(subject))
        return self.line(subject, **told)

    def gone_with(self, subject: Subject) -> Iterator[Named]:
        """The sub-items that went with an item."""
        for one in with_all_beneath(subject, self.before)[1:]:
            if one.kind == "item" and one.id not in self.after:
                yield Named.of(one)

    def within(self, change: Change) -> Iterator[Line]:
        """What changed in a subject that stayed."""
        was, now = self.before[change.subject.id], change.subject
        for field in _told(now.kind, change.fields):
            if field == MEMBERS:
                yield from self.members(was, now)
            elif field in SAID_OF_MEMBERS:
                yield from self.said_of_members(field, was, now)
            elif field == STATUSES:
                yield from self.statuses(was, now)
            elif field == TIME:
                then, by_now = when_of(was, self.before), when_of(now, self.after)
                if not self.is_told_by_sitting(then, by_now):
                    yield self.line(now, field=TIME, before=then, after=by_now)
            elif field == NEW_TIME:
                yield self.line(now, field=field, before=new_time_of(was), after=new_time_of(now))
            elif field == "place":
                yield from self.place(was, now)
            elif field == ORDER:
                orders = {"before": list(was.parts), "after": list(now.parts)}
                yield self.line(now, field=field, **orders, others=self.reordered(was, now))
            else:
                yield from self.value(field, was, now)

    def value(self, field: str, was: Subject, now: Subject) -> Iterator[Line]:
        """Another value of a field."""
        values = (was.own.get(field), now.own.get(field))
        told = names_of_both(was, now) if field == "names" else values
        old, new = (kept(field, one) for one in told)
        concerned = _concerned(field, was, now, old, new)
        if not are_one(field, old, new):
            yield self.line(now, field=field, before=old, after=new, **concerned)

    def place(self, was: Subject, now: Subject) -> Iterator[Line]:
        """That something stands under another item: told there, and at the one that lost it."""
        left, joined = self.before[was.parent_id], self.after[now.parent_id]
        places = {"before": left.id, "after": joined.id}
        when = when_taken_up(now, self.after)
        yield self.line(now, field="place", **places, others=(Named.of(left),), when=when)
        if left.id in self.after and left.kind != "meeting":
            owner, others = Named.of(self.after[left.id]), (Named.of(joined),)
            told = {"owner": owner, "others": others, "codes": ()}
            yield self.line(now, field=LOST, **places, **told, when=when_of(was, self.before))

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
                basis=str(now.own["basis"]),
            )
        if not in_same_order(old, new):
            yield self.line(now, field=ORDER, before=list(old), after=list(new))

    def said_of_members(self, field: str, was: Subject, now: Subject) -> Iterator[Line]:
        """What a list says otherwise of those who stayed in it."""
        for code in sorted(set(was.own[MEMBERS]) & set(now.own[MEMBERS])):
            old, new = (kept(field, one.own[field].get(code, NO_NAME)) for one in (was, now))
            if old != new:
                yield self.line(now, field=field, code=code, codes=(code,), before=old, after=new)

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

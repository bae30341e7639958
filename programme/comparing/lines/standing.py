"""Where subjects of a document stand: beneath what, as which of several, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from programme.comparing.changes import Subject, codes_of
from programme.comparing.fields import NEW_TIME, NEW_TIMES
from programme.document.stored import encoded

TIMES = ("date", "part", "start", "end", "sitting")


def above(subject: Subject, known: Mapping[str, Subject]) -> Iterator[Subject]:
    """The subjects above one, the nearest first."""
    while subject.parent_id in known:
        subject = known[subject.parent_id]
        yield subject


def with_all_beneath(subject: Subject, known: Mapping[str, Subject]) -> list[Subject]:
    """A subject and all that stands beneath it, above before beneath."""
    return [subject, *(one for one in known.values() if subject in above(one, known))]


def is_owner(subject: Subject) -> bool:
    """Whether changes beneath a subject are told under its name."""
    return subject.kind in {"item", "panel", "meeting"}


def all_codes(
    subject: Subject, known: Mapping[str, Subject], but: Collection[str] = ()
) -> tuple[str, ...]:
    """The delegations that stand in a subject or beneath it, but in some."""
    beneath = [one for one in with_all_beneath(subject, known) if one.id not in but]
    return tuple(dict.fromkeys(code for one in beneath for code in codes_of(one)))


def number_of(subject: Subject, known: Mapping[str, Subject]) -> int:
    """The place of a list or placement among those of its item; 0 where it is alone."""
    beside: list[str] = []
    if subject.kind == "placement":
        ours = subject.kind, subject.parent_id
        beside = [one.id for one in known.values() if (one.kind, one.parent_id) == ours]
    elif subject.kind == "list" and subject.parent_id in known:
        parts = known[subject.parent_id].parts
        beside = [one for one in parts if one in known and known[one].kind == "list"]
    return beside.index(subject.id) + 1 if len(beside) > 1 else 0


def when_of(subject: Subject, known: Mapping[str, Subject]) -> dict[str, str] | None:
    """Day, half-day and hours of what stands in the timetable; the sitting by its id."""
    if "date" not in subject.own:
        return None
    own = {name: encoded(subject.own.get(name)) or "" for name in TIMES}
    if sitting := known.get(own["sitting"]):
        own["part"] = str(sitting.own.get("part") or "")
    return own


def new_time_of(subject: Subject) -> dict[str, str] | None:
    """Day and hours to which something was postponed, as `_when` has them."""
    if not subject.own.get(NEW_TIME):
        return None
    names = zip(("date", "start", "end"), NEW_TIMES, strict=True)
    return {name: encoded(subject.own[one]) or "" for name, one in names}


def when_taken_up(subject: Subject, known: Mapping[str, Subject]) -> dict[str, str] | None:
    """The same of what an item with it is first taken up at; None where no day is known."""
    for one in (subject, *above(subject, known)):
        placed = (each for each in known.values() if each.kind == "placement")
        first = next((each for each in placed if each.parent_id == one.id), None)
        if found := when_of(first or one, known):
            return found
    return None

"""What differs between two documents: pure functions of values, by the ids of subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass, replace
from functools import cache
from typing import Literal

from programme.comparing.directory import of_delegations, recoded
from programme.document.footnotes import bare_texts
from programme.document.nodes import (
    AgendaItem,
    Break,
    DataclassInstance,
    Day,
    Fields,
    Meeting,
    Node,
    Panel,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    Texts,
)
from programme.document.part_names import break_name
from programme.document.programme import ProgrammeDocument
from programme.document.stored import encoded_fields, stored_fields, stored_names
from programme.document.upgrades import Stored

NOT_OWN = frozenset({"id", "presenters", "lists", "sub_items", "panellists", "entries"})
"""Fields whose contents are subjects of their own, and what makes a subject itself."""

NODES: Mapping[str, type] = {
    "meeting": Meeting,
    "item": AgendaItem,
    "list": SpeakingList,
    "speaker": Speaker,
    "panel": Panel,
    "sitting": Sitting,
    "placement": Placement,
    "break": Break,
}
"""By kind of subject, what it is in a document."""

ORDER = "order of the parts"

SAID_OF_MEMBERS = {"member_notes": "note", "member_behalves": "on_behalf_of"}
"""Fields of a list in which it says something of those whom it names, by code; each in an entry."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change can be about: the meeting, an item, list, panel, sitting or speaker."""

    kind: str
    id: str
    parent_id: str
    label: Texts
    """The item's number, or nothing."""
    title: Texts
    own: Fields
    """The values of its own fields, and where it stands, without what lies beneath it."""
    parts: tuple[str, ...] = ()
    """Ids of the subjects beneath it, in order."""

    def stored(self) -> Stored:
        """Its own content as plain data, of which lines of changes keep a digest."""
        told = {name: one for name, one in self.own.items() if one or name not in SAID_OF_MEMBERS}
        return encoded_fields(NODES[self.kind], {"id": self.id, **told})


@dataclass(frozen=True, slots=True)
class Change:
    """One subject that was added, removed or changed; `fields` names what changed in it."""

    what: Literal["added", "removed", "changed"]
    subject: Subject
    parent: Subject | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The subjects of two documents by id, and what differs between them."""

    before: Mapping[str, Subject]
    after: Mapping[str, Subject]
    changes: tuple[Change, ...]


def compared(old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]) -> Compared:
    """Two documents side by side.

    The older calls delegations by the codes of the newer, so that nobody seems to leave a list or
    to join it for another code alone. The meeting has the fields of
    `programme.comparing.directory`, where they differ.
    """
    before, after = _side_by_side(old, new)
    return Compared(before, after, tuple(_changes(before, after)))


def changes(old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]) -> list[Change]:
    """What was added, changed (in the new order) and removed since an older document.

    What is said otherwise of delegations is a change of the meeting, as far as no subject that
    names them tells it. A new delegation in the directory or a new word of the catalogue is no
    change.
    """
    return list(compared(old, new).changes)


def _changes(before: Mapping[str, Subject], after: Mapping[str, Subject]) -> Iterator[Change]:
    for key, subject in after.items():
        parent = after.get(subject.parent_id)
        if key not in before:
            if not parent or parent.id in before or not before:
                yield Change("added", subject, parent)
        elif differing := _differing(before[key], subject, before, after):
            yield Change("changed", subject, parent, differing)
    for key, subject in before.items():
        if key not in after and (not subject.parent_id or subject.parent_id in after):
            yield Change("removed", subject, after.get(subject.parent_id))


def _differing(
    old: Subject, new: Subject, before: Mapping[str, Subject], after: Mapping[str, Subject]
) -> tuple[str, ...]:
    fields = [name for name in new.own if old.own.get(name) != new.own[name]]
    was, now = names_of_both(old, new)
    if was == now:
        fields = [name for name in fields if name != "names"]  # who came or went says it
    if old.parent_id != new.parent_id:
        fields.append("place")
    stayed = {key for key in old.parts if key in new.parts and _stayed(before[key], after[key])}
    if [key for key in old.parts if key in stayed] != [key for key in new.parts if key in stayed]:
        fields.append(ORDER)
    return tuple(fields)


def names_of_both(old: Subject, new: Subject) -> tuple[object, object]:
    """What those are called, before and after, whom a subject names in both of two documents."""
    was, now = old.own.get("names"), new.own.get("names")
    if new.kind == "list":
        return shared(was or {}, now or {})
    is_same = old.own.get("delegation_code") == new.own.get("delegation_code")
    return (was, now) if is_same else ({}, {})


def shared(was: Fields, now: Fields) -> tuple[Fields, Fields]:
    """Two mappings, of what is in both."""
    both = [key for key in was if key in now]
    return {key: was[key] for key in both}, {key: now[key] for key in both}


def _stayed(old: Subject, new: Subject) -> bool:
    """Whether a part stands where it stood, so that its order among the others means something.

    What moved to another hour, day or sitting has its own change already.
    """
    return all(old.own.get(name) == new.own.get(name) for name in ("date", "sitting", "start"))


def with_those_beneath(ids: Iterable[str], known: Mapping[str, Subject]) -> set[str]:
    """Ids of subjects, and of all that lies beneath them; a meeting stands for itself alone."""
    found = set(ids)
    for subject in known.values():  # those above come first
        above = known.get(subject.parent_id)
        if above and above.id in found and above.kind != "meeting":
            found.add(subject.id)
    return found


def codes_of(subject: Subject) -> Iterator[str]:
    """Codes of the delegations that stand in a subject itself."""
    yield from subject.own.get("delegations") or ()
    if code := subject.own.get("delegation_code"):
        yield code


def within(value: object) -> Fields:
    """What a value is made of, by name, as a venue is of texts; nothing for any other."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Texts) or not is_dataclass(value) or isinstance(value, type):
        return {}
    return {name: getattr(value, name) for name in stored_names(type(value))}


def subjects(document: ProgrammeDocument[Texts]) -> Mapping[str, Subject]:
    """Every subject of a document by its id, in the order of the programme."""
    return {one.id: one for one in _subjects(document)}


def _side_by_side(
    old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]
) -> tuple[Mapping[str, Subject], Mapping[str, Subject]]:
    if old is None:
        return {}, subjects(new)
    before, after = subjects(recoded(old, new)), subjects(new)
    named = {
        code
        for key in before.keys() & after.keys()
        for code in set(codes_of(before[key])) & set(codes_of(after[key]))
    }
    was, now = of_delegations(old, new, named)
    key = new.meeting.id
    if not now or key not in before:
        return before, after
    return _with_fields(before, key, was), _with_fields(after, key, now)


def _with_fields(known: Mapping[str, Subject], key: str, fields: Fields) -> Mapping[str, Subject]:
    return {**known, key: replace(known[key], own={**known[key].own, **fields})}


def _subjects(document: ProgrammeDocument[Texts]) -> Iterator[Subject]:
    meeting = document.meeting
    timetable = [entry.id for day in document.timetable for entry in day.entries]
    parts = (*(item.id for item in document.agenda), *timetable)
    yield Subject("meeting", meeting.id, "", Texts(), meeting.name, _own(meeting), parts)
    names = {one.code: one.name for one in document.delegations}
    for item in document.agenda:
        yield from _of_item(item, meeting.id, names)
    yield from _of_timetable(document)
    places = {entry.id: _place(day, sitting) for day, sitting, entry in document.entries()}
    for panel in document.panels:
        yield from _of_panel(panel, meeting.id, places.get(panel.id, {}), names)


def _own(node: DataclassInstance) -> dict[str, object]:
    return {name: getattr(node, name) for name in own_names(type(node))}


@cache
def own_names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    """Names of the fields in which nodes of a class may differ as subjects."""
    read = (one.name for one in stored_fields(kind) if not one.metadata.get("unread"))
    return tuple(name for name in read if name not in NOT_OWN)


def _of_item(
    item: AgendaItem[Texts], parent_id: str, names: Mapping[str, Texts]
) -> Iterator[Subject]:
    beneath: list[Node] = [*item.presenters, *item.lists, *item.sub_items]
    parts = tuple(one.id for one in beneath)
    yield Subject("item", item.id, parent_id, item.label, bare_texts(item.title), _own(item), parts)
    for presenter in item.presenters:
        yield _of_speaker(presenter, item.id, names)
    for speaking_list in item.lists:
        yield _of_list(speaking_list, item.id, names)
    for sub_item in item.sub_items:
        yield from _of_item(sub_item, item.id, names)


def _of_list(
    speaking_list: SpeakingList[Texts], parent_id: str, names: Mapping[str, Texts]
) -> Subject:
    """A list's members and their names are its own; their order counts where it is as called."""
    codes = [entry.delegation_code for entry in speaking_list.entries]
    own = _own(speaking_list)
    own["delegations"] = tuple(codes if speaking_list.order == "as_called" else sorted(codes))
    own["names"] = {code: names.get(code) for code in sorted(codes)}
    for field, name in SAID_OF_MEMBERS.items():
        said = {one.delegation_code: getattr(one, name) for one in speaking_list.entries}
        own[field] = {code: said[code] for code in sorted(said) if said[code]}
    title = bare_texts(speaking_list.invitation)
    return Subject("list", speaking_list.id, parent_id, Texts(), title, own)


def _of_speaker(speaker: Speaker[Texts], parent_id: str, names: Mapping[str, Texts]) -> Subject:
    title = bare_texts(speaker.person or speaker.function)
    own = _own(speaker) | {"names": names.get(speaker.delegation_code)}
    return Subject("speaker", speaker.id, parent_id, Texts(), title, own)


def _of_panel(
    panel: Panel[Texts], parent_id: str, place: Fields, names: Mapping[str, Texts]
) -> Iterator[Subject]:
    parts = tuple(one.id for one in panel.panellists)
    own = _own(panel) | dict(place)
    yield Subject("panel", panel.id, parent_id, Texts(), bare_texts(panel.title), own, parts)
    for panellist in panel.panellists:
        yield _of_speaker(panellist, panel.id, names)


# --- timetable ---------------------------------------------------------------------------


def _place(day: Day[Texts], sitting: Sitting[Texts] | None) -> dict[str, object]:
    return {"date": day.date, "sitting": sitting.id if sitting else ""}


def _of_timetable(document: ProgrammeDocument[Texts]) -> Iterator[Subject]:
    """Sittings, placements and breaks; a panel is a subject by itself."""
    items = {item.id: item for item in document.items()}
    meeting_id = document.meeting.id
    for day, sitting, entry in document.entries():
        own = _own(entry) | _place(day, sitting)
        match entry:
            case Sitting():
                parts = tuple(inner.id for inner in entry.entries)
                yield Subject(
                    "sitting", entry.id, meeting_id, Texts(), bare_texts(entry.heading), own, parts
                )
            case Placement():
                item = items[entry.item_id]
                yield Subject(
                    "placement", entry.id, item.id, item.label, bare_texts(item.title), own
                )
            case Break():
                name = break_name(entry, document.words)
                own["name"] = name
                yield Subject("break", entry.id, meeting_id, Texts(), bare_texts(name), own)

"""What differs between two documents: pure functions of values, by the ids of subjects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from programme.document import (
    AgendaItem,
    Break,
    Panel,
    Placement,
    ProgrammeDocument,
    Sitting,
    Speaker,
    SpeakingList,
    Texts,
    encoded,
)

CHILDREN = frozenset({"presenters", "lists", "sub_items", "panellists", "entries"})
"""Fields whose contents are subjects of their own; a list's entries are its own."""

ORDER = "order of the parts"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change can be about: an meeting, an item, list, panel, sitting or speaker."""

    kind: str
    id: str
    parent_id: str
    label: Texts
    """The item's number, or nothing."""
    title: Texts
    own: Mapping[str, Any]
    """Its own content in stored form, without what lies beneath it."""
    parts: tuple[str, ...] = ()
    """Ids of the subjects beneath it, in order."""


@dataclass(frozen=True, slots=True)
class Change:
    """One subject that was added, removed or changed; `fields` names what changed in it."""

    what: Literal["added", "removed", "changed"]
    subject: Subject
    parent: Subject | None
    fields: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """Plain data to be kept with a publication."""
        return {
            "what": self.what,
            "kind": self.subject.kind,
            "id": self.subject.id,
            "label": encoded(self.subject.label),
            "title": encoded(self.subject.title),
            "parent": self.subject.parent_id,
            "fields": list(self.fields),
        }


def changes(old: ProgrammeDocument[Texts] | None, new: ProgrammeDocument[Texts]) -> list[Change]:
    """What was added, changed (in the new order) and removed since an older document.

    A new delegation in the directory or a new word of the catalogue is no change.
    """
    before = subjects(old) if old else {}
    after = subjects(new)
    found = []
    for key, subject in after.items():
        parent = after.get(subject.parent_id)
        if key not in before:
            if not parent or parent.id in before or not old:
                found.append(Change("added", subject, parent))
        elif differing := _differing(before[key], subject, before, after):
            found.append(Change("changed", subject, parent, differing))
    for key, subject in before.items():
        if key not in after and (not subject.parent_id or subject.parent_id in after):
            found.append(Change("removed", subject, after.get(subject.parent_id)))
    return found


def _differing(
    old: Subject, new: Subject, before: Mapping[str, Subject], after: Mapping[str, Subject]
) -> tuple[str, ...]:
    fields = [name for name in new.own if old.own.get(name) != new.own[name]]
    if old.parent_id != new.parent_id:
        fields.append("place")
    stayed_before = [key for key in old.parts if key in after and key in new.parts]
    stayed_after = [key for key in new.parts if key in before and key in old.parts]
    if stayed_before != stayed_after:
        fields.append(ORDER)
    return tuple(fields)


def subjects(document: ProgrammeDocument[Texts]) -> dict[str, Subject]:
    """Every subject of a document by its id, in the order of the programme."""
    return {one.id: one for one in _subjects(document)}


def _subjects(document: ProgrammeDocument[Texts]) -> Iterator[Subject]:
    meeting = document.meeting
    parts = tuple(item.id for item in document.agenda)
    yield Subject("meeting", meeting.id, "", Texts(), meeting.name, encoded(meeting), parts)
    for item in document.agenda:
        yield from _of_item(item, meeting.id)
    for panel in document.panels:
        yield from _of_panel(panel, meeting.id)
    yield from _of_timetable(document)


def _own(node: Any) -> dict[str, Any]:
    return {key: value for key, value in encoded(node).items() if key not in CHILDREN}


def _of_item(item: AgendaItem[Texts], parent_id: str) -> Iterator[Subject]:
    beneath: list[Any] = [*item.presenters, *item.lists, *item.sub_items]
    parts = tuple(one.id for one in beneath)
    yield Subject("item", item.id, parent_id, item.label, item.title, _own(item), parts)
    for presenter in item.presenters:
        yield _of_speaker(presenter, item.id)
    for speaking_list in item.lists:
        yield _of_list(speaking_list, item.id)
    for sub_item in item.sub_items:
        yield from _of_item(sub_item, item.id)


def _of_list(speaking_list: SpeakingList[Texts], parent_id: str) -> Subject:
    """A list's members are its own content; their order counts where it is as called."""
    codes = [entry.delegation_code for entry in speaking_list.entries]
    own = _own(speaking_list)
    own["delegations"] = codes if speaking_list.order == "as_called" else sorted(codes)
    return Subject("list", speaking_list.id, parent_id, Texts(), speaking_list.invitation, own)


def _of_speaker(speaker: Speaker[Texts], parent_id: str) -> Subject:
    title = speaker.person or speaker.function
    return Subject("speaker", speaker.id, parent_id, Texts(), title, _own(speaker))


def _of_panel(panel: Panel[Texts], parent_id: str) -> Iterator[Subject]:
    parts = tuple(one.id for one in panel.panellists)
    yield Subject("panel", panel.id, parent_id, Texts(), panel.title, _own(panel), parts)
    for panellist in panel.panellists:
        yield _of_speaker(panellist, panel.id)


def _of_timetable(document: ProgrammeDocument[Texts]) -> Iterator[Subject]:
    items = {item.id: item for item in document.items()}
    for day in document.timetable:
        for entry in day.entries:
            if isinstance(entry, Sitting):
                own = {k: v for k, v in encoded(entry).items() if k != "entries"}
                own["date"] = day.date.isoformat()
                yield Subject("sitting", entry.id, document.meeting.id, Texts(), entry.heading, own)
            inner = entry.entries if isinstance(entry, Sitting) else (entry,)
            place = {
                "date": day.date.isoformat(),
                "sitting": entry.id if isinstance(entry, Sitting) else "",
            }
            for one in inner:
                if isinstance(one, Placement):
                    item = items[one.item_id]
                    own = encoded(one) | place
                    yield Subject("placement", one.id, item.id, item.label, item.title, own)
                elif isinstance(one, Break):
                    own = encoded(one) | place
                    yield Subject("break", one.id, document.meeting.id, Texts(), one.name, own)

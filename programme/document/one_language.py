"""For a reader of one language: the only place where a language stands in for another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import is_dataclass, replace
from typing import TYPE_CHECKING, Any

from programme.document.footnotes import marks_of, without_marks
from programme.document.nodes import (
    AgendaItem,
    Delegation,
    InnerEntry,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    Text,
    Texts,
    TimetableEntry,
)
from programme.document.stored import MANY_LINES, stored_fields
from programme.document.timetable import handed_down, in_agenda_order, with_new_times

if TYPE_CHECKING:
    from programme.document.programme import ProgrammeDocument


class Reader:
    """Turns the stored form into what one reader meets."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.delegations: dict[str, Delegation[Text]] = {}

    def document(self, stored: ProgrammeDocument[Texts]) -> ProgrammeDocument[Text]:
        """Give the whole programme, with lists sorted for the language."""
        self.delegations = {one.code: self._delegation(one) for one in stored.delegations}
        read: ProgrammeDocument[Text] = self.read(replace(stored, delegations=()))
        read = replace(
            read,
            agenda=tuple(map(handed_down, read.agenda)),
            delegations=tuple(sorted(self.delegations.values(), key=lambda d: d.sort_key)),
        )
        postponed = {one.id for one in stored.items() if one.new_date}
        return _Placing(read, postponed).document()

    def _delegation(self, stored: Delegation[Texts]) -> Delegation[Text]:
        if self.language not in stored.in_languages:
            sort_key = stored.sort_keys.get(self.language, stored.code)
            stored.in_languages[self.language] = replace(self.read(stored), sort_key=sort_key)
        return stored.in_languages[self.language]

    def read(self, value: Any) -> Any:
        """Give a node, a text or what holds them, in the language."""
        if isinstance(value, Texts):
            return value.in_language(self.language)
        if isinstance(value, tuple):
            return tuple(self.read(one) for one in value)
        if isinstance(value, Mapping):
            return {key: self.read(one) for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        node = replace(
            value,
            **{f.name: self._field(f.name, getattr(value, f.name)) for f in stored_fields(value)},
        )
        if isinstance(value, AgendaItem | Panel):
            node = replace(node, title_marks=marks_of(self.read(value.title)))
        if isinstance(node, SpeakingList):
            return replace(node, delegations=self._in_order(node))
        if isinstance(node, Speaker):
            return replace(node, delegation=self.delegations.get(node.delegation_code))
        return node

    def _field(self, name: str, value: Any) -> Any:
        """A field of a node; of a text in one line, what is read where no notes stand."""
        read = self.read(value)
        return without_marks(read) if isinstance(read, Text) and name not in MANY_LINES else read

    def _in_order(self, speaking_list: SpeakingList[Text]) -> tuple[Delegation[Text], ...]:
        named = [self.delegations[entry.delegation_code] for entry in speaking_list.entries]
        if speaking_list.order == "alphabetical":
            named.sort(key=lambda delegation: delegation.sort_key)
        return tuple(named)


class _Placing:
    """Puts items and panels where the timetable has them, each text at its first placement."""

    def __init__(self, document: ProgrammeDocument[Text], postponed: Collection[str]) -> None:
        self.read = document
        self.postponed = postponed
        self.items = {item.id: item for item in document.items()}
        self.panels = {panel.id: panel for panel in document.panels}
        self.placed = {entry.item_id for *_, entry in document.placements()}
        self.shown: set[str] = set()

    def document(self) -> ProgrammeDocument[Text]:
        numbers = {key: number for number, key in enumerate(self.items)}
        days = (in_agenda_order(day, numbers) for day in self.read.timetable)
        timetable = tuple(
            replace(day, entries=tuple(self._entry(entry) for entry in day.entries)) for day in days
        )
        items = (one for one in self.items.values() if one.id in self.postponed)
        return replace(
            self.read,
            timetable=with_new_times(timetable, items, self.read.panels),
            unplaced=self._unplaced(self.read.agenda),
        )

    def _entry(self, entry: TimetableEntry[Text]) -> TimetableEntry[Text]:
        if isinstance(entry, Sitting):
            return replace(entry, entries=tuple(map(self._inner, entry.entries)))
        return self._inner(entry)

    def _inner(self, entry: InnerEntry[Text]) -> InnerEntry[Text]:
        match entry:
            case PanelSlot():
                return replace(entry, panel=self.panels[entry.id])
            case Placement():
                item = self.items[entry.item_id]
                in_full = item.id not in self.shown
                self.shown.add(item.id)
                pruned = replace(item, sub_items=self._unplaced(item.sub_items))
                return replace(entry, item=pruned, in_full=in_full)
        return entry

    def _unplaced(self, items: tuple[AgendaItem[Text], ...]) -> tuple[AgendaItem[Text], ...]:
        """Items without a placement; one that only headed placed sub-items is left out."""
        left = []
        for item in items:
            if item.id in self.placed:
                continue
            sub_items = self._unplaced(item.sub_items)
            if sub_items or item.has_content or not item.sub_items:
                left.append(replace(item, sub_items=sub_items))
        return tuple(left)

"""The published programme: one immutable value that holds all four languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic

from programme.document.kinds_of_fields import derived
from programme.document.nodes import (
    AgendaItem,
    Day,
    Delegation,
    Meeting,
    Panel,
    Placement,
    Sitting,
    T,
    Text,
    Texts,
    TimetableEntry,
)
from programme.document.one_language import Reader
from programme.document.stored import SCHEMA, decoded, encoded, in_order, shared, upgraded


@dataclass(frozen=True, slots=True)
class ProgrammeDocument(Generic[T]):
    """A whole programme: meeting, agenda, timetable, panels and all delegations."""

    meeting: Meeting[T]
    agenda: tuple[AgendaItem[T], ...]
    timetable: tuple[Day[T], ...]
    panels: tuple[Panel[T], ...]
    delegations: tuple[Delegation[T], ...]
    words: Mapping[str, T]
    """Headings and phrases that stand inside the programme ("Agenda", "continued")."""
    schema: int = SCHEMA
    unplaced: tuple[AgendaItem[T], ...] = derived(())
    """The agenda without what stands in the timetable."""

    def items(self) -> Iterator[AgendaItem[T]]:
        """Every item and sub-item, in the order of the agenda."""
        for item in self.agenda:
            yield from item.walk()

    def item(self, slug: str) -> AgendaItem[T] | None:
        """The item with this label in addresses, or None."""
        return next((item for item in self.items() if item.slug == slug), None)

    def parents_of(self, item: AgendaItem[T]) -> tuple[AgendaItem[T], ...]:
        """The items above an item, outermost first."""
        return tuple(
            above
            for above in self.items()
            if above.id != item.id and any(beneath.id == item.id for beneath in above.walk())
        )

    def entries(self) -> Iterator[tuple[Day[T], Sitting[T] | None, TimetableEntry[T]]]:
        """What stands in the timetable, sittings before what is in them, each with its day.

        Second is the sitting that it stands in, or None.
        """
        for day in self.timetable:
            for sitting, entry in day.walk():
                yield day, sitting, entry

    def placements(self) -> Iterator[tuple[Day[T], Sitting[T] | None, Placement[T]]]:
        """Where items stand in the timetable, as `entries` has it."""
        for day, sitting, entry in self.entries():
            if isinstance(entry, Placement):
                yield day, sitting, entry

    def panel(self, slug: str) -> Panel[T] | None:
        """The panel with this address, or None."""
        return next((panel for panel in self.panels if panel.slug == slug), None)

    def delegation(self, code: str) -> Delegation[T] | None:
        """The delegation with this code, or None."""
        return next((one for one in self.delegations if one.code == code), None)

    def named_codes(self) -> frozenset[str]:
        """Codes of the delegations that stand in a named list."""
        return frozenset(
            entry.delegation_code
            for item in self.items()
            for speaking_list in item.lists
            for entry in speaking_list.entries
        )

    def named_ids(self) -> frozenset[str]:
        """Ids of the delegations that stand in a named list."""
        codes = self.named_codes()
        return frozenset(one.id for one in self.delegations if one.code in codes)

    def in_language(self: ProgrammeDocument[Texts], language: str) -> ProgrammeDocument[Text]:
        """The programme for a reader of one language, with lists sorted for that language."""
        return Reader(language).document(self)

    def to_json(self: ProgrammeDocument[Texts]) -> str:
        """The canonical stored form: the same document always gives the same bytes."""
        return json.dumps(encoded(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @staticmethod
    def from_json(stored: str) -> ProgrammeDocument[Texts]:
        """Read a stored form of this or any earlier schema, with its texts healed.

        Raises UnknownSchemaError for a newer one.
        """
        data = upgraded(json.loads(stored))
        document: ProgrammeDocument[Texts] = decoded(ProgrammeDocument, data)
        delegations = map(shared, data["delegations"], map(in_order, document.delegations))
        return replace(document, delegations=tuple(delegations))

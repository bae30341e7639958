"""From a document back to rows: which columns of which rows say what it says.

The opposite of `compiling.py`, without a query. Two columns are not in a document: the kind of a
break (its name is), and whether "6" is a number or a free label (what it reads is). They are
derived so that compiling gives the same document; the row, if it still exists, is asked first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from meetings.models import Break, Meeting, Sitting, Venue
from meetings.rows import LANGUAGES, column
from meetings.texts.text_states import text_fields
from meetings.writing import managed_columns
from panels.models import Panel, Panellist
from programme.document import nodes as doc
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.document.words import BREAKS, in_all_languages
from programme.language.labels import item_label, numbers_of
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)


@dataclass(frozen=True, slots=True)
class RowOfDocument:
    """A row as a document has it."""

    model: type[models.Model]
    id: uuid.UUID
    columns: Mapping[str, Any]
    """Every column but the position, which is its place in the order; relations as `<name>_id`."""
    texts: Mapping[str, Texts]
    """What stands in the translated fields, with its state."""
    delegation_code: str = ""
    label: Texts = field(default_factory=Texts)
    """Of an item; its provenance is that of the number."""


def rows_of(
    document: ProgrammeDocument[Texts],
    *,
    delegations: Mapping[str, uuid.UUID],
    present: Mapping[uuid.UUID, models.Model],
) -> list[RowOfDocument]:
    """All rows that a document was made of, each owner before what is beneath it, in order.

    `delegations` gives ids by code; a row that names another one has none. `present` are the
    rows as they are now, as far as they still exist.
    """
    return list(_Decompiling(document, delegations, present).rows())


class _Decompiling:
    def __init__(
        self,
        document: ProgrammeDocument[Texts],
        delegations: Mapping[str, uuid.UUID],
        present: Mapping[uuid.UUID, models.Model],
    ) -> None:
        self.document = document
        self.delegations = delegations
        self.present = present
        self.meeting_id = uuid.UUID(document.meeting.id)
        self.words_of_breaks = {kind: in_all_languages(word) for kind, word in BREAKS.items()}

    def rows(self) -> Iterator[RowOfDocument]:
        yield from self.meeting(self.document.meeting)
        places = {}
        for node, day, sitting_id in _standing(self.document):
            if isinstance(node, doc.Sitting):
                yield _row(Sitting, node, meeting_id=self.meeting_id, date=day)
            elif isinstance(node, doc.PanelSlot):
                places[node.panel_id] = sitting_id
        yield from self.items(self.document.agenda, None, ())
        for node, day, sitting_id in _standing(self.document):
            if isinstance(node, doc.Placement):
                item_id = uuid.UUID(node.item_id)
                yield _row(ItemPlacement, node, item_id=item_id, date=day, sitting_id=sitting_id)
            elif isinstance(node, doc.Break):
                yield self.pause(node, date=day, sitting_id=sitting_id)
        for panel in self.document.panels:
            owner = _row(Panel, panel, meeting_id=self.meeting_id, sitting_id=places.get(panel.id))
            yield owner
            for panellist in panel.panellists:
                yield self.naming(Panellist, panellist, panel_id=owner.id)

    def meeting(self, node: doc.Meeting[Texts]) -> Iterator[RowOfDocument]:
        if node.venue:
            yield _row(Venue, node.venue)
        yield _row(
            Meeting,
            node,
            venue_id=uuid.UUID(node.venue.id) if node.venue else None,
            follows_id=uuid.UUID(node.follows.id) if node.follows else None,
        )

    def pause(self, node: doc.Break[Texts], **place: Any) -> RowOfDocument:
        """A break; what bears the name of its kind has no name of its own."""
        common = {"meeting_id": self.meeting_id, **place}
        for kind, words in self.words_of_breaks.items():
            if node.name == words:
                return _row(Break, node, texts={"name": Texts()}, kind=kind, **common)
        row = self.present.get(uuid.UUID(node.id))
        kind = row.kind if isinstance(row, Break) else Break.Kind.OTHER.value
        return _row(Break, node, kind=kind, **common)

    # --- agenda

    def items(
        self, nodes: tuple[doc.AgendaItem[Texts], ...], parent_id: uuid.UUID | None, above: Numbers
    ) -> Iterator[RowOfDocument]:
        """Items on one level with all beneath them; `above` are the numbers of their parents."""
        level = len(above)
        proven = {node.id: _number_beneath(node, level) for node in nodes}
        taken = {
            one.id: proven[one.id] or max(_numbers(one, level)[-1:], default=None) for one in nodes
        }
        for node in nodes:
            others = {number for key, number in taken.items() if key != node.id}
            number, label = self.number_and_label(node, proven[node.id], others, above)
            row = _row(
                AgendaItem,
                node,
                meeting_id=self.meeting_id,
                parent_id=parent_id,
                number=number,
                label=label,
            )
            yield row
            yield from self.beneath(node, row.id)
            yield from self.items(node.sub_items, row.id, (*above, number or 0))

    def number_and_label(
        self,
        node: doc.AgendaItem[Texts],
        proven: int | None,
        others: set[int | None],
        above: Numbers,
    ) -> tuple[int | None, str]:
        """Number and free label; `proven` is the number that stands in labels of sub-items."""
        free = node.label.wordings["en"].value if node.label else ""
        row = self.present.get(uuid.UUID(node.id))
        if isinstance(row, AgendaItem) and _reads(node, row.label) and (row.label or 0 in above):
            # Its number shows nowhere but, perhaps, in the labels of its sub-items.
            kept = row.number if row.number not in others else None
            return proven or kept, row.label
        numbers = _numbers(node, len(above))
        if numbers and numbers[:-1] == above and numbers[-1] not in others:
            return numbers[-1], ""
        return proven, free

    def beneath(self, node: doc.AgendaItem[Texts], item_id: uuid.UUID) -> Iterator[RowOfDocument]:
        for presenter in node.presenters:
            yield self.naming(Presenter, presenter, item_id=item_id)
        for speaking_list in node.lists:
            open_to: dict[str, Any] = {
                f"open_to_{one}": one in speaking_list.open_to for one in SpeakingList.CATEGORIES
            }
            yield _row(SpeakingList, speaking_list, item_id=item_id, **open_to)
            for entry in speaking_list.entries:
                yield self.naming(SpeakingListEntry, entry, list_id=uuid.UUID(speaking_list.id))

    def naming(self, model: type[models.Model], node: Any, **columns: Any) -> RowOfDocument:
        """A row that names a delegation, perhaps."""
        code = node.delegation_code
        return _row(model, node, code=code, delegation_id=self.delegations.get(code), **columns)


def _row(
    model: type[models.Model],
    node: Any,
    *,
    texts: Mapping[str, Texts] | None = None,
    code: str = "",
    **columns: Any,
) -> RowOfDocument:
    """A row whose columns are called as the fields of its node, but for those given."""
    if texts is None:
        texts = {name: getattr(node, name) for name in text_fields(model)}
    values = {
        column(name, language): one.wordings[language].value if language in one.wordings else ""
        for name, one in texts.items()
        for language in LANGUAGES
    }
    values |= {name: getattr(node, name) for name in managed_columns(model) if hasattr(node, name)}
    label = node.label if isinstance(node, doc.AgendaItem) else Texts()
    return RowOfDocument(model, uuid.UUID(node.id), values | columns, texts, code, label)


def _standing(
    document: ProgrammeDocument[Texts],
) -> Iterator[tuple[Any, date, uuid.UUID | None]]:
    """Every entry of the timetable with its day and sitting."""
    for day in document.timetable:
        for entry in day.entries:
            yield entry, day.date, None
            if isinstance(entry, doc.Sitting):
                for inner in entry.entries:
                    yield inner, day.date, uuid.UUID(entry.id)


# --- numbers -----------------------------------------------------------------------------

Numbers = tuple[int, ...]


def _reads(node: doc.AgendaItem[Texts], label: str) -> bool:
    """Whether an item bears this label in all languages, or none."""
    return {one.value for one in node.label.wordings.values()} == ({label} if label else set())


def _numbers(node: doc.AgendaItem[Texts], level: int) -> Numbers:
    """The numbers that an item's label is made of; () where it is made of none."""
    numbers = numbers_of(node.slug)
    if len(numbers) != level + 1:
        return ()
    wordings = node.label.wordings
    as_numbered = (wordings[one].value == item_label(numbers, one) for one in wordings)
    return numbers if wordings and all(as_numbered) else ()


def _number_beneath(node: doc.AgendaItem[Texts], level: int) -> int | None:
    """The number of an item, as the labels of its sub-items have it."""
    for depth, beneath in ((level + 1, node.sub_items), (level + 2, _second(node))):
        for one in beneath:
            if numbers := _numbers(one, depth):
                return numbers[level]
    return None


def _second(node: doc.AgendaItem[Texts]) -> tuple[doc.AgendaItem[Texts], ...]:
    return tuple(one for sub_item in node.sub_items for one in sub_item.sub_items)

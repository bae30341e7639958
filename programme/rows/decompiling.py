"""From a document back to rows: which columns of which rows say what it says.

The opposite of `compiling.py`, without a query.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from django.db import models

from meetings.models import Break, Meeting, Sitting, Venue
from meetings.rows import LANGUAGES, Provenance, column
from meetings.texts.text_states import text_fields
from meetings.types import Values
from meetings.writing import WantedRow, managed_columns
from panels.models import Panel, Panellist
from programme.document import nodes as doc
from programme.document.nodes import Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)


def rows_of(
    document: ProgrammeDocument[Texts], *, delegations: Mapping[str, uuid.UUID]
) -> list[WantedRow]:
    """All rows that a document was made of, each owner before what is beneath it, in order.

    Every column is wanted but the position, which is the place in the order. `delegations` gives
    ids by code; who is not in it has the id that the document gives.
    """
    return list(_Decompiling(document, delegations).rows())


class _Decompiling:
    def __init__(
        self, document: ProgrammeDocument[Texts], delegations: Mapping[str, uuid.UUID]
    ) -> None:
        self.document = document
        known = {one.code: uuid.UUID(one.id) for one in document.delegations}
        self.delegations = {"": None, **known, **delegations}
        self.meeting_id = uuid.UUID(document.meeting.id)

    def rows(self) -> Iterator[WantedRow]:
        yield from self.meeting(self.document.meeting)
        of_meeting: Values = {"meeting_id": self.meeting_id}
        for day, _sitting, node in self.document.entries():
            if isinstance(node, doc.Sitting):
                yield _row(Sitting, node, date=day.date, **of_meeting)
        yield from self.items(self.document.agenda, None)
        places = {}
        for day, sitting, node in self.document.entries():
            sitting_id = places[node.id] = uuid.UUID(sitting.id) if sitting else None
            place: Values = {"date": day.date, "sitting_id": sitting_id}
            match node:
                case doc.Placement():
                    yield _row(ItemPlacement, node, item_id=uuid.UUID(node.item_id), **place)
                case doc.Break():
                    yield _row(Break, node, **of_meeting, **place)
        for panel in self.document.panels:
            owner = _row(Panel, panel, sitting_id=places.get(panel.id), **of_meeting)
            yield owner
            for panellist in panel.panellists:
                yield self.naming(Panellist, panellist, panel_id=owner.id)

    def meeting(self, node: doc.Meeting[Texts]) -> Iterator[WantedRow]:
        if node.venue:
            yield _row(Venue, node.venue)
        yield _row(
            Meeting,
            node,
            venue_id=uuid.UUID(node.venue.id) if node.venue else None,
            follows_id=uuid.UUID(node.follows.id) if node.follows else None,
        )

    # --- agenda

    def items(
        self, nodes: tuple[doc.AgendaItem[Texts], ...], parent_id: uuid.UUID | None
    ) -> Iterator[WantedRow]:
        """Items on one level with all beneath them."""
        for node in nodes:
            row = _row(
                AgendaItem,
                node,
                meeting_id=self.meeting_id,
                parent_id=parent_id,
                label=node.free_label,
            )
            yield row
            yield from self.beneath(node, row.id)
            yield from self.items(node.sub_items, row.id)

    def beneath(self, node: doc.AgendaItem[Texts], item_id: uuid.UUID) -> Iterator[WantedRow]:
        for presenter in node.presenters:
            yield self.naming(Presenter, presenter, item_id=item_id)
        for speaking_list in node.lists:
            open_to: Values = {
                f"open_to_{category}": category in speaking_list.open_to
                for category in SpeakingList.CATEGORIES
            }
            yield _row(SpeakingList, speaking_list, item_id=item_id, **open_to)
            for entry in speaking_list.entries:
                yield self.naming(SpeakingListEntry, entry, list_id=uuid.UUID(speaking_list.id))

    def naming(
        self,
        model: type[models.Model],
        node: doc.Speaker[Texts] | doc.ListEntry[Texts],
        **columns: object,
    ) -> WantedRow:
        """A row that names a delegation, perhaps."""
        return _row(model, node, delegation_id=self.delegations[node.delegation_code], **columns)


def _row(model: type[models.Model], node: doc.Node, **columns: object) -> WantedRow:
    """A row whose columns are called as the fields of its node, but for those given."""
    wordings: dict[tuple[str, str], Wording] = {
        (name, language): wording
        for name in text_fields(model)
        for language, wording in getattr(node, name).wordings.items()
    }
    values = {
        column(name, language): one.value if (one := wordings.get((name, language))) else ""
        for name in text_fields(model)
        for language in LANGUAGES
    }
    own = {name: getattr(node, name) for name in managed_columns(model) if hasattr(node, name)}
    provenance = {text: wording.provenance for text, wording in wordings.items()}
    label = (
        next(iter(node.label.wordings.values()), None) if isinstance(node, doc.AgendaItem) else None
    )
    if label and label.provenance != Provenance.OFFICIAL:
        provenance["number", ""] = label.provenance
    behind = frozenset(text for text, wording in wordings.items() if wording.behind)
    return WantedRow(model, uuid.UUID(node.id), values | own | columns, provenance, behind)

"""Taking the public state back: the one arrow that points left, from a document into rows.

What comes back keeps its id, so that a deleted row comes back as itself. Which subjects come back
together, and what would be lost, is said of documents (`programme.comparing.grafting`): here rows
are made to say the result. What the public version does not know is never deleted for another's
sake: then nothing is written.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from meetings.models import Break, Meeting, Sitting, Venue
from meetings.rows import OrderedRow
from meetings.texts.text_states import write_states
from meetings.writing import WantedRow, delete, going_with, plain, write
from panels.models import Panel, Panellist
from programme.comparing.changes import Subject
from programme.comparing.grafting import TakenBack, taken_back
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)
from programme.rows.compiling import document_of
from programme.rows.decompiling import rows_of
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import problems_of
from programme.rows.restoring_refusals import CannotRestoreError, RowsMovedError, refuse_obstacles

OF_A_MEETING = (
    *(Sitting, Break, Panel, Panellist),
    *(AgendaItem, Presenter, ItemPlacement, SpeakingList, SpeakingListEntry),
)

WRITES: Mapping[type[models.Model], tuple[str, ...]] = {
    Meeting: ("change",),
    Venue: ("add",),
    **dict.fromkeys(OF_A_MEETING, ("add", "change", "delete")),
}
"""What taking back may do to rows, by kind."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What taking back wrote: ids of rows, and subjects that had to come back as well."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    too: tuple[Subject, ...] = ()


def restore(
    meeting: Meeting,
    subjects: Collection[str] | None = None,
    *,
    document: ProgrammeDocument[Texts],
    expected_digest: str = "",
) -> Restored:
    """Make rows say what a published document of the meeting says of some subjects, or of all.

    A subject that the document does not hold is deleted. The meeting as a subject is its own
    fields and the order of its parts. Shared rows (delegations, the meeting that this one
    follows, a venue that exists) stay as they are. The same number of queries for any number of
    items. `expected_digest` is that of the draft that the caller looked at ("": whichever).
    Raises CannotRestoreError or RowsMovedError.
    """
    try:
        with transaction.atomic():
            Meeting.objects.select_for_update().get(pk=meeting.pk)
            rows = MeetingRows(meeting.pk, for_update=True)
            draft = document_of(rows)
            if expected_digest and digest_of(draft.to_json()) != expected_digest:
                raise RowsMovedError
            return _Restoring(rows, draft, taken_back(draft, document, subjects)).restored()
    except IntegrityError as error:
        raise CannotRestoreError(
            [_("A colleague saved something at the same moment. Try again.")]
        ) from error


class _Restoring:
    """Brings rows in memory, then in the database, from one document to another."""

    def __init__(self, rows: MeetingRows, draft: ProgrammeDocument[Texts], back: TakenBack) -> None:
        self.rows, self.back = rows, back
        self.present: dict[uuid.UUID, models.Model] = {row.pk: row for row in rows.all()}
        self.before = self._wanted(draft)
        self.after = self._wanted(back.document)
        venues = [row.id for row in self.after.values() if row.model is Venue]
        self.shared = Venue.objects.in_bulk(venues)
        self.created: dict[uuid.UUID, models.Model] = {}
        self.changed: dict[uuid.UUID, set[str]] = {}

    def _wanted(self, document: ProgrammeDocument[Texts]) -> dict[uuid.UUID, WantedRow]:
        delegations = {row.code: row.pk for row in self.rows.delegations}
        found = rows_of(document, delegations=delegations)
        return {row.id: row for row in found}

    def restored(self) -> Restored:
        broken = {one.row.pk for one in problems_of(self.rows)}
        written = [row for row in self.after.values() if self._is_written(row)]
        refuse_obstacles(self.back, written, self.rows)
        for row in written:
            self._set_columns(row)
        self._set_positions()
        restored = self._write()
        write_states(written, self.changed)
        problems = problems_of(MeetingRows(self.rows.meeting.pk))
        if new := [one for one in problems if one.row.pk not in broken]:
            raise CannotRestoreError([str(one) for one in new], [str(one.row.pk) for one in new])
        return restored

    def _is_written(self, row: WantedRow) -> bool:
        """Whether it may say otherwise now: it was chosen, or goes along with what was."""
        is_chosen = self.back.holds(str(row.id)) or self.before.get(row.id) != row
        return is_chosen and row.id not in self.shared

    def _row(self, key: uuid.UUID) -> Any:
        return self.created.get(key) or self.present[key]

    def _set_columns(self, wanted: WantedRow) -> None:
        if wanted.id in self.present:
            self.changed[wanted.id] = set()
        else:
            self.created[wanted.id] = wanted.model(pk=wanted.id)
        for name, value in wanted.values.items():
            is_gone = name == "follows_id" and not Meeting.objects.filter(pk=value).exists()
            if not (value and is_gone):  # what is gone is nothing to follow
                self._set(wanted.id, name, value)

    def _set(self, key: uuid.UUID, name: str, value: object) -> None:
        row = self._row(key)
        if plain(getattr(row, name)) != plain(value):
            self.changed.setdefault(key, set()).add(name)
            setattr(row, name, value)

    def _set_positions(self) -> None:
        """Number siblings anew where others stand among them, or they in another order."""
        before = _siblings(self.before.values())
        for group, keys in _siblings(self.after.values()).items():
            positions = [self._row(key).position for key in keys]
            if (self.back.is_whole or keys != before.get(group)) and not _is_rising(positions):
                for position, key in enumerate(keys, start=1):
                    self._set(key, "position", position)

    def _write(self) -> Restored:
        changed = {
            self.present[key]: names
            for key, names in self.changed.items()
            if names and key in self.present
        }
        gone = [row for key, row in self.present.items() if self._is_gone(key)]
        # Two entries may have exchanged their delegations, which no order of updates allows.
        entries = [row for row in (*changed, *gone) if isinstance(row, SpeakingListEntry)]
        delete(entries)
        write(
            created=[*self.created.values(), *(row for row in changed if row in entries)],
            changed=[(row, names) for row, names in changed.items() if row not in entries],
            gone=[row for row in gone if row not in entries],
            refuse=self._refuse_loss,
        )
        return Restored(_ids(self.created.values()), _ids(changed), _ids(gone), self.back.too)

    def _is_gone(self, key: uuid.UUID) -> bool:
        return key not in self.after and (key in self.before or self.back.holds(str(key)))

    def _refuse_loss(self, gone: Collection[models.Model]) -> None:
        """Refuse to take along what a colleague has put beneath it since the rows were read."""
        if {row.pk for row in going_with(gone)} - (self.present.keys() - self.after.keys()):
            raise RowsMovedError


def _siblings(rows: Iterable[WantedRow]) -> dict[tuple[object, ...], list[uuid.UUID]]:
    """Ids of rows that have a place among others, in order."""
    groups: dict[tuple[object, ...], list[uuid.UUID]] = defaultdict(list)
    for row in rows:
        if issubclass(row.model, OrderedRow):
            shared = (row.values[name] for name in row.model.siblings_share)
            groups[row.model, *shared].append(row.id)
    return groups


def _is_rising(positions: list[int | None]) -> bool:
    known = [one for one in positions if one is not None]
    return known == positions and all(one < other for one, other in pairwise(known))


def _ids(rows: Iterable[models.Model]) -> tuple[str, ...]:
    return tuple(str(row.pk) for row in rows)

"""Taking the public state back: the one arrow that points left, from a document into rows.

What comes back keeps its id, so that a deleted row comes back as itself. A subject comes back
with all that lies beneath it, and with what it cannot stand without: the items above it, its
sitting, and whatever took its number or address meanwhile, as far as the document knows that.
What the document does not know is never deleted for another's sake: then nothing is written.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, pairwise
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Break, InTimetable, Meeting, Sitting, Venue
from meetings.rows import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    UNKNOWN_SOURCE,
    OrderedRow,
    Provenance,
    TextState,
    column,
    text_digest,
)
from meetings.writing import (
    create,
    delete,
    going_with,
    hold_for_deletion,
    plain,
    put_aside,
    update,
)
from panels.models import Panel
from programme.comparing.changes import Subject
from programme.comparing.changes import subjects as subjects_of
from programme.document.nodes import Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.models import ItemPlacement, SpeakingListEntry
from programme.rows.compiling import document_of
from programme.rows.decompiling import RowOfDocument, rows_of
from programme.rows.importing import ASIDE
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import problems_of
from programme.rows.restoring_choice import OWNERS, Choice
from programme.rows.restoring_refusals import CannotRestoreError, RowsMovedError, refuse_obstacles

RowT = TypeVar("RowT", bound=models.Model)


StateKey = tuple[uuid.UUID, str, str]


WRITES: Mapping[type[models.Model], tuple[str, ...]] = {
    Meeting: ("change",),
    Venue: ("add",),
    **dict.fromkeys((Sitting, Break, Panel, *OWNERS), ("add", "change", "delete")),
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
            if expected_digest and digest_of(document_of(rows).to_json()) != expected_digest:
                raise RowsMovedError
            return _restore(rows, subjects, document)
    except IntegrityError as error:
        raise CannotRestoreError(
            [_("A colleague saved something at the same moment. Try again.")]
        ) from error


def _restore(
    rows: MeetingRows, subjects: Collection[str] | None, document: ProgrammeDocument[Texts]
) -> Restored:
    broken = {one.row.pk for one in problems_of(rows)}
    present: dict[uuid.UUID, models.Model] = {row.pk: row for row in rows.all()}
    delegations = _delegations(rows, document)
    stored = {row.id: row for row in rows_of(document, delegations=delegations)}
    present |= {row.pk: row for row in Venue.objects.filter(pk__in=stored)}
    choice = Choice(rows.meeting, present, stored)
    choice.choose(subjects)
    asked = {str(key) for key in choice.whole}
    choice.complete()
    refuse_obstacles(choice, document)
    restored = _Writing(choice, rows.states).write()
    if new := [
        one for one in problems_of(MeetingRows(rows.meeting.pk)) if one.row.pk not in broken
    ]:
        raise CannotRestoreError([str(one) for one in new], [str(one.row.pk) for one in new])
    written = {*restored.created, *restored.changed} - asked
    too = tuple(one for key, one in subjects_of(document).items() if key in written)
    return replace(restored, too=too)


def _delegations(rows: MeetingRows, document: ProgrammeDocument[Texts]) -> dict[str, uuid.UUID]:
    """Who bears each code of the document now: the same code, or else the same row."""
    by_code = {row.code: row.pk for row in rows.delegations}
    ids = {str(row.pk): row.pk for row in rows.delegations}
    found = {one.code: by_code.get(one.code) or ids.get(one.id) for one in document.delegations}
    return {code: key for code, key in found.items() if key}


class _Writing:
    """Brings rows in memory, then in the database, in line with a choice."""

    def __init__(self, choice: Choice, states: Mapping[StateKey, TextState]) -> None:
        self.choice, self.states = choice, states
        self.order = {key: place for place, key in enumerate(choice.stored)}
        self.created: dict[uuid.UUID, models.Model] = {}
        self.changed: dict[uuid.UUID, set[str]] = defaultdict(set)

    def write(self) -> Restored:
        choice = self.choice
        self._set_columns()
        self._number()
        changed = [choice.present[key] for key in self.changed if key not in self.created]
        gone = [choice.present[key] for key in choice.gone]
        # Two entries may have exchanged their delegations, which no order of updates allows.
        anew = [row for row in changed if isinstance(row, SpeakingListEntry)]
        kept = [row for row in changed if not isinstance(row, SpeakingListEntry)]
        self._hold_what_goes(gone)
        with translation.override(SOURCE_LANGUAGE):
            delete([*anew, *(row for row in gone if isinstance(row, SpeakingListEntry))])
            put_aside([*kept, *gone], ASIDE)
            create([*self.created.values(), *anew])
            update([(row, self.changed[row.pk]) for row in kept], ASIDE)
            delete(row for row in gone if not isinstance(row, SpeakingListEntry))
        self._write_states()
        return Restored(_ids(self.created.values()), _ids(changed), _ids(gone))

    def _hold_what_goes(self, gone: Sequence[models.Model]) -> None:
        """Refuse to take along what a colleague has put beneath it since the rows were read."""
        hold_for_deletion(gone)
        if {row.pk for row in going_with(gone)} - self.choice.gone - self.choice.stored.keys():
            raise RowsMovedError

    def _set_columns(self) -> None:
        choice = self.choice
        followed = choice.value(choice.meeting.pk, "follows_id")
        if followed and not Meeting.objects.filter(pk=followed).exists():
            choice.columns[choice.meeting.pk].discard("follows_id")
        for key, names in choice.columns.items():
            if key not in choice.present:
                self.created[key] = choice.stored[key].model(pk=key)
            for name in names:
                self._set(self._row(key), name, choice.stored[key].columns[name])
        for key in list(choice.remaining()):
            row = self._row(key)
            if isinstance(row, InTimetable):
                self._set(row, "date", choice.date(key))

    def _row(self, key: uuid.UUID) -> models.Model:
        return self.created.get(key) or self.choice.present[key]

    def _set(self, row: models.Model, name: str, value: Any) -> None:
        if row.pk not in self.created and plain(getattr(row, name)) != plain(value):
            self.changed[row.pk].add(name)
        setattr(row, name, value)

    def _changes(self, key: uuid.UUID) -> set[str]:
        return self.changed.get(key, set())

    # --- order

    def _number(self) -> None:
        """Give positions to what came back, among its siblings."""
        groups: dict[tuple[Any, ...], list[OrderedRow]] = defaultdict(list)
        for key in self.choice.remaining():
            row = self._row(key)
            if isinstance(row, OrderedRow):
                shared = (getattr(row, name) for name in row.siblings_share)
                groups[type(row), *shared].append(row)
        for siblings in groups.values():
            ordered = self._in_order(siblings)
            if not _is_rising([one.position for one in ordered]):
                for position, row in enumerate(ordered, start=1):
                    self._set(row, "position", position)

    def _in_order(self, siblings: list[OrderedRow]) -> list[OrderedRow]:
        """Siblings in their new order; none where nothing came back among them."""
        here = [self._stood_here(one) for one in siblings]
        known = sorted(compress(siblings, here), key=lambda one: self.order[one.pk])
        if self._owner(siblings[0]) in self.choice.reordered:
            # A time among placements would move those without one that stand after it.
            is_timed = isinstance(siblings[0], ItemPlacement)
            others = [one for one, is_known in zip(siblings, here, strict=True) if not is_known]
            return [*known, *others] if is_timed else _merged(known, siblings)
        came = {one.pk for one in known if self._came(one)}
        return _merged([one for one in siblings if one.pk not in came], known) if came else []

    def _owner(self, row: OrderedRow) -> uuid.UUID:
        name = "sitting_id" if isinstance(row, ItemPlacement) else OWNERS[type(row)]
        return getattr(row, name) or self.choice.meeting.pk

    def _stood_here(self, row: OrderedRow) -> bool:
        """Whether the document has it among the same siblings."""
        stored = self.choice.stored.get(row.pk)
        return stored is not None and all(
            getattr(row, name) == stored.columns[name] for name in row.siblings_share
        )

    def _came(self, row: OrderedRow) -> bool:
        return row.pk in self.created or not self._changes(row.pk).isdisjoint(row.siblings_share)

    # --- states of texts

    def _write_states(self) -> None:
        gone: list[Any] = []
        made: list[TextState] = []
        for row in map(self.choice.stored.__getitem__, self.choice.whole):
            for field, language, wording in _wordings(row):
                held = self.states.get((row.id, field, language))
                if wording is None:
                    gone += [held.pk] if held else []
                elif not (held and self._holds(held, row, wording)):
                    made.append(_state(row, field, language, wording))
        TextState.objects.filter(pk__in=gone).delete()
        TextState.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["object_id", "field", "language"],
            update_fields=["provenance", "source_digest"],
        )

    def _holds(self, held: TextState, row: RowOfDocument, wording: Wording) -> bool:
        """Whether a state says already what the document says."""
        is_new = column(held.field, held.language) in self._changes(row.id)
        return (
            held.provenance == wording.provenance
            and held.is_behind(_english(row, held.field)) == wording.behind
            and not (wording.behind and is_new)
        )


def _ids(rows: Iterable[models.Model]) -> tuple[str, ...]:
    return tuple(str(row.pk) for row in rows)


def _is_rising(positions: Sequence[int | None]) -> bool:
    known = [one for one in positions if one is not None]
    return known == positions and all(one < other for one, other in pairwise(known))


def _merged(base: Sequence[RowT], reference: Iterable[RowT]) -> list[RowT]:
    """The rows of `base`, and those of `reference` each after the one that it follows there."""
    there = {row.pk for row in base}
    followers: dict[uuid.UUID | None, list[RowT]] = defaultdict(list)
    last = None
    for row in reference:
        if row.pk in there:
            last = row.pk
        else:
            followers[last].append(row)
    return followers[None] + [one for row in base for one in (row, *followers[row.pk])]


def _wordings(row: RowOfDocument) -> Iterator[tuple[str, str, Wording | None]]:
    """Every text that a row may have, by field and language; and where its number comes from."""
    for field, texts in row.texts.items():
        for language in LANGUAGES:
            yield field, language, texts.wordings.get(language)
    for label in list(row.label.wordings.values())[:1]:
        yield "number", "", None if label.provenance == Provenance.OFFICIAL else label


def _english(row: RowOfDocument, field: str) -> str:
    return row.columns.get(column(field, SOURCE_LANGUAGE)) or ""


def _state(row: RowOfDocument, field: str, language: str, wording: Wording) -> TextState:
    source = text_digest(_english(row, field)) if language not in ("", SOURCE_LANGUAGE) else ""
    return TextState(
        content_type=ContentType.objects.get_for_model(row.model),
        object_id=row.id,
        field=field,
        language=language,
        provenance=wording.provenance,
        source_digest=UNKNOWN_SOURCE if wording.behind else source,
    )

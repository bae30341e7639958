"""Keeps, at each save, where a text comes from and which English it was translated from."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from meetings.rows import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    UNKNOWN_SOURCE,
    Provenance,
    TextState,
    column,
    text_digest,
    translated_fields,
    wording,
)
from meetings.writing import WantedRow

Key = tuple[uuid.UUID, str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """A row as it is saved now, and the texts that its columns held before (none: a new row).

    `seen` has the texts that the editor had in view, where the columns held newer ones already.
    """

    row: models.Model
    before: Mapping[str, str]
    seen: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stored: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Of texts that the save only heals, what the columns held."""

    def was(self, field: str, language: str) -> str:
        """The text before the save."""
        return self.before.get(column(field, language), "")

    def source(self, field: str) -> str:
        """The English that a translation written now is made from."""
        return source_in_view(self.row, field, self.seen)

    def only_heals_source_of(self, state: TextState | None) -> bool:
        """Whether a translation was made from the English that the save only heals."""
        if state is None or not state.source_digest:
            return False
        stored = self.stored.get(column(state.field, SOURCE_LANGUAGE))
        return stored is not None and not state.is_behind(stored)

    def is_changed(self, field: str, language: str) -> bool:
        """Whether the save gives the text another wording."""
        return self.was(field, language) != wording(self.row, field, language)


def text_fields(model: type[models.Model]) -> tuple[str, ...]:
    """The translated fields that people write; sort keys are derived from them."""
    fields = translated_fields(model)
    return tuple(one for one in fields if model._meta.get_field(one).editable)


def wordings(row: models.Model) -> dict[str, str]:
    """All texts of a row by column, to be kept as what stood there before a save."""
    return {
        column(field, language): wording(row, field, language)
        for field in text_fields(type(row))
        for language in LANGUAGES
    }


def source_in_view(row: models.Model, field: str, seen: Mapping[str, str]) -> str:
    """The English that somebody had in view who wrote or judged a translation of it."""
    name = column(field, SOURCE_LANGUAGE)
    return seen[name] if name in seen else wording(row, field, SOURCE_LANGUAGE)


def record(edits: Iterable[Edit], *, translations_hold: bool = False) -> None:
    """Bring the states of texts in line with a save; call it in the save's transaction.

    What is written anew in English is official, unless it is marked as inferred; what is written
    in another language keeps its provenance, at first unofficial, and is made from the English that
    its editor had in view. A translation left alone while its English changed falls behind; with
    `translations_hold` it counts as made from the present English. A text that is gone has no
    state. Three queries at most, for any number of rows.
    """
    edits = list(edits)
    with transaction.atomic():
        held = _held([one.row.pk for one in edits])
        _delete(held, edits)
        states = [state for one in edits for state in _states(one, held, hold=translations_hold)]
        if states:
            TextState.objects.put(states)


def _held(ids: Collection[uuid.UUID]) -> dict[Key, TextState]:
    states = TextState.objects.of_rows(ids) if ids else ()
    return {(one.object_id, one.field, one.language): one for one in states}


def _delete(held: Mapping[Key, TextState], edits: list[Edit]) -> None:
    gone = [
        state.pk
        for edit in edits
        for field in text_fields(type(edit.row))
        for language in LANGUAGES
        if (state := held.get((edit.row.pk, field, language)))
        and not wording(edit.row, field, language)
    ]
    if gone:
        TextState.objects.filter(pk__in=gone).delete()


def _states(edit: Edit, held: Mapping[Key, TextState], *, hold: bool) -> Iterator[TextState]:
    """The states to be written for one row; what stays as it is is left out."""
    for field in text_fields(type(edit.row)):
        for language in LANGUAGES:
            if wording(edit.row, field, language):
                state = held.get((edit.row.pk, field, language))
                yield from _state(edit, field, language, state, hold=hold)


def _state(
    edit: Edit, field: str, language: str, state: TextState | None, *, hold: bool
) -> Iterator[TextState]:
    provenance = state.provenance if state else ""
    present = text_digest(edit.source(field))
    if edit.is_changed(field, language):
        if language == SOURCE_LANGUAGE:
            kept = Provenance.INFERRED if provenance == Provenance.INFERRED else ""
            yield _made(edit, field, language, kept or Provenance.OFFICIAL, "")
        else:
            yield _made(edit, field, language, provenance or Provenance.UNOFFICIAL, present)
    elif language != SOURCE_LANGUAGE and edit.is_changed(field, SOURCE_LANGUAGE):
        # Pages take a text without a state for official.
        provenance = provenance or Provenance.OFFICIAL
        if hold:
            yield _made(edit, field, language, provenance, present)
        elif not (state and state.source_digest):
            was = text_digest(edit.was(field, SOURCE_LANGUAGE))
            yield _made(edit, field, language, provenance, was)
    elif edit.only_heals_source_of(state):
        yield _made(edit, field, language, provenance, present)


def _made(edit: Edit, field: str, language: str, provenance: str, source_digest: str) -> TextState:
    return _new_state(type(edit.row), (edit.row.pk, field, language), provenance, source_digest)


def _new_state(
    model: type[models.Model], key: Key, provenance: str, source_digest: str
) -> TextState:
    object_id, field, language = key
    return TextState(
        content_type=ContentType.objects.get_for_model(model),
        object_id=object_id,
        field=field,
        language=language,
        provenance=provenance,
        source_digest=source_digest,
    )


# --- of rows that a file or a document wants -------------------------------------------------


def write_states(rows: Iterable[WantedRow], changed: Mapping[uuid.UUID, Collection[str]]) -> None:
    """Bring the states of texts in line with rows that were written; in the same transaction.

    `changed` names the columns of which rows got another value; what is not in it is new.
    """
    rows = list(rows)
    held = _held([row.id for row in rows])
    wanted = {
        (row.id, *text): _wanted(row, text, held.get((row.id, *text)), changed.get(row.id))
        for row in rows
        for text in row.provenance
    }
    # Of what is no text, a document says only where numbers come from.
    of_documents = {row.id for row in rows if row.behind is not None}
    if gone := [
        state.pk
        for key, state in held.items()
        if key not in wanted
        and (state.language or state.field == "number" or state.object_id not in of_documents)
    ]:
        TextState.objects.filter(pk__in=gone).delete()
    TextState.objects.put(state for state in wanted.values() if state.pk is None)


def _wanted(
    row: WantedRow, text: tuple[str, str], held: TextState | None, changed: Collection[str] | None
) -> TextState:
    """The state that a text is to have: the one that it has, if that says it already.

    A translation that a file leaves as it was keeps the English it had, so that it falls behind
    where the file changes the English alone.
    """
    provenance, source_digest = row.provenance[text], ""
    if text[1] not in ("", SOURCE_LANGUAGE):
        english = row.values.get(column(text[0], SOURCE_LANGUAGE)) or ""
        is_behind = row.behind is not None and text in row.behind
        is_kept = held and changed is not None and column(*text) not in changed
        if held and is_kept and (row.behind is None or held.is_behind(english) == is_behind):
            source_digest = held.source_digest
        else:
            source_digest = UNKNOWN_SOURCE if is_behind else text_digest(english)
    if held and (held.provenance, held.source_digest) == (provenance, source_digest):
        return held
    return _new_state(row.model, (row.id, *text), provenance, source_digest)

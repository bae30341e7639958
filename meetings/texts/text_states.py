"""What a save tells about texts: where each comes from, and which English it was made from."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable, Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from meetings.rows import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    Provenance,
    TextState,
    column,
    text_digest,
    translated_fields,
    wording,
)

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
        held = _held(edits)
        _delete(held, edits)
        states = [state for one in edits for state in _states(one, held, hold=translations_hold)]
        if states:
            TextState.objects.bulk_create(
                states,
                update_conflicts=True,
                unique_fields=["object_id", "field", "language"],
                update_fields=["provenance", "source_digest"],
            )


def _held(edits: list[Edit]) -> dict[Key, TextState]:
    if not edits:
        return {}
    states = TextState.objects.of_rows([one.row.pk for one in edits])
    return {(one.object_id, one.field, one.language): one for one in states}


def _delete(held: Mapping[Key, TextState], edits: list[Edit]) -> None:
    gone = [
        state.pk
        for one in edits
        for field in text_fields(type(one.row))
        for language in LANGUAGES
        if (state := held.get((one.row.pk, field, language)))
        and not wording(one.row, field, language)
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
    return TextState(
        content_type=ContentType.objects.get_for_model(edit.row),
        object_id=edit.row.pk,
        field=field,
        language=language,
        provenance=provenance,
        source_digest=source_digest,
    )

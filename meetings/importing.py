"""Bringing rows from files: what would change, what staff changed meanwhile, all or nothing.

A file's rows carry ids made from their keys, so that importing again meets the same rows.
What an import wrote is remembered by a digest: a row that no longer has it was changed by staff.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, router, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.import_plan import ImportRefusedError, Plan, source_digest
from meetings.models import ImportedRow
from meetings.rows import SOURCE_LANGUAGE, TextState
from meetings.writing import (
    Aside,
    by_model,
    create,
    delete,
    hold_for_deletion,
    put_aside,
    update,
)


def apply_import(plan: Plan, *, aside: Aside) -> None:
    """Write a plan, wholly or not at all.

    `aside` gives values that free the unique columns of rows about to change or go, so that
    two items can change places. Raises ImportRefusedError, and then has written nothing.
    """
    if plan.refused:
        raise ImportRefusedError(plan.refused)
    try:
        with transaction.atomic(), translation.override(SOURCE_LANGUAGE):
            _write(plan, aside)
            _delete(plan)
            _write_states(plan)
            _remember(plan)
    except IntegrityError as error:
        raise ImportRefusedError(
            [_("The file clashes with a row that staff made: %(detail)s") % {"detail": error}]
        ) from error


@contextmanager
def rehearsal(plan: Plan) -> Iterator[None]:
    """Try for a dry run what an import would do; refusals join the plan, nothing is written."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                yield
        except ImportRefusedError as error:
            plan.refused += error.reasons
        transaction.set_rollback(True)


def _write(plan: Plan, aside: Aside) -> None:
    moved = [one for one in plan.changed if one.columns]
    put_aside([*(one.row for one in moved), *(one.row for one in plan.deleted)], aside)
    create(one.model(pk=one.id, **one.values) for one in plan.created)
    for one in moved:
        for name, value in one.planned.values.items():
            setattr(one.row, name, value)
    update([(one.row, one.columns) for one in moved], aside)


def _delete(plan: Plan) -> None:
    if plan.deleted:
        hold_for_deletion(one.row for one in plan.deleted)
        _refuse_harm_to_rows_of_staff(plan)
        delete(one.row for one in plan.deleted)


def _refuse_harm_to_rows_of_staff(plan: Plan) -> None:
    """Refuse to delete or empty, with what the file leaves out, rows that no import made."""
    rows = [one.row for one in plan.deleted]
    collector = NestedObjects(using=router.db_for_write(type(rows[0])))
    for model, its_rows in by_model(rows).items():
        collector.collect(model._default_manager.filter(pk__in=[row.pk for row in its_rows]))
    beneath = [
        row for model, its in collector.data.items() if model is not TextState for row in its
    ]
    updates: list[Any] = [its for sets in collector.field_updates.values() for its in sets]
    emptied = [row for its in updates for row in its]
    harmed = [*beneath, *emptied]
    ids = ImportedRow.objects.filter(object_id__in=[row.pk for row in harmed])
    imported = set(ids.values_list("object_id", flat=True))
    if reasons := [
        _("%(kind)s “%(row)s” was added by staff beneath what the file leaves out")
        % {"kind": row._meta.verbose_name, "row": row}
        for row in harmed
        if row.pk not in imported
    ]:
        raise ImportRefusedError(reasons)


def _write_states(plan: Plan) -> None:
    touched = [*plan.created, *(one.planned for one in plan.changed)]
    held = {
        (one.object_id, one.field, one.language): one
        for one in TextState.objects.of_rows([row.id for row in touched])
    }
    before = {one.planned.id: one.columns for one in plan.changed}
    wanted: dict[tuple[uuid.UUID, str, str], TextState] = {}
    for row in touched:
        for (name, language), provenance in row.provenance.items():
            key = (row.id, name, language)
            wanted[key] = TextState(
                content_type=ContentType.objects.get_for_model(row.model),
                object_id=row.id,
                field=name,
                language=language,
                provenance=provenance,
                source_digest=source_digest(row, name, language, held.get(key), before),
            )
    gone = [state.pk for key, state in held.items() if key not in wanted]
    if gone:
        TextState.objects.filter(pk__in=gone).delete()
    TextState.objects.bulk_create(
        wanted.values(),
        update_conflicts=True,
        unique_fields=["object_id", "field", "language"],
        update_fields=["provenance", "source_digest"],
    )


def _remember(plan: Plan) -> None:
    gone = [one.row.pk for one in plan.deleted] + plan.forgotten
    if gone:
        ImportedRow.objects.filter(object_id__in=gone).delete()
    written = [*plan.created, *(one.planned for one in plan.changed), *plan.unchanged]
    digests = {row.id: row.digest() for row in written}
    known = ImportedRow.objects.filter(object_id__in=digests).values_list("object_id", "digest")
    held = dict(known)
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(
                scope=plan.scope,
                key=row.key,
                model=row.model._meta.label_lower,
                object_id=row.id,
                digest=digests[row.id],
            )
            for row in written
            if held.get(row.id) != digests[row.id]
        ],
        update_conflicts=True,
        unique_fields=["object_id"],
        update_fields=["digest"],
    )

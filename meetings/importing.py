"""Bringing rows from files: what would change, what staff changed meanwhile, all or nothing.

A file's rows carry ids made from their keys, so that importing again meets the same rows.
What an import wrote is remembered by a digest: a row that no longer has it was changed by staff.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from meetings.import_plan import ImportRefusedError, Plan, digest_of
from meetings.models import ImportedRow
from meetings.texts.text_states import write_states
from meetings.writing import emptied_by, going_with, write


def apply_import(plan: Plan) -> None:
    """Write a plan, wholly or not at all.

    Raises ImportRefusedError, and then has written nothing.
    """
    if plan.refused:
        raise ImportRefusedError(plan.refused)
    try:
        with transaction.atomic():
            _write(plan)
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


def _write(plan: Plan) -> None:
    moved = [one for one in plan.changed if one.columns]
    for change in moved:
        for name, value in change.planned.values.items():
            setattr(change.row, name, value)
    write(
        created=[one.model(pk=one.id, **one.values) for one in plan.created],
        changed=[(one.row, one.columns) for one in moved],
        gone=[one.row for one in plan.deleted],
        refuse=_refuse_harm_to_rows_of_staff,
    )
    changed = {one.planned.id: one.columns for one in plan.changed}
    write_states([*plan.created, *(one.planned for one in plan.changed)], changed)


def _refuse_harm_to_rows_of_staff(rows: Collection[models.Model]) -> None:
    """Refuse to delete or empty, with what the file leaves out, rows that no import made."""
    harmed = [*going_with(rows), *emptied_by(rows)]
    ids = ImportedRow.objects.filter(object_id__in=[row.pk for row in harmed])
    imported = set(ids.values_list("object_id", flat=True))
    if reasons := [
        _("%(kind)s “%(row)s” was added by staff beneath what the file leaves out")
        % {"kind": row._meta.verbose_name, "row": row}
        for row in harmed
        if row.pk not in imported
    ]:
        raise ImportRefusedError(reasons)


def _remember(plan: Plan) -> None:
    gone = [one.row.pk for one in plan.deleted] + plan.forgotten
    if gone:
        ImportedRow.objects.filter(object_id__in=gone).delete()
    written = [*plan.created, *(one.planned for one in plan.changed), *plan.unchanged]
    digests = {row.id: digest_of(row) for row in written}
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

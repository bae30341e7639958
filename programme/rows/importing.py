"""From a meeting's YAML file to rows: `docs/programme-file.md` describes the file.

A file is read and validated wholly before anything is written.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.import_plan import ImportRefusedError, Plan, plan_import
from meetings.importing import apply_import, rehearsal
from meetings.models import ImportedRow, Meeting, Venue
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import InvalidDraftError, problems_of
from programme.rows.programme_file import ProgrammeFile


def import_programme(path: Path, *, overwrite: bool = False, dry_run: bool = False) -> Plan:
    """Make a meeting's rows what its file says; a dry run only plans it.

    Raises InvalidFileError, ImportRefusedError (rows that staff changed, unless `overwrite`) or
    InvalidDraftError (the file and rows of staff do not go together); nothing is written then.
    """
    with transaction.atomic():
        file = ProgrammeFile.read(path)
        _refuse_foreign_meeting(file)
        plan = plan_import(file.scope, file.rows, overwrite=overwrite, keep=(Venue,))
        if not dry_run:
            _write(plan, file)
        elif not plan.refused:
            with rehearsal(plan):
                _write(plan, file)
    return plan


def _write(plan: Plan, file: ProgrammeFile) -> None:
    apply_import(plan)
    if not plan.is_empty and (problems := problems_of(MeetingRows(file.meeting_id))):
        raise InvalidDraftError(problems)


def _refuse_foreign_meeting(file: ProgrammeFile) -> None:
    """Refuse if staff made a meeting of the same address by hand."""
    there = Meeting.objects.filter(slug=file.slug).first()
    if not there or there.pk == file.meeting_id:
        return
    told = {"slug": file.slug}
    if ImportedRow.objects.filter(scope=file.scope, object_id=there.pk).exists():
        reason = _("The key of the meeting %(slug)s was changed in the file; keys never change.")
    else:
        reason = _("A meeting with the address %(slug)s was made by staff.")
    raise ImportRefusedError([reason % told])

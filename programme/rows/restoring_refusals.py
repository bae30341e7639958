"""What keeps the public state from being taken back, in words that staff read."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.rows import (
    SOURCE_LANGUAGE,
)
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.rows.restoring_choice import OWNERS, Choice


class CannotRestoreError(ValueError):
    """The public state cannot come back as asked; nothing was written.

    `reasons` says why in the active language, one for each obstacle; `needed` are the ids of
    subjects that stand in the way and would have to be taken back too (what is not in the
    document goes then).
    """

    def __init__(self, reasons: Sequence[str], needed: Sequence[str] = ()) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)
        self.needed = tuple(needed)


class RowsMovedError(ValueError):
    """Somebody saved since the caller looked; nothing was written."""


def refuse_obstacles(choice: Choice, document: ProgrammeDocument[Texts]) -> None:
    """Refuse, all at once, what would lose a colleague's row or name nobody."""
    reasons = [
        *_missing_delegations(choice, document),
        *_taken_address(choice),
        *_elsewhere(choice),
    ]
    needed: list[str] = []
    for found, reason in (
        (
            choice.clashing(),
            _("%(kind)s “%(row)s” has its number or address now: take that back as well."),
        ),
        (
            choice.outside(),
            _("%(kind)s “%(row)s” is outside the days of the meeting: take that back as well."),
        ),
    ):
        for row in (choice.present[key] for key in found if key not in choice.stored):
            needed.append(str(row.pk))
            reasons.append(reason % {"kind": row._meta.verbose_name, "row": row})
    if reasons:
        raise CannotRestoreError(reasons, needed)


def _missing_delegations(choice: Choice, document: ProgrammeDocument[Texts]) -> Iterator[str]:
    stored = [
        choice.stored[key] for key, names in choice.columns.items() if "delegation_id" in names
    ]
    codes = {one.delegation_code for one in stored if not one.columns["delegation_id"]}
    language = translation.get_language() or SOURCE_LANGUAGE
    for one in document.delegations:
        if one.code in codes:
            name = one.name.in_language(language)
            yield _("%(name)s (%(code)s) is no longer in the directory of delegations.") % {
                "name": name,
                "code": one.code,
            }


def _taken_address(choice: Choice) -> Iterator[str]:
    """The meeting's address, if another meeting has it now."""
    slug = choice.value(choice.meeting.pk, "slug")
    if slug != choice.meeting.slug:
        other = Meeting.objects.filter(slug=slug).exclude(pk=choice.meeting.pk).first()
        if other:
            told = {"meeting": other, "address": slug}
            yield _("“%(meeting)s” has the address %(address)s now.") % told


def _elsewhere(choice: Choice) -> Iterator[str]:
    """Rows that staff moved to another meeting."""
    lost = {key: choice.stored[key] for key in choice.columns if key not in choice.present}
    ids: dict[type[models.Model], list[uuid.UUID]] = defaultdict(list)
    for row in lost.values():
        owner = OWNERS.get(row.model)
        if not owner or row.columns[owner] not in lost:
            ids[row.model].append(row.id)
    for model, its_ids in ids.items():
        for found in model._default_manager.filter(pk__in=its_ids):
            told = {"kind": model._meta.verbose_name, "row": found}
            yield _("%(kind)s “%(row)s” stands in another meeting now.") % told

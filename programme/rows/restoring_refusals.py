"""What keeps the public state from being taken back, in words that staff read."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Meeting, Venue
from meetings.rows import SOURCE_LANGUAGE
from meetings.writing import WantedRow
from programme.comparing.grafting import TakenBack
from programme.rows.meeting_rows import MeetingRows


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


def refuse_obstacles(back: TakenBack, written: Sequence[WantedRow], rows: MeetingRows) -> None:
    """Refuse, all at once, what would lose a colleague's row or name nobody."""
    present: dict[uuid.UUID, models.Model] = {row.pk: row for row in rows.all()}
    reasons = [
        *_missing_delegations(back, written, {row.pk for row in rows.delegations}),
        *_taken_address(written),
        *_elsewhere([row for row in written if row.id not in present and row.model is not Venue]),
    ]
    for key, reason in back.lost.items():
        row = present[uuid.UUID(key)]
        reasons.append(_in_the_way(reason) % {"kind": row._meta.verbose_name, "row": row})
    if reasons:
        raise CannotRestoreError(reasons, tuple(back.lost))


def _in_the_way(reason: str | None) -> str:
    if reason == "address":
        return _("%(kind)s “%(row)s” has its number or address now: take that back as well.")
    if reason == "day":
        return _("%(kind)s “%(row)s” is outside the days of the meeting: take that back as well.")
    return _("%(kind)s “%(row)s” would be lost: take that back as well.")


def _missing_delegations(
    back: TakenBack, rows: Iterable[WantedRow], known: Collection[uuid.UUID]
) -> Iterator[str]:
    named = {str(row.values.get("delegation_id")) for row in rows} - {str(key) for key in known}
    language = translation.get_language() or SOURCE_LANGUAGE
    for delegation in back.document.delegations:
        if delegation.id in named:
            name = delegation.name.in_language(language)
            yield _("%(name)s (%(code)s) is no longer in the directory of delegations.") % {
                "name": name,
                "code": delegation.code,
            }


def _taken_address(rows: Iterable[WantedRow]) -> Iterator[str]:
    """The meeting's address, if another meeting has it now."""
    for row in rows:
        if row.model is Meeting:
            for other in Meeting.objects.filter(slug=row.values["slug"]).exclude(pk=row.id):
                told = {"meeting": other, "address": other.slug}
                yield _("“%(meeting)s” has the address %(address)s now.") % told


def _elsewhere(lost: Sequence[WantedRow]) -> Iterator[str]:
    """Rows that staff moved to another meeting."""
    ids: dict[type[models.Model], list[uuid.UUID]] = defaultdict(list)
    keys = {row.id for row in lost}
    for row in lost:
        if keys.isdisjoint(row.values.values()):  # what it stands under is none of them
            ids[row.model].append(row.id)
    for model, its_ids in ids.items():
        for found in model._default_manager.filter(pk__in=its_ids):
            told = {"kind": model._meta.verbose_name, "row": found}
            yield _("%(kind)s “%(row)s” stands in another meeting now.") % told

"""The verbs of publishing: each refuses first, then writes all or nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.rows import column
from programme.comparing.change_lines import Line, held_back
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.models import Publication
from programme.publishing.announcing import announce
from programme.publishing.draft import (
    Draft,
    draft_against,
    draft_of,
    old_version_as_draft,
    refuse_taken_address,
)
from programme.rows.problems import InvalidDraftError, Problem
from programme.shelf.proving import refuse_unshowable

logger = logging.getLogger(__name__)


Proof = Callable[[ProgrammeDocument[Texts]], None]
"""Raises what keeps a document from being shown."""


class NothingChangedError(ValueError):
    """What would be published says what the public version says already."""


class DraftMovedError(ValueError):
    """Optimistic lock: somebody saved or published meanwhile; `draft` is what holds now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("the draft is no longer the one that was looked at")
        self.draft = draft


class WithdrawnError(ValueError):
    """What would be published again has been withdrawn."""


class NotOnlyWordingError(ValueError):
    """More than wording differs, so that a new revision is due and no reissue."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("a reissue would change what the programme says")
        self.draft = draft


def publish(  # noqa: PLR0913 -- each says one thing that a publisher decides
    meeting: Meeting,
    *,
    by: User | None,
    at: datetime,
    expected_digest: str,
    expected_serial: int | None = None,
    note: Mapping[str, str] | None = None,
    subjects: Collection[str] | None = None,
    reissue: bool = False,
    hold_back: Collection[str] = (),
    proof: Proof = refuse_unshowable,
) -> Publication:
    """Publish the draft that the caller looked at, or some of its subjects alone.

    The first has no designation, the next are Rev.1, Rev.2 …; none is ever used twice. A
    `reissue` keeps the designation and has no line in the list of changes. `expected_digest` is
    that of the draft that was looked at and `expected_serial` that of the version it was compared
    with (0: none; None: whatever is public). `hold_back` names lines, by their keys, that are
    kept from the public list of changes. `proof` refuses what could not be shown.

    Raises InvalidDraftError, NeedsSubjectError, DraftMovedError, NothingChangedError or
    NotOnlyWordingError, and then writes nothing.
    """
    with transaction.atomic():
        locked = _locked(meeting.pk)
        draft = draft_of(locked, subjects)
        _refuse_moved(draft, expected_digest, expected_serial)
        publication = _publication(locked, draft, reissue=reissue, hold_back=hold_back)
        _refuse_unshowable(locked, draft, proof)
        return _saved(publication, by=by, at=at, note=note)


def publish_again(  # noqa: PLR0913 -- as above
    old: Publication,
    *,
    by: User | None,
    at: datetime,
    expected_serial: int,
    note: Mapping[str, str] | None = None,
    reissue: bool = False,
    hold_back: Collection[str] = (),
    proof: Proof = refuse_unshowable,
) -> Publication:
    """Publish an old version's document as the meeting's next version; the rows stay as they are.

    Raises WithdrawnError, DraftMovedError where another version is public than the caller saw (its
    serial is `expected_serial`), NothingChangedError or NotOnlyWordingError, and then writes
    nothing.
    """
    with transaction.atomic():
        locked = _locked(old.meeting_id)
        if not Publication.objects.standing().filter(pk=old.pk).exists():
            raise WithdrawnError
        refuse_taken_address(locked, old.slug)
        draft = old_version_as_draft(old)
        _refuse_moved(draft, draft.digest, expected_serial)
        publication = _publication(locked, draft, reissue=reissue, hold_back=hold_back)
        _refuse_unshowable(locked, draft, proof)
        publication.restored_serial = old.serial
        return _saved(publication, by=by, at=at, note=note)


def withdraw(publication: Publication, *, by: User | None, at: datetime, reason: str) -> None:
    """Take a publication out of public; the one before it is current then, or none.

    Its serial and designation are never used again. What the next standing version changed is
    told anew, against the version before. Raises InvalidDraftError, and then writes nothing, where
    the version before would be current under an address that another meeting has now.
    """
    with transaction.atomic():
        _locked(publication.meeting_id)
        publication.refresh_from_db()
        if publication.withdrawn_at:
            return
        standing = Publication.objects.of(publication.meeting).standing()
        later = standing.filter(serial__gt=publication.serial).order_by("serial").first()
        before = standing.filter(serial__lt=publication.serial).order_by("-serial").first()
        if before and not later:
            refuse_taken_address(publication.meeting, before.slug)
        publication.withdrawn_at, publication.withdrawn_by = at, by
        publication.withdrawal_reason = reason
        publication.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        if later:
            _tell_anew(later, before, publication)


def _tell_anew(later: Publication, before: Publication | None, between: Publication) -> None:
    """Write what a version changed against another one than the one that came before it."""
    draft = draft_against(before, ProgrammeDocument.from_json(later.document))
    lines = () if before is None else draft.lines
    kept_back = {
        line.key
        for publication in (later, between)
        for line in map(Line.read, publication.changes)
        if line.is_held_back
    }
    later.changes = [one.stored() for one in held_back(lines, kept_back)]
    later.cancelled = _cancelled(draft)
    later.is_reissue = before is not None and before.designation == later.designation
    later.save(update_fields=["changes", "cancelled", "is_reissue"])


def _locked(meeting_id: UUID) -> Meeting:
    """A meeting of which nobody else publishes anything until the transaction ends.

    Nor of any other, since meetings share addresses: what two publish at the same moment must not
    stand at one. This lock is not on meetings, whose forms go on being saved. All processes are
    told when the transaction is committed.
    """
    announce()
    kind = ContentType.objects.filter(app_label="programme", model="publication")
    list(kind.select_for_update(no_key=True).values_list("pk", flat=True))
    return Meeting.objects.get(pk=meeting_id)


def _refuse_moved(draft: Draft, digest: str, serial: int | None) -> None:
    if draft.digest != digest or serial not in (None, draft.public_serial):
        raise DraftMovedError(draft)


def _publication(
    meeting: Meeting, draft: Draft, *, reissue: bool, hold_back: Collection[str]
) -> Publication:
    """The next publication of a meeting, not saved yet."""
    if not draft.has_changes:
        raise NothingChangedError
    if reissue and not draft.is_only_wording:
        raise NotOnlyWordingError(draft)
    lines = [] if reissue else held_back(draft.lines, hold_back)
    designation = draft.public.designation if reissue and draft.public else None
    return Publication(
        meeting=meeting,
        serial=_next_serial(meeting),
        slug=draft.document.meeting.slug,
        designation=next_designation(meeting) if designation is None else designation,
        is_reissue=reissue,
        document=draft.stored,
        digest=draft.digest,
        changes=[one.stored() for one in lines],
        cancelled=_cancelled(draft),
    )


def _saved(
    publication: Publication, *, by: User | None, at: datetime, note: Mapping[str, str] | None
) -> Publication:
    publication.published_by, publication.published_at = by, at
    for language, value in (note or {}).items():
        setattr(publication, column("note", language), value)
    publication.save(force_insert=True)
    return publication


def _refuse_unshowable(meeting: Meeting, draft: Draft, proof: Proof) -> None:
    """Refuse what no process could show; the last good version would stay in its place."""
    try:
        proof(draft.document)
    except Exception as error:
        logger.exception("%s cannot be published", draft.document.meeting.slug)
        message = _("No page can be made of this programme. The log of the site says why.")
        raise InvalidDraftError([Problem(meeting, message)]) from error


def _next_serial(meeting: Meeting) -> int:
    last = Publication.objects.of(meeting).order_by("-serial").first()
    return last.serial + 1 if last else 1


def next_designation(meeting: Meeting) -> str:
    """Empty for the first; then one more than the highest revision ever, even a withdrawn one."""
    used = list(Publication.objects.of(meeting).values_list("designation", flat=True))
    if not used:
        return ""
    numbers = (int(found[1]) for one in used if (found := re.fullmatch(r"Rev\.(\d+)", one)))
    return f"Rev.{max(numbers, default=0) + 1}"


def _cancelled(draft: Draft) -> list[str]:
    """Ids of subjects that were public once and are no more."""
    if not draft.public:
        return []
    removed = [one.subject.id for one in draft.pending if one.what == "removed"]
    present = {one.subject.id for one in draft.pending if one.what == "added"}
    return [*(one for one in draft.public.cancelled if one not in present), *removed]

"""The verbs of publishing: each refuses first, then writes all or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.rows import column
from programme.changes import Change, changes
from programme.compiling import InvalidDraftError, Problem, compile_document
from programme.document import ProgrammeDocument, Texts, digest_of
from programme.models import Publication


class NothingChangedError(ValueError):
    """The draft says what the public version says already."""


class DraftMovedError(ValueError):
    """Somebody saved since the publisher looked; `draft` is what the rows say now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("the draft is no longer the one that was looked at")
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be published now, and how it differs from the public version."""

    document: ProgrammeDocument[Texts]
    stored: str
    digest: str
    public: Publication | None
    pending: list[Change]

    @property
    def has_changes(self) -> bool:
        """Whether publishing would tell delegates anything new."""
        return self.public is None or bool(self.pending)


def draft_of(meeting: Meeting) -> Draft:
    """Compile a meeting's rows and compare them with its public version.

    Raises InvalidDraftError where the rows make no programme.
    """
    document = compile_document(meeting)
    _refuse_taken_address(meeting)
    stored = document.to_json()
    public = Publication.objects.of(meeting).current().first()
    old = ProgrammeDocument.from_json(public.document) if public else None
    return Draft(document, stored, digest_of(stored), public, changes(old, document))


def publish(
    meeting: Meeting,
    *,
    by: User | None,
    at: datetime,
    expected_digest: str,
    note: Mapping[str, str] | None = None,
) -> Publication:
    """Publish the draft that the caller looked at, as the meeting's next version.

    The first has no designation, the next are Rev.1, Rev.2 …; none is ever used twice.
    Raises InvalidDraftError, DraftMovedError or NothingChangedError, and then writes nothing.
    """
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        draft = draft_of(locked)
        if draft.digest != expected_digest:
            raise DraftMovedError(draft)
        if not draft.has_changes:
            raise NothingChangedError
        publication = Publication(
            meeting=locked,
            serial=_next_serial(locked),
            slug=locked.slug,
            designation=next_designation(locked),
            published_at=at,
            published_by=by,
            document=draft.stored,
            digest=draft.digest,
            changes=[one.stored() for one in draft.pending] if draft.public else [],
            cancelled=_cancelled(draft),
        )
        for language, value in (note or {}).items():
            setattr(publication, column("note", language), value)
        publication.save(force_insert=True)
    return publication


def _refuse_taken_address(meeting: Meeting) -> None:
    """Refuse an address under which delegates read another meeting now."""
    taken = Publication.objects.current().filter(slug=meeting.slug).exclude(meeting=meeting)
    if other := taken.select_related("meeting").first():
        message = _("“%(meeting)s” is public under the same address, %(address)s.")
        names = {"meeting": other.meeting.name, "address": meeting.slug}
        raise InvalidDraftError([Problem(meeting, message % names)])


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

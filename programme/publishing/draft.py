"""The draft: what would be published now, and how it differs from what is public."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _

from meetings.models import Meeting
from programme.comparing.change_lines import Line
from programme.comparing.changes import Change, changes, with_those_beneath
from programme.comparing.changes import subjects as subjects_of
from programme.comparing.directory import recoded
from programme.comparing.grafting import NeedsSubjectError, grafted
from programme.comparing.lines.writing import lines_between
from programme.comparing.only_wording import only_wording
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.models import Publication
from programme.rows.compiling import document_of
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import InvalidDraftError, Problem, problems_of


@dataclass(frozen=True)
class Draft:
    """What would be published now, and how it differs from the public version."""

    document: ProgrammeDocument[Texts]
    stored: str
    digest: str
    public: Publication | None
    public_document: ProgrammeDocument[Texts] | None
    """What delegates read now."""

    @property
    def public_serial(self) -> int:
        """The serial of the public version; 0 where nothing is public."""
        return self.public.serial if self.public else 0

    @cached_property
    def pending(self) -> list[Change]:
        """The subjects that would change."""
        return changes(self.public_document, self.document)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that delegates would read in the list of changes."""
        return lines_between(self.public_document, self.document)

    @property
    def has_changes(self) -> bool:
        """Whether publishing would tell delegates anything new."""
        return self.public is None or bool(self.pending)

    @cached_property
    def is_only_wording(self) -> bool:
        """Whether the public version may be reissued: nothing but wording differs."""
        old = self.public_document
        return old is not None and only_wording(old, self.document)


def draft_of(meeting: Meeting, subjects: Collection[str] | None = None) -> Draft:
    """Compile a meeting's rows and compare them with its public version.

    With `subjects`, what would be public if these alone were published. Raises InvalidDraftError
    where the rows make no programme, and NeedsSubjectError where one of the subjects cannot be
    public without another that is pending; where nothing is public yet, that is the whole meeting.
    """
    document = compiled(meeting, subjects)
    public = Publication.objects.of(meeting).current().first()
    old = ProgrammeDocument.from_json(public.document) if public else None
    if subjects is not None:
        if old is None:
            whole = subjects_of(document)[str(meeting.pk)]
            raise NeedsSubjectError(next(iter(subjects), whole.id), (whole,))
        document = grafted(recoded(old, document), document, subjects)
    refuse_taken_address(meeting, document.meeting.slug)
    return draft_against(public, document, old)


def compiled(meeting: Meeting, subjects: Collection[str] | None = None) -> ProgrammeDocument[Texts]:
    """The programme that a meeting's rows make now.

    Raises InvalidDraftError; with `subjects`, ids, only for what is wrong with these and what lies
    beneath them.
    """
    rows = MeetingRows(meeting.pk)
    document, problems = document_of(rows), problems_of(rows)
    if subjects is not None:
        ids = with_those_beneath(subjects, subjects_of(document))
        problems = [one for one in problems if not ids.isdisjoint(_ids_above(one.row))]
    if problems:
        raise InvalidDraftError(problems)
    return document


def _ids_above(row: models.Model) -> Iterable[str]:
    """A row's own id, and those of what it stands under: what is wrong may stand nowhere else."""
    above = ("pk", "item_id", "panel_id", "parent_id")
    return (str(getattr(row, name)) for name in above if getattr(row, name, None))


def old_version_as_draft(publication: Publication) -> Draft:
    """What would be public if an old version were published again."""
    public = Publication.objects.of(publication.meeting).current().first()
    return draft_against(public, ProgrammeDocument.from_json(publication.document))


def draft_against(
    public: Publication | None,
    document: ProgrammeDocument[Texts],
    public_document: ProgrammeDocument[Texts] | None = None,
) -> Draft:
    """A document compared with a publication; `public_document` where that is read already."""
    if public and not public_document:
        public_document = ProgrammeDocument.from_json(public.document)
    stored = document.to_json()
    return Draft(document, stored, digest_of(stored), public, public_document)


def refuse_taken_address(meeting: Meeting, address: str) -> None:
    """Refuse an address under which delegates read another meeting now."""
    taken = Publication.objects.current().filter(slug=address).exclude(meeting=meeting)
    if other := taken.select_related("meeting").first():
        message = _("“%(meeting)s” is public under the same address, %(address)s.")
        names = {"meeting": other.meeting.name, "address": address}
        raise InvalidDraftError([Problem(meeting, message % names)])

"""The status of a draft: changes against the public version, problems, warnings, translation."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.http import Http404

from desk.draft.warnings_in_words import OF_TRANSLATION, owners_of
from meetings.models import Meeting
from meetings.rows import LANGUAGES
from panels.models import Panellist
from programme.comparing.changes import Subject, subjects, with_those_beneath
from programme.comparing.warning import ProgrammeWarning
from programme.comparing.warnings import warnings_of
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.models import Presenter, Publication, SpeakingListEntry
from programme.publishing.draft import draft_against
from programme.rows.compiling import document_of
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import Problem, problems_of


@dataclass(slots=True)
class Marks:
    """What staff should know of one subject of the draft, with those who speak in it."""

    what: str = ""
    """added, changed or removed against the public version; "" where it says the same."""
    problems: list[str] = field(default_factory=list)
    """What keeps the draft from being published."""
    warnings: list[ProgrammeWarning] = field(default_factory=list)
    """What should be looked at before it is published."""
    texts: list[ProgrammeWarning] = field(default_factory=list)
    """Texts that are missing in a language, or behind the English."""

    @property
    def is_unfinished(self) -> bool:
        """Whether something is to be mended or looked at."""
        return bool(self.problems or self.warnings)

    def with_those_of(self, other: Marks) -> Marks:
        """These and those of a subject that is shown in the same line."""
        return Marks(
            what=self.what or (other.what and "changed"),
            problems=[*self.problems, *other.problems],
            warnings=[*self.warnings, *other.warnings],
            texts=[*self.texts, *other.texts],
        )

    def number(self, code: str, language: str) -> int:
        """How many texts are missing, or behind, in a language."""
        return sum(one.code == code and one.language == language for one in self.texts)

    def is_untranslated(self, languages: Container[str] = LANGUAGES) -> bool:
        """Whether a text is missing or behind in one of these languages."""
        return any(one.language in languages for one in self.texts)


class DraftStatus:
    """The status of one meeting's draft: 15 queries, however long the programme is.

    It is there even where something is wrong with the rows; `problems` then says what.
    """

    def __init__(self, meeting_id: uuid.UUID) -> None:
        rows = MeetingRows(meeting_id)
        self.meeting = rows.meeting
        self.problems: list[Problem] = problems_of(rows)
        public_first = models.F("withdrawn_at").asc(nulls_first=True)
        ever = Publication.objects.of(rows.meeting).order_by(public_first, "-serial")
        latest = ever.select_related("published_by").first()
        self.is_withdrawn = bool(latest and latest.withdrawn_at)
        """Whether something was public once, and nothing is now."""
        self.draft = draft_against(None if self.is_withdrawn else latest, document_of(rows))

    @property
    def document(self) -> ProgrammeDocument[Texts]:
        """What the rows say now."""
        return self.draft.document

    @property
    def public(self) -> Publication | None:
        """What delegates read; None where nothing is public."""
        return self.draft.public

    @property
    def number_pending(self) -> int:
        """How many subjects of a public meeting are not public as they stand here."""
        return len(self.draft.pending) if self.public else 0

    def is_pending(self, ids: Iterable[str]) -> bool:
        """Whether a subject, or something beneath it, is not public as it stands here."""
        public = self.draft.public_document
        if public is None:
            return False
        beneath = with_those_beneath(ids, {**subjects(public), **self.subjects})
        return any(one.subject.id in beneath for one in self.draft.pending)

    @property
    def number_unfinished(self) -> int:
        """In how many subjects something is to be mended."""
        return sum(one.is_unfinished for one in self.marks.values())

    @property
    def number_of_warnings(self) -> int:
        """How many warnings a publisher should see, those of translations aside."""
        return sum(len(one.warnings) for one in self.marks.values())

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Every subject of the draft by its id, in the order of the programme."""
        return subjects(self.document)

    @cached_property
    def marks(self) -> Mapping[str, Marks]:
        """What is to be marked, by the ids of the subjects that have a line of their own."""
        marks: dict[str, Marks] = defaultdict(Marks)
        self._mark_changes(marks)
        for problem in self.problems:
            marks[_shown_with(problem.row)].problems.append(problem.message)
        found = warnings_of(self.document)
        for owner, warning in owners_of(found, self.subjects, self.document.meeting.id):
            mark = marks[owner]
            (mark.texts if warning.code in OF_TRANSLATION else mark.warnings).append(warning)
        return marks

    def _mark_changes(self, marks: Mapping[str, Marks]) -> None:
        if not self.public:
            return
        for change in self.draft.pending:
            subject = change.subject
            mark = marks[owner_id(subject)]
            mark.what = change.what if subject.kind != "speaker" else mark.what or "changed"
            if change.what == "added":
                for beneath in with_those_beneath([subject.id], self.subjects):
                    if self.subjects[beneath].kind != "speaker":
                        marks[beneath].what = "added"

    def number_untranslated(self, code: str, language: str) -> int:
        """How many texts are missing, or behind, in a language."""
        return sum(one.number(code, language) for one in self.marks.values())


def status_or_404(meeting_id: uuid.UUID) -> DraftStatus:
    """The status of a meeting's draft. Raises Http404 where there is no such meeting."""
    try:
        return DraftStatus(meeting_id)
    except Meeting.DoesNotExist as error:
        raise Http404 from error


def owner_id(subject: Subject) -> str:
    """With whose mark a subject's own is shown: a speaker's with that of the item or panel."""
    return subject.parent_id if subject.kind == "speaker" else subject.id


def _shown_with(row: models.Model) -> str:
    if isinstance(row, SpeakingListEntry):
        return str(row.list_id)
    if isinstance(row, Presenter):
        return str(row.item_id)
    return str(row.panel_id if isinstance(row, Panellist) else row.pk)

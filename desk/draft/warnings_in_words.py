"""Warnings as staff read them: of what, in which field, and where that is mended."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.text import capfirst

from desk.rows.texts import NAMES
from desk.shared.subject_addresses import form_address
from desk.shared.subject_names import field_name, subject_name
from meetings.rows import SOURCE_LANGUAGE
from programme.comparing.changes import Subject, subjects
from programme.comparing.warning import ProgrammeWarning, message_of
from programme.comparing.warnings import warnings_of
from programme.document.nodes import LANGUAGES, Text, Texts
from programme.document.programme import ProgrammeDocument

OF_TRANSLATION = frozenset({"missing", "behind"})
"""Codes that tell translators what there is to do."""


@dataclass(frozen=True, slots=True)
class WarningInWords:
    """A warning in words, with the place in a form where it is mended."""

    subject_id: str
    name: Text
    field: str
    code: str
    language: str
    sentence: str
    address: str

    @property
    def language_name(self) -> str:
        """The language's own name; "" where it is about no text."""
        return NAMES.get(self.language, "")


@dataclass(frozen=True, slots=True)
class TextsToTranslate:
    """What is to be translated into a language."""

    code: str
    name: str
    warnings: tuple[WarningInWords, ...]

    @property
    def is_source(self) -> bool:
        """Whether the others are translated from it, so that it cannot be behind."""
        return self.code == SOURCE_LANGUAGE


class WarningsInWords:
    """All warnings of a document, told in one language."""

    def __init__(self, document: ProgrammeDocument[Texts], language: str) -> None:
        self.document, self.language = document, language
        self.subjects: Mapping[str, Subject] = subjects(document)

    @cached_property
    def found(self) -> list[ProgrammeWarning]:
        """The warnings, in the order of the programme."""
        return warnings_of(self.document)

    def told(
        self, of: Container[str] | None = None, *, of_translation: bool
    ) -> Iterator[WarningInWords]:
        """The warnings in words, of some subjects or of all: for translators, or the others."""
        return (
            self.in_words(warning)
            for warning in self.found
            if (warning.code in OF_TRANSLATION) == of_translation
            and (of is None or warning.concerns(of))
        )

    def by_subject(
        self, of: Container[str] | None = None
    ) -> list[tuple[Text, list[WarningInWords]]]:
        """What is no matter of translation, under the names of what it is about."""
        others = self.told(of, of_translation=False)
        groups = [list(group) for _key, group in groupby(others, lambda one: one.subject_id)]
        return [(group[0].name, group) for group in groups]

    def by_language(self, of: Container[str] | None = None) -> list[TextsToTranslate]:
        """What is to be translated, by language."""
        texts = list(self.told(of, of_translation=True))
        languages = (
            TextsToTranslate(code, NAMES[code], tuple(one for one in texts if one.language == code))
            for code in LANGUAGES
        )
        return [one for one in languages if one.warnings]

    def in_words(self, warning: ProgrammeWarning) -> WarningInWords:
        """One warning in words."""
        return WarningInWords(
            subject_id=warning.subject_id,
            name=self.name(warning),
            field=str(capfirst(field_name(warning.kind, warning.field))),
            code=warning.code,
            language=warning.language,
            sentence=message_of(warning, self.language),
            address=self.address(warning),
        )

    def name(self, warning: ProgrammeWarning) -> Text:
        """How people call what a warning is about."""
        if subject := self.subjects.get(warning.subject_id):
            return subject_name(subject, self.language, self._names)
        return self._names_by_id.get(warning.subject_id, Texts()).in_language(self.language)

    def address(self, warning: ProgrammeWarning) -> str:
        """The place in a form where a warning is mended."""
        subject = self.subjects.get(warning.subject_id)
        parent = self.subjects.get(subject.parent_id) if subject else None
        return form_address(
            warning.kind,
            warning.subject_id,
            parent_kind=parent.kind if parent else "",
            field=warning.field,
            language=warning.language,
        )

    @cached_property
    def _names(self) -> Mapping[str, Texts]:
        return {one.code: one.name for one in self.document.delegations}

    @cached_property
    def _names_by_id(self) -> Mapping[str, Texts]:
        venue = self.document.meeting.venue
        names = {one.id: one.name for one in self.document.delegations}
        return names | ({venue.id: venue.name} if venue else {})


def owners_of(
    warnings: Iterable[ProgrammeWarning], known: Mapping[str, Subject], meeting_id: str
) -> Iterator[tuple[str, ProgrammeWarning]]:
    """Each warning with the subject in whose line it is shown.

    A speaker's stands with the item or panel; that of a row outside the programme, such as a
    venue, with the meeting.
    """
    for warning in warnings:
        subject = known.get(warning.subject_id)
        if subject is None:
            yield meeting_id, warning
        else:
            yield subject.parent_id if subject.kind == "speaker" else subject.id, warning

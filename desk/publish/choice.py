"""What a publisher decides before anything becomes public, and the page that asks for it.

The same page serves the whole draft, some of its subjects alone, and an old version.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from babel import Locale
from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from desk.draft.warnings_in_words import WarningsInWords
from desk.publish.differences import Comparison, DifferenceView
from desk.rows.texts import NAMES, TextBox, write_in
from desk.shared.subject_names import field_name
from desk.shared.types import Cleaned, Context
from meetings.models import Meeting
from meetings.rows import LANGUAGES, SOURCE_LANGUAGE, column
from meetings.texts.typed_fields import LineField
from meetings.types import Values
from programme.comparing.change_lines import Line
from programme.comparing.changes import ORDER, Subject, with_those_beneath
from programme.comparing.line_values import digest_of_value
from programme.comparing.lines.covering import covers
from programme.comparing.only_wording import Obstacle, why_not_only_wording
from programme.language.lists import join_list
from programme.models import Publication
from programme.publishing.draft import Draft
from programme.publishing.verbs import next_designation
from programme.renderers.changes import Told, groups, sentence

REVISION, REISSUE = "revision", "reissue"

TOLD_BY_ANOTHER = frozenset({"kind", "open_to", "other_than_named", "order", ORDER})
"""Fields of a list of which one sentence may tell several."""


class PublishForm(forms.Form):
    """What a publisher says of a publication, and what they looked at when they said it."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    serial = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The pending subjects that the page showed: a digest of each, by its id."""
    is_warned = forms.BooleanField(required=False, widget=forms.HiddenInput)
    warnings_seen = forms.BooleanField(
        required=False, label=gettext_lazy("I have seen these warnings")
    )
    how = forms.ChoiceField(
        choices=[(REVISION, ""), (REISSUE, "")], required=False, widget=forms.RadioSelect
    )
    no_change_of_meaning = forms.BooleanField(
        required=False, label=gettext_lazy("I confirm: no change of meaning")
    )

    note_as_it_is = forms.BooleanField(
        required=False, label=gettext_lazy("Publish the note as it is")
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        looked_at: Values,
        how: str = REVISION,
    ) -> None:
        """Take what was typed; what was looked at is what the page shows now."""
        if data is not None and looked_at:
            data = data.copy()
            for name, value in looked_at.items():
                data[name] = str(value or "")
            for name in ("warnings_seen", "no_change_of_meaning"):
                data.pop(name, None)  # what they were ticked for is another now
        super().__init__(data, initial={"how": how, **looked_at})
        note = Publication._meta.get_field("note")
        for language in LANGUAGES:
            field = LineField(
                max_length=note.max_length, required=False, widget=TextBox(attrs={"rows": 2})
            )
            write_in(language, field, note)
            self.fields[column("note", language)] = field

    def clean(self) -> Cleaned:
        """Refuse what has warnings that nobody saw, and a reissue that nobody vouched for."""
        cleaned = super().clean() or {}
        if cleaned.get("is_warned") and not cleaned.get("warnings_seen"):
            self.add_error("warnings_seen", _("Look at the warnings, then tick this."))
        if self.is_reissue and not cleaned.get("no_change_of_meaning"):
            self.add_error(
                "no_change_of_meaning", _("Tick this, or choose the new revision instead.")
            )
        note = self.note(cleaned)
        if note and SOURCE_LANGUAGE not in note and not cleaned.get("note_as_it_is"):
            self.add_error("note_as_it_is", _without_english(note))
        return cleaned

    @property
    def asks_about_note(self) -> bool:
        """Whether the note needs a second look, or had one."""
        box = self["note_as_it_is"]
        return bool(box.errors or box.value())

    @property
    def is_reissue(self) -> bool:
        """Whether the designation is to stay."""
        return bool(self.cleaned_data.get("how") == REISSUE)

    @property
    def is_reissue_chosen(self) -> bool:
        """Whether the choice stands at the reissue, as typed or at first."""
        return bool(self["how"].value() == REISSUE)

    def note(self, cleaned: Values | None = None) -> dict[str, str]:
        """The note in the languages in which it was written."""
        cleaned = cleaned or self.cleaned_data
        notes = {one: cleaned.get(column("note", one)) for one in LANGUAGES}
        return {language: text for language, text in notes.items() if text}

    def notes(self) -> list[forms.BoundField]:
        """The boxes for the note."""
        return [self[column("note", language)] for language in NAMES]

    @cached_property
    def hold_back(self) -> frozenset[str]:
        """Keys of the lines that are to be held back; a box may stand for several."""
        if not isinstance(self.data, QueryDict):
            return frozenset()
        boxes = self.data.getlist("hold_back")
        return frozenset(key for box in boxes for key in box.split(",") if key)


def _without_english(note: Collection[str]) -> str:
    """Who reads a note, which has no English, in a language that is not theirs."""
    reader = get_language() or "en"
    names = Locale.parse(reader).languages
    lacking = [names[one] for one in LANGUAGES if one not in note]
    shown = next(one for one in LANGUAGES if one in note)
    return _(
        "This note has no English text: readers of %(languages)s read it in %(shown)s. "
        "Write it in English, or tick this."
    ) % {"languages": join_list(lacking, reader), "shown": names[shown]}


# --- what the page shows ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line that delegates would read, with the box that holds it back."""

    value: str
    sentence: str
    is_held_back: bool


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines under one item or panel."""

    heading: str
    boxes: tuple[LineBox, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why only a new revision is offered: one thing that is more than wording."""

    name: str
    field: str
    language: str = ""
    before: str = ""
    after: str = ""


class PublisherChoice:
    """What a publisher decides on: a draft that may become public, its differences and warnings."""

    def __init__(
        self,
        meeting: Meeting,
        draft: Draft,
        language: str,
        subjects: Collection[str] | None = None,
    ) -> None:
        self.meeting, self.draft, self.language = meeting, draft, language
        self.warnings = WarningsInWords(draft.document, language)
        self.about = (
            None if subjects is None else with_those_beneath(subjects, self.warnings.subjects)
        )
        self.comparison = Comparison(draft.public_document, draft.document, language)

    @cached_property
    def designation(self) -> str:
        """What the next revision would be called; "" for a first version."""
        return next_designation(self.meeting)

    def form(self, data: QueryDict | None = None, *, asks: bool = True) -> PublishForm:
        """The form, which remembers what the page shows."""
        return PublishForm(
            data,
            looked_at={
                "digest": self.draft.digest,
                "serial": str(self.draft.public_serial),
                "seen": json.dumps(self.seen, sort_keys=True),
                "is_warned": "on" if asks and self.warnings.found else "",
            },
            how=REVISION if self.draft.lines or not self.draft.is_only_wording else REISSUE,
        )

    @cached_property
    def seen(self) -> dict[str, str]:
        """A digest of each pending subject, with what lies beneath one that is new, by its id."""
        known = self.comparison.after
        added = [one.subject.id for one in self.draft.pending if one.what == "added"]
        beneath = {key: _digest(known[key]) for key in with_those_beneath(added, known)}
        return beneath | {one.subject.id: _digest(one.subject) for one in self.draft.pending}

    def differences(self, looked_at: str = "") -> list[DifferenceView]:
        """What would change; marked is what somebody who looked before has not seen."""
        seen = _read(looked_at)
        views = self.comparison.differences()
        if not seen:
            return views
        return [
            replace(view, is_news=seen.get(view.id, "") != self.seen.get(view.id, ""))
            for view in views
        ]

    def lines(self, held_back: Collection[str] = ()) -> list[LineGroup]:
        """What delegates would read in the list of changes, each with its box."""
        return [
            LineGroup(group.heading, tuple(self._boxes(group.sentences, held_back)))
            for group in groups(self.draft.lines, self.language)
        ]

    def _boxes(self, sentences: Sequence[Told], held_back: Collection[str]) -> Iterator[LineBox]:
        told = {line.key for one in sentences for line in one.lines}
        for line in (line for one in sentences for line in one.lines):
            keys = [line.key, *(one.key for one in self._silent(line) if one.key not in told)]
            yield LineBox(
                ",".join(keys), sentence(line, self.language), is_held_back=line.key in held_back
            )

    def _silent(self, line: Line) -> Iterator[Line]:
        """Lines that have no sentence of their own since this one tells them."""
        yield from (other for other in self.draft.lines if covers(line, other))
        if line.field in TOLD_BY_ANOTHER:
            yield from (
                other
                for other in self.draft.lines
                if other.subject.id == line.subject.id and other.field in TOLD_BY_ANOTHER
            )

    def reasons(self) -> list[Reason]:
        """Why a reissue is not offered; nothing where it is, or for a first version."""
        old = self.draft.public_document
        if old is None or self.draft.is_only_wording:
            return []
        return [self._reason(one) for one in why_not_only_wording(old, self.draft.document)]

    def _reason(self, obstacle: Obstacle) -> Reason:
        known = self.comparison.after.get(obstacle.subject_id)
        subject = known or self.comparison.before[obstacle.subject_id]
        field = capfirst(field_name(subject.kind, obstacle.field)) if obstacle.field else ""
        return Reason(
            str(self.comparison.name(subject)),
            str(field),
            NAMES.get(obstacle.language, ""),
            " · ".join(obstacle.before),
            " · ".join(obstacle.after),
        )


def context_of(choice: PublisherChoice, form: PublishForm, *, looked_at: str = "") -> Context:
    """What the page of a publisher's choice shows."""
    public = choice.draft.public
    return {
        "choice": choice,
        "form": form,
        "has_changes": choice.draft.has_changes,
        "is_first": public is None,
        "public": public,
        "differences": choice.differences(looked_at) if public else [],
        "lines": choice.lines(form.hold_back),
        "may_reissue": choice.draft.is_only_wording,
        "reasons": choice.reasons(),
        "designation": choice.designation,
        "warnings": choice.warnings.by_subject(choice.about),
        "texts": choice.warnings.by_language(choice.about),
    }


def _digest(subject: Subject) -> str:
    return digest_of_value(subject.stored())


def _read(looked_at: str) -> dict[str, str]:
    try:
        seen = json.loads(looked_at or "{}")
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}

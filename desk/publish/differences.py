"""The diff of two documents as staff read it: field by field, language by language."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from desk.rows.texts import NAMES
from desk.shared.subject_addresses import form_address, model_of
from desk.shared.subject_names import field_name, subject_name
from meetings.rows import SOURCE_LANGUAGE, Provenance
from meetings.texts.typed_text import visible
from programme.comparing.changes import ORDER, Subject, subjects, within
from programme.comparing.differences import (
    FieldDifference,
    Run,
    SubjectDifference,
    WordingDifference,
    differences_between,
)
from programme.comparing.directory import CODES, SORTING, STATUSES
from programme.document.nodes import Text, Texts
from programme.document.programme import ProgrammeDocument
from programme.language.bidi import direction
from programme.language.dates import format_date
from programme.language.lists import COMMAS
from programme.renderers.sentences import CATEGORIES

KEPT = 90
"""Characters of a long passage that stayed, which are shown on each side of what changed."""

SAID_OTHERWISE = {"slug": {"label"}}
"""Fields that change by themselves with others: the address of an item follows its number."""

USUAL = frozenset(
    {"label", "form", "kind", "order", "basis", "slug", "item_id", "zone", "status", "sitting"}
)
"""What is not told of a subject that is wholly new or gone."""

UNKNOWN = pgettext_lazy("status of a State", "unknown")

WHAT: Mapping[str, Promise | str] = {
    "added": pgettext_lazy("in the draft", "new"),
    "changed": pgettext_lazy("in the draft", "changed"),
    "removed": pgettext_lazy("in the draft", "removed"),
}
"""What happened to a subject since the public version."""


@dataclass(frozen=True, slots=True)
class WordingView:
    """A text in one language, with its changed words."""

    code: str
    name: str
    runs: tuple[Run, ...]
    state: str
    """What changed beside the words: that it is behind, or where it comes from."""

    @property
    def dir(self) -> str:
        """Writing direction of the language."""
        return direction(self.code)


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: a text in its languages, members of a list, or a value before and after."""

    name: str
    wordings: tuple[WordingView, ...] = ()
    joined: str = ""
    left: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One subject that was added, removed or changed."""

    id: str
    kind: str
    what: str
    name: Text
    above: str
    """The item or panel that it stands under; "" where it stands by itself."""
    depth: int
    address: str
    """Its form; "" where it is in the draft no more."""
    fields: tuple[FieldView, ...]
    is_news: bool = False
    """Whether it came after the publisher looked at the page."""
    words: Mapping[str, Promise | str] | None = None
    """What people call what happens to it; None where it is a change of the draft."""

    @property
    def told(self) -> str:
        """What happened to it, in a word."""
        return str((self.words or WHAT)[self.what])


class Comparison:
    """Tells the differences between two documents in one language."""

    def __init__(
        self,
        old: ProgrammeDocument[Texts] | None,
        new: ProgrammeDocument[Texts],
        language: str,
    ) -> None:
        self.language = language
        self.found = differences_between(old, new)
        self.before = subjects(old) if old else {}
        self.after = subjects(new)
        delegations = (*(old.delegations if old else ()), *new.delegations)
        self.delegations = {one.code: one.name for one in delegations}
        self.names = {one.id: one.name for one in delegations}

    def differences(
        self,
        of: Container[str] | None = None,
        *,
        but: Callable[[FieldDifference], bool] = lambda _field: False,
    ) -> list[DifferenceView]:
        """Subject by subject, each followed by what came or went with it; of some, or of all.

        Some fields are left out, and what has changed in nothing else.
        """
        found = (one for one in self.found if of is None or one.subject.id in of)
        told = (replace(one, fields=tuple(f for f in one.fields if not but(f))) for one in found)
        kept = (one for one in told if one.fields or one.what != "changed")
        return [view for one in kept for view in self._views(one, 0)]

    def _views(self, difference: SubjectDifference, depth: int) -> Iterator[DifferenceView]:
        subject, parent = difference.subject, difference.parent
        above = "" if depth or not parent or parent.kind == "meeting" else str(self.name(parent))
        yield DifferenceView(
            id=subject.id,
            kind=subject.kind,
            what=difference.what,
            name=self.name(subject),
            above=above,
            depth=depth,
            address="" if difference.what == "removed" else self.form(subject),
            fields=tuple(self._fields(difference)),
        )
        for part in difference.beneath:
            yield from self._views(part, depth + 1)

    def name(self, subject: Subject) -> Text:
        """How people call a subject."""
        return subject_name(subject, self.language, self.delegations)

    def name_of(self, subject_id: str) -> str:
        """How people call the subject of an id; "" where there is none."""
        subject = self.after.get(subject_id) or self.before.get(subject_id)
        return str(self.name(subject)) if subject else ""

    def form(self, subject: Subject, field: str = "", language: str = "") -> str:
        """The form of a subject, or the place in it where a field is written."""
        parent = self.after.get(subject.parent_id)
        return form_address(
            subject.kind,
            subject.id,
            parent_kind=parent.kind if parent else "",
            field=field,
            language=language,
        )

    # --- fields

    def _fields(self, difference: SubjectDifference) -> Iterator[FieldView]:
        names = {one.name for one in difference.fields}
        for field in difference.fields:
            if SAID_OTHERWISE.get(field.name, set()) & names:
                continue
            if difference.what != "changed" and _is_usual(difference.subject, field):
                continue
            view = self._field(difference.subject, field)
            if difference.what != "changed":
                view = replace(view, wordings=tuple(replace(w, state="") for w in view.wordings))
            yield view

    def _field(self, subject: Subject, field: FieldDifference) -> FieldView:
        view = FieldView(str(capfirst(field_name(subject.kind, field.name))))
        if field.name in {ORDER, SORTING}:
            return replace(view, after=gettext("in another order"))
        if field.name == "delegations":
            return self._members(view, field)
        if field.wordings:
            return replace(view, wordings=tuple(_wording(one) for one in field.wordings))
        before, after = (
            self.value(subject, field.name, side) for side in (field.before, field.after)
        )
        return replace(view, before=before, after=after)

    def _members(self, view: FieldView, field: FieldDifference) -> FieldView:
        if not field.joined and not field.left:
            return replace(view, after=gettext("in another order"))
        return replace(view, joined=self.listed(field.joined), left=self.listed(field.left))

    def listed(self, codes: Iterable[str]) -> str:
        """Names of delegations."""
        return COMMAS[self.language].join(self.delegation(code) for code in codes)

    def delegation(self, code: str) -> str:
        """The name of a delegation."""
        return str(self.delegations.get(code, Texts()).in_language(self.language)) or code

    def value(self, subject: Subject, name: str, value: object) -> str:
        """A value in words; "" for none."""
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if not value:
            return ""
        if isinstance(value, tuple):
            return COMMAS[self.language].join(self.value(subject, name, one) for one in value)
        if isinstance(value, Mapping) and name in {CODES, STATUSES}:
            return self.of_delegations(name, value)
        if isinstance(value, date):
            return format_date(value, self.language)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        return self._named(value) if within(value) else self._word(subject, name, str(value))

    def _word(self, subject: Subject, name: str, value: str) -> str:
        if name in {"place", "sitting", "item_id"}:
            return self.name_of(value)
        if name == "delegation_code":
            return self.delegation(value)
        if name == "open_to":
            return str(CATEGORIES[value])
        return _choice(subject.kind, name, value)

    def of_delegations(self, name: str, values: Mapping[str, str]) -> str:
        """Delegations, each with its code or with the group that it belongs to."""
        shown = (
            (self.names[key], value if name == CODES else CATEGORIES.get(value, UNKNOWN))
            for key, value in values.items()
        )
        return COMMAS[self.language].join(
            f"{of.in_language(self.language)} ({told})" for of, told in shown
        )

    def _named(self, value: object) -> str:
        """What has texts as its name, perhaps with an address: a venue, a meeting."""
        texts = [one for one in within(value).values() if isinstance(one, Texts)]
        told = [visible(str(one.in_language(self.language))) for one in texts]
        return COMMAS[self.language].join(filter(None, (*told, getattr(value, "slug", ""))))


def _is_usual(subject: Subject, field: FieldDifference) -> bool:
    """Whether a value of what is new or gone needs no saying; whom a list is for does."""
    names_nobody = subject.kind == "list" and subject.own["kind"] != "named"
    return field.name in USUAL and not (names_nobody and field.name == "kind")


def _choice(kind: str, name: str, value: str) -> str:
    """A value as a form calls it, where it is one of a few."""
    known = {field.name: field for field in model_of(kind)._meta.get_fields()}
    choices = dict(getattr(known.get(name), "flatchoices", ()) or ())
    return str(choices.get(value, value))


def _wording(difference: WordingDifference) -> WordingView:
    return WordingView(
        code=difference.language,
        name=NAMES[difference.language],
        runs=tuple(_visible(run) for run in shortened(difference.runs)),
        state=_state(difference),
    )


def _state(difference: WordingDifference) -> str:
    was, now = difference.before, difference.after
    if was is None or now is None:
        return _came(difference.language) if now else _went(difference.language)
    told = []
    if now.behind != was.behind:
        told.append(gettext("behind the English") if now.behind else gettext("up to date again"))
    if now.provenance != was.provenance:
        told.append(str(Provenance(now.provenance).label))
    return " · ".join(told)


def _came(language: str) -> str:
    """What is said of words where there were none; English is no translation."""
    is_source = language == SOURCE_LANGUAGE
    return gettext("not there before") if is_source else gettext("not translated before")


def _went(language: str) -> str:
    """What is said where no words are left."""
    is_source = language == SOURCE_LANGUAGE
    return gettext("no longer there") if is_source else gettext("no longer translated")


def _visible(run: Run) -> Run:
    """A run with its unseen signs by name; of blanks that came or went, which ones."""
    is_blank = run.what != "same" and run.text.isspace()
    return replace(run, text=visible(run.text, blanks=is_blank))


def shortened(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs with long passages that stayed cut down to what stands beside the changed words."""
    for place, run in enumerate(runs):
        if run.what != "same" or len(run.text) <= 3 * KEPT:
            yield run
            continue
        head = "" if place == 0 else run.text[:KEPT].rsplit(maxsplit=1)[0] + " "
        tail = "" if place == len(runs) - 1 else " " + run.text[-KEPT:].split(maxsplit=1)[-1]
        yield Run("same", f"{head}…{tail}")

"""Changes in words, for those who publish: by subject, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models import Break, Meeting, Sitting
from panels.models import Panel
from programme.changes import ORDER, Change, Subject, changes, is_text, subjects, texts_of
from programme.document import LANGUAGES, ProgrammeDocument, Texts, Wording
from programme.language import COMMAS, format_date, heading
from programme.models import AgendaItem, ItemPlacement, Presenter, Publication, SpeakingList
from programme.publishing import Draft

LONGEST = 90
"""Characters of a title or an invitation that identify it."""

SENTENCES: Mapping[tuple[str, str], Promise | str] = {
    ("meeting", "added"): _("The meeting is new."),
    ("meeting", "changed"): _("Changed: %(fields)s"),
    ("item", "added"): _("The item is new."),
    ("item", "removed"): _("The item is removed."),
    ("item", "changed"): _("Changed: %(fields)s"),
    ("panel", "added"): _("The panel is new."),
    ("panel", "removed"): _("The panel is removed."),
    ("panel", "changed"): _("Changed: %(fields)s"),
    ("sitting", "added"): _("Sitting added: %(name)s"),
    ("sitting", "removed"): _("Sitting removed: %(name)s"),
    ("sitting", "changed"): _("Sitting changed: %(name)s – %(fields)s"),
    ("break", "added"): _("Break added: %(name)s"),
    ("break", "removed"): _("Break removed: %(name)s"),
    ("break", "changed"): _("Break changed: %(name)s – %(fields)s"),
    ("placement", "added"): _("Added to the timetable: %(name)s"),
    ("placement", "removed"): _("Removed from the timetable: %(name)s"),
    ("placement", "changed"): _("Place in the timetable changed: %(name)s – %(fields)s"),
    ("list", "added"): _("Speaking list added: “%(name)s”"),
    ("list", "removed"): _("Speaking list removed: “%(name)s”"),
    ("list", "changed"): _("Speaking list changed: “%(name)s” – %(fields)s"),
    ("speaker", "added"): _("Speaker added: %(name)s"),
    ("speaker", "removed"): _("Speaker removed: %(name)s"),
    ("speaker", "changed"): _("Speaker changed: %(name)s – %(fields)s"),
}

OF_ROWS = {
    "meeting": Meeting,
    "item": AgendaItem,
    "panel": Panel,
    "sitting": Sitting,
    "break": Break,
    "placement": ItemPlacement,
    "list": SpeakingList,
    "speaker": Presenter,
}
"""Rows whose columns give the fields of a subject their names."""

FIELDS: Mapping[str, Promise | str] = {
    "label": _("number"),
    "slug": _("address"),
    "delegations": _("named delegations"),
    "names": _("name of a delegation"),
    "delegation_code": _("delegation"),
    "open_to": _("open to whom"),
    "place": _("stands under another item"),
    ORDER: _("order of what stands beneath"),
    "item_id": _("item"),
}
"""Names of what has no column of that name."""

IMPLIED_BY = {"slug": {"label"}, "names": {"delegations", "delegation_code"}}
"""Fields that change by themselves with others: the address of an item follows its number."""

PLAIN = frozenset({"date", "start", "end", "starts_on", "ends_on"})
"""Fields that are told with what stood there before."""


@dataclass(frozen=True, slots=True)
class Group:
    """A subject that people know by name, and in sentences what changes in it."""

    name: str
    sentences: tuple[str, ...]


def pending_in_words(draft: Draft, language: str) -> list[Group]:
    """What would be published now."""
    public = ProgrammeDocument.from_json(draft.public.document) if draft.public else None
    return _Telling(public, draft.document, language).groups(draft.pending)


def published_in_words(
    publication: Publication, predecessor: Publication | None, language: str
) -> list[Group]:
    """What a publication changed against the one before it."""
    if predecessor is None:
        return []
    old, new = (ProgrammeDocument.from_json(one.document) for one in (predecessor, publication))
    return _Telling(old, new, language).groups(changes(old, new))


class _Telling:
    """Tells changes between two documents in one language."""

    def __init__(
        self,
        old: ProgrammeDocument[Texts] | None,
        new: ProgrammeDocument[Texts],
        language: str,
    ) -> None:
        self.language = language
        self.before = subjects(old) if old else {}
        delegations = (*(old.delegations if old else ()), *new.delegations)
        self.delegations = {one.code: self.read(one.name) for one in delegations}
        self.meeting = subjects(new)[new.meeting.id]

    def groups(self, changes: Iterable[Change]) -> list[Group]:
        """By the item, panel or meeting that they concern, in the order of the changes."""
        names: dict[str, str] = {}
        sentences: dict[str, list[str]] = {}
        for change in changes:
            owner = self.owner(change)
            names.setdefault(owner.id, self.heading(owner))
            sentences.setdefault(owner.id, []).append(self.sentence(change))
        return [Group(names[key], tuple(told)) for key, told in sentences.items()]

    def owner(self, change: Change) -> Subject:
        """Whose group a change belongs to: the subject itself, or what it stands under."""
        if change.subject.kind in {"meeting", "item", "panel"}:
            return change.subject
        return change.parent or self.before.get(change.subject.parent_id) or self.meeting

    def heading(self, subject: Subject) -> str:
        """How people call an item, a panel or the meeting."""
        title = self.read(subject.title)
        if subject.kind == "item":
            named = heading(self.read(subject.label), title, self.language)
            return named or gettext("(no title)")
        if subject.kind == "panel":
            return gettext("Panel: %(name)s") % {"name": title or self.place(subject)}
        return title

    def sentence(self, change: Change) -> str:
        """One change as a sentence."""
        sentence = str(SENTENCES[change.subject.kind, change.what])
        fields = COMMAS[self.language].join(self.fields(change))
        return sentence % {"name": self.name(change.subject), "fields": fields}

    # --- names

    def read(self, texts: Texts) -> str:
        """A text in the language of the reader, or the one that stands in for it."""
        return texts.in_language(self.language).value

    def name(self, subject: Subject) -> str:
        """How people recognise what stands beneath an item, a panel or the meeting."""
        if subject.kind in {"placement", "sitting", "break"}:
            named = self.read(subject.title) if subject.kind == "break" else ""
            return COMMAS[self.language].join(filter(None, (named, self.place(subject))))
        if subject.kind == "speaker":
            delegation = self.delegations.get(subject.own.get("delegation_code", ""), "")
            return self.read(subject.title) or delegation
        invitation = self.read(subject.title).replace(" ({delegations})", "")
        return str(Truncator(invitation).chars(LONGEST))

    def place(self, subject: Subject) -> str:
        """Day, and hour or part of the day, as far as they are known."""
        own = subject.own
        day = own.get("date")
        parts = [format_date(date.fromisoformat(day), self.language) if day else ""]
        parts.append(own.get("start") or "")
        if subject.kind == "sitting" and own.get("part"):
            parts.append(str(Sitting.Part(own["part"]).label))
        return COMMAS[self.language].join(filter(None, parts))

    # --- fields

    def fields(self, change: Change) -> Iterator[str]:
        """What changed in a subject: in which languages, from what, by whom."""
        before = self.before.get(change.subject.id)
        for name in change.fields:
            if IMPLIED_BY.get(name, set()) & set(change.fields):
                continue
            yield from self.field(change.subject, name, before)

    def field(self, subject: Subject, name: str, before: Subject | None) -> Iterator[str]:
        """One field that changed."""
        called = field_name(subject.kind, name)
        if before is None or name not in subject.own:
            yield called
            return
        was, now = before.own.get(name), subject.own[name]
        if name == "delegations":
            yield self.members(called, was or [], now)
        elif name in PLAIN:
            yield gettext("%(field)s (was %(before)s, is %(after)s)") % {
                "field": called,
                "before": self.plain(was),
                "after": self.plain(now),
            }
        elif is_text(was) and is_text(now) and (was or now):
            yield from self.languages(called, was, now)
        else:
            yield called

    def plain(self, value: str | None) -> str:
        """A day or an hour of the stored form, or a dash where there is none."""
        if not value:
            return "–"
        return value if ":" in value else format_date(date.fromisoformat(value), self.language)

    def members(self, called: str, was: list[str], now: list[str]) -> str:
        """Who was added to a list, and who was taken from it."""
        added = self.listed(code for code in now if code not in was)
        removed = self.listed(code for code in was if code not in now)
        sentence = {
            (True, True): _("%(field)s (added: %(added)s; removed: %(removed)s)"),
            (True, False): _("%(field)s (added: %(added)s)"),
            (False, True): _("%(field)s (removed: %(removed)s)"),
            (False, False): _("%(field)s (in another order)"),
        }[bool(added), bool(removed)]
        return str(sentence) % {"field": called, "added": added, "removed": removed}

    def listed(self, codes: Iterable[str]) -> str:
        """Names of delegations."""
        return COMMAS[self.language].join(self.delegations.get(code, code) for code in codes)

    def languages(
        self, called: str, was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> Iterator[str]:
        """In which languages a text is worded anew, falls behind, or comes from elsewhere."""
        kinds: dict[Promise | str, list[str]] = {}
        for language in LANGUAGES:
            old, new = _wording(was, language), _wording(now, language)
            if old != new:
                kinds.setdefault(_kind(old, new), []).append(language)
        for sentence, languages in kinds.items():
            codes = COMMAS[self.language].join(languages)
            yield str(sentence) % {"field": called, "languages": codes}


WORDED_ANEW = _("%(field)s (%(languages)s)")
FALLEN_BEHIND = _("%(field)s (%(languages)s: behind the English)")
CAUGHT_UP = _("%(field)s (%(languages)s: follows the English again)")
FROM_ELSEWHERE = _("%(field)s (%(languages)s: marked with another origin)")


def _kind(old: Wording | None, new: Wording | None) -> Promise | str:
    if old is None or new is None or old.value != new.value:
        return WORDED_ANEW
    if old.behind != new.behind:
        return FALLEN_BEHIND if new.behind else CAUGHT_UP
    return FROM_ELSEWHERE


def _wording(stored: Mapping[str, Any], language: str) -> Wording | None:
    return texts_of(stored).wordings.get(language)


def field_name(kind: str, name: str) -> str:
    """How people call a field of a subject: as its form in the admin does."""
    if name in FIELDS:
        return str(FIELDS[name])
    model = OF_ROWS[kind]
    known = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))

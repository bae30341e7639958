"""How staff recognise the subjects of a programme, and their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.shared.subject_addresses import model_of
from meetings.models import Sitting as SittingRow
from programme.comparing.changes import ORDER, Subject
from programme.comparing.directory import CODES, NAMES, SORTING, STATUSES
from programme.document import nodes as doc
from programme.document.nodes import Text, Texts
from programme.language.dates import format_date, format_time_range
from programme.language.labels import heading
from programme.language.lists import COMMAS
from programme.language.shortening import short
from programme.models import Publication


def item_heading(item: doc.AgendaItem[Text], language: str) -> Text:
    """An item by label and title."""
    return _labelled(item.label, item.title, language)


def _labelled(label: Text, title: Text, language: str) -> Text:
    value = heading(label.value, title.value, language) or gettext("(no title)")
    return replace(title, value=value) if title else Text(value, language, asked_for=language)


def list_name(speaking_list: doc.SpeakingList[Text]) -> Text:
    """A list by the beginning of its invitation."""
    return _short(speaking_list.invitation)


def _short(invitation: Text) -> Text:
    return replace(invitation, value=short(invitation.value))


def panel_name(panel: doc.Panel[Text], language: str) -> Text:
    """A panel by its title; without one, by its hours."""
    hours = format_time_range(panel.start, panel.end, language)
    return panel.title or Text(hours or gettext("(no title)"), language, asked_for=language)


def sitting_name(sitting: doc.Sitting[Text], words: Mapping[str, Text]) -> Text:
    """A half-day by its heading; without one, by its part of the day."""
    return sitting.heading or words[sitting.part]


def subject_name(subject: Subject, language: str, delegations: Mapping[str, Texts]) -> Text:
    """A subject by what people call it, as its kind is called."""
    title = subject.title.in_language(language)
    if subject.kind == "item":
        return _labelled(subject.label.in_language(language), title, language)
    if subject.kind == "list":
        return _short(title)
    if subject.kind == "speaker" and not title:
        name = delegations.get(subject.own.get("delegation_code", ""), Texts())
        return name.in_language(language)
    if subject.kind == "meeting" or (subject.kind in {"panel", "speaker"} and title):
        return title
    named = title.value if subject.kind == "break" else ""
    return Text(
        COMMAS[language].join(filter(None, (named, _place(subject, language)))),
        language,
        asked_for=language,
    )


def _place(subject: Subject, language: str) -> str:
    """Day, and hour or part of the day, as far as they are known."""
    own = subject.own
    day = own.get("date")
    parts = [format_date(date.fromisoformat(day), language) if day else "", own.get("start") or ""]
    if subject.kind == "sitting" and own.get("part"):
        parts.append(str(SittingRow.Part(own["part"]).label))
    return COMMAS[language].join(filter(None, parts))


def version_name(publication: Publication) -> str:
    """A publication's designation; the first has none."""
    return publication.designation or gettext("first version")


# --- fields ----------------------------------------------------------------------------------

FIELDS: Mapping[str, Promise | str] = {
    "label": _("number"),
    "slug": _("address"),
    "delegations": _("named delegations"),
    "names": _("name of a delegation"),
    "delegation_code": _("delegation"),
    "open_to": _("for which groups"),
    "place": _("stands under another item"),
    ORDER: _("order of what stands beneath"),
    "item_id": _("item"),
    NAMES: _("names of delegations"),
    CODES: _("addresses of the pages of delegations"),
    SORTING: _("alphabetical order of delegations"),
    STATUSES: _("status of delegations under the Convention"),
}
"""Names of what has no column of that name."""


def field_name(kind: str, name: str) -> str:
    """How people call a field of a subject: as its form in the admin does."""
    if name in FIELDS:
        return str(FIELDS[name])
    known = {field.name: field for field in model_of(kind)._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))

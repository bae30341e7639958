"""How staff recognise the subjects of a programme, and their fields."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from desk.shared.subject_addresses import model_of
from meetings.models import Sitting as SittingRow
from programme.comparing.changes import Subject
from programme.comparing.fields import field_of
from programme.document import nodes as doc
from programme.document.nodes import Text, Texts
from programme.document.part_names import UNNAMED, item_in_full, list_in_short
from programme.language.dates import format_date, format_time_range
from programme.language.lists import COMMAS
from programme.models import Publication


def panel_name(panel: doc.Panel[Text], language: str) -> Text:
    """A panel by its title; without one, by its hours."""
    hours = format_time_range(panel.start, panel.end, language)
    return panel.title or Text.own(hours or UNNAMED["panel"], language)


def subject_name(subject: Subject, language: str, delegations: Mapping[str, Texts]) -> Text:
    """A subject by what people call it, as its kind is called."""
    title = subject.title.in_language(language)
    if subject.kind == "item":
        return item_in_full(subject.label.in_language(language), title, language)
    if subject.kind == "list":
        return list_in_short(title)
    if subject.kind == "speaker" and not title:
        name = delegations.get(subject.own.get("delegation_code", ""), Texts())
        return name.in_language(language)
    if subject.kind == "meeting" or (subject.kind in {"panel", "speaker"} and title):
        return title
    named = title.value if subject.kind == "break" else ""
    parts = filter(None, (named, _place(subject, language)))
    return Text.own(COMMAS[language].join(parts), language)


def _place(subject: Subject, language: str) -> str:
    """Day, and hour or part of the day, as far as they are known."""
    own = subject.own
    day, start = own.get("date"), own.get("start")
    parts = [format_date(day, language) if day else "", f"{start:%H:%M}" if start else ""]
    if subject.kind == "sitting" and own.get("part"):
        parts.append(str(SittingRow.Part(own["part"]).label))
    return COMMAS[language].join(filter(None, parts))


def version_name(publication: Publication) -> str:
    """A publication's designation; the first has none."""
    return publication.designation or gettext("first version")


# --- fields ----------------------------------------------------------------------------------


def field_name(kind: str, name: str) -> str:
    """How people call a field of a subject: as its form in the admin does."""
    if called := field_of(kind, name).called:
        return str(called)
    known = {field.name: field for field in model_of(kind)._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))

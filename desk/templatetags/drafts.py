"""What templates of the admin need to know of drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import template
from django.contrib.admin import site
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from desk.draft.outline import Entry
from desk.draft.start import StartPage, pending_sentence
from desk.draft.status import Marks
from desk.publish.differences import WHAT
from desk.rows.fields import follow
from desk.shared import subject_names
from desk.shared.moments import in_zone
from desk.shared.pages import page_address
from desk.shared.subject_addresses import MODELS, model_of
from meetings.models import Meeting
from meetings.rows import LANGUAGES
from panels.models import Panellist
from programme.language.dates import format_date_range
from programme.models import Presenter, Publication

register = template.Library()

SUBJECTS: tuple[type[Model], ...] = (*MODELS.values(), Presenter, Panellist)
"""Rows that a change can be about."""


@dataclass(frozen=True, slots=True)
class PendingTool:
    """Addresses that the form of a row leads to."""

    draft: str
    pending: str
    some_subjects: str


@register.simple_tag
def start_page(request: HttpRequest) -> StartPage:
    """What the start page says to the account that asks."""
    return StartPage(request.user, timezone.now())


@register.simple_tag
def pending_tool(row: Model) -> PendingTool | None:
    """Where the form of a row asks what of it is not public yet; None for other rows."""
    if not isinstance(row, SUBJECTS):
        return None
    meeting_id = _meeting_id(row)
    subjects = [str(row.pk)]
    return PendingTool(
        draft=page_address("draft", meeting_id),
        pending=page_address("pending", meeting_id, subjects=subjects),
        some_subjects=page_address("some_subjects", meeting_id, subjects=subjects),
    )


def _meeting_id(row: Model) -> UUID:
    """The id of the meeting that a row belongs to; the meeting itself is not read for it."""
    path = getattr(site.get_model_admin(type(row)), "to_meeting", "")
    if not path:
        return UUID(str(row.pk))
    above, _, last = path.rpartition("__")
    return UUID(str(getattr(follow(row, above), f"{last}_id")))


@register.filter
def kind_name(kind: str) -> str:
    """How people call a kind of subjects."""
    return str(capfirst(model_of(kind)._meta.verbose_name))


@register.filter
def version_name(publication: Publication) -> str:
    """A publication's designation; the first has none."""
    return subject_names.version_name(publication)


@register.filter
def days(meeting: Meeting) -> str:
    """The days of a meeting."""
    return format_date_range(meeting.starts_on, meeting.ends_on, get_language() or "en")


@register.filter
def by_clocks_of(at: datetime, meeting: Meeting) -> str:
    """A moment as clocks show it where a meeting is held."""
    return in_zone(at, meeting.zone)


@register.filter
def in_a_sentence(number_pending: int) -> str:
    """How many changes the public does not see."""
    return pending_sentence(number_pending)


@register.filter
def marks(entry: Entry) -> SafeString:
    """What is open in a line of the draft, each mark in words."""
    return format_html_join(" ", '<span class="desk-mark desk-mark-{}">{}</span>', _marks(entry))


def _marks(entry: Entry) -> Iterator[tuple[str, str | SafeString]]:
    marks = entry.marks
    if marks.what:
        yield marks.what, str(WHAT[marks.what])
    for problem in marks.problems:
        yield "error", problem
    if marks.warnings and not entry.warnings:
        number = len(marks.warnings)
        told = ngettext("%(number)d warning", "%(number)d warnings", number)
        yield "warning", told % {"number": number}
    if not entry.warnings:
        yield from _marks_of_texts(marks)


def _marks_of_texts(marks: Marks) -> Iterator[tuple[str, SafeString]]:
    for language in LANGUAGES:
        if missing := marks.number("missing", language):
            told = ngettext("%(number)d missing", "%(number)d missing", missing)
            yield "missing", _in(language, told % {"number": missing})
        if behind := marks.number("behind", language):
            told = ngettext("%(number)d behind", "%(number)d behind", behind)
            yield "behind", _in(language, told % {"number": behind})


def _in(language: str, told: str) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi> {}', language, told)

"""Validation errors of a meeting's rows as staff read them, each with a link to its form."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desk.shared.addresses import admin_address
from meetings.models import Meeting
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import Problem, problems_of


def warn_of_problems(request: HttpRequest, meeting: Meeting) -> None:
    """Warn after a save; rows may be half done for a while, and only publishing is refused."""
    problems = problems_of(MeetingRows(meeting.pk))
    if problems:
        warning = format_html(
            "{}{}",
            _("Saved, but the meeting cannot be published like this:"),
            listed(problems),
        )
        messages.warning(request, warning)


def listed(problems: Iterable[Problem]) -> SafeString:
    """Problems as a list, each linked to the form that mends it."""
    links = ((admin_address(one.row), str(one)) for one in problems)
    items = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return format_html('<ul class="problems">{}</ul>', items)

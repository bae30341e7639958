"""The page that shows a meeting's draft in the order of the programme, with what is open in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from desk.draft.outline import Entry, Outline, Section, chosen
from desk.draft.status import DraftStatus, status_or_404
from desk.rows.texts import NAMES
from desk.shared.pages import frame
from desk.shared.problems import listed
from desk.shared.types import Admin
from meetings.rows import LANGUAGES, SOURCE_LANGUAGE

TEMPLATE = "desk/draft/draft.html"

Matches = Callable[[Entry], bool]

SHOWN: Mapping[str, tuple[Promise | str, Matches]] = {
    "all": (_("All"), lambda _entry: True),
    "unpublished": (_("Not public yet"), lambda entry: bool(entry.marks.what)),
    "unfinished": (_("To be mended"), lambda entry: entry.marks.is_unfinished),
    "untranslated": (_("To be translated"), lambda entry: entry.marks.is_untranslated()),
}
"""What a reader may choose to see of a draft."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of what is shown, and how many lines it has."""

    name: Promise | str
    query: str
    number: int
    is_chosen: bool
    lang: str = ""


@require_safe
def draft_view(request: HttpRequest, meeting_id: uuid.UUID, model_admin: Admin) -> HttpResponse:
    """Show the draft: all of it, or what the query asks for (`show`, `language`).

    Refused (403) to whoever may not see meetings.
    """
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    status = status_or_404(meeting_id)
    outline = Outline(status, get_language() or SOURCE_LANGUAGE)
    sections = outline.sections()
    shown = _shown(request)
    language = _language(request) if shown == "untranslated" else ""
    matches = _untranslated_in(language) if language else _matching(shown, status)
    context = {
        **frame(request, model_admin, status.meeting, _("Draft")),
        "status": status,
        "problems": listed(status.problems) if status.problems else "",
        "sections": _with_what_is_to_do(
            _chosen(sections, shown, matches), shown, outline, language, request.get_full_path()
        ),
        "tabs": _tabs(sections, shown, status),
        "languages": _languages(sections, language) if shown == "untranslated" else [],
        "is_filtered": shown != "all",
    }
    return TemplateResponse(request, TEMPLATE, context)


def _shown(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in SHOWN else "all"


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else ""


def _matching(shown: str, status: DraftStatus) -> Matches:
    """Which lines a choice shows; where nothing is public, none of them is public yet."""
    is_all = shown == "unpublished" and status.public is None
    return SHOWN["all" if is_all else shown][1]


def _chosen(sections: list[Section], shown: str, matches: Matches) -> list[Section]:
    return sections if shown == "all" else chosen(sections, matches)


def _with_what_is_to_do(
    sections: list[Section], shown: str, outline: Outline, language: str, back: str
) -> list[Section]:
    """Lines with each warning linked to its field, where the reader chose to see such lines."""
    if shown not in {"unfinished", "untranslated"}:
        return sections
    return [
        replace(
            section,
            entries=tuple(
                outline.with_warnings(entry, shown, language, back) for entry in section.entries
            ),
        )
        for section in sections
    ]


def _untranslated_in(language: str) -> Matches:
    return lambda entry: entry.marks.is_untranslated([language])


def _number(sections: list[Section], matches: Matches) -> int:
    return sum(matches(entry) for section in sections for entry in section.entries)


def _tabs(sections: list[Section], shown: str, status: DraftStatus) -> list[Tab]:
    return [
        Tab(
            name,
            urlencode({"show": key}),
            _number(sections, _matching(key, status)),
            key == shown,
        )
        for key, (name, _all) in SHOWN.items()
    ]


def _languages(sections: list[Section], language: str) -> list[Tab]:
    everywhere = SHOWN["untranslated"][1]
    query = {"show": "untranslated"}
    return [
        Tab(_("All languages"), urlencode(query), _number(sections, everywhere), not language),
        *(
            Tab(
                NAMES[code],
                urlencode(query | {"language": code}),
                _number(sections, _untranslated_in(code)),
                code == language,
                lang=code,
            )
            for code in LANGUAGES
            if code != SOURCE_LANGUAGE or _number(sections, _untranslated_in(code))
        ),
    ]

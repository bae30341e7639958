"""A smoke test before publishing: pages that hold every text are rendered in all languages."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone, translation

from programme.document.nodes import LANGUAGES, Texts
from programme.document.programme import ProgrammeDocument
from programme.pages import views
from programme.pages.links import Links
from programme.pages.shown import Preview, Shown
from programme.publishing.previews import NO_SERIAL
from programme.shelf.edition import Edition
from programme.shelf.proving import refuse_unshowable

TRIED = (views.programme, views.text)
"""They hold every text of a programme."""


def refuse_unrenderable(document: ProgrammeDocument[Texts]) -> None:
    """Refuse a document that cannot be read, or of which a page cannot be made.

    Raises whatever keeps it from that.
    """
    refuse_unshowable(document)
    edition = Edition(document, NO_SERIAL, "", timezone.now(), "")
    for language in LANGUAGES:
        with translation.override(language):
            _try(edition, language)


def _try(edition: Edition, language: str) -> None:
    request = HttpRequest()
    request.path = request.path_info = f"/{language}/"
    links = Links(edition.slug, preview="")
    at = edition.published_at
    shown = Shown.of(edition, at=at, links=links, preview=Preview(expires_at=at))
    for view in TRIED:
        view(request, mount=lambda request, *, view, shown=shown: view(request, shown))

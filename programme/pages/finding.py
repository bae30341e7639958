"""The page that answers what a reader seeks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from programme.pages.search import LONGEST_QUERY, ids_found
from programme.pages.shown import language, next_first
from programme.pages.views import moment, public_page, rendered
from programme.shelf.shelf import shelf


@public_page
def find(request: HttpRequest) -> HttpResponse:
    """What a few letters find, in any of the languages; without any, the form alone."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    known = shelf.delegations(language())
    ids = ids_found(next_first(moment(request)), query)
    return rendered(
        request,
        "programme/find.html",
        {"query": query, "known": known, "found": [one for one in known if one.id in ids]},
        is_indexed=False,
    )

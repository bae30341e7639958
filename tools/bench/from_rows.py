"""The programme page made from rows for each request: what publishing saves.

The draft is compiled and rendered by the site's own code, and compressed as the site does it.
`python -m tools.bench.from_rows --port NUMBER`
"""

from __future__ import annotations

from typing import Any

import brotli
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from config import serve


def from_rows(request: HttpRequest, *, view: Any, slug: str) -> HttpResponse:
    """A page of a meeting as its rows have it now."""
    document = compile_document(Meeting.objects.get(slug=slug))
    at = timezone.now()
    edition = Edition(document, 1, "", at, digest_of(document.to_json()))
    response: HttpResponse = view(request, Shown.of(edition, at=at))
    response.content = brotli.compress(response.content, quality=5)
    response["Content-Encoding"] = "br"
    return response


if __name__ == "__main__":
    serve.main("tools.bench.from_rows:application")
else:
    settings.ROOT_URLCONF = __name__
    application = get_wsgi_application()

    from config.urls import urlpatterns as of_the_site
    from meetings.models import Meeting
    from programme.document.stored import digest_of
    from programme.pages import views
    from programme.pages.shown import Shown
    from programme.publishing.watcher import watch
    from programme.rows.compiling import compile_document
    from programme.shelf.edition import Edition

    watch.look_once()  # the page names other meetings
    mounted = {"mount": from_rows}
    urlpatterns = [path("en/from-rows/<slug>/", views.programme, mounted), *of_the_site]

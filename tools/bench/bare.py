"""A bare Django view that returns ready bytes: what the site's own answers are measured against.

Served by the same server with the same settings; no middleware, no template, nothing to compress.
`python -m tools.bench.bare --port NUMBER`, with the files of BARE_FOLDER.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGES: dict[str, bytes] = {}


def page(_request: HttpRequest, name: str) -> HttpResponse:
    """The bytes of one page; none for /health/ready."""
    return HttpResponse(PAGES.get(name, b""), headers={"Content-Encoding": "br"})


urlpatterns = [path("<path:name>", page)]


def load_pages() -> WSGIHandler:
    """The whole application."""
    import django  # noqa: PLC0415 -- after the settings

    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DATABASES={})
    django.setup()
    files = Path(os.environ["BARE_FOLDER"]).iterdir()
    PAGES.update({file.name: file.read_bytes() for file in files})
    return WSGIHandler()


if __name__ == "__main__":
    from config.serve import main

    main("tools.bench.bare:application")
else:
    application = load_pages()

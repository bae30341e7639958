"""`manage.py write_notices`: make the pages that the proxy shows where the site cannot answer."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from serving.errors import error_page, home_in

ERRORS = ("413", "429", "503")
"""What the proxy alone says: too much sent at once, too many requests, no process that answers."""


class Command(BaseCommand):
    help = (
        "Write the pages that the proxy shows where the site cannot answer, in each language, to "
        "notices/ in STATIC_ROOT. To be run after collectstatic, whose style sheets they name."
    )

    def handle(self, **_options: object) -> None:
        folder = Path(settings.STATIC_ROOT) / "notices"
        folder.mkdir(parents=True, exist_ok=True)
        for language, _name in settings.LANGUAGES:
            for error in ERRORS:
                page = error_page(home_in(language), error)
                (folder / f"{error}.{language}.html").write_bytes(page.content)

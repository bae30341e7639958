"""`manage.py static_headers`: what the proxy says with each static file, by the site's settings."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Print the directives of nginx by which static files say what pages say: how long browsers "
        "are to ask by https alone (HSTS_SECONDS; RFC 6797). deploy/restart hands them to nginx."
    )

    def handle(self, **_options: object) -> None:
        if seconds := settings.SECURE_HSTS_SECONDS:
            header = f'add_header Strict-Transport-Security "max-age={seconds}" always;'
            self.stdout.write(header)

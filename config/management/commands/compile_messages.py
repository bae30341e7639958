"""`manage.py compile_messages`: make the files that the running site reads its words from."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.catalogues import compile_catalogue


class Command(BaseCommand):
    help = "Compile each locale/<language>/LC_MESSAGES/*.po that changed, without gettext."
    requires_system_checks = []

    def handle(self, *, verbosity: int, **_options: object) -> None:
        paths = [
            path
            for folder in settings.LOCALE_PATHS
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        ]
        for path in paths:
            try:
                if compile_catalogue(path) and verbosity:
                    self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}")
            except (OSError, UnicodeDecodeError) as error:  # polib's word for a syntax error
                raise CommandError(f"{path} cannot be compiled: {error}") from error

"""`manage.py compile_messages`: make the files that the running site reads its words from."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalogues.files import BrokenCatalogueError, compile_catalogue


class Command(BaseCommand):
    help = (
        "Compile each locale/<language>/LC_MESSAGES/*.po that changed, without gettext. What "
        "cannot be read, counted or filled is refused by file, line and reason; the site then "
        "goes on with the last good words of that language."
    )
    requires_system_checks = []

    def handle(self, *, verbosity: int, **_options: object) -> None:
        paths = [
            path
            for folder in settings.LOCALE_PATHS
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        ]
        refused = []
        for path in paths:
            try:
                if compile_catalogue(path) and verbosity:
                    self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}")
            except BrokenCatalogueError as error:
                refused.append(f"{error}\n{self._what_is_read(path)}")
            except OSError as error:
                refused.append(f"{path} cannot be compiled: {error.strerror or error}")
        if refused:
            raise CommandError("\n".join(refused))

    def _what_is_read(self, path: Path) -> str:
        compiled = path.with_suffix(".mo")
        name = compiled.relative_to(settings.BASE_DIR)
        if compiled.exists():
            return f"Not compiled: {name} stays as it was, with the last good words."
        return f"Not compiled: there is no earlier {name}, so that its texts stand in English."

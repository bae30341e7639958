"""`manage.py messages`: bring the translators' files in line with the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalogues import files

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Extract the texts of our modules and templates into locale/<language>/LC_MESSAGES/"
        "django.po: new ones empty, those that vanished removed, none guessed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing, and fail with a list if something would change.",
        )

    def handle(self, *, check: bool, **_options: object) -> None:
        messages = files.messages_in(files.source_files())
        try:
            updates = [files.update(one, messages) for one in files.languages()]
        except files.BrokenCatalogueError as error:
            raise CommandError(str(error)) from error
        needed = [update for update in updates if update.is_needed]
        for update in needed:
            self._report(update)
            if not check:
                update.path.parent.mkdir(parents=True, exist_ok=True)
                update.path.write_text(update.text, encoding="utf-8")
        if check and needed:
            raise CommandError("The catalogues are behind the sources: run `make messages`.")
        if not needed:
            self.stdout.write(f"{len(messages)} messages, nothing to change.")

    def _report(self, update: files.Update) -> None:
        name = update.path.relative_to(settings.BASE_DIR)
        self.stdout.write(f"{name}: {len(update.new)} new, {len(update.vanished)} vanished")
        for sign, texts in (("+", update.new), ("-", update.vanished)):
            for text in texts:
                self.stdout.write(f"  {sign} {text!r}")
        if not (update.new or update.vanished):
            self.stdout.write("  other order, comments, places or header")

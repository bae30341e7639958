"""`manage.py prove_backup FILE`: the restore drill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from operating import backups

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Restore a backup into a database of its own, bring it up to this release, read every "
        "publication against its digest and compile every draft."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: object) -> None:
        try:
            holds = backups.prove(file)
        except (backups.BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: proved. {holds}")

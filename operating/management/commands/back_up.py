"""`manage.py back_up FOLDER`: a backup that is proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operating import backups

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Write a backup of the database, restore it into a database of its own and read it; only "
        "then it comes into the folder. What cannot be proved stays in unproved/ there until the "
        "next backup starts, and the command fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=0, help="how many backups to keep (0: all)")

    def handle(self, *, folder: Path, keep: int, **_options: object) -> None:
        try:
            file, holds = backups.back_up(folder, timezone.now())
        except (backups.BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: proved. {holds}")
        for old in backups.forget_old(file, keep):
            self.stdout.write(f"Removed: {old}")

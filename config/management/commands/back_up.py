"""`manage.py back_up FOLDER`: a backup that is proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import backups

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Write a backup of the database into a folder, restore it into a database of its own and "
        "compare. A backup that cannot be proved is renamed, and the command fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=0, help="how many to keep (0: all)")

    def handle(self, *, folder: Path, keep: int, **_options: object) -> None:
        try:
            file = backups.back_up(folder, timezone.now())
            self._prove(file)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        for old in backups.forget_old(folder, keep):
            self.stdout.write(f"Removed: {old}")

    def _prove(self, file: Path) -> None:
        try:
            held = backups.prove(file)
        except backups.BackupError:
            file.rename(file.with_suffix(".unproved"))
            raise
        self.stdout.write(f"{file}: proved. {backups.told(held)}")

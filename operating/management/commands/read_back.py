"""`manage.py read_back`: read all that the database holds, as the proof of a backup does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from operating import backups
from programme.models import Publication

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Read every publication against its digest, compile every draft, and tell how many."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--publications", type=int, default=0, help="how many there must be")

    def handle(self, *, publications: int, **_options: object) -> None:
        faults = [*backups.faults()]
        if (found := Publication.objects.count()) < publications:
            faults.append(f"There are {found} publications of {publications}.")
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(backups.told())

"""`manage.py backup_notes`: what the database holds, as the proof of a backup compares it."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand

from operating import backups


class Command(BaseCommand):
    help = "Print what the database holds: rows by table, digests of publications and drafts."

    def handle(self, **_options: object) -> None:
        self.stdout.write(json.dumps(backups.notes(), indent=1, sort_keys=True))

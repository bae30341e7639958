"""`manage.py first_run`: something to see in an empty database, and somebody to log in as."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from meetings.directory import import_delegations
from meetings.models import Meeting
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from programme.rows.importing import import_programme

DATA = Path(__file__).parents[2] / "data"
PROGRAMMES = ("2024-intersessional-meetings", "2024-first-preparatory-meeting")
"""In the order of the meetings: the second follows the first."""


class Command(BaseCommand):
    help = "For local use: import and publish the programmes of 2024 if there is no meeting yet."

    def handle(self, **_options: object) -> None:
        """Fill an empty database; leave any other as it is."""
        if not settings.DEBUG:
            message = "first_run is for local use alone; it needs DEBUG=1."
            raise CommandError(message)
        if not Meeting.objects.exists():
            with transaction.atomic():  # an interrupted first run begins anew
                self._import_and_publish()
        self._make_account()

    def _import_and_publish(self) -> None:
        import_delegations()
        for name in PROGRAMMES:
            import_programme(DATA / f"{name}.yaml")
            meeting = Meeting.objects.get(slug=name)
            publish(
                meeting,
                by=None,
                at=timezone.now(),
                expected_digest=draft_of(meeting).digest,
            )
            self.stdout.write(f"Imported and published: {meeting}")

    def _make_account(self) -> None:
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists():
            self.stdout.write(
                "An administrator's account is there already; "
                "`.venv/bin/python manage.py changepassword admin` gives it a new password."
            )
            return
        password = secrets.token_urlsafe(9)
        users.create_superuser("admin", password=password)
        self.stdout.write(f"Administrator for local use: name admin, password {password}")

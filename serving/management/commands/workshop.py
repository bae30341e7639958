"""`manage.py workshop`: the whole site on one machine, for whoever works on it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Compile the words, bring the tables up to date, fill an empty database and serve the site "
        "on this machine alone. Refused unless DEBUG is on."
    )
    requires_system_checks = []  # the server checks when it starts

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **_options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("This is for a workshop: set DEBUG=1, or serve config.wsgi.")
        # The server starts this command again whenever a module changes; once is enough.
        if DJANGO_AUTORELOAD_ENV not in os.environ:
            # For the server that is started next: pages and feeds name the address that answers.
            os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
            self._compile()
            call_command("migrate", verbosity=0)
            call_command("first_run")
            self.stdout.write(f"Open http://127.0.0.1:{port}/.")
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        call_command("runserver", f"127.0.0.1:{port}")

    def _compile(self) -> None:
        """Go on with the last good words where new ones cannot be used, and say so."""
        try:
            call_command("compile_messages")
        except CommandError as error:
            self.stderr.write(str(error))

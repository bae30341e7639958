"""`manage.py import_programme FILE`: a meeting's programme from its YAML file."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.import_plan import ImportRefusedError
from meetings.management.commands.import_delegations import (
    add_import_arguments,
    refusal,
    report,
)
from programme.rows.importing import import_programme
from programme.rows.problems import InvalidDraftError
from programme.rows.yaml_file import InvalidFileError


class Command(BaseCommand):
    help = "Bring a meeting's rows to what its file says; importing again changes nothing more."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the switches of every import."""
        parser.add_argument("file", type=Path, help="For example programme/data/<meeting>.yaml")
        add_import_arguments(parser)

    def handle(self, *, file: Path, overwrite: bool, dry_run: bool, **_options: object) -> None:
        """Import, and say what changed; every error at once, each with its line."""
        try:
            file.open("rb").close()
        except FileNotFoundError as error:
            message = f"There is no file {file}."
            raise CommandError(message) from error
        except OSError as error:  # such as an operator's own file, for the site's user
            message = f"{file} cannot be read: {error.strerror}."
            raise CommandError(message) from error
        try:
            plan = import_programme(file, overwrite=overwrite, dry_run=dry_run)
        except InvalidFileError as error:
            lines = "\n".join(f"  {one}" for one in error.errors)
            message = f"{file} cannot be imported; nothing was written:\n{lines}"
            raise CommandError(message) from error
        except ImportRefusedError as error:
            raise CommandError(refusal(error)) from error
        except InvalidDraftError as error:
            lines = "\n".join(f"  {one}" for one in error.problems)
            message = f"With rows that staff made, {file} makes no programme:\n{lines}"
            raise CommandError(message) from error
        report(self, plan, dry_run=dry_run)

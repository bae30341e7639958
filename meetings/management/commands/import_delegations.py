"""`manage.py import_delegations`: the directory of States and organisations from its files."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.directory import import_delegations
from meetings.import_plan import ImportRefusedError, Plan


class Command(BaseCommand):
    help = "Bring the directory of delegations to what the files in meetings/data/ say."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two switches, as for programmes."""
        add_import_arguments(parser)

    def handle(self, *, overwrite: bool, dry_run: bool, **_options: object) -> None:
        """Import, and say what changed."""
        try:
            plan = import_delegations(overwrite=overwrite, dry_run=dry_run)
        except ImportRefusedError as error:
            raise CommandError(refusal(error)) from error
        report(self, plan, dry_run=dry_run)


def add_import_arguments(parser: CommandParser) -> None:
    """The switches that every import has."""
    parser.add_argument(
        "--dry-run", action="store_true", help="Print what would change; write nothing."
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="Take the file's word where staff changed a row since the last import.",
    )


def report(command: BaseCommand, plan: Plan, *, dry_run: bool) -> None:
    """Print what an import did, or would do."""
    for line in plan.lines():
        command.stdout.write(line)
    for reason in plan.refused:
        command.stdout.write(command.style.WARNING(f"would be refused: {reason}"))
    done = "would be" if dry_run else "were"
    command.stdout.write(
        f"{len(plan.created)} rows {done} made, {len(plan.changed)} changed, "
        f"{len(plan.deleted)} deleted; {len(plan.unchanged)} stay as they are."
    )


def refusal(error: ImportRefusedError) -> str:
    """A refusal with its reasons, and the way on."""
    reasons = "\n".join(f"  {reason}" for reason in error.reasons)
    return (
        f"Nothing was written, since staff changed rows meanwhile:\n{reasons}\n"
        "Bring the file up to date, or take the file's word with --overwrite."
    )

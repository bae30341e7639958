"""Rows for tests, from files as an editor writes them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from meetings.directory import import_delegations
from meetings.models import Meeting
from programme.models import Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from programme.rows.importing import import_programme

DATA = Path(__file__).parent / "data"
PROGRAMMES = Path(settings.BASE_DIR) / "programme" / "data"


def meeting_from(path: Path) -> Meeting:
    """The meeting that a file makes."""
    import_programme(path)
    return Meeting.objects.get(slug=path.stem)


def shapes() -> Meeting:
    """The meeting with every shape of a programme, and the directory of delegations."""
    import_delegations()
    return meeting_from(DATA / "shapes.yaml")


def published(meeting: Meeting) -> Publication:
    """Publish a meeting's draft as it is."""
    return publish(meeting, by=None, at=timezone.now(), expected_digest=draft_of(meeting).digest)

"""Rows as an operator and an editor make them, and who works on them.

Imported once the settings are known.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from programme.models import Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from programme.rows.importing import import_programme

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PROGRAMMES = Path(settings.BASE_DIR) / "programme" / "data"


def meeting_from(path: Path) -> Meeting:
    """The meeting that a file makes."""
    import_programme(path)
    return Meeting.objects.get(slug=path.stem)


def published(meeting: Meeting) -> Publication:
    """Publish a meeting's draft as it is."""
    return publish(meeting, by=None, at=timezone.now(), expected_digest=draft_of(meeting).digest)


def session_of(user: User) -> str:
    """The key of a new session of somebody."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value

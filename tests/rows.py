"""Rows for tests, from files as an editor writes them."""

from __future__ import annotations

from pathlib import Path

from meetings.directory import import_delegations
from meetings.models import Meeting
from tools.servers.rows import PROGRAMMES, meeting_from, published

__all__ = ["DATA", "PROGRAMMES", "meeting_from", "published", "shapes"]

DATA = Path(__file__).parent / "data"


def shapes() -> Meeting:
    """The meeting with every shape of a programme, and the directory of delegations."""
    import_delegations()
    return meeting_from(DATA / "shapes.yaml")

"""Where the public sees what a form edits, as far as it is public in this process."""

from __future__ import annotations

from meetings.models import Meeting
from programme.links import Links
from programme.models import AgendaItem
from programme.shelf import shelf


def public_meeting(meeting: Meeting) -> str | None:
    """The public page of a meeting."""
    edition = shelf.current(meeting.slug)
    return Links(edition.slug).programme if edition else None


def public_item(item: AgendaItem) -> str | None:
    """The public page of an item, which may have another number there than in the draft."""
    edition = shelf.current(item.meeting.slug)
    items = edition.in_language("en").items() if edition else ()
    shown = next((one for one in items if one.id == str(item.pk)), None)
    return Links(item.meeting.slug).item(shown) if shown else None

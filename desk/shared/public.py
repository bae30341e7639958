"""Where the public sees what a form edits, as far as it is public in this process."""

from __future__ import annotations

from meetings.models import Meeting
from programme.models import AgendaItem
from programme.pages.links import Links
from programme.shelf.edition import Edition
from programme.shelf.shelf import shelf


def public_edition(meeting: Meeting) -> Edition | None:
    """What is public of a meeting, which may have another address there than in the draft."""
    editions = shelf.current_editions()
    return next((one for one in editions if one.document.meeting.id == str(meeting.pk)), None)


def public_meeting(meeting: Meeting) -> str | None:
    """The public page of a meeting."""
    edition = public_edition(meeting)
    return Links(edition.slug).programme if edition else None


def public_item(item: AgendaItem) -> str | None:
    """The public page of an item, which may have another number there than in the draft."""
    edition = public_edition(item.meeting)
    if edition is None:
        return None
    items = edition.in_language("en").items()
    shown = next((one for one in items if one.id == str(item.pk)), None)
    return Links(edition.slug).item(shown) if shown else None

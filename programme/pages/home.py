"""The site's first page: the meeting at hand at a glance, the others, and who runs the site."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from programme.pages.shown import Shown, language, latest_changes
from programme.pages.views import moment, public_page, rendered
from programme.shelf.edition import Edition
from programme.shelf.shelf import past, shelf, to_come, today_at

MOST_CHANGES = 3
"""Changes that the page tells of the meeting at hand."""


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The meeting at hand, with what follows it; then those to come, and the archive."""
    at = moment(request)
    editions = shelf.current_editions()
    ahead, over = to_come(editions, at), past(editions, at)
    first = at_hand(ahead or over)
    following = shelf.following(first) if first else ()
    elsewhere = {one.document.meeting.id for one in (first, *following) if one}

    def others(ones: Iterable[Edition]) -> list[Shown]:
        rest = (one for one in ones if one.document.meeting.id not in elsewhere)
        return [Shown.of(one, at=at) for one in rest]

    shown = first and Shown.of(first, at=at)
    return rendered(
        request,
        "programme/home.html",
        {
            "first": shown,
            "following": [Shown.of(one, at=at) for one in following],
            "is_all_withdrawn": shelf.is_all_withdrawn,
            "is_on": bool(first and first.document.meeting.starts_on <= today_at(first, at)),
            "latest": list(islice(latest_changes(shown), MOST_CHANGES)) if shown else [],
            "later": others(ahead),
            "past": others(over),
            "known": shelf.delegations(language()),
            "contact": settings.CONTACT_ADDRESS,
        },
    )


def at_hand(editions: list[Edition]) -> Edition | None:
    """The first of some meetings; where it follows another of them, that one."""
    first = next(iter(editions), None)
    if first is None:
        return None
    follows = first.document.meeting.follows
    others = [one for one in editions if one is not first]
    before = [one for one in others if follows and one.document.meeting.id == follows.id]
    return at_hand([*before, *others]) if before else first

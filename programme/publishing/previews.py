"""The draft as delegates would read it, and the links by which colleagues are let in.

A link is the id of a `SharedPreview`, signed: nobody can guess one, and a row says until when it
leads somewhere.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.urls import get_script_prefix

from meetings.models import Meeting
from programme.comparing.lines.writing import lines_between
from programme.document.stored import digest_of
from programme.models import SharedPreview
from programme.publishing.verbs import next_designation
from programme.rows.compiling import compile_document
from programme.shelf.edition import Edition
from programme.shelf.shelf import shelf

NO_SERIAL = 0
"""What a draft has in place of the serial that it would get if it were published."""

DAYS_OPEN = (1, 3, 7, 14, 30)
"""How many days a link may be open."""


def edition_of_draft(meeting: Meeting, *, at: datetime) -> Edition:
    """What would be published now: read outside a transaction, nothing is written.

    Makes one query more than compiling does. Raises InvalidDraftError where the rows make no
    programme.
    """
    document = compile_document(meeting)
    public = shelf.of_meeting(document.meeting.id)
    return Edition(
        document=document,
        serial=NO_SERIAL,
        designation=next_designation(meeting),
        published_at=at,
        digest=digest_of(document.to_json()),
        lines=tuple(lines_between(public.document, document)) if public else (),
    )


# --- links for colleagues without an account -------------------------------------------------


def share(
    meeting: Meeting, *, whom: str, by: User | None, at: datetime, days: int
) -> SharedPreview:
    """Let somebody read the draft for some days, by a link."""
    return SharedPreview.objects.create(
        meeting=meeting,
        whom=whom,
        created_by=by,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )


def revoke(shared: SharedPreview, *, at: datetime) -> bool:
    """Close a link for good; False if it was closed already."""
    open_ones = SharedPreview.objects.filter(pk=shared.pk).open_at(at)
    return bool(open_ones.update(revoked_at=at))


def token_of(shared: SharedPreview) -> str:
    """What stands in every address that a link opens."""
    return _signer().sign(shared.pk.hex)


def id_in(token: str) -> uuid.UUID | None:
    """The id that we signed in a token; None for whatever we did not sign."""
    try:
        return uuid.UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def address_of(shared: SharedPreview) -> str:
    """The address to hand on: without a language, so that it opens in that of its reader."""
    return f"{settings.SITE_URL}{get_script_prefix()}shared/{token_of(shared)}/"


def _signer() -> Signer:
    return Signer(sep=".", salt="programme.previewing")  # a colon ends addresses in some mails

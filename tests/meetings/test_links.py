"""No page of the desk leads its reader to a page that the reader may not see."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone

from meetings.groups import APPS, EDITORS, PUBLISHERS, TRANSLATORS, TRANSLATORS_INTO
from meetings.models import Meeting
from programme.models import SharedPreview
from programme.publishing.verbs import draft_of, publish, withdraw
from tests.factories import (
    chad,
    make_break,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    make_status,
    make_venue,
    peru,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db

WHO = (EDITORS, PUBLISHERS, TRANSLATORS, TRANSLATORS_INTO["ar"], "looks only")
ROOMS = ("/en/admin/", "/en/preview/")
START = "/en/admin/"


@pytest.fixture
def meeting() -> Meeting:
    """A meeting with rows of every kind, which a colleague published twice and withdrew once."""
    state = chad()
    make_status(state)
    meeting = make_meeting(venue=make_venue(), follows=make_meeting())
    sitting = make_sitting(meeting)
    place = {"sitting": sitting, "date": sitting.date}
    item = make_item(meeting, number=1)
    make_item(meeting, number=1, parent=item)
    make_placement(item, **place)
    make_presenter(item, delegation=state)
    make_panellist(make_panel(meeting, **place), delegation=state)
    make_break(meeting, **place)
    make_list(item, state)
    colleague = make_editor(is_superuser=True)
    for name in ("First", "Second", "Third"):
        meeting.name_en = name  # type: ignore[attr-defined]
        meeting.save()
        now, digest = timezone.now(), draft_of(meeting).digest
        version = publish(meeting, by=colleague, at=now, expected_digest=digest)
    withdraw(version, by=colleague, at=now, reason="A test")
    SharedPreview.objects.create(
        meeting=meeting, whom="Amina", created_by=colleague, created_at=now, expires_at=now
    )
    make_list(item, peru())
    return meeting


def somebody(who: str, rows: list[Model]) -> User:
    """Somebody of a group, or who may look at all rows alone; they changed rows before."""
    user = make_editor()
    if who == "looks only":
        in_apps = Permission.objects.filter(content_type__app_label__in=APPS)
        user.user_permissions.set(in_apps.filter(codename__startswith="view_"))
    else:
        user.groups.add(Group.objects.get(name=who))
    LogEntry.objects.log_actions(user.pk, rows, CHANGE, change_message="")
    return user


def links_of(page: str, address: str) -> list[str]:
    """The pages of the desk that a page leads to, those of one list in one order alone."""
    found = {urldefrag(urljoin(address, html.unescape(one))).url for one in HREF.findall(page)}
    return sorted(one for one in found if one.startswith(ROOMS) and not is_another_order(one))


HREF = re.compile(r'(?:href|data-pending)="([^"]+)"')

OF_A_KIND = 2
"""Pages that are looked at of those that differ in the row that they show alone."""

ALIKE = {"next", "_changelist_filters", "meeting", "with"}
"""Where one came from, seen there; a meeting, as a row; a language, which has no rights."""


def asked_in(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def kind_of(address: str) -> str:
    """What pages have in common that differ in the row that they show, or the way there, alone."""
    asked = sorted(one for one in asked_in(address).items() if one[0] not in ALIKE)
    return re.sub(r"[0-9a-f-]{36}|\d+", "1", f"{urlsplit(address).path}?{asked}")


def is_another_order(address: str) -> bool:
    """Whether a list is only asked for in another order, or for other rows."""
    return any(one in {"o", "p", "q", "_facets"} or "__" in one for one in asked_in(address))


@pytest.mark.parametrize("who", WHO)
def test_no_link_leads_to_a_refusal(client: Client, meeting: Meeting, who: str) -> None:
    rows = [meeting, *meeting.agenda_items.all(), *meeting.sittings.all()]
    client.force_login(somebody(who, rows))
    waiting, from_where = [START], {START: ""}
    asked: Counter[str] = Counter()
    refused = {}
    while waiting:
        address = waiting.pop()
        asked[kind_of(address)] += 1
        if asked[kind_of(address)] > OF_A_KIND:
            continue
        answer = client.get(address)
        if answer.status_code >= 400:
            refused[address] = (answer.status_code, from_where[address])
        if answer.status_code != 200:
            continue
        for link in links_of(answer.content.decode(), address):
            if link not in from_where:
                from_where[link] = address
                waiting.append(link)

    assert refused == {}
    assert len(asked) > 5

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from programme.document.programme import ProgrammeDocument
from programme.models import Publication
from programme.publishing.draft import draft_of
from tests.admin_forms import admin_url, fields_of, send
from tests.factories import (
    chad,
    make_break,
    make_editor,
    make_item,
    make_list,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    rewrite,
)
from tests.rows import published

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_editor("programme.add_publication", "meetings.view_meeting"))
    return client


def address(meeting: Meeting, *rows: Model, page: str = "alone") -> str:
    query = "&".join(f"subject={one.pk}" for one in rows)
    return f"/en/admin/meetings/meeting/{meeting.pk}/{page}/?{query}"


def public_titles(meeting: Meeting) -> list[str]:
    current = Publication.objects.of(meeting).current().get()
    document = ProgrammeDocument.from_json(current.document)
    return [str(one.title.in_language("en")) for one in document.items()]


# Publishing alone ----------------------------------------------------------------------------


def test_one_item_is_published_and_nothing_else(desk: Client, meeting: Meeting) -> None:
    first, second = (make_item(meeting, number=n, title_en=f"Item {n}") for n in (1, 2))
    published(meeting)
    rewrite(first, title_en="Opening")
    rewrite(second, title_en="Half done")

    sent = send(desk, address(meeting, first))

    assert sent.status_code == 302
    assert public_titles(meeting) == ["Opening", "Item 2"]
    assert [str(one.subject.id) for one in draft_of(meeting).pending] == [str(second.pk)]
    assert Publication.objects.latest("serial").designation == "Rev.1"


def test_the_page_shows_what_changes_of_this_alone(desk: Client, meeting: Meeting) -> None:
    first, second = (make_item(meeting, number=n, title_en=f"Item {n}") for n in (1, 2))
    published(meeting)
    rewrite(first, title_en="Opening")
    rewrite(second, title_en="Half done")

    page = desk.get(address(meeting, first))

    assert [str(one.name) for one in page.context["differences"]] == ["1. Opening"]
    assert "Half done" not in page.content.decode()


def test_what_it_needs_is_named_and_published_together(desk: Client, meeting: Meeting) -> None:
    make_item(meeting, number=1, title_en="Item 1")
    published(meeting)
    parent = make_item(meeting, number=2, title_en="Item 2")
    child = make_item(meeting, number=1, parent=parent, title_en="Below")

    page = desk.get(address(meeting, child))
    content = page.content.decode()

    assert [(one["kind"], str(one["name"])) for one in page.context["needed"]] == [
        ("item", "2. Item 2")
    ]
    assert f"/publish/#difference-{parent.pk}" in content
    assert "digest" not in fields_of(content)
    assert send(desk, page.context["together"]).status_code == 302
    assert public_titles(meeting) == ["Item 1", "Item 2", "Below"]


def test_a_draft_that_moved_is_shown_anew(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=1, title_en="Item 1")
    published(meeting)
    rewrite(item, title_en="Opening")
    place = address(meeting, item)
    fields = fields_of(desk.get(place).content.decode())
    rewrite(item, title_en="Opening ceremony")

    refused = desk.post(place, fields)

    assert refused.status_code == 409
    assert [one.is_news for one in refused.context["differences"]] == [True]
    assert public_titles(meeting) == ["Item 1"]


def test_a_colleagues_half_done_work_elsewhere_is_no_obstacle(
    desk: Client, meeting: Meeting
) -> None:
    item = make_item(meeting, number=1, title_en="Item 1")
    published(meeting)
    rewrite(item, title_en="Opening")
    place = address(meeting, item)
    fields = fields_of(desk.get(place).content.decode())
    make_item(meeting, label="A bis")
    make_item(meeting, label="a-bis")  # no programme can be made of this

    assert desk.post(place, fields).status_code == 302
    assert public_titles(meeting) == ["Opening"]


def test_wording_alone_may_be_reissued_alone(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=1, title_en="Item 1")
    published(meeting)
    rewrite(item, title_en="Item 1,")

    send(desk, address(meeting, item), how="reissue", no_change_of_meaning="on")

    latest = Publication.objects.latest("serial")
    assert (latest.serial, latest.designation, latest.is_reissue) == (2, "", True)


def test_what_is_public_already_leaves_nothing_to_publish(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=1)
    published(meeting)

    page = desk.get(address(meeting, item))

    assert "There is nothing to publish" in page.content.decode()
    assert "digest" not in fields_of(page.content.decode())


def test_before_the_first_version_all_is_published_at_once(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=1)

    sent = desk.get(address(meeting, item))

    assert sent.headers["Location"] == f"/en/admin/meetings/meeting/{meeting.pk}/publish/"


def test_whoever_may_not_publish_is_refused(client: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=1)
    published(meeting)
    client.force_login(make_editor("meetings.change_meeting", "programme.change_agendaitem"))

    assert client.get(address(meeting, item)).status_code == 403
    assert client.post(address(meeting, item)).status_code == 403


# From the form of a row ----------------------------------------------------------------------


def rows_with_changes(meeting: Meeting) -> list[Model]:
    """A row of each kind, published and then changed."""
    sitting = make_sitting(meeting)
    item = make_item(meeting, number=1)
    speaking_list = make_list(item)
    panel = make_panel(meeting)
    rows: list[Model] = [
        meeting,
        *(sitting, item, speaking_list, panel),
        make_break(meeting),
        make_placement(item),
        make_presenter(item),
        make_panellist(panel),
    ]
    published(meeting)
    rewrite(meeting, name_en="June")
    rewrite(sitting, heading_en="Opening")
    rewrite(item, title_en="Opening ceremony")
    rewrite(panel, title_en="Victims")
    speaking_list.entries.create(delegation=chad())
    type(rows[5]).objects.update(name_en="Tea")  # type: ignore[attr-defined]
    type(rows[6]).objects.update(is_continued=True)  # type: ignore[attr-defined]
    for speaker in rows[7:]:
        rewrite(speaker, function_en="Chair")
    return rows


def test_the_form_of_each_kind_of_row_asks_for_what_is_pending(
    client: Client, meeting: Meeting
) -> None:
    client.force_login(make_editor(is_superuser=True))
    rows = rows_with_changes(meeting)

    for row in rows:
        form = client.get(admin_url(type(row), "change", row.pk)).content.decode()
        asked = address(meeting, row, page="pending")
        assert f'data-pending="{asked}"' in form, row
        told = client.get(asked).content.decode()
        assert "9 changes are not public yet." in told
        assert f'href="{address(meeting, row)}"' in told, row


def test_a_row_that_is_public_has_nothing_to_be_published_alone(
    desk: Client, meeting: Meeting
) -> None:
    item, other = make_item(meeting, number=1), make_item(meeting, number=2)
    published(meeting)
    rewrite(other, title_en="Closing")

    told = desk.get(address(meeting, item, page="pending")).content.decode()

    assert "1 change is not public yet." in told
    assert "Publish this alone" not in told


def test_an_item_is_pending_if_something_beneath_it_is(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=1)
    speaking_list = make_list(item)
    published(meeting)
    speaking_list.delete()

    told = desk.get(address(meeting, item, page="pending")).content.decode()

    assert "Publish this alone" in told
    assert "Take the public state back" not in told  # this account may not


def test_what_is_pending_is_told_to_those_who_may_see_meetings(
    client: Client, meeting: Meeting
) -> None:
    client.force_login(make_editor("programme.change_agendaitem"))

    assert client.get(address(meeting, page="pending")).status_code == 403


@pytest.mark.parametrize("number", [8, 24])
def test_the_pages_cost_the_same_for_few_and_many_rows(
    desk: Client,
    meeting: Meeting,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    state = chad()
    items = [make_item(meeting, number=n + 1) for n in range(number)]
    for item in items:
        make_list(item, state)
    published(meeting)
    rewrite(items[0], title_en="Opening")
    desk.get(address(meeting, items[0]))

    # session and account, two of permissions; the meeting, whether it is public; 13 of the rows;
    # the address, the public version and the designations used
    with django_assert_num_queries(22):
        desk.get(address(meeting, items[0]))
    # session and account, two of permissions; 13 of the rows; the public version
    with django_assert_num_queries(18):
        desk.get(address(meeting, items[0], page="pending"))


# Warnings of two ---------------------------------------------------------------------------------


@pytest.mark.parametrize("moves", [0, 1], ids=["the earlier moves", "the later moves"])
def test_an_overlap_is_told_whichever_of_the_two_is_published(
    desk: Client, meeting: Meeting, moves: int
) -> None:
    sitting = make_sitting(meeting)
    items = [make_item(meeting, number=n, title_en=f"Item {n}") for n in (4, 5)]
    first, second = (
        make_placement(one, sitting=sitting, start=time(hour), end=time(hour + 1))
        for one, hour in zip(items, (10, 11), strict=True)
    )
    published(meeting)
    if moves:
        rewrite(second, start=time(10, 30))
    else:
        rewrite(first, end=time(11, 30))

    page = desk.get(address(meeting, items[moves]))

    told = [
        warning.sentence for _name, warnings in page.context["warnings"] for warning in warnings
    ]
    assert told == ["“Item 4” is at the same time."]
    assert desk.get(address(meeting, make_item(meeting, number=9))).context["warnings"] == []


def test_an_item_whose_place_has_changed_is_published_alone_from_its_line(
    desk: Client, meeting: Meeting
) -> None:
    sitting = make_sitting(meeting)
    item = make_item(meeting, number=1, title_en="Opening")
    place = make_placement(item, sitting=sitting, start=time(10))
    published(meeting)
    rewrite(place, start=time(11))

    page = desk.get(f"/en/admin/meetings/meeting/{meeting.pk}/draft/")
    (line,) = [
        entry
        for section in page.context["sections"]
        for entry in section.entries
        if entry.id == str(item.pk)
    ]
    (link,) = [one.address for one in line.actions if "/alone/" in one.address]

    assert line.marks.what == "changed"
    assert send(desk, link).status_code == 302
    assert not draft_of(meeting).has_changes

from __future__ import annotations

import html
import re
from datetime import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.utils.html import strip_tags

from meetings.groups import TRANSLATORS
from meetings.models import Meeting
from programme.comparing.changes import subjects
from programme.models import AgendaItem, SpeakingList
from programme.rows.compiling import compile_document
from tests.admin_forms import admin_url, change, fields_of, send
from tests.factories import (
    SECOND_DAY,
    chad,
    make_break,
    make_delegation,
    make_editor,
    make_entry,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    make_venue,
    peru,
)
from tests.rows import published, shapes

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
pytestmark = pytest.mark.django_db

ALL = ("en", "fr", "es", "ar")
ALL_TITLES = {"title_en": "Opening", "title_fr": "A", "title_es": "B", "title_ar": "C"}


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(name_fr="Réunions 2024", name_es="Reuniones 2024", name_ar="اجتماعات 2024")


def address(meeting: Meeting, language: str = "en") -> str:
    return f"/{language}/admin/meetings/meeting/{meeting.pk}/draft/"


def lines(page: Any) -> list[tuple[str, list[str]]]:
    """Each section with its lines, moved in by their depth."""
    return [
        (one.heading, [f"{'  ' * each.depth}{each.name}" for each in one.entries])
        for one in page.context["sections"]
    ]


def marked(page: Any) -> dict[str, str]:
    """What is marked as new, changed or removed, by name."""
    return {
        str(each.name): each.marks.what
        for one in page.context["sections"]
        for each in one.entries
        if each.marks.what and not each.is_context
    }


# Order ---------------------------------------------------------------------------------------


def test_the_draft_stands_in_the_order_of_the_programme(desk: Client, meeting: Meeting) -> None:
    morning = make_sitting(meeting)
    opening = make_item(meeting, number=1, title_en="Opening")
    six = make_item(meeting, number=6, title_en="Matters")
    below = make_item(meeting, number=1, parent=six, title_en="Universalization")
    make_list(below, chad(), invitation_en="States not party ({delegations})")
    make_item(meeting, number=7, title_en="Closing")
    make_placement(opening, sitting=morning, start=time(10))
    make_placement(six, date=SECOND_DAY)
    make_placement(six, sitting=morning, is_continued=True, position=9)
    make_break(meeting, start=time(13), end=time(15))
    make_panel(meeting, title_en="Victims", start=time(16))

    page = desk.get(address(meeting))

    assert lines(page) == [
        ("The meeting", ["2024 Intersessional Meetings"]),
        (
            "Tuesday, 18 June 2024",
            [
                "Morning",
                "  1. Opening",
                "  6. Matters",
                "    6a. Universalization",
                "      States not party",
                "Lunch break",
            ],
        ),
        ("Wednesday, 19 June 2024", ["6. Matters", "Victims"]),
        ("In the agenda, without a place in the timetable", ["7. Closing"]),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_draft_is_read_in_each_language(desk: Client, meeting: Meeting, language: str) -> None:
    make_item(meeting, title_en="Opening", title_fr="Ouverture", title_ar="افتتاح")

    page = desk.get(address(meeting, language))

    titles = {"en": "Opening", "fr": "Ouverture", "es": "Opening", "ar": "افتتاح"}
    assert lines(page)[-1][1] == [titles[language]]
    assert ('lang="en" dir="ltr">Opening</a>' in page.content.decode()) == (language == "es")


def test_each_line_leads_to_its_form_and_to_what_can_be_added(
    desk: Client, meeting: Meeting
) -> None:
    item = make_item(meeting, number=3)
    speaking_list = make_list(item)
    sitting = make_sitting(meeting)

    page = desk.get(address(meeting)).content.decode()

    for link in (
        admin_url(AgendaItem, "change", item.pk),
        admin_url(SpeakingList, "change", speaking_list.pk),
        f"/en/admin/meetings/sitting/{sitting.pk}/change/",
        f"/en/admin/programme/agendaitem/add/?meeting={meeting.pk}&amp;parent={item.pk}",
        f"/en/admin/programme/speakinglist/add/?item={item.pk}",
        f"/en/preview/{meeting.slug}/items/3/",
        f"/en/admin/panels/panel/add/?meeting={meeting.pk}&amp;sitting={sitting.pk}",
    ):
        assert f'href="{link}"' in page


def test_what_is_added_from_the_draft_is_filled_in(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=3)
    added = admin_url(AgendaItem, "add")

    page = desk.get(f"{added}?meeting={meeting.pk}&parent={item.pk}")

    fields = fields_of(page.content.decode())
    assert (fields["meeting"], fields["parent"]) == (str(meeting.pk), str(item.pk))


# Marks ---------------------------------------------------------------------------------------


def test_what_differs_from_the_public_version_is_marked(desk: Client, meeting: Meeting) -> None:
    kept, changed, gone = (make_item(meeting, number=n, title_en=f"Item {n}") for n in (1, 2, 3))
    spoken = make_item(meeting, number=4, title_en="Item 4")
    lost = make_list(kept, invitation_en="Some States")
    published(meeting)
    change(desk, changed, title_en="Second item")
    gone.delete()
    lost.delete()
    make_presenter(spoken)
    make_list(make_item(meeting, number=5, title_en="Item 5"), invitation_en="New list")

    page = desk.get(address(meeting))

    assert marked(page) == {
        "Some States": "removed",
        "2. Second item": "changed",
        "4. Item 4": "changed",
        "5. Item 5": "added",
        "New list": "added",
        "3. Item 3": "removed",
    }
    assert lines(page)[-1] == ("No longer in the draft, still public", ["3. Item 3"])
    assert "5 changes are not public yet." in page.content.decode()


def test_nothing_is_marked_as_new_before_the_first_publication(
    desk: Client, meeting: Meeting
) -> None:
    make_item(meeting)

    page = desk.get(address(meeting))

    assert marked(page) == {}
    assert "Nothing of this meeting is public yet." in page.content.decode()
    assert "desk-banner" not in page.content.decode()


def test_where_nothing_is_public_the_whole_draft_is_not_public_yet(
    desk: Client, meeting: Meeting
) -> None:
    make_item(meeting)

    page = desk.get(address(meeting), {"show": "unpublished"})

    every, unpublished, *_ = page.context["tabs"]
    assert (every.number, unpublished.number) == (2, 2)
    assert lines(page) == lines(desk.get(address(meeting)))
    assert "the whole draft" in desk.get("/en/admin/").content.decode()


def test_every_subject_of_a_draft_has_its_line(desk: Client) -> None:
    meeting = shapes()
    head = make_item(meeting, number=91, title_en="Head of what is placed")
    inner = make_item(meeting, number=1, parent=head, title_en="Head of one")
    make_placement(make_item(meeting, number=1, parent=inner), date=meeting.starts_on)
    make_item(meeting, number=92, title_en="Placed nowhere")
    known = subjects(compile_document(meeting))

    page = desk.get(address(meeting))

    shown = [one.id for section in page.context["sections"] for one in section.entries]
    again = {one.id for one in known.values() if one.kind == "placement"}  # or with its item
    assert sorted(set(shown) | again) == sorted(
        one.id for one in known.values() if one.kind != "speaker"
    )
    assert len(shown) == len(set(shown))


def test_texts_that_are_missing_or_behind_are_counted_by_language(
    desk: Client, meeting: Meeting
) -> None:
    item = make_item(meeting, title_en="Opening", title_fr="Ouverture", title_es="Apertura")
    make_presenter(item, function_en="the President", function_fr="le Président")
    change(desk, item, title_en="Opening ceremony")

    page = desk.get(address(meeting), {"show": "untranslated"})

    [entry] = page.context["sections"][-1].entries
    counted = {
        one: (entry.marks.number("missing", one), entry.marks.number("behind", one))
        for one in ("fr", "es", "ar")
    }
    assert counted == {"fr": (0, 1), "es": (1, 1), "ar": (2, 0)}


def test_what_keeps_the_meeting_from_being_published_is_marked_and_linked(
    desk: Client, meeting: Meeting
) -> None:
    make_item(meeting, label="A bis", title_en="First")
    twin = make_item(meeting, label="a-bis", title_en="Twin")

    page = desk.get(address(meeting), {"show": "unfinished"})

    [entry] = page.context["sections"][-1].entries
    assert entry.marks.problems == ["Another item has the same address, a-bis."]
    content = page.content.decode()
    assert f'<li><a href="/en/admin/programme/agendaitem/{twin.pk}/change/">' in content


def test_warnings_are_marked_and_each_leads_to_the_field_that_mends_it(
    desk: Client, meeting: Meeting
) -> None:
    item = make_item(meeting, number=3, **ALL_TITLES)
    speaking_list = make_list(item, **{f"invitation_{one}": "States" for one in ALL})
    presenter = make_presenter(item, **{f"function_{one}": "Chair" for one in ("en", "fr", "es")})

    counted = desk.get(address(meeting)).content.decode()
    shown = desk.get(address(meeting), {"show": "unfinished"}).content.decode()
    translators = desk.get(address(meeting), {"show": "untranslated"}).content.decode()

    form = admin_url(SpeakingList, "change", speaking_list.pk)
    assert '<span class="desk-mark desk-mark-warning">1 warning</span>' in counted
    assert re.search(rf'<a href="{form}\?next=[^"]+#entries-group">Named delegations</a>', shown)
    assert "This list names nobody." in shown
    here = rf"/presenter/{presenter.pk}/change/\?next=[^\"]+#id_function_ar"
    assert re.search(here, translators)


def warnings_in(page: Any) -> dict[str, str]:
    """Where each link to a field leads, by its words."""
    found = re.findall(
        r'<li>\s*<a href="([^"]+)">((?:(?!</a>).)*)</a>\s*<span class="desk-sentence">',
        page.content.decode(),
        re.DOTALL,
    )
    told = [(" ".join(strip_tags(words).split()), html.unescape(way)) for way, words in found]
    assert len({words for words, _way in told}) == len(told), "two links say the same"
    return dict(told)


def test_a_translator_is_led_back_to_what_is_left(client: Client, meeting: Meeting) -> None:
    translator = make_editor()
    translator.groups.add(Group.objects.get(name=TRANSLATORS))
    client.force_login(translator)
    meeting.venue = make_venue()
    meeting.save()
    make_presenter(make_item(meeting, number=1), function_en="the President")
    tab = f"{address(meeting)}?show=untranslated&language=es"

    ways = warnings_in(client.get(tab))

    assert {
        "Title · Español",
        "Palais des Nations – Name · Español",
        "the President – Function · Español",
    } <= ways.keys()
    for way in ways.values():
        assert send(client, way.partition("#")[0])["Location"] == tab
    ahead = send(client, ways["Title · Español"].partition("#")[0], _continue="1")
    assert send(client, ahead["Location"])["Location"] == tab


@pytest.mark.parametrize("next_page", ["https://example.org/", "//example.org/", "x", ""])
def test_no_save_leads_to_another_site(desk: Client, meeting: Meeting, next_page: str) -> None:
    form = admin_url(Meeting, "change", meeting.pk)

    answer = send(desk, f"{form}?{urlencode({'next': next_page})}")

    assert answer["Location"] == admin_url(Meeting, "changelist")


# What is shown -------------------------------------------------------------------------------


def test_a_choice_shows_its_lines_under_those_that_they_stand_under(
    desk: Client, meeting: Meeting
) -> None:
    six = make_item(meeting, number=6, title_en="Matters")
    make_item(meeting, number=7, title_en="Closing")
    below = make_item(meeting, number=1, parent=six, title_en="Universalization")
    make_list(six, invitation_en="Others")
    published(meeting)
    make_list(below, invitation_en="New list")

    page = desk.get(address(meeting), {"show": "unpublished"})

    heading = "In the agenda, without a place in the timetable"
    assert lines(page) == [(heading, ["6. Matters", "  6a. Universalization", "    New list"])]
    context = [one.is_context for one in page.context["sections"][0].entries]
    assert context == [True, True, False]
    assert [tab.number for tab in page.context["tabs"]] == [6, 1, 2, 5]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fr", ["Closing"]), ("es", ["Opening", "Closing"]), ("xx", ["Opening", "Closing"])],
)
def test_what_is_to_be_translated_is_shown_by_language(
    desk: Client, meeting: Meeting, language: str, shown: list[str]
) -> None:
    make_item(meeting, title_en="Opening", title_fr="Ouverture")
    make_item(meeting, title_en="Closing")

    page = desk.get(address(meeting), {"show": "untranslated", "language": language})

    assert lines(page)[-1][1] == shown


def test_an_odd_choice_shows_all(desk: Client, meeting: Meeting) -> None:
    make_item(meeting)

    assert len(lines(desk.get(address(meeting), {"show": "nonsense"}))) == 2


# Who may, and cost ---------------------------------------------------------------------------


def test_the_draft_is_for_those_who_may_see_meetings(client: Client, meeting: Meeting) -> None:
    client.force_login(make_editor("meetings.view_meeting"))
    page = client.get(address(meeting))
    assert page.status_code == 200
    assert "/publish/" not in page.content.decode()
    assert "/add/" not in page.content.decode().partition("desk-outline")[2]

    client.force_login(make_editor("programme.change_agendaitem"))
    assert client.get(address(meeting)).status_code == 403


def test_a_meeting_that_is_not_there_has_no_draft(desk: Client, meeting: Meeting) -> None:
    gone = address(meeting)
    meeting.delete()

    assert desk.get(gone).status_code == 404


@pytest.mark.parametrize("number", [8, 24])
def test_start_page_and_draft_cost_the_same_for_few_and_many_rows(
    client: Client,
    meeting: Meeting,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    client.force_login(make_editor("meetings.view_meeting", "programme.add_publication"))
    state = peru()
    for n in range(number):
        item = make_item(meeting, number=n + 1, position=n)
        make_entry(make_list(item, position=1), state, position=1)
        make_presenter(item, delegation=make_delegation(f"d{n}"), position=1)
        make_placement(item, position=n)
    for _n in range(number // 8):
        make_panellist(make_panel(meeting))
        make_meeting()
    published(meeting)
    AgendaItem.objects.update(title_en="Opening ceremony")
    client.get("/en/admin/")

    # session, account and its two kinds of permissions; 13 of the rows; the public version
    with django_assert_num_queries(18):
        client.get(address(meeting))
    # and the meetings, what is public of the others, the account's last actions
    with django_assert_num_queries(21):
        client.get("/en/admin/")

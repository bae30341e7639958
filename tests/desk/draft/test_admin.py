from __future__ import annotations

import re
import threading
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import Meeting, Sitting
from meetings.rows import TextState
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    Publication,
    SpeakingList,
    SpeakingListEntry,
)
from tests.admin_forms import (
    admin_url,
    change,
    errors_of,
    fields_of,
    messages_of,
    new_row,
    send,
)
from tests.factories import (
    FIRST_DAY,
    SECOND_DAY,
    chad,
    make_break,
    make_delegation,
    make_entry,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_placement,
    make_presenter,
    make_sitting,
    make_venue,
    peru,
)
from tests.rows import published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar")


def programme() -> dict[type[Model], Model]:
    """One row of each kind, tied together."""
    meeting = make_meeting(venue=make_venue())
    sitting = make_sitting(meeting)
    make_break(meeting, sitting=sitting)
    item = make_item(meeting, number=3)
    speaking_list = make_list(item, chad())
    rows = [
        meeting,
        item,
        make_presenter(item),
        make_placement(item, sitting=sitting),
        speaking_list,
        speaking_list.entries.get(),
        published(meeting),
    ]
    return {type(row): row for row in rows}


# Every page opens ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_in_each_language_and_obeys_the_content_security_policy(
    desk: Client, language: str
) -> None:
    rows = programme()
    for address in (*forms(rows, language), *pages_beside_forms(rows, language)):
        opened = desk.get(address, follow=address.endswith(LEADS_ON))
        content = opened.content.decode()
        assert opened.status_code == 200, address
        is_part_of_a_page = address.endswith("/pending/")
        assert (f'<html lang="{language}"' in content) is not is_part_of_a_page, address
        assert "script-src 'self'" in opened.headers["Content-Security-Policy"]
        assert INLINE.findall(content) == [], address


def forms(rows: dict[type[Model], Model], language: str) -> Iterator[str]:
    """Lists and forms; what Django brings beside them in two languages, one of each direction."""
    for model, row in rows.items():
        yield admin_url(model, "changelist", language=language)
        yield admin_url(model, "change", row.pk, language=language)
        if language in {"en", "ar"}:
            yield admin_url(model, "history", row.pk, language=language)
            if model is not Publication:
                yield admin_url(model, "add", language=language)
                yield admin_url(model, "delete", row.pk, language=language)


def pages_beside_forms(rows: dict[type[Model], Model], language: str) -> Iterator[str]:
    """The pages of a meeting and of a publication that are no forms of theirs."""
    meeting, publication = rows[Meeting].pk, rows[Publication].pk
    for page in ("draft", "publish", "some_subjects", "restore", "pending", "previews"):
        yield admin_url(Meeting, page, meeting, language=language)
    yield admin_url(Meeting, "notice", meeting, 1, language=language)
    yield admin_url(Publication, "again", publication, language=language)
    yield admin_url(Publication, "withdraw", publication, language=language)
    yield f"/{language}/admin/"


LEADS_ON = ("/alone/", "/again/", "/restore/")
"""Pages that lead to another where nothing is chosen or pending."""

INLINE = re.compile(r"""<style|<script(?![^>]*\ssrc=)|\s(?:style|on[a-z]+)=["']|src=["']https?:""")
"""What a browser would refuse: styles and scripts within the page, or from elsewhere."""


# The meeting ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_is_changed_with_its_sittings_and_breaks(desk: Client, language: str) -> None:
    meeting = make_meeting()
    morning = make_sitting(meeting, part="morning")
    make_sitting(meeting, part="evening")
    lunch = make_break(meeting)

    saved = change(
        desk,
        meeting,
        language=language,
        name_ar="اجتماعات ما بين الدورات",
        programme_status="adopted",
        **{
            "sittings-0-start": "10:00",
            "sittings-0-end": "13:00",
            "sittings-0-heading_fr": "Ouverture",
            "sittings-1-DELETE": "on",
            "breaks-0-sitting": str(morning.pk),
        },
        **new_row("sittings", 2, date="2024-06-19", part="whole_day", kind="panels"),
    )

    assert errors_of(saved) == []
    meeting.refresh_from_db()
    lunch.refresh_from_db()
    assert (meeting.name_ar, meeting.programme_status) == ("اجتماعات ما بين الدورات", "adopted")  # type: ignore[attr-defined]
    assert lunch.sitting == morning
    assert list(meeting.sittings.values_list("date", "part", "start", "end")) == [
        (FIRST_DAY, "morning", time(10), time(13)),
        (SECOND_DAY, "whole_day", None, None),
    ]
    states = TextState.objects.values_list("field", "language", "provenance")
    assert sorted(states) == [("heading", "fr", "unofficial"), ("name", "ar", "unofficial")]


def test_the_last_day_is_not_before_the_first(desk: Client) -> None:
    meeting = make_meeting()

    refused = change(desk, meeting, ends_on="2024-06-17")

    assert "The last day is before the first day." in errors_of(refused)
    meeting.refresh_from_db()
    assert meeting.ends_on == date(2024, 6, 20)


def test_a_meeting_shortened_away_from_its_sittings_is_refused(desk: Client) -> None:
    meeting = make_meeting()
    make_sitting(meeting, date=SECOND_DAY)

    refused = change(desk, meeting, ends_on="2024-06-18")

    assert errors_of(refused) == [
        "19 June 2024 is outside the meeting, which runs 18 June 2024 to 18 June 2024."
    ]


def test_a_meeting_moves_with_its_sittings_and_breaks_in_one_form(desk: Client) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    pause = make_break(meeting, sitting=sitting)

    saved = change(
        desk,
        meeting,
        starts_on="2024-06-25",
        ends_on="2024-06-27",
        **{"sittings-0-date": "2024-06-25", "breaks-0-date": "2024-06-25"},
    )

    assert errors_of(saved) == []
    pause.refresh_from_db()
    assert pause.date == date(2024, 6, 25)


def test_a_break_set_on_another_day_than_its_moved_sitting_is_refused(desk: Client) -> None:
    meeting = make_meeting()
    make_break(meeting, sitting=make_sitting(meeting))
    both = {"sittings-0-date": "2024-06-19", "breaks-0-date": "2024-06-20"}

    refused = change(desk, meeting, **both)

    assert errors_of(refused) == ["The sitting is on another day."]


def test_an_unknown_time_zone_is_refused(desk: Client) -> None:
    refused = change(desk, make_meeting(), zone="Europe/Geneva")

    assert errors_of(refused) == [
        "“Europe/Geneva” is not a time zone; write it like Europe/Zurich."
    ]


def test_a_meeting_leads_to_its_rows_and_publications(desk: Client) -> None:
    meeting = make_meeting()
    item = make_item(meeting)
    make_list(item, chad()), make_list(item, peru())
    make_panel(meeting)
    publication = published(meeting)

    page = desk.get(admin_url(Meeting, "change", meeting.pk))

    linked = {one.name: (one.number, one.address) for one in page.context["rows_of_meeting"]}
    assert linked == {
        "Agenda items": (1, f"/en/admin/programme/agendaitem/?meeting={meeting.pk}"),
        "Speaking lists": (2, f"/en/admin/programme/speakinglist/?meeting={meeting.pk}"),
        "Placements": (0, f"/en/admin/programme/itemplacement/?meeting={meeting.pk}"),
        "Panels": (1, f"/en/admin/panels/panel/?meeting={meeting.pk}"),
    }
    assert page.context["publications"] == [("first version", publication)]


def test_a_published_meeting_cannot_be_deleted(desk: Client) -> None:
    meeting = make_meeting()
    published(meeting)
    address = admin_url(Meeting, "delete", meeting.pk)

    assert desk.get(address).context["protected"] != []
    assert desk.post(address, {"post": "yes"}).status_code == 200
    assert Meeting.objects.get() == meeting


# Items ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_item_is_changed_with_all_that_stands_beneath_it(desk: Client, language: str) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting, date=SECOND_DAY)
    item = make_item(meeting, number=3, title_en="Opening")
    make_presenter(item)
    make_list(item, chad())
    make_placement(item)
    state = peru()

    saved = change(
        desk,
        item,
        language=language,
        title_en="Article 5",
        title_ar="المادة 5",
        text_fr="Le Comité **présentera**",
        **{
            "presenters-0-on_behalf_of_es": "Perú",
            "lists-0-basis": "article_5_extension_request",
            "lists-0-invitation_fr": "Les États suivants ({delegations})",
            "placements-0-DELETE": "on",
        },
        **new_row("presenters", 1, role="chairs", delegation=str(state.pk)),
        **new_row(
            "lists",
            1,
            invitation_en="Others are invited.",
            form="bullet",
            basis="none",
            order="alphabetical",
            kind="open",
            open_to_states_parties="on",
            other_than_named="on",
        ),
        **new_row("placements", 1, sitting=str(sitting.pk), is_continued="on"),
    )

    assert errors_of(saved) == []
    item.refresh_from_db()
    assert (item.title_en, item.title_ar, item.text_fr) == (  # type: ignore[attr-defined]
        "Article 5",
        "المادة 5",
        "Le Comité **présentera**",
    )
    assert list(item.presenters.values_list("role", "position", "delegation__code")) == [
        ("presents", 1, None),
        ("chairs", 2, "per"),
    ]
    assert list(item.lists.values_list("basis", "kind", "position")) == [
        ("article_5_extension_request", "named", 1),
        ("none", "open", 2),
    ]
    assert list(item.placements.values_list("date", "sitting", "is_continued")) == [
        (SECOND_DAY, sitting.pk, True)
    ]
    states = TextState.objects.values_list("field", "language", "provenance")
    assert sorted(states) == [
        ("invitation", "en", "official"),
        ("invitation", "fr", "unofficial"),
        ("on_behalf_of", "es", "unofficial"),
        ("text", "fr", "unofficial"),
        ("title", "ar", "unofficial"),
        ("title", "en", "official"),
    ]


def test_an_item_is_added(desk: Client) -> None:
    meeting = make_meeting()
    make_item(meeting, number=1)

    saved = send(
        desk, admin_url(AgendaItem, "add"), meeting=str(meeting.pk), number="2", title_es="Clausura"
    )

    assert errors_of(saved) == []
    added = AgendaItem.objects.get(number=2)
    assert (added.position, added.title_es) == (2, "Clausura")  # type: ignore[attr-defined]


def test_line_ends_of_browsers_change_no_text(desk: Client) -> None:
    item = make_item(make_meeting(), title_en="Opening", text_en="First\n\nSecond")

    change(desk, item, title_en="Opening ceremony")

    item.refresh_from_db()
    assert item.text_en == "First\n\nSecond"  # type: ignore[attr-defined]
    assert list(TextState.objects.values_list("field", flat=True)) == ["title"]


def test_html_in_a_text_is_refused_and_nothing_is_saved(desk: Client) -> None:
    item = make_item(make_meeting(), title_en="Opening")

    refused = change(desk, item, title_en="Closing", text_ar="نص <img src=x onerror=alert(1)>")

    assert errors_of(refused) == [
        "HTML cannot be used here; found <img src=x onerror=alert(1)>. Use Markdown."
    ]
    item.refresh_from_db()
    assert item.title_en == "Opening"  # type: ignore[attr-defined]
    assert TextState.objects.count() == 0


def test_an_overlong_text_is_refused_and_nothing_is_saved(desk: Client) -> None:
    item = make_item(make_meeting(), title_en="Opening")

    refused = change(desk, item, title_en="Closing", text_fr="é" * 20_001)

    assert errors_of(refused) == ["Ensure this value has at most 20000 characters (it has 20001)."]
    item.refresh_from_db()
    assert item.title_en == "Opening"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"number": "1"}, "Another item of this meeting has this number."),
        ({"number": "", "label": "A bis"}, "Another item of this meeting has this label."),
        ({"number": "0"}, "Numbers begin at 1."),
        ({"number": "1", "parent": "1"}, "Another sub-item of this item has this number."),
    ],
)
def test_numbers_and_labels_that_are_taken_are_refused(
    desk: Client, values: dict[str, str], message: str
) -> None:
    meeting = make_meeting()
    first = make_item(meeting, number=1)
    make_item(meeting, number=1, parent=first)
    make_item(meeting, label="A bis")
    other = make_item(meeting, number=2)

    if "parent" in values:
        values = values | {"parent": str(first.pk)}
    refused = change(desk, other, **values)

    assert errors_of(refused) == [message]
    other.refresh_from_db()
    assert (other.number, other.label, other.parent) == (2, "", None)


def test_an_item_is_offered_the_items_of_its_meeting_but_none_below_itself(desk: Client) -> None:
    meeting = make_meeting()
    first = make_item(meeting, number=1, title_en="First")
    second = make_item(meeting, number=2, title_en="Second")
    make_item(meeting, number=1, parent=second, title_en="Below")
    make_item(make_meeting(), number=1, title_en="Elsewhere")

    form = desk.get(admin_url(AgendaItem, "change", second.pk)).context["adminform"].form

    assert list(form.fields["parent"].choices) == [("", "---------"), (first.pk, "1. First")]


def test_a_new_item_is_offered_all_items_by_meeting(desk: Client) -> None:
    meeting = make_meeting(name_en="June")
    parent = make_item(meeting, number=1, title_en="First")
    below = make_item(meeting, number=1, parent=parent, title_en="Below")

    form = desk.get(admin_url(AgendaItem, "add")).context["adminform"].form

    assert list(form.fields["parent"].choices) == [
        ("", "---------"),
        ("June", [(parent.pk, "1. First"), (below.pk, "\u20031a. Below")]),
    ]


def test_a_list_that_names_somebody_is_not_opened_from_its_item(desk: Client) -> None:
    item = make_item(make_meeting())
    make_list(item, chad())

    refused = change(desk, item, **{"lists-0-kind": "open", "lists-0-open_to_states_parties": "on"})

    assert errors_of(refused) == ["A list of this kind names nobody; remove the delegations."]
    assert SpeakingList.objects.get().kind == "named"


def test_a_placement_outside_the_meeting_is_refused(desk: Client) -> None:
    item = make_item(make_meeting())

    for place in ({"date": "2024-07-01"}, {"date": "", "start": "10:00"}):
        assert len(errors_of(change(desk, item, **new_row("placements", 0, **place, position="1"))))
    assert ItemPlacement.objects.count() == 0


def test_items_stand_in_the_order_of_the_agenda(desk: Client) -> None:
    meeting = make_meeting()
    second = make_item(meeting, number=2, position=20, title_en="Two")
    first = make_item(meeting, number=1, position=10, title_en="One")
    b = make_item(meeting, parent=second, number=2, position=2, title_en="B")
    a = make_item(meeting, parent=second, number=1, position=1, title_en="A")
    deep = make_item(meeting, parent=a, number=1, position=1, title_en="Deep")
    twin = make_item(meeting, number=3, position=20, title_en="Three")
    last = make_item(meeting, position=30, title_en="Without number")
    other = make_item(make_meeting(starts_on=date(2025, 6, 1), ends_on=date(2025, 6, 2)))

    listed = desk.get(admin_url(AgendaItem, "changelist"))

    items = [other, first, second, a, deep, b, twin, last]
    assert list(listed.context["cl"].result_list) == items
    page = listed.content.decode()
    assert '<span class="depth-1">2. Two</span>' in page
    assert '<span class="depth-2">2a. A</span>' in page
    assert '<span class="depth-3">2a.i. Deep</span>' in page


def test_a_list_of_items_tells_where_they_stand(desk: Client) -> None:
    meeting = make_meeting()
    item = make_item(meeting)
    make_placement(item, sitting=make_sitting(meeting))
    make_placement(item, date=SECOND_DAY, start=time(15), end=time(16))
    make_list(item, chad()), make_list(item, peru())

    page = desk.get(admin_url(AgendaItem, "changelist")).content.decode()

    assert (
        '<td class="field-in_timetable">18 June 2024 morning, '
        "19 June 2024 15:00\u00a0–\u00a016:00</td>" in page
    )
    assert '<td class="field-list_count">2</td>' in page


@pytest.mark.parametrize(
    "term",
    ["assistance", "MATTERS", "victimes etat", "Víctimas", "VICTIMAS", "ضحايا", "6a", "6 (أ)"],
)
def test_items_are_found_in_any_language_and_by_label(desk: Client, term: str) -> None:
    meeting = make_meeting()
    six = make_item(meeting, number=6, title_en="President")
    wanted = make_item(
        meeting,
        parent=six,
        number=1,
        title_en="Victim assistance matters",
        title_fr="Victimes",
        text_fr="Les États parties",
        title_es="Asistencia a las víctimas",
        title_ar="مساعدة الضحايا",
    )

    listed = desk.get(admin_url(AgendaItem, "changelist"), {"q": term})

    assert list(listed.context["cl"].result_list) == [wanted]


# Order ---------------------------------------------------------------------------------------


def test_items_are_put_in_order_in_the_form_of_what_they_stand_beneath(desk: Client) -> None:
    meeting = make_meeting()
    first, second = make_item(meeting, number=1), make_item(meeting, number=2)
    subs = [make_item(meeting, parent=first, number=n) for n in (1, 2)]

    saved = [
        change(desk, meeting, **{"agenda_items-0-position": "9"}),
        change(desk, first, **{"sub_items-0-position": "9", "sub_items-1-position": "3"}),
    ]

    assert [errors_of(one) for one in saved] == [[], []]
    positions = dict(AgendaItem.objects.values_list("pk", "position"))
    assert [positions[one.pk] for one in (first, second, *subs)] == [9, 2, 9, 3]
    assert list(AgendaItem.objects.filter(parent=first).values_list("number", flat=True)) == [2, 1]


def test_what_a_sitting_holds_is_put_in_order_whatever_day_it_moves_to(desk: Client) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    places = [make_placement(make_item(meeting), sitting=sitting) for _number in range(2)]

    saved = change(desk, sitting, date="2024-06-19", **{"itemplacements-0-position": "9"})

    assert errors_of(saved) == []
    positions = dict(ItemPlacement.objects.values_list("pk", "position"))
    assert [positions[one.pk] for one in places] == [9, 2]


# Lists ---------------------------------------------------------------------------------------


def test_a_list_is_changed_with_the_delegations_that_it_names(desk: Client) -> None:
    state, other = chad(), peru()
    speaking_list = make_list(make_item(make_meeting()), state)

    saved = change(
        desk,
        speaking_list,
        order="as_called",
        **{"entries-0-position": "5"},
        **new_row("entries", 1, delegation=str(other.pk)),
    )

    assert errors_of(saved) == []
    assert list(speaking_list.entries.values_list("delegation__code", "position")) == [
        ("tcd", 5),
        ("per", 6),
    ]


def test_a_delegation_twice_in_a_list_is_refused(desk: Client) -> None:
    state = chad()
    speaking_list = make_list(make_item(make_meeting()), state)

    refused = change(desk, speaking_list, **new_row("entries", 1, delegation=str(state.pk)))

    assert "Chad stands in this list twice." in errors_of(refused)
    assert SpeakingListEntry.objects.count() == 1


@pytest.mark.parametrize("kind", ["open", "conditional"])
def test_a_list_of_another_kind_with_names_is_refused(desk: Client, kind: str) -> None:
    speaking_list = make_list(make_item(make_meeting()), chad())
    opened = {"kind": kind, "open_to_organisations": "on"}

    refused = change(desk, speaking_list, **opened)
    saved = change(desk, speaking_list, **opened, **{"entries-0-DELETE": "on"})

    assert errors_of(refused) == ["A list of this kind names nobody; remove the delegations."]
    assert errors_of(saved) == []
    assert SpeakingListEntry.objects.count() == 0
    assert SpeakingList.objects.get().kind == kind


@pytest.mark.parametrize("kind", ["open", "conditional"])
def test_a_list_that_names_nobody_is_for_some_group(desk: Client, kind: str) -> None:
    speaking_list = make_list(make_item(make_meeting()))

    refused = change(desk, speaking_list, kind=kind)

    assert "Tick at least one group that the list is for." in errors_of(refused)


def test_a_named_list_is_for_no_group(desk: Client) -> None:
    speaking_list = make_list(make_item(make_meeting()), chad())

    refused = change(desk, speaking_list, open_to_organisations="on")

    assert errors_of(refused) == [
        "A list of named delegations is for nobody else: choose another kind, or tick no group."
    ]


@pytest.mark.parametrize(
    ("language", "names"),
    {
        "en": ["named delegations", "open list", "only for those that the invitation describes"],
        "fr": [
            *("délégations nommées", "liste ouverte"),
            "réservée aux délégations que décrit l’invitation",
        ],
        "es": [
            *("delegaciones mencionadas", "lista abierta"),
            "solo para las delegaciones que describe la invitación",
        ],
        "ar": ["الوفود المذكورة بالاسم", "قائمة مفتوحة", "مقصورة على الوفود التي تصفها الدعوة"],
    }.items(),
)
def test_lists_are_found_by_their_kind(desk: Client, language: str, names: list[str]) -> None:
    item = make_item(make_meeting())
    make_list(item)
    for kind in ("open", "conditional"):
        make_list(item, kind=kind, invitation_en=f"{kind}!", open_to_organisations=True)
    address = admin_url(SpeakingList, "changelist", language=language)

    shown = desk.get(address).content.decode()
    chosen = desk.get(address, {"kind__exact": "conditional"}).content.decode()

    assert [one for one in names if one not in shown] == []
    assert "conditional!" in chosen
    assert "open!" not in chosen


def test_a_delegation_that_does_not_exist_is_no_choice(desk: Client) -> None:
    speaking_list = make_list(make_item(make_meeting()))

    for value in ("8f2b6fbb-5cbe-5d98-9f94-8c1ca66429ab", "tcd"):
        refused = change(desk, speaking_list, **new_row("entries", 0, delegation=value))
        assert errors_of(refused) == [
            "Select a valid choice. That choice is not one of the available choices."
        ]


def test_a_name_moved_to_another_list_meanwhile_is_not_doubled(desk: Client) -> None:
    item = make_item(make_meeting())
    first, second = make_list(item, chad()), make_list(item)
    address = admin_url(SpeakingList, "change", first.pk)
    fields = fields_of(desk.get(address).content.decode())
    first.entries.update(list=second)

    refused = desk.post(address, fields | {"entries-0-position": "4"})

    assert len(errors_of(refused)) == 1
    assert SpeakingListEntry.objects.get().list == second


def test_a_list_stays_within_its_meeting(desk: Client) -> None:
    speaking_list = make_list(make_item(make_meeting()))
    elsewhere = make_item(make_meeting())

    refused = change(desk, speaking_list, item=str(elsewhere.pk))

    assert len(errors_of(refused)) == 1


@pytest.mark.parametrize("term", ["demandes", "prórroga", "PRORROGA", "تمديد", "tchad", "تشاد"])
def test_lists_are_found_by_words_and_by_whom_they_name(desk: Client, term: str) -> None:
    item = make_item(make_meeting())
    wanted = make_list(
        item,
        chad(),
        invitation_fr="Demandes",
        invitation_es="Solicitud de prórroga",
        invitation_ar="طلب تمديد",
    )
    make_list(item, peru())

    listed = desk.get(admin_url(SpeakingList, "changelist"), {"q": term})
    named = desk.get(admin_url(SpeakingListEntry, "changelist"), {"q": "Tchad"})

    assert list(listed.context["cl"].result_list) == [wanted]
    assert [one.list for one in named.context["cl"].result_list] == [wanted]


def test_lists_and_names_stand_in_the_order_of_the_agenda(desk: Client) -> None:
    meeting = make_meeting()
    second = make_item(meeting, number=2, position=20)
    first = make_item(meeting, number=1, position=10)
    beneath = make_item(meeting, parent=first, number=1, position=30)
    lists = [
        make_list(second, chad(), position=1),
        make_list(beneath, peru(), position=2),
        make_list(beneath, position=1),
        make_list(first, position=9),
    ]

    listed = desk.get(admin_url(SpeakingList, "changelist")).context["cl"].result_list
    named = desk.get(admin_url(SpeakingListEntry, "changelist")).context["cl"].result_list

    assert list(listed) == [lists[3], lists[2], lists[1], lists[0]]
    assert [one.delegation.code for one in named] == ["per", "tcd"]


# The whole programme -------------------------------------------------------------------------


def test_a_save_warns_of_what_keeps_the_meeting_from_being_published(desk: Client) -> None:
    meeting = make_meeting()
    make_item(meeting, label="A bis")
    item = make_item(meeting, label="a-bis")

    saved = desk.post(
        admin_url(AgendaItem, "change", item.pk),
        fields_of(desk.get(admin_url(AgendaItem, "change", item.pk)).content.decode()),
        follow=True,
    )

    warning = messages_of(saved)[0]
    assert warning.startswith("Saved, but the meeting cannot be published like this:")
    assert f'<a href="/en/admin/programme/agendaitem/{item.pk}/change/">' in warning
    assert "Another item has the same address, a-bis." in warning


def test_a_meeting_moved_away_from_its_placements_is_saved_with_a_warning(desk: Client) -> None:
    meeting = make_meeting()
    placement = make_placement(make_item(meeting))

    saved = change(desk, meeting, starts_on="2024-06-19")
    page = desk.get(saved.headers["Location"])

    assert f"/en/admin/programme/itemplacement/{placement.pk}/change/" in messages_of(page)[0]
    meeting.refresh_from_db()
    assert meeting.starts_on == SECOND_DAY


def test_a_good_save_warns_of_nothing(desk: Client) -> None:
    saved = change(desk, make_item(make_meeting(), title_en="Opening"))

    assert [
        message.split("<")[0] for message in messages_of(desk.get(saved.headers["Location"]))
    ] == ["The agenda item “"]


# Two at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time")
def test_two_who_give_the_same_number_at_once_get_a_form_error(desk: Client) -> None:
    meeting = make_meeting()
    item = make_item(meeting, number=1)

    def colleague() -> None:
        make_item(meeting, number=7)
        connection.close()

    def meanwhile(instance: AgendaItem, **_: Any) -> None:
        if instance.pk == item.pk and AgendaItem.objects.filter(number=7).count() == 0:
            thread = threading.Thread(target=colleague)
            thread.start()
            thread.join()

    pre_save.connect(meanwhile, sender=AgendaItem)
    try:
        refused = change(desk, item, number="7", title_fr="Ouverture")
    finally:
        pre_save.disconnect(meanwhile, sender=AgendaItem)

    assert errors_of(refused) == ["Another item of this meeting has this number."]
    assert fields_of(refused.content.decode())["title_fr"] == "Ouverture"
    item.refresh_from_db()
    assert item.number == 1


# Publications --------------------------------------------------------------------------------


def test_publications_are_read_only(desk: Client) -> None:
    publication = published(make_meeting())

    assert desk.get("/en/admin/programme/publication/add/").status_code == 403
    for page in ("change", "delete"):
        assert desk.post(admin_url(Publication, page, publication.pk)).status_code == 403
    assert Publication.objects.get() == publication


def test_a_publication_leads_to_its_page_at_the_address_of_its_day(desk: Client) -> None:
    meeting = make_meeting(slug="june")
    publication = published(meeting)
    change(desk, meeting, slug="july")
    address = admin_url(Publication, "change", publication.pk)

    assert 'href="/en/meetings/june/v/1/"' in desk.get(address).content.decode()
    Publication.objects.update(withdrawn_at=timezone.now())
    assert 'href="/en/meetings/june/v/1/"' not in desk.get(address).content.decode()


@pytest.mark.parametrize("slug", ["June", "juin 2024", ""])
def test_an_address_of_other_letters_is_refused(desk: Client, slug: str) -> None:
    refused = change(desk, make_meeting(slug="june"), slug=slug)

    assert errors_of(refused) != []
    assert Meeting.objects.get().slug == "june"


def test_a_publication_tells_what_it_changed(desk: Client) -> None:
    meeting = make_meeting()
    item = make_item(meeting, number=3, title_en="Opening")
    published(meeting)
    change(desk, item, title_en="Opening ceremony", title_fr="Ouverture")
    second = published(meeting)

    page = desk.get(admin_url(Publication, "change", second.pk)).content.decode()

    told = "Title changed (English only); title added (French only)"
    assert f"<h3>3. Opening ceremony</h3><ul><li>{told}</li></ul>" in page


# Cost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "beneath"), [(8, 2), (24, 12)])
def test_pages_cost_the_same_for_few_and_many_rows(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int, beneath: int
) -> None:
    meeting = make_meeting(ends_on=date(2024, 7, 30))
    crowded = make_item(meeting, number=500)
    full = make_list(crowded)
    for n in range(number):
        parent = make_item(meeting, number=n + 1, position=n)
        child = make_item(meeting, parent=parent, number=1, position=1)
        state = make_delegation(f"d{n}")
        make_list(child, state, position=1)
        make_entry(full, state, position=n)
        make_presenter(child, delegation=state, position=1)
        make_placement(child, position=n)
    for n in range(beneath):  # no meeting has more sittings, no item or panel more speakers
        day = date.fromordinal(meeting.starts_on.toordinal() + n)
        sitting = make_sitting(meeting, date=day)
        make_break(meeting, date=day, sitting=sitting)
        make_presenter(crowded, delegation=state, position=n)
        make_placement(crowded, sitting=sitting, date=day, position=n)

    def cost(queries: int, model: type[Model], page: str, *args: Any, **data: str) -> None:
        address = admin_url(model, page, *args)
        with django_assert_num_queries(queries):
            assert desk.get(address, data).status_code == 200

    ContentType.objects.get_for_models(*apps.get_models())  # they are known from here on
    # session and account; how many, and the rows
    cost(4, Meeting, "changelist")
    # and the meetings to choose from
    cost(5, SpeakingList, "changelist")
    cost(5, SpeakingListEntry, "changelist")
    cost(5, Presenter, "changelist")
    cost(5, ItemPlacement, "changelist")
    # and the placements with their sittings
    cost(7, AgendaItem, "changelist")
    # a search reads the texts, then the labels
    cost(9, AgendaItem, "changelist", q="opening")
    # session and account; the meeting; its sittings, breaks and states of texts; venues and
    # meetings to choose from; sittings to choose from; its items in order; four kinds of rows and
    # the publications
    cost(15, Meeting, "change", meeting.pk)
    # session and account; the item, with its placements and their sittings as in a list; its
    # presenters, lists, sub-items, placements and states of texts; meetings, items, delegations
    # and sittings to choose from
    cost(14, AgendaItem, "change", crowded.pk)
    # session and account; the list; its item and meeting; names and states of texts; items and
    # delegations to choose from
    cost(9, SpeakingList, "change", full.pk)
    # session and account; the sitting; what is placed in it; states of texts; meetings to choose
    # from
    cost(6, Sitting, "change", sitting.pk)


def test_a_save_costs_the_same_for_few_and_many_rows(desk: Client) -> None:
    costs = []
    for number in (2, 12):
        meeting = make_meeting()
        sitting = make_sitting(meeting)
        item = make_item(meeting, number=1)
        speaking_list = make_list(item)
        for n in range(number):
            state = make_delegation(f"d{number}-{n}")
            make_entry(speaking_list, state, position=n)
            make_list(item)
            make_presenter(item, delegation=state)
            make_placement(item, sitting=sitting)
            make_item(meeting, number=n + 2)
            make_item(meeting, parent=item, number=n + 1)
        costs.append(
            {
                SpeakingList: cost_of_save(desk, speaking_list, invitation_fr="Les États"),
                AgendaItem: cost_of_save(desk, item, title_fr="Ouverture"),
                Meeting: cost_of_save(desk, meeting, name_fr="Réunions"),
                Sitting: cost_of_save(desk, sitting, heading_fr="Matin"),
            }
        )

    assert costs[0] == costs[1]


def cost_of_save(desk: Client, row: Model, **values: str) -> int:
    """How many queries the save of a form takes."""
    address = admin_url(type(row), "change", row.pk)
    fields = fields_of(desk.get(address).content.decode())
    with CaptureQueriesContext(connection) as queries:
        assert errors_of(desk.post(address, fields | values)) == []
    return len(queries)

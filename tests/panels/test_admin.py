from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.rows import TextState
from panels.models import Panel, Panellist
from tests.admin_forms import admin_url, change, errors_of, fields_of, new_row, send
from tests.factories import (
    SECOND_DAY,
    chad,
    make_delegation,
    make_meeting,
    make_panel,
    make_panellist,
    make_sitting,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_and_forms_open_in_each_language(desk: Client, language: str) -> None:
    panellist = make_panellist(make_panel(make_meeting()), delegation=chad())

    for row in (panellist, panellist.panel):
        for page, args in (("changelist", ()), ("add", ()), ("change", (row.pk,))):
            opened = desk.get(admin_url(type(row), page, *args, language=language))
            assert opened.status_code == 200
            assert f'<html lang="{language}"' in opened.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_panel_is_changed_with_its_panellists(desk: Client, language: str) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting, date=SECOND_DAY)
    panel = make_panel(meeting)
    moderator = make_panellist(panel, role="moderates", person_en="Mr. Kim")
    make_panellist(panel)
    state = chad()

    saved = change(
        desk,
        panel,
        language=language,
        title_ar="عالمية الاتفاقية",
        sitting=str(sitting.pk),
        start="11:30",
        end="13:00",
        **{"panellists-0-function_fr": "Directeur", "panellists-1-DELETE": "on"},
        **new_row("panellists", 2, role="opens", delegation=str(state.pk), position="7"),
    )

    assert errors_of(saved) == []
    panel.refresh_from_db()
    assert (panel.title_ar, panel.sitting, f"{panel.start:%H:%M}") == (  # type: ignore[attr-defined]
        "عالمية الاتفاقية",
        sitting,
        "11:30",
    )
    moderator.refresh_from_db()
    assert moderator.function_fr == "Directeur"  # type: ignore[attr-defined]
    assert list(panel.panellists.values_list("role", "delegation__code", "position")) == [
        ("moderates", None, 1),
        ("opens", "tcd", 7),
    ]
    states = TextState.objects.values_list("field", "language", "provenance")
    assert sorted(states) == [("function", "fr", "unofficial"), ("title", "ar", "unofficial")]


def test_the_background_of_a_panel_holds_no_html(desk: Client) -> None:
    panel = make_panel(make_meeting(), text_en="Background")

    refused = change(desk, panel, text_en="<script>alert(1)</script>", title_en="Another title")

    assert errors_of(refused) == [
        "HTML cannot be used here; found <script>alert(1)</script>. Use Markdown."
    ]
    panel.refresh_from_db()
    assert (panel.text_en, panel.title_en) == ("Background", "Universalization")  # type: ignore[attr-defined]


def test_a_panel_outside_its_sitting_is_refused(desk: Client) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)

    day = {"date": "2024-06-20"}
    refused = change(desk, make_panel(meeting), sitting=str(sitting.pk), **day)

    assert errors_of(refused) == ["The sitting is on another day."]


def test_sittings_of_other_meetings_are_no_choice(desk: Client) -> None:
    panel = make_panel(make_meeting())
    elsewhere = make_sitting(make_meeting(), date=SECOND_DAY)

    refused = change(desk, panel, sitting=str(elsewhere.pk))

    assert errors_of(refused) == [
        "Select a valid choice. That choice is not one of the available choices."
    ]


def test_two_panels_at_one_address_are_refused(desk: Client) -> None:
    panel = make_panel(make_meeting(), slug="compliance")

    refused = change(desk, make_panel(panel.meeting), slug="compliance")

    assert errors_of(refused) == ["Another panel of this meeting has this address."]


def test_a_panellist_is_somebody(desk: Client) -> None:
    panel = make_panel(make_meeting())

    for role in ("opens", ""):
        refused = send(desk, admin_url(Panellist, "add"), panel=str(panel.pk), role=role)
        assert "Name a person, a delegation or a function." in errors_of(refused)
    assert panel.panellists.count() == 0


def test_a_panellist_stays_within_the_meeting(desk: Client) -> None:
    panellist = make_panellist(make_panel(make_meeting()))
    near, elsewhere = make_panel(panellist.panel.meeting), make_panel(make_meeting())

    refused = change(desk, panellist, panel=str(elsewhere.pk))
    saved = change(desk, panellist, panel=str(near.pk))

    assert len(errors_of(refused)) == 1
    assert errors_of(saved) == []
    panellist.refresh_from_db()
    assert panellist.panel == near


def test_an_address_is_suggested_for_a_new_panel_alone(desk: Client) -> None:
    panel = make_panel(make_meeting())

    added = desk.get(admin_url(Panel, "add")).context["adminform"]
    opened = desk.get(admin_url(Panel, "change", panel.pk)).context["adminform"]

    assert [one["field"].name for one in added.prepopulated_fields] == ["slug"]
    assert opened.prepopulated_fields == []


@pytest.mark.parametrize(
    "term", ["universalisation", "UNIVERSALIZATION", "universalización", "عالمية", "tchad", "perez"]
)
def test_panels_are_found_in_any_language_and_by_who_sits_on_them(desk: Client, term: str) -> None:
    meeting = make_meeting()
    panel = make_panel(
        meeting,
        title_fr="Universalisation",
        title_es="Universalización",
        title_ar="عالمية الاتفاقية",
    )
    make_panellist(panel, person_en="Ms. Pérez", delegation=chad())
    make_panel(meeting, title_en="Compliance")

    listed = desk.get(admin_url(Panel, "changelist"), {"q": term})

    assert list(listed.context["cl"].result_list) == [panel]


@pytest.mark.parametrize(("number", "beneath"), [(8, 2), (200, 12)])
def test_pages_cost_the_same_for_few_and_many_rows(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int, beneath: int
) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting, date=SECOND_DAY)
    panel = make_panel(meeting, sitting=sitting)
    for n in range(number):
        state = make_delegation(f"d{n}")
        make_panellist(make_panel(meeting, sitting=sitting), delegation=state)
    for n in range(beneath):  # no meeting has more sittings, no item or panel more speakers
        make_panellist(panel, delegation=state, position=n)

    def cost(queries: int, address: str) -> None:
        desk.get(address)  # content types are known from here on
        with django_assert_num_queries(queries):
            assert desk.get(address).status_code == 200

    # session and account; the meetings to choose from; how many, and the rows
    cost(5, admin_url(Panel, "changelist"))
    cost(5, admin_url(Panellist, "changelist"))
    # session and account; the panel; its panellists and texts' states; meetings, sittings and
    # delegations to choose from
    cost(9, admin_url(Panel, "change", panel.pk))


def test_forms_show_what_a_browser_may_send(desk: Client) -> None:
    panel = make_panel(make_meeting())

    fields = fields_of(desk.get(admin_url(Panel, "change", panel.pk)).content.decode())

    assert fields["title_en"] == "Universalization"
    assert "meeting" not in fields

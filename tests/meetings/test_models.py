from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import translation

from meetings.directory import import_delegations
from meetings.models import Break, Delegation, Meeting, Sitting, TreatyStatus, Venue
from meetings.rows import TextState
from panels.models import Panel, Panellist
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return Meeting.objects.create(
        slug="meeting",
        name_en="Meeting",
        starts_on=date(2024, 6, 18),
        ends_on=date(2024, 6, 20),
    )


def refused(row: models.Model) -> dict[str, list[str]]:
    """What the row's own validation says, by field."""
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return error.value.message_dict


# --- the database itself refuses ------------------------------------------------------------


def impossible_rows(meeting: Meeting) -> dict[str, models.Model]:
    day = meeting.starts_on
    item = AgendaItem.objects.create(meeting=meeting, number=1, title_en="Item")
    backwards = {"start": time(13), "end": time(10)}
    panel = Panel.objects.create(meeting=meeting, slug="panel", date=day)
    return {
        "meeting ends before it starts": Meeting(
            slug="m", name_en="M", starts_on=day, ends_on=date(2024, 6, 17)
        ),
        "sitting ends before it starts": Sitting(
            meeting=meeting, date=day, part="morning", **backwards
        ),
        "break ends before it starts": Break(meeting=meeting, date=day, **backwards),
        "panel ends before it starts": Panel(meeting=meeting, slug="p", date=day, **backwards),
        "placement ends before it starts": ItemPlacement(item=item, date=day, **backwards),
        "placement ends without a start": ItemPlacement(item=item, date=day, end=time(10)),
        "second item of a number": AgendaItem(meeting=meeting, number=1, title_en="Twin"),
        "item number nought": AgendaItem(meeting=meeting, number=0, title_en="Nought"),
        "panel of the same address": Panel(meeting=meeting, slug="panel", date=day),
        "presenter who is nobody": Presenter(item=item, role="presents"),
        "panellist who is nobody": Panellist(panel=panel, role="panellist", person_en=""),
        "list without invitation": SpeakingList(item=item, invitation_en=""),
        "open list that is open to nobody": SpeakingList(
            item=item, invitation_en="All", kind="open"
        ),
        "list for some that is for no group": SpeakingList(
            item=item, invitation_en="States that have …", kind="conditional"
        ),
        "list of an unknown kind": SpeakingList(
            item=item, invitation_en="All", kind="closed", open_to_organisations=True
        ),
        "named list that is open": SpeakingList(
            item=item, invitation_en="All", open_to_organisations=True
        ),
        "meeting address in capitals": Meeting(
            slug="Big", name_en="Big", starts_on=day, ends_on=day
        ),
        "panel address in capitals": Panel(meeting=meeting, slug="Big", date=day),
        "delegation code in capitals": Delegation(code="TCD", kind="state", name_en="Chad"),
    }


IMPOSSIBLE = [
    "meeting ends before it starts",
    "sitting ends before it starts",
    "break ends before it starts",
    "panel ends before it starts",
    "placement ends before it starts",
    "placement ends without a start",
    "second item of a number",
    "item number nought",
    "panel of the same address",
    "presenter who is nobody",
    "panellist who is nobody",
    "list without invitation",
    "open list that is open to nobody",
    "list for some that is for no group",
    "list of an unknown kind",
    "named list that is open",
    "meeting address in capitals",
    "panel address in capitals",
    "delegation code in capitals",
]


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_the_database_and_the_row_refuse_what_no_programme_may_hold(
    meeting: Meeting, case: str
) -> None:
    row = impossible_rows(meeting)[case]

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_delegation_that_a_programme_names_cannot_be_deleted(meeting: Meeting) -> None:
    chad = Delegation.objects.create(code="tcd", kind="state", name_en="Chad")
    item = AgendaItem.objects.create(meeting=meeting, number=1)
    named = SpeakingList.objects.create(item=item, invitation_en="Invited")
    SpeakingListEntry.objects.create(list=named, delegation=chad)

    with pytest.raises(ProtectedError):
        chad.delete()


def test_states_of_texts_go_with_their_row(meeting: Meeting) -> None:
    item = AgendaItem.objects.create(meeting=meeting, number=1, title_en="Item")
    item.text_states.create(field="title", language="en")

    item.delete()

    assert not TextState.objects.exists()


# --- across rows -----------------------------------------------------------------------------


def test_a_sitting_stands_inside_its_meeting(meeting: Meeting) -> None:
    sitting = Sitting(meeting=meeting, date=date(2024, 6, 21), part="morning")

    assert refused(sitting) == {
        "date": ["21 June 2024 is outside the meeting, which runs 18 June 2024 to 20 June 2024."]
    }


def test_of_a_meeting_that_ends_before_it_begins_that_alone_is_told(meeting: Meeting) -> None:
    meeting.ends_on = date(2024, 6, 16)

    Sitting(meeting=meeting, date=date(2024, 6, 18), part="morning").clean()
    assert refused(meeting) == {"ends_on": ["The last day is before the first day."]}


def test_a_row_in_a_sitting_takes_its_day_from_it(meeting: Meeting) -> None:
    sitting = Sitting.objects.create(meeting=meeting, date=date(2024, 6, 19), part="morning")
    item = AgendaItem.objects.create(meeting=meeting, number=1)
    placement = ItemPlacement(item=item, sitting=sitting)

    placement.full_clean()

    assert placement.date == date(2024, 6, 19)


def test_a_row_in_a_sitting_of_another_day_or_meeting_is_refused(meeting: Meeting) -> None:
    other = Meeting.objects.create(
        slug="other", name_en="Other", starts_on=meeting.starts_on, ends_on=meeting.ends_on
    )
    elsewhere = Sitting.objects.create(meeting=other, date=date(2024, 6, 18), part="morning")
    here = Sitting.objects.create(meeting=meeting, date=date(2024, 6, 18), part="morning")

    assert refused(Panel(meeting=meeting, slug="a", date=date(2024, 6, 18), sitting=elsewhere)) == {
        "sitting": ["This sitting belongs to another meeting."]
    }
    assert refused(Panel(meeting=meeting, slug="a", date=date(2024, 6, 19), sitting=here)) == {
        "date": ["The sitting is on another day."]
    }


@pytest.mark.parametrize("model", [Sitting, Break, Panel, ItemPlacement])
def test_a_row_whose_meeting_was_not_chosen_is_told_so(model: type[models.Model]) -> None:
    told = refused(model(date=date(2024, 6, 18)))

    assert {"meeting", "item"} & set(told)


def test_a_placement_without_day_and_sitting_is_refused(meeting: Meeting) -> None:
    item = AgendaItem.objects.create(meeting=meeting, number=1)

    assert refused(ItemPlacement(item=item)) == {"date": ["Choose a day or a sitting."]}


def test_an_item_has_its_place_in_one_tree_of_three_levels(meeting: Meeting) -> None:
    top = AgendaItem.objects.create(meeting=meeting, number=1)
    second = AgendaItem.objects.create(meeting=meeting, number=1, parent=top)
    third = AgendaItem.objects.create(meeting=meeting, number=1, parent=second)
    top.parent = third

    assert refused(top) == {"parent": ["An item cannot be a sub-item of itself."]}
    assert refused(AgendaItem(meeting=meeting, number=1, parent=third)) == {
        "parent": ["An agenda has three levels at most."]
    }


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_messages_are_in_the_readers_language(meeting: Meeting, language: str) -> None:
    sitting = Sitting(meeting=meeting, date=date(2024, 6, 21), part="morning")
    english = refused(sitting)["date"]

    with translation.override(language):
        assert refused(sitting)["date"] != english


# --- order -----------------------------------------------------------------------------------


def test_a_row_without_position_goes_to_the_end_of_its_siblings(meeting: Meeting) -> None:
    other = Meeting.objects.create(
        slug="other", name_en="Other", starts_on=meeting.starts_on, ends_on=meeting.ends_on
    )
    AgendaItem.objects.create(meeting=other, number=1, position=70)
    first = AgendaItem.objects.create(meeting=meeting, number=1)
    second = AgendaItem.objects.create(meeting=meeting, number=2)
    beneath = AgendaItem.objects.create(meeting=meeting, number=1, parent=first)

    assert [first.position, second.position, beneath.position] == [1, 2, 1]


# --- labels and addresses --------------------------------------------------------------------

ADDRESSES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a number": ({"number": 6}, "6", "6"),
    "a free label": ({"label": "A bis"}, "A bis", "a-bis"),
    "neither": ({"title_en": "Any other business"}, "", "any-other-business"),
}


@pytest.mark.parametrize(("values", "label", "slug"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_item_has_a_label_and_an_address(
    meeting: Meeting, values: dict[str, Any], label: str, slug: str
) -> None:
    item = AgendaItem(meeting=meeting, **values)

    assert (item.label_in("en"), item.slug) == (label, slug)


def test_an_item_without_any_name_has_its_id_for_an_address(meeting: Meeting) -> None:
    item = AgendaItem(meeting=meeting, title_ar="بند")

    assert item.slug == item.id.hex[:8]


# --- delegations -----------------------------------------------------------------------------


def test_delegations_are_found_in_any_language_without_accents() -> None:
    import_delegations()

    def found(term: str) -> list[str]:
        return [one.code for one in Delegation.objects.matching(term).in_order("en")]

    assert found("perou") == found("PÉROU") == found("Perú") == found("بيرو") == ["per"]
    assert found("ايران") == ["irn"]
    assert found("cote d'ivoire") == ["civ"]
    assert found("atlantis") == []


def test_states_parties_are_those_of_a_day() -> None:
    import_delegations()

    in_2024 = Delegation.objects.states_parties(on=date(2024, 6, 18))
    in_2026 = Delegation.objects.states_parties(on=date(2026, 1, 1))

    assert in_2024.count() == 164
    assert Delegation.objects.states_not_party(on=date(2024, 6, 18)).count() == 33
    joined = set(in_2026.values_list("code", flat=True)) - set(
        in_2024.values_list("code", flat=True)
    )
    left = set(in_2024.values_list("code", flat=True)) - set(in_2026.values_list("code", flat=True))
    assert joined == {"mhl", "ton"}
    assert left == {"est", "lva", "ltu"}
    assert not Delegation.objects.states_parties(on=date(2020, 1, 1)).exists()


def test_organisations_are_all_that_are_no_states() -> None:
    import_delegations()

    assert Delegation.objects.organisations().count() == Delegation.objects.count() - 197


def test_a_status_holds_from_its_day_until_the_next_statement() -> None:
    estonia = Delegation.objects.create(code="est", kind="state", name_en="Estonia")
    for status, day in (("state_party", (2024, 6, 1)), ("state_not_party", (2025, 12, 27))):
        TreatyStatus.objects.create(
            delegation=estonia, status=status, as_of=date(*day), source="A test"
        )

    assert estonia.status_on(date(2024, 5, 31)) == ""
    assert estonia.status_on(date(2025, 12, 26)) == "state_party"
    assert estonia.status_on(date(2025, 12, 27)) == "state_not_party"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_sort_keys_follow_the_names_whatever_the_active_language(language: str) -> None:
    with translation.override(language):
        made = Delegation.objects.create(code="per", kind="state", name_en="Peru", name_fr="Pérou")
    made.refresh_from_db()

    assert [getattr(made, f"sort_key_{one}").split("\t")[0] for one in ("en", "fr", "es")] == [
        "peru",
        "perou",
        "peru",  # Spanish has none, so that English stands in
    ]


def test_a_name_may_be_sorted_otherwise_than_it_is_written() -> None:
    made = Delegation.objects.create(
        code="x", kind="ngo", name_en="The Observers", sort_override_en="Observers"
    )

    assert made.sort_key_en.startswith("observers")


def test_rows_are_called_by_what_people_call_them(meeting: Meeting) -> None:
    venue = Venue.objects.create(name_en="Palais")
    sitting = Sitting(meeting=meeting, date=date(2024, 6, 18), part="morning")

    assert [str(venue), str(meeting), str(sitting)] == [
        "Palais",
        "Meeting",
        "18 June 2024, morning",
    ]

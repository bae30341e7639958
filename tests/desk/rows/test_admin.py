from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from meetings.models import Break, Delegation, Sitting, TreatyStatus, Venue
from meetings.rows import TextState, text_digest
from programme.models import SpeakingListEntry
from tests.admin_forms import admin_url, change, errors_of, fields_of, messages_of, new_row, send
from tests.factories import (
    chad,
    make_break,
    make_delegation,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_sitting,
    make_state,
    make_status,
    make_venue,
    peru,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar")


def rows() -> dict[str, Model]:
    meeting = make_meeting(venue=make_venue())
    state = chad()
    return {
        "venue": make_venue(),
        "sitting": make_sitting(meeting),
        "break": make_break(meeting),
        "delegation": state,
        "treaty status": make_status(state),
    }


# Every page opens ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["venue", "sitting", "break", "delegation", "treaty status"])
def test_list_and_forms_open_in_each_language(desk: Client, kind: str, language: str) -> None:
    row = rows()[kind]

    for page, args in (("changelist", ()), ("add", ()), ("change", (row.pk,))):
        opened = desk.get(admin_url(type(row), page, *args, language=language))
        assert opened.status_code == 200
        direction = "rtl" if language == "ar" else "ltr"
        assert f'<html lang="{language}" dir="{direction}">' in opened.content.decode()


def test_the_admin_is_for_staff_alone(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))

    refused = client.get("/en/admin/")

    assert refused.status_code == 302
    assert refused.headers["Location"] == "/en/admin/login/?next=/en/admin/"


def test_each_page_links_to_itself_in_the_other_languages(desk: Client) -> None:
    page = desk.get("/ar/admin/meetings/delegation/?q=tchad&kind__exact=state").content.decode()

    for language in LANGUAGES:
        address = f"/{language}/admin/meetings/delegation/?q=tchad&amp;kind__exact=state"
        assert f'href="{address}" hreflang="{language}"' in page


def test_whoever_logs_in_may_choose_the_language(client: Client) -> None:
    page = client.get("/fr/admin/login/?next=/fr/admin/meetings/venue/").content.decode()

    assert 'href="/ar/admin/login/?next=/fr/admin/meetings/venue/" hreflang="ar"' in page


# Texts ---------------------------------------------------------------------------------------


def test_each_box_has_the_language_and_direction_of_its_text(desk: Client) -> None:
    form = desk.get(admin_url(Venue, "add")).context["adminform"].form

    boxes = {
        name: field.widget.attrs
        for name, field in form.fields.items()
        if "lang" in field.widget.attrs
    }
    assert {name: (box["lang"], box["dir"]) for name, box in boxes.items()} == {
        "name_en": ("en", "ltr"),
        "name_fr": ("fr", "ltr"),
        "name_es": ("es", "ltr"),
        "name_ar": ("ar", "rtl"),
        "address_en": ("en", "ltr"),
        "address_fr": ("fr", "ltr"),
        "address_es": ("es", "ltr"),
        "address_ar": ("ar", "rtl"),
    }


def test_a_label_names_the_language_once(desk: Client) -> None:
    form = desk.get(admin_url(Venue, "add")).context["adminform"].form

    labels = [form.fields[f"name_{language}"].label for language in LANGUAGES]
    assert labels == ["English", "Français", "Español", "العربية"]


def test_derived_columns_are_in_no_form(desk: Client) -> None:
    fields = fields_of(desk.get(admin_url(Delegation, "add")).content.decode())

    assert [name for name in fields if name.startswith(("sort_key", "search_text"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_sent_back_as_it_came_changes_nothing(desk: Client, language: str) -> None:
    state = chad()
    make_status(state)
    make_state(state, "name", "fr", provenance="official")
    before = stored(state)

    saved = change(desk, state, language=language)

    assert saved.status_code == 302
    assert stored(state) == before
    assert TreatyStatus.objects.count() == 1
    assert TextState.objects.values_list("provenance", "source_digest").get() == (
        "official",
        text_digest("Chad"),
    )
    assert LogEntry.objects.get().change_message == "[]"


def stored(row: Model) -> dict[str, Any]:
    """All columns as the database has them, without the fallback of modeltranslation."""
    rows: Any = type(row)._default_manager.all()
    return dict(rows.rewrite(False).values().get(pk=row.pk))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_saved_in_their_columns_whatever_the_language_of_the_desk(
    desk: Client, language: str
) -> None:
    state = chad()

    saved = change(desk, state, language=language, name_fr="République du Tchad", name_es="")

    assert saved.status_code == 302
    columns = ("name", "name_en", "name_fr", "name_es", "name_ar")
    assert [stored(state)[one] for one in columns] == [
        "Chad",
        "Chad",
        "République du Tchad",
        None,
        "تشاد",
    ]
    state.refresh_from_db()
    assert "republique du tchad" in state.search_text


def test_the_history_names_the_language_of_a_changed_text(desk: Client) -> None:
    change(desk, chad(), name_fr="République du Tchad")

    assert LogEntry.objects.get().get_change_message() == "Changed name [fr]."


# States of texts -----------------------------------------------------------------------------


def states(row: Model) -> dict[tuple[str, str], tuple[str, bool]]:
    english = getattr(row, "name_en", "")
    return {
        (one.field, one.language): (one.provenance, one.is_behind(english))
        for one in TextState.objects.of_rows([row.pk])
    }


def test_a_new_row_gets_states_for_its_texts(desk: Client) -> None:
    send(desk, admin_url(Venue, "add"), name_en="Palais", name_fr="Palais")

    assert states(Venue.objects.get()) == {
        ("name", "en"): ("official", False),
        ("name", "fr"): ("unofficial", False),
    }


def test_translations_fall_behind_unless_they_still_hold(desk: Client) -> None:
    venue = make_venue(name_en="Palais", name_fr="Palais", name_es="Palacio")

    change(desk, venue, name_en="Palais des Nations", name_es="Palacio de las Naciones")
    venue.refresh_from_db()
    assert states(venue) == {
        ("name", "en"): ("official", False),
        ("name", "fr"): ("official", True),
        ("name", "es"): ("unofficial", False),
    }

    change(desk, venue, name_en="The Palais des Nations", translations_hold="on")
    venue.refresh_from_db()
    assert states(venue) == {
        ("name", "en"): ("official", False),
        ("name", "fr"): ("official", False),
        ("name", "es"): ("unofficial", False),
    }


def test_where_a_text_comes_from_can_be_said(desk: Client) -> None:
    venue = make_venue(name_fr="Palais des Nations")
    make_state(venue, "name", "fr")

    saved = change(desk, venue, **{f"{STATES}-0-provenance": "official"})

    assert saved.status_code == 302
    assert states(venue) == {("name", "fr"): ("official", False)}


STATES = "meetings-textstate-content_type-object_id"


def test_a_translation_that_is_behind_can_be_said_to_hold(desk: Client) -> None:
    venue = make_venue(name_fr="Palais des Nations")
    make_state(venue, "name", "fr", source_digest=text_digest("An older name"))
    page = desk.get(admin_url(Venue, "change", venue.pk)).content.decode()
    assert f"{STATES}-0-follows_english" not in fields_of(page)

    change(desk, venue, **{f"{STATES}-0-follows_english": "on"})

    assert states(venue) == {("name", "fr"): ("unofficial", False)}


def test_a_provenance_chosen_together_with_a_new_wording_counts(desk: Client) -> None:
    venue = make_venue(name_fr="Palais")
    make_state(venue, "name", "fr", source_digest=text_digest("An older name"))

    change(desk, venue, name_fr="Palais des Nations", **{f"{STATES}-0-provenance": "official"})

    assert states(venue) == {("name", "fr"): ("official", False)}


def test_a_text_emptied_while_its_form_was_open_elsewhere_does_no_harm(desk: Client) -> None:
    venue = make_venue(name_fr="Palais", name_es="Palacio")
    make_state(venue, "name", "fr")
    make_state(venue, "name", "es")
    address = admin_url(Venue, "change", venue.pk)
    fields = fields_of(desk.get(address).content.decode())
    change(desk, venue, name_fr="")

    saved = desk.post(address, fields | {"name_fr": "", "name_es": "El palacio"})

    assert saved.status_code == 302
    assert states(venue) == {("name", "es"): ("unofficial", False)}


# Rules ---------------------------------------------------------------------------------------


def test_a_form_without_a_meeting_says_so(desk: Client) -> None:
    meeting = make_meeting()

    for model in (Sitting, Break):
        refused = send(desk, admin_url(model, "add"), date="2024-06-18", part="morning")
        assert errors_of(refused) == ["This field is required."]
        assert model.objects.count() == 0
    assert meeting.sittings.count() == 0


def test_an_end_before_its_start_is_refused(desk: Client) -> None:
    sitting = make_sitting(make_meeting())

    refused = change(desk, sitting, start="15:00", end="13:00")

    assert errors_of(refused) == ["The end (13:00) must be after the start (15:00)."]
    sitting.refresh_from_db()
    assert (sitting.start, sitting.end) == (None, None)


def test_a_day_outside_the_meeting_is_refused(desk: Client) -> None:
    sitting = make_sitting(make_meeting())

    refused = change(desk, sitting, date="2024-06-21")

    assert errors_of(refused) == [
        "21 June 2024 is outside the meeting, which runs 18 June 2024 to 20 June 2024."
    ]


def test_a_part_of_a_day_may_have_two_sittings_of_one_kind(desk: Client) -> None:
    meeting = make_meeting()
    make_sitting(meeting, part="morning")
    other = make_sitting(meeting, part="afternoon")

    saved = change(desk, other, part="morning")

    assert saved.status_code == 302
    assert meeting.sittings.filter(part="morning").count() == 2


def test_a_row_stays_with_its_meeting(desk: Client) -> None:
    sitting = make_sitting(make_meeting())
    elsewhere = make_meeting()

    change(desk, sitting, meeting=str(elsewhere.pk))

    sitting.refresh_from_db()
    assert sitting.meeting_id != elsewhere.pk


def test_a_break_takes_its_day_from_its_sitting(desk: Client) -> None:
    sitting = make_sitting(make_meeting())

    saved = send(
        desk,
        admin_url(Break, "add"),
        meeting=str(sitting.meeting_id),
        sitting=str(sitting.pk),
        kind="coffee",
    )

    assert errors_of(saved) == []
    assert Break.objects.get().date == sitting.date


def test_overlong_texts_are_refused_and_nothing_is_saved(desk: Client) -> None:
    venue = make_venue()

    refused = change(desk, venue, name_en="Palais Wilson", name_ar="ا" * 201)

    assert errors_of(refused) == ["Ensure this value has at most 200 characters (it has 201)."]
    venue.refresh_from_db()
    assert venue.name_en == "Palais des Nations"  # type: ignore[attr-defined]


def test_the_same_code_is_refused(desk: Client) -> None:
    chad()
    other = peru()

    refused = change(desk, other, code="tcd")

    assert errors_of(refused) == ["Delegation with this Code already exists."]


def test_two_statements_of_one_day_are_refused(desk: Client) -> None:
    status = make_status(chad())

    refused = change(
        desk,
        status.delegation,
        **new_row("treaty_statuses", 1, status="state_party", as_of="2024-06-01", source="UN"),
    )

    assert errors_of(refused) == [
        "Please correct the duplicate data for as_of.",
        "Please correct the duplicate values below.",
    ]
    assert TreatyStatus.objects.count() == 1


def test_a_delegation_that_is_named_cannot_be_deleted(desk: Client) -> None:
    state = chad()
    make_list(make_item(make_meeting()), state)
    address = admin_url(Delegation, "delete", state.pk)

    page = desk.get(address)
    refused = desk.post(address, {"post": "yes"})

    assert "Cannot delete delegation" in page.content.decode()
    assert refused.status_code == 200
    assert SpeakingListEntry.objects.get().delegation == state


def test_a_deletion_says_what_goes_along_and_takes_it(desk: Client) -> None:
    status = make_status(chad())
    make_state(status.delegation, "name", "fr")
    address = admin_url(Delegation, "delete", status.delegation_id)

    page = desk.get(address)
    counted = dict(page.context["model_count"])
    desk.post(address, fields_of(page.content.decode()))

    assert counted == {"delegations": 1, "treaty statuses": 1}
    assert (Delegation.objects.count(), TextState.objects.count()) == (0, 0)


def test_a_row_beneath_that_somebody_deleted_meanwhile_is_refused_by_name(desk: Client) -> None:
    state = chad()
    first = make_status(state, as_of=date(2023, 1, 1))
    make_status(state, as_of=date(2024, 1, 1))
    address = admin_url(Delegation, "change", state.pk)
    fields = fields_of(desk.get(address).content.decode())
    place = "0" if fields["treaty_statuses-0-id"] == str(first.pk) else "1"
    first.delete()

    refused = desk.post(address, fields | {"code": "chad"})
    assert (
        "Somebody deleted or moved this row after you opened the form." in refused.content.decode()
    )
    sent = fields_of(refused.content.decode())
    assert typed(refused) == {name: fields[name] for name in typed(refused)} | {"code": "chad"}

    saved = desk.post(address, sent | {f"treaty_statuses-{place}-DELETE": "on"})

    assert saved.status_code == 302
    assert TreatyStatus.objects.get().as_of == date(2024, 1, 1)


@pytest.mark.parametrize("sent", ["", "nonsense", "8f2b6fbb-5cbe-5d98-9f94-8c1ca66429ab"])
def test_a_form_with_a_forged_id_is_refused(desk: Client, sent: str) -> None:
    status = make_status(chad())

    refused = change(desk, status.delegation, **{"treaty_statuses-0-id": sent, "code": "chad"})

    assert refused.status_code == 200
    assert errors_of(refused) != []
    assert Delegation.objects.get().code == "tcd"


def test_several_rows_are_deleted_from_their_list(desk: Client) -> None:
    venues = [make_venue(), make_venue()]
    chosen = {"action": "delete_selected", "_selected_action": [str(one.pk) for one in venues]}
    address = admin_url(Venue, "changelist")

    asked = desk.post(address, chosen)
    done = desk.post(address, fields_of(asked.content.decode()) | chosen)

    assert dict(asked.context["model_count"]) == {"venues": 2}
    assert (done.status_code, Venue.objects.count()) == (302, 0)


@pytest.mark.parametrize("sent", ["", "nonsense", "8f2b6fbb"])
def test_an_id_that_is_none_is_as_if_nothing_was_chosen(desk: Client, sent: str) -> None:
    make_venue()
    chosen = {"action": "delete_selected", "_selected_action": [sent], "post": "yes"}

    answered = desk.post(admin_url(Venue, "changelist"), chosen, follow=True)

    assert messages_of(answered) == [
        "Items must be selected in order to perform actions on them. No items have been changed."
    ]
    assert Venue.objects.count() == 1


def typed(response: Any) -> dict[str, str]:
    """What stands in the fields of a form."""
    fields = fields_of(response.content.decode())
    return {name: value for name, value in fields.items() if name not in TOKENS}


TOKENS = {"csrfmiddlewaretoken", "as_opened", "sent_once"}
"""Fields that nobody types."""


def test_an_unknown_row_leads_back_with_a_message(desk: Client) -> None:
    response = desk.get("/en/admin/meetings/venue/no-such-row/change/", follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "venue with ID “no-such-row” doesn’t exist. Perhaps it was deleted?"
    ]


# Search and lists ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("Chad", ["tcd"]),
        ("tchad", ["tcd"]),
        ("TCHAD", ["tcd"]),
        ("تشاد", ["tcd"]),
        ("Pérou", ["per"]),
        ("perou", ["per"]),
        ("PÉROU", ["per"]),
        ("Perú", ["per"]),
        ("بيرو", ["per"]),
        ("إيران", ["irn"]),
        ("ايران", ["irn"]),
        ("Elsewhere", []),
        ("!", []),
    ],
)
def test_delegations_are_found_in_any_language_with_or_without_accents(
    desk: Client, term: str, found: list[str]
) -> None:
    chad(), peru()
    make_delegation("irn", name_en="Iran", name_ar="إيران")

    listed = desk.get(admin_url(Delegation, "changelist"), {"q": term})
    offered = desk.get(
        "/en/admin/autocomplete/",
        {
            "term": term,
            "app_label": "programme",
            "model_name": "speakinglistentry",
            "field_name": "delegation",
        },
    )

    assert [one.code for one in listed.context["cl"].result_list] == found
    codes = Delegation.objects.in_bulk([one["id"] for one in offered.json()["results"]])
    assert [one.code for one in codes.values()] == found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", ["speakinglistentry", "presenter"])
def test_delegations_are_offered_by_their_names_in_the_language_of_the_desk(
    desk: Client, model: str, language: str
) -> None:
    chad(), peru()

    offered = [
        desk.get(
            f"/{language}/admin/autocomplete/",
            {
                "term": term,
                "app_label": "programme",
                "model_name": model,
                "field_name": "delegation",
            },
        ).json()["results"]
        for term in ("Peru", "PEROU", "perú", "بيرو")
    ]

    name = {"en": "Peru", "fr": "Pérou", "es": "Perú", "ar": "بيرو"}[language]
    assert [[one["text"] for one in results] for results in offered] == [[name]] * 4


@pytest.mark.parametrize("term", ["geneve", "Genève", "GENEVE nations", "جنيف"])
def test_venues_are_found_in_any_language_with_or_without_accents(desk: Client, term: str) -> None:
    make_venue(name_fr="Palais des Nations", address_fr="Genève", address_ar="جنيف")
    make_venue(name_en="Elsewhere")

    listed = desk.get(admin_url(Venue, "changelist"), {"q": term})

    assert [one.name for one in listed.context["cl"].result_list] == ["Palais des Nations"]


def test_delegations_stand_in_the_order_of_the_reader(desk: Client) -> None:
    make_delegation("deu", name_en="Germany", name_fr="Allemagne", name_ar="ألمانيا")
    make_delegation("dnk", name_en="Denmark", name_fr="Danemark", name_ar="الدانمرك")

    orders = {
        language: [
            one.code
            for one in desk.get(admin_url(Delegation, "changelist", language=language))
            .context["cl"]
            .result_list
        ]
        for language in ("en", "fr", "ar")
    }

    assert orders == {"en": ["dnk", "deu"], "fr": ["deu", "dnk"], "ar": ["deu", "dnk"]}


def test_a_list_of_one_meeting_holds_its_rows_alone(desk: Client) -> None:
    first, second = make_meeting(), make_meeting()
    make_sitting(first)
    wanted = make_sitting(second)

    listed = desk.get(admin_url(Sitting, "changelist"), {"meeting": str(second.pk)})
    unknown = desk.get(admin_url(Sitting, "changelist"), {"meeting": "none"})

    assert list(listed.context["cl"].result_list) == [wanted]
    assert len(unknown.context["cl"].result_list) == 2


def test_sittings_stand_in_the_order_of_the_day(desk: Client) -> None:
    meeting = make_meeting()
    for part in ("evening", "afternoon", "morning"):
        make_sitting(meeting, part=part)

    listed = desk.get(admin_url(Sitting, "changelist")).context["cl"].result_list

    assert [one.part for one in listed] == ["morning", "afternoon", "evening"]


def test_the_languages_of_a_row_are_told(desk: Client) -> None:
    make_venue(
        name_fr="Palais des Nations",
        name_ar="قصر الأمم",
        address_en="Avenue de la Paix",
        address_fr="Avenue de la Paix",
    )

    page = desk.get(admin_url(Venue, "changelist")).content.decode()

    shown = re.findall(r'<abbr title="([^"]+)"( class="desk-lacking")?>([^<]+)</abbr>', page)
    assert [(code, bool(lacking)) for _title, lacking, code in shown] == [
        ("en", False),
        ("fr", False),
        ("es\u00a00/2", True),
        ("ar\u00a01/2", True),
    ]
    assert [title for title, _lacking, _code in shown][1::2] == [
        "Français: all texts",
        "العربية: texts that are there: 1 of 2",
    ]


# Cost ----------------------------------------------------------------------------------------


def counted(
    desk: Client, queries: DjangoAssertNumQueries, number: int, address: str, **data: Any
) -> None:
    desk.get(address, data)  # content types and permissions are known from here on
    with queries(number):
        assert desk.get(address, data).status_code == 200


@pytest.mark.parametrize("number", [8, 200])
def test_lists_cost_the_same_for_few_and_many_rows(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    meeting = make_meeting(ends_on=date(2025, 6, 18))
    for n in range(number):
        day = date.fromordinal(meeting.starts_on.toordinal() + n)
        sitting = make_sitting(meeting, date=day)
        make_break(meeting, date=day, sitting=sitting)
        make_status(make_delegation(f"d{n}"))
        make_venue()

    # session and account; how many, and the rows
    counted(desk, django_assert_num_queries, 4, admin_url(Venue, "changelist"))
    counted(desk, django_assert_num_queries, 4, admin_url(Delegation, "changelist"))
    counted(desk, django_assert_num_queries, 4, admin_url(TreatyStatus, "changelist"))
    # and the meetings to choose from
    counted(desk, django_assert_num_queries, 5, admin_url(Sitting, "changelist"))
    counted(desk, django_assert_num_queries, 5, admin_url(Break, "changelist"))
    # a search reads the texts first
    counted(desk, django_assert_num_queries, 5, admin_url(Venue, "changelist"), q="palais")


# Permissions ---------------------------------------------------------------------------------


def test_who_may_only_look_changes_nothing(client: Client) -> None:
    client.force_login(make_editor("meetings.view_venue"))
    venue = make_venue(name_fr="Palais des Nations")
    make_state(venue, "name", "fr")
    address = admin_url(Venue, "change", venue.pk)

    page = client.get(address)
    refused = client.post(address, {"name_en": "Elsewhere"})

    assert page.status_code == 200
    assert fields_of(page.content.decode()).keys() <= {"csrfmiddlewaretoken"} | {
        name for name in fields_of(page.content.decode()) if name.startswith(STATES)
    }
    assert refused.status_code == 403
    assert Venue.objects.get().name == "Palais des Nations"


def test_who_may_change_rows_may_say_where_their_texts_come_from(client: Client) -> None:
    client.force_login(make_editor("meetings.change_venue"))
    venue = make_venue(name_fr="Palais des Nations")
    make_state(venue, "name", "fr")

    saved = change(client, venue, **{f"{STATES}-0-provenance": "machine"})

    assert saved.status_code == 302
    assert states(venue) == {("name", "fr"): ("machine", False)}

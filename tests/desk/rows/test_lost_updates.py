from __future__ import annotations

import re
import threading
from datetime import time
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from desk.nothing_lost.deleting import ASK_AGAIN
from meetings.models import Sitting
from meetings.rows import TextState
from programme.models import AgendaItem, Presenter, SpeakingList
from tests.admin_forms import admin_url, change, delete, errors_of, fields_of, messages_of, new_row
from tests.factories import (
    SECOND_DAY,
    chad,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_presenter,
    make_sitting,
    make_state,
    make_venue,
    peru,
)

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar")


def logged_in(**values: Any) -> Client:
    client = Client()
    client.force_login(make_editor(is_superuser=True, **values))
    return client


@pytest.fixture
def desk() -> Client:
    return logged_in()


@pytest.fixture
def colleague() -> Client:
    return logged_in(first_name="Amina", last_name="Diallo")


class OpenForm:
    """A form as it stands in somebody's browser."""

    def __init__(self, client: Client, row: Model) -> None:
        self.client, self.address = client, admin_url(type(row), "change", row.pk)
        self.fields = fields_of(client.get(self.address).content.decode())

    def save(self, **values: str) -> Any:
        response = self.client.post(self.address, self.fields | values)
        if response.status_code == 200:
            self.fields = fields_of(response.content.decode())
        return response


def plain(response: Any) -> list[str]:
    return [unescape(strip_tags(message)) for message in errors_of(response)]


# Fields --------------------------------------------------------------------------------------


NEXT = dict(zip(LANGUAGES, (*LANGUAGES[1:], LANGUAGES[0]), strict=True))


@pytest.mark.parametrize(("mine", "theirs"), [*NEXT.items(), *((one, one) for one in LANGUAGES)])
def test_translators_of_different_languages_do_not_block_each_other(
    desk: Client, colleague: Client, mine: str, theirs: str
) -> None:
    item = make_item(make_meeting(), **{f"title_{one}": one for one in LANGUAGES})
    form = OpenForm(desk, item)
    change(colleague, item, **{f"title_{theirs}": "theirs"})

    saved = form.save(**{f"title_{mine}": "mine"})

    item.refresh_from_db()
    titles = {one: getattr(item, f"title_{one}") for one in LANGUAGES}
    if mine == theirs:
        assert saved.status_code == 200
        assert titles == {one: one for one in LANGUAGES} | {theirs: "theirs"}
    else:
        assert saved.status_code == 302
        assert titles == {one: one for one in LANGUAGES} | {theirs: "theirs", mine: "mine"}


def rows() -> dict[str, Model]:
    meeting = make_meeting()
    panel = make_panel(meeting)
    make_sitting(meeting, date=SECOND_DAY, part="morning")
    make_sitting(meeting, date=SECOND_DAY, part="afternoon")
    item = make_item(meeting, number=1, position=1)
    presenter = make_presenter(item)
    return {"panel": panel, "item": item, "presenter": presenter, "meeting": meeting}


@pytest.mark.parametrize(
    ("kind", "field", "theirs", "mine", "now", "then"),
    [
        ("panel", "title_en", "Theirs", "Mine", "Theirs", "Universalization"),
        ("panel", "title_ar", "عندهم", "عندي", "عندهم", "(empty)"),
        ("panel", "date", "2024-06-20", "2024-06-18", "20 June 2024", "19 June 2024"),
        ("panel", "start", "09:30", "10:00", "09:30", "(empty)"),
        ("panel", "sitting", "afternoon", "morning", "19 June 2024, afternoon", "(empty)"),
        ("item", "position", "7", "3", "7", "1"),
        ("item", "number", "", "3", "(empty)", "1"),
        ("presenter", "role", "chairs", "opens", "chairs", "presents"),
        ("meeting", "ends_on", "2024-06-22", "2024-06-21", "22 June 2024", "20 June 2024"),
    ],
)
def test_a_field_changed_by_both_is_refused_with_both_values_and_then_kept(  # noqa: PLR0913, PLR0917 -- a table
    desk: Client,
    colleague: Client,
    kind: str,
    field: str,
    theirs: str,
    mine: str,
    now: str,
    then: str,
) -> None:
    row = rows()[kind]
    if field == "sitting":
        parts = {one.part: str(one.pk) for one in Sitting.objects.all()}
        theirs, mine = parts[theirs], parts[mine]
    form = OpenForm(desk, row)
    assert change(colleague, row, **{field: theirs}).status_code == 302
    before = type(row)._default_manager.values().get(pk=row.pk)

    refused = form.save(**{field: mine})

    assert (
        "Somebody changed this after you opened the form. What you entered stands here: "
        f"save again to keep it, or enter theirs. Now it says: {now} Before: {then}"
    ) in plain(refused)
    assert form.fields[field] == mine
    assert type(row)._default_manager.values().get(pk=row.pk) == before

    assert form.save().status_code == 302
    assert OpenForm(desk, row).fields[field] == mine


def test_a_tick_changed_by_both_is_no_conflict(desk: Client, colleague: Client) -> None:
    presenter = make_presenter(make_item(make_meeting()))
    form = OpenForm(desk, presenter)
    change(colleague, presenter, has_spoken="on")

    saved = form.save(has_spoken="on", person_en="Ms. Chan")

    assert saved.status_code == 302
    assert Presenter.objects.values_list("has_spoken", "person_en").get() == (True, "Ms. Chan")


def test_a_field_left_alone_keeps_what_a_colleague_wrote(desk: Client, colleague: Client) -> None:
    meeting = make_meeting()
    sitting = make_sitting(meeting)
    item = make_item(meeting, number=1, title_en="Opening", text_en="One\n\nTwo")
    presenter = make_presenter(item, has_spoken=True)
    form = OpenForm(desk, item)
    change(
        colleague,
        item,
        number="4",
        title_en="Opening ceremony",
        text_en="",
        **{"presenters-0-role": "chairs"},
        **new_row("placements", 0, sitting=str(sitting.pk), start="10:00"),
    )
    change(colleague, presenter, delegation=str(chad().pk), has_spoken="")

    assert form.save(title_fr="Ouverture").status_code == 302

    item.refresh_from_db()
    presenter.refresh_from_db()
    assert (item.number, item.title_en, item.text_en, item.title_fr) == (
        4,
        "Opening ceremony",
        "",
        "Ouverture",
    )
    assert presenter.delegation
    assert (presenter.role, presenter.delegation.code, presenter.has_spoken) == (
        "chairs",
        "tcd",
        False,
    )
    assert item.placements.get().start == time(10)


def test_a_refused_form_shows_what_a_colleague_wrote_where_it_was_left_alone(
    desk: Client, colleague: Client
) -> None:
    item = make_item(make_meeting(), number=1, title_en="Opening", title_fr="Ouverture")
    form = OpenForm(desk, item)
    change(colleague, item, number="4", title_en="Theirs", title_fr="Le leur")

    form.save(title_fr="Le mien")

    assert (form.fields["number"], form.fields["title_en"]) == ("4", "Theirs")
    assert form.fields["title_fr"] == "Le mien"
    assert form.save(title_fr="Le leur").status_code == 302
    item.refresh_from_db()
    assert (item.number, item.title_en, item.title_fr) == (4, "Theirs", "Le leur")


def test_a_third_save_between_is_refused_again(desk: Client, colleague: Client) -> None:
    venue = make_venue()
    form = OpenForm(desk, venue)
    change(colleague, venue, name_en="First")
    form.save(name_en="Mine")
    change(colleague, venue, name_en="Second")

    refused = form.save()

    assert plain(refused)[0].endswith("Now it says: Second Before: First")


def test_whoever_saved_last_is_named(desk: Client, colleague: Client) -> None:
    item = make_item(make_meeting())
    presenter = make_presenter(item)
    form = OpenForm(desk, presenter)
    change(colleague, item, **{"presenters-0-function_en": "the President"})

    refused = form.save(function_en="the Coordinator")

    told = [one for one in plain(refused) if one.startswith("Nothing was saved")]
    assert len(told) == 1
    assert re.fullmatch(
        r"Nothing was saved: Amina Diallo saved on .+, after you opened the form\.", told[0]
    )


# Rows beneath --------------------------------------------------------------------------------


def test_rows_beneath_are_compared_one_by_one(desk: Client, colleague: Client) -> None:
    state, other = chad(), peru()
    speaking_list = make_list(make_item(make_meeting()), state, other)
    form = OpenForm(desk, speaking_list)
    change(colleague, speaking_list, **{"entries-0-position": "8"})

    refused = form.save(**{"entries-0-position": "5", "entries-1-position": "6"})
    (told,) = [one for one in plain(refused) if one.startswith("Somebody")]
    assert told.endswith("Now it says: 8 Before: 1")
    assert sorted(positions(speaking_list)) == [("per", 2), ("tcd", 8)]

    assert form.save().status_code == 302
    assert sorted(positions(speaking_list)) == [("per", 6), ("tcd", 5)]


def positions(speaking_list: SpeakingList) -> list[tuple[str, int]]:
    return list(speaking_list.entries.values_list("delegation__code", "position"))


def test_a_row_added_meanwhile_is_kept(desk: Client, colleague: Client) -> None:
    speaking_list = make_list(make_item(make_meeting()), chad())
    form = OpenForm(desk, speaking_list)
    change(colleague, speaking_list, **new_row("entries", 1, delegation=str(peru().pk)))

    saved = form.save(invitation_fr="Les États suivants ({delegations})")

    assert saved.status_code == 302
    assert positions(speaking_list) == [("tcd", 1), ("per", 2)]


def test_a_row_changed_meanwhile_is_deleted_only_after_it_was_shown(
    desk: Client, colleague: Client
) -> None:
    item = make_item(make_meeting())
    make_presenter(item, function_en="the Committee")
    form = OpenForm(desk, item)
    change(colleague, item, **{"presenters-0-function_en": "the President"})

    refused = form.save(**{"presenters-0-DELETE": "on"})

    assert (
        "Somebody changed “the President” after you opened the form: function [en]: "
        "the President. Save again to delete it all the same."
    ) in plain(refused)
    assert Presenter.objects.count() == 1
    assert form.save().status_code == 302
    assert Presenter.objects.count() == 0


def test_a_list_that_a_colleague_filled_meanwhile_is_deleted_only_after_its_names_were_shown(
    desk: Client, colleague: Client
) -> None:
    item = make_item(make_meeting())
    speaking_list = make_list(item, chad())
    form = OpenForm(desk, item)
    change(colleague, speaking_list, **new_row("entries", 1, delegation=str(peru().pk)))

    refused = form.save(**{"lists-0-DELETE": "on"})

    (told,) = [one for one in plain(refused) if one.startswith("Somebody")]
    assert told.endswith(
        "after you opened the form: named delegations: Chad · Peru. "
        "Save again to delete it all the same."
    )
    assert len(positions(speaking_list)) == 2
    assert form.save().status_code == 302
    assert not SpeakingList.objects.exists()


def test_whoever_saves_a_row_that_is_gone_is_given_back_what_was_typed(
    desk: Client, colleague: Client
) -> None:
    venue = make_venue()
    form = OpenForm(desk, venue)
    delete(colleague, venue)

    saved = desk.post(form.address, form.fields | {"name_fr": "Palais"})

    assert saved.status_code == 409
    page = saved.content.decode()
    assert "Nothing was saved: somebody deleted this row after you opened its form." in page
    assert "<dt>Name [fr]</dt>" in page
    assert '<dd dir="auto">Palais</dd>' in page


class Confirmation:
    """The page that asks whether rows are to be deleted, as it stands in somebody's browser."""

    def __init__(self, client: Client, row: Model, *, in_list: bool) -> None:
        self.client = client
        self.address = admin_url(type(row), *("changelist",) if in_list else ("delete", row.pk))
        chosen = {"action": "delete_selected", "_selected_action": str(row.pk)}
        asked = client.post(self.address, chosen) if in_list else client.get(self.address)
        self.take(asked)

    def take(self, page: Any) -> None:
        self.fields = fields_of(page.content.decode())

    def confirm(self) -> Any:
        return self.client.post(self.address, self.fields, follow=True)


WRITTEN = [
    ("item", new_row("presenters", 0, role="presents", person_en="Ms. Diallo", position="1")),
    ("item", {"title_ar": "الافتتاح"}),
    ("list", new_row("entries", 1, delegation="peru")),
    ("list", {"invitation_fr": "Sont invités"}),
]
"""What a colleague may write into what goes, or put beneath it."""


@pytest.mark.parametrize("in_list", [False, True], ids=["form", "list"])
@pytest.mark.parametrize(("where", "written"), WRITTEN)
def test_a_deletion_is_asked_for_anew_where_a_colleague_wrote_into_what_goes(
    desk: Client, colleague: Client, where: str, written: dict[str, str], *, in_list: bool
) -> None:
    item = make_item(make_meeting())
    speaking_list = make_list(item, chad())
    values = {name: str(peru().pk) if one == "peru" else one for name, one in written.items()}
    page = Confirmation(desk, item, in_list=in_list)
    saved = change(colleague, item if where == "item" else speaking_list, **values)
    assert errors_of(saved) == []

    refused = page.confirm()

    assert messages_of(refused) == [str(ASK_AGAIN)]
    assert AgendaItem.objects.count() == 1
    page.take(refused)
    page.confirm()
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize("in_list", [False, True], ids=["form", "list"])
def test_a_deletion_does_not_mind_what_a_colleague_wrote_elsewhere(
    desk: Client, colleague: Client, *, in_list: bool
) -> None:
    item, other = (make_item(make_meeting(), number=one) for one in (1, 2))
    page = Confirmation(desk, item, in_list=in_list)
    change(colleague, other, title_en="Closing")

    page.confirm()

    assert list(AgendaItem.objects.all()) == [other]


# What translations are made from -------------------------------------------------------------


def test_a_translation_made_from_an_older_english_is_behind(
    desk: Client, colleague: Client
) -> None:
    item = make_item(make_meeting(), title_en="Opening", title_fr="")
    form = OpenForm(desk, item)
    change(colleague, item, title_en="Opening ceremony")

    assert form.save(title_fr="Ouverture").status_code == 302

    state = TextState.objects.get(language="fr")
    assert state.is_behind("Opening ceremony")
    assert not state.is_behind("Opening")


def test_a_translation_judged_by_an_older_english_stays_behind(
    desk: Client, colleague: Client
) -> None:
    venue = make_venue(name_en="Palais", name_fr="Palais")
    make_state(venue, "name", "fr", source_digest="of an older name")
    form = OpenForm(desk, venue)
    change(colleague, venue, name_en="Palais des Nations")

    assert form.save(**{f"{STATES}-0-follows_english": "on"}).status_code == 302

    assert TextState.objects.get(language="fr").is_behind("Palais des Nations")


STATES = "meetings-textstate-content_type-object_id"


def test_where_a_text_comes_from_is_compared_as_well(desk: Client, colleague: Client) -> None:
    venue = make_venue(name_fr="Palais")
    make_state(venue, "name", "fr")
    form = OpenForm(desk, venue)
    change(colleague, venue, **{f"{STATES}-0-provenance": "machine"})

    refused = form.save(**{f"{STATES}-0-provenance": "official"})

    assert any("Now it says: machine translation" in one for one in plain(refused))
    assert form.save().status_code == 302
    assert TextState.objects.get().provenance == "official"


# Pages that tell nothing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    ["", "nonsense", signing.dumps({"rows": {}}, salt="another")],
    ids=["nothing", "nonsense", "signed for another use"],
)
def test_a_form_that_does_not_tell_what_it_was_made_from_is_refused_and_nothing_lost(
    desk: Client, colleague: Client, sent: str
) -> None:
    item = make_item(make_meeting(), title_en="Opening", number=1)
    make_presenter(item)
    form = OpenForm(desk, item)
    change(colleague, item, title_en="Theirs")

    refused = form.save(as_opened=sent, title_fr="Ouverture", **{"presenters-0-role": "chairs"})

    said = sorted(plain(refused))
    assert said[0].startswith("Nothing was saved. This page does not tell what the form said")
    assert said[1:] == [
        "What you entered stands here: save again to keep it. Now it says: (empty)",
        "What you entered stands here: save again to keep it. Now it says: Theirs",
        "What you entered stands here: save again to keep it. Now it says: presents",
    ]
    assert (form.fields["title_en"], form.fields["title_fr"]) == ("Opening", "Ouverture")
    assert AgendaItem.objects.values_list("title_en", "title_fr").get() == ("Theirs", None)
    assert form.save(title_en="Theirs").status_code == 302
    assert AgendaItem.objects.values_list("title_en", "title_fr").get() == ("Theirs", "Ouverture")


# Two at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time")
def test_of_two_who_save_at_the_same_moment_one_is_refused() -> None:
    item = make_item(make_meeting(), title_en="Opening")
    presenter = make_presenter(item, function_en="the Committee")
    forms = [OpenForm(logged_in(), row) for row in (item, item, presenter)]
    fields = ("presenters-0-function_en", "presenters-0-function_en", "function_en")
    together = threading.Barrier(len(forms))
    answers: dict[int, int] = {}

    def save(number: int) -> None:
        together.wait()
        saved = forms[number].save(**{fields[number]: f"number {number}"})
        answers[number] = saved.status_code
        connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(len(forms))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers.values()) == [200, 200, 302]
    winner = next(number for number, status in answers.items() if status == 302)
    presenter.refresh_from_db()
    assert presenter.function_en == f"number {winner}"

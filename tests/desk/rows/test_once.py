"""What two clicks on a slow line send is saved once."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection, connections
from django.test import Client

from meetings import groups
from meetings.models import SentForm, Venue
from programme.models import AgendaItem, Presenter, Publication, SharedPreview
from programme.publishing.draft import draft_of
from tests.admin_filling import OpenForm
from tests.admin_forms import admin_url, errors_of, fields_of, messages_of, new_row
from tests.each_kind import KINDS, some_of_each
from tests.factories import make_editor, make_item, make_meeting, make_venue

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

pytestmark = pytest.mark.django_db


def counted(kinds: list[type[Model]]) -> list[int]:
    return [kind._default_manager.count() for kind in kinds]


# One after the other -------------------------------------------------------------------------


@KINDS
def test_a_form_sent_twice_adds_one_row(desk: Client, model: type[Model]) -> None:
    if model._meta.model_name in groups.FOR_GOOD:
        return
    some_of_each()
    form = OpenForm(desk, admin_url(model, "add"))
    kinds = [model, *(formset.model for formset in form.beneath)]
    before = counted(kinds)
    sent = form.filled(rows=1)

    first = desk.post(form.address, sent)
    second = desk.post(form.address, sent)

    assert first.status_code == 302
    assert counted(kinds) == [number + 1 for number in before]
    assert LogEntry.objects.count() == 1
    if model._meta.app_label != "auth":  # whose names are unique, and which say so
        assert second.headers["Location"] == first.headers["Location"]


@KINDS
def test_a_form_of_a_row_sent_twice_adds_one_row_beneath_it(
    desk: Client, model: type[Model]
) -> None:
    if model._meta.model_name in groups.FOR_GOOD or model._meta.app_label == "auth":
        return
    some_of_each()
    there = list(model._default_manager.values_list("pk", flat=True))
    OpenForm(desk, admin_url(model, "add")).send(rows=0)
    row = model._default_manager.exclude(pk__in=there).get()
    form = OpenForm(desk, admin_url(model, "change", row.pk))
    kinds = [formset.model for formset in form.beneath]
    before = counted(kinds)
    sent = form.filled(rows=1, anew=False)

    answers = [desk.post(form.address, sent) for _click in range(2)]

    assert [errors_of(one) for one in answers] == [[], []]
    assert counted(kinds) == [number + 1 for number in before]


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
def test_a_second_click_is_answered_as_the_first(desk: Client, button: str) -> None:
    form = OpenForm(desk, admin_url(Venue, "add"))
    sent = form.fields | {"name_en": "Palais", button: "1"}

    first, second = (desk.post(form.address, sent, follow=True) for _click in range(2))

    assert first.redirect_chain == second.redirect_chain
    assert messages_of(first) == messages_of(second) != []
    assert Venue.objects.count() == 1


def test_a_second_click_in_a_small_window_is_answered_as_the_first(desk: Client) -> None:
    form = OpenForm(desk, admin_url(Venue, "add") + "?_popup=1")
    sent = form.fields | {"name_en": "Palais", "_popup": "1"}

    first, second = (desk.post(form.address, sent) for _click in range(2))

    assert first.context["popup_response_data"] == second.context["popup_response_data"]
    assert Venue.objects.count() == 1


def test_other_content_from_a_saved_page_is_asked_about_and_kept(desk: Client) -> None:
    form = OpenForm(desk, admin_url(Venue, "add"))
    desk.post(form.address, form.fields | {"name_en": "Palais"})
    venue = Venue.objects.get()

    asked = desk.post(form.address, form.fields | {"name_en": "Palace", "name_fr": "Palais"})

    (reason,) = errors_of(asked)
    link = f'<a href="{admin_url(Venue, "change", venue.pk)}"><bdi>Palais</bdi></a>'
    assert reason == (
        f"Nothing was saved: this page was saved before, as Venue: {link}. Save again to make "
        "another one."
    )
    assert Venue.objects.count() == 1
    sent = fields_of(asked.content.decode())
    assert (sent["name_en"], sent["name_fr"]) == ("Palace", "Palais")
    assert desk.post(form.address, sent).status_code == 302
    assert sorted(Venue.objects.values_list("name_en", flat=True)) == ["Palace", "Palais"]


def test_new_rows_of_a_saved_page_are_asked_about_and_kept(desk: Client) -> None:
    form = OpenForm(desk, admin_url(AgendaItem, "change", make_item(make_meeting()).pk))
    new = {"role": "presents", "function_en": "the Comittee"}
    desk.post(form.address, form.fields | new_row("presenters", 0, **new))

    mended = new | {"function_en": "the Committee"}
    asked = desk.post(form.address, form.fields | new_row("presenters", 0, **mended))

    (reason,) = errors_of(asked)
    assert reason.startswith("Nothing was saved: this page was saved before, with its new rows.")
    assert Presenter.objects.get().function_en == "the Comittee"  # type: ignore[misc]
    sent = fields_of(asked.content.decode())
    assert sent["presenters-0-function_en"] == "the Committee"


def test_a_saved_page_may_be_used_again_for_a_row_that_is_there(desk: Client) -> None:
    form = OpenForm(desk, admin_url(Venue, "change", make_venue().pk))

    for values in ({"name_en": "Palace"}, {"name_fr": "Palais"}, {"name_en": "Palace"}):
        assert errors_of(desk.post(form.address, form.fields | values)) == []
    assert Venue.objects.values_list("name_en", "name_fr").get() == ("Palace", "Palais")


def test_what_was_deleted_since_is_made_again(desk: Client) -> None:
    form = OpenForm(desk, admin_url(Venue, "add"))
    sent = form.fields | {"name_en": "Palais"}
    desk.post(form.address, sent)
    Venue.objects.all().delete()

    assert desk.post(form.address, sent).status_code == 302

    assert Venue.objects.count() == 1


def test_a_page_of_another_account_is_another_page(desk: Client) -> None:
    form = OpenForm(desk, admin_url(Venue, "add"))
    sent = form.fields | {"name_en": "Palais"}
    desk.post(form.address, sent)
    desk.force_login(make_editor(is_superuser=True))

    desk.post(form.address, sent)

    assert Venue.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_saved_pages_are_forgotten_after_a_month(desk: Client) -> None:
    OpenForm(desk, admin_url(Venue, "add")).send()
    old = SentForm.objects.get()
    SentForm.objects.update(at=old.at - timedelta(days=31))

    OpenForm(desk, admin_url(Venue, "add")).send()

    assert SentForm.objects.exclude(pk=old.pk).count() == SentForm.objects.count() == 1


# Publishing and sharing ----------------------------------------------------------------------


def test_a_second_click_that_publishes_is_told_that_it_is_done(desk: Client) -> None:
    meeting = make_meeting()
    address = f"/en/admin/meetings/meeting/{meeting.pk}/publish/"
    sent = fields_of(desk.get(address).content.decode()) | {"warnings_seen": "on"}

    first = desk.post(address, sent)
    second = desk.post(address, sent, follow=True)

    assert second.redirect_chain == [(first.headers["Location"], 302)]
    assert messages_of(second)[-1] == "You published this just now: first version."
    assert Publication.objects.count() == 1


def test_whoever_published_from_another_page_is_not_told_of_a_colleague(desk: Client) -> None:
    meeting = make_meeting()
    address = f"/en/admin/meetings/meeting/{meeting.pk}/publish/"
    sent = fields_of(desk.get(address).content.decode()) | {"warnings_seen": "on"}
    desk.post(address, sent)
    make_item(meeting)
    stale = fields_of(desk.get(address).content.decode()) | {"warnings_seen": "on"}
    make_item(meeting, title_en="Closing")
    desk.post(address, fields_of(desk.get(address).content.decode()) | {"warnings_seen": "on"})

    refused = desk.post(address, stale)

    assert refused.status_code == 409
    assert "you published Rev.1 at" in refused.context["warning"]


def test_a_link_asked_for_twice_is_made_once(desk: Client) -> None:
    address = f"/en/admin/meetings/meeting/{make_meeting().pk}/previews/"
    sent = fields_of(desk.get(address).content.decode()) | {"whom": "Ms. Chan", "days": "7"}

    first, second = (desk.post(address, sent) for _click in range(2))

    assert SharedPreview.objects.get().whom == "Ms. Chan"
    assert first.headers["Location"] == second.headers["Location"]
    desk.post(address, sent | {"whom": "Mr. Diallo"})
    assert SharedPreview.objects.count() == 2


# At the same moment --------------------------------------------------------------------------


def at_once(desk: Client, address: str, sent: dict[str, str]) -> list[Any]:
    """The answers to two clicks that arrive together."""
    start, answers = Barrier(2), []

    def click() -> None:
        client = Client()
        client.cookies = desk.cookies
        start.wait(10)
        answers.append(client.post(address, sent))
        connections.close_all()

    clicks = [Thread(target=click) for _both in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    return answers


def new_venue(desk: Client) -> tuple[str, dict[str, str]]:
    form = OpenForm(desk, admin_url(Venue, "add"))
    return form.address, form.filled(rows=0)


def new_list(desk: Client) -> tuple[str, dict[str, str]]:
    some_of_each()
    form = OpenForm(desk, admin_url(AgendaItem, "add"))
    return form.address, form.filled(rows=1)


def new_presenter(desk: Client) -> tuple[str, dict[str, str]]:
    form = OpenForm(desk, admin_url(AgendaItem, "change", make_item(make_meeting()).pk))
    new = new_row("presenters", 0, role="presents", function_en="the Committee")
    return form.address, form.fields | new


def new_link(desk: Client) -> tuple[str, dict[str, str]]:
    address = f"/en/admin/meetings/meeting/{make_meeting().pk}/previews/"
    fields = fields_of(desk.get(address).content.decode())
    return address, fields | {"whom": "Ms. Chan", "days": "7"}


def new_version(desk: Client) -> tuple[str, dict[str, str]]:
    meeting = make_meeting()
    address = f"/en/admin/meetings/meeting/{meeting.pk}/publish/"
    assert draft_of(meeting).has_changes
    return address, fields_of(desk.get(address).content.decode()) | {"warnings_seen": "on"}


MADE = [
    (new_venue, Venue),
    (new_list, AgendaItem),
    (new_presenter, Presenter),
    (new_link, SharedPreview),
    (new_version, Publication),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("made_by", "kind"), MADE, ids=lambda one: one.__name__)
def test_two_clicks_at_the_same_moment_make_one_row(
    desk: Client,
    made_by: Callable[[Client], tuple[str, dict[str, str]]],
    kind: type[Model],
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets in one at a time.")
    address, sent = made_by(desk)
    before = kind._default_manager.count()

    answers = at_once(desk, address, sent)

    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert kind._default_manager.count() == before + 1

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from meetings.groups import keep_groups, languages_of
from meetings.models import Meeting
from meetings.rows import TextState, text_digest
from panels.models import Panel
from programme.models import AgendaItem, ItemPlacement, Presenter, SpeakingList
from tests.admin_forms import admin_url, change, errors_of, fields_of, new_row
from tests.factories import (
    chad,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_placement,
    make_presenter,
    make_state,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

pytestmark = pytest.mark.django_db


def member(*groups: str) -> User:
    user = make_editor()
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


# Groups --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "may", "may_not"),
    [
        (
            "Editors",
            [
                "meetings.add_sitting",
                "meetings.change_delegation",
                "panels.delete_panellist",
                "programme.change_speakinglistentry",
                "programme.view_publication",
            ],
            ["programme.add_publication", "programme.withdraw_publication", "auth.change_user"],
        ),
        (
            "Publishers",
            ["programme.add_publication", "programme.change_agendaitem", "meetings.delete_break"],
            ["programme.withdraw_publication", "programme.change_publication"],
        ),
        (
            "Translators",
            ["meetings.translate_fr", "meetings.translate_es", "meetings.translate_ar"],
            ["meetings.translate_en", "programme.change_agendaitem", "panels.add_panel"],
        ),
        (
            "Translators (Arabic)",
            ["meetings.translate_ar", "panels.view_panel", "programme.view_publication"],
            ["meetings.translate_fr", "panels.change_panel", "programme.delete_agendaitem"],
        ),
    ],
)
def test_groups_have_fitting_permissions(group: str, may: list[str], may_not: list[str]) -> None:
    user = member(group)

    assert [one for one in may if not user.has_perm(one)] == []
    assert [one for one in may_not if user.has_perm(one)] == []


def test_groups_are_made_whole_again_and_keep_what_an_administrator_gave() -> None:
    more = Permission.objects.get(codename="view_logentry")
    less = Permission.objects.get(codename="change_panel")
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(more)
    editors.permissions.remove(less)
    Group.objects.get(name="Publishers").delete()

    for _again in range(2):
        for app in apps.get_app_configs():
            keep_groups(app, using="default")

    names = [f"Translators ({one})" for one in ("Arabic", "English", "French", "Spanish")]
    groups = Group.objects.order_by("name").values_list("name", flat=True)
    assert list(groups) == ["Editors", "Publishers", "Translators", *names]
    assert {more, less} <= set(editors.permissions.all())
    assert "add_publication" in set(
        Group.objects.get(name="Publishers").permissions.values_list("codename", flat=True)
    )


def test_a_migration_makes_the_groups() -> None:
    Group.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert Group.objects.count() == 7


# Translators ---------------------------------------------------------------------------------


@pytest.fixture
def translator(client: Client) -> Client:
    user = member("Translators (French)")
    assert languages_of(user) == ("fr",)
    client.force_login(user)
    return client


def test_a_translator_writes_the_texts_of_one_language(translator: Client) -> None:
    item = make_item(make_meeting(), title_en="Opening", text_en="Text")
    make_presenter(item)
    make_list(item)

    saved = change(
        translator,
        item,
        title_fr="Ouverture",
        **{
            "presenters-0-function_fr": "le Comité",
            "lists-0-invitation_fr": "Les États suivants ({delegations})",
        },
    )

    assert errors_of(saved) == []
    assert AgendaItem.objects.values_list("title_fr", "title_en").get() == ("Ouverture", "Opening")
    assert Presenter.objects.values_list("function_fr", flat=True).get() == "le Comité"
    assert SpeakingList.objects.get().invitation_fr == "Les États suivants ({delegations})"
    assert sorted(TextState.objects.values_list("field", "language")) == [
        ("function", "fr"),
        ("invitation", "fr"),
        ("title", "fr"),
    ]
    assert "title [fr]" in LogEntry.objects.get().get_change_message()


def test_whatever_else_a_translator_sends_changes_nothing(translator: Client) -> None:
    meeting = make_meeting()
    item = make_item(meeting, number=1, title_en="Opening", title_ar="الافتتاح")
    make_presenter(item)
    placement = make_placement(item)
    make_state(item, "title", "ar")
    before = everything()

    saved = change(
        translator,
        item,
        title_en="Forged",
        title_ar="مزور",
        number="7",
        position="9",
        parent="",
        translations_hold="on",
        **{
            "presenters-0-role": "chairs",
            "presenters-0-function_en": "Forged",
            "presenters-0-DELETE": "on",
            "placements-0-id": str(placement.pk),
            "placements-0-start": "10:00",
            "placements-0-DELETE": "on",
            f"{STATES}-0-provenance": "official",
        },
        **new_row("presenters", 1, role="chairs", function_fr="Faux"),
    )

    assert errors_of(saved) == []
    assert everything() == before


STATES = "meetings-textstate-content_type-object_id"


def everything() -> list[Any]:
    """All rows that a form of an item can touch, as the database has them."""
    models: list[Any] = [AgendaItem, Presenter, ItemPlacement, SpeakingList, TextState]
    return [list(one.objects.order_by("pk").values()) for one in models]


@pytest.mark.parametrize("form", ["add", "delete"])
def test_a_translator_adds_and_deletes_nothing(translator: Client, form: str) -> None:
    item = make_item(make_meeting())
    args = (item.pk,) if form == "delete" else ()

    refused = translator.post(admin_url(AgendaItem, form, *args), {"post": "yes"})

    assert refused.status_code == 403
    assert AgendaItem.objects.count() == 1


def test_rows_without_texts_are_closed_to_translators(translator: Client) -> None:
    placement = make_placement(make_item(make_meeting()))

    assert translator.get(admin_url(type(placement), "change", placement.pk)).status_code == 200
    refused = translator.post(admin_url(type(placement), "change", placement.pk), {})

    assert refused.status_code == 403


def test_the_english_stands_beside_the_box_of_a_translator(translator: Client) -> None:
    item = make_item(make_meeting(), title_en="Opening", number=3)

    page = translator.get(admin_url(AgendaItem, "change", item.pk))

    form = page.context["adminform"].form
    boxes = {name: form[name].build_widget_attrs({}) for name in form.fields}
    assert "readonly" in boxes["title_en"]
    assert "readonly" not in boxes["title_fr"]
    assert form["title_en"].value() == "Opening"
    assert "disabled" in boxes["number"] or "readonly" in boxes["number"]
    assert not page.context["has_delete_permission"]


def test_what_is_closed_to_a_translator_stays_open_to_others(translator: Client) -> None:
    address = admin_url(AgendaItem, "change", make_item(make_meeting()).pk)
    translator.get(address)

    translator.force_login(make_editor(is_superuser=True))
    form = translator.get(address).context["adminform"].form

    assert [name for name, field in form.fields.items() if field.disabled] == ["meeting"]


def test_a_translator_saves_a_list_whose_names_are_only_shown(translator: Client) -> None:
    speaking_list = make_list(make_item(make_meeting()), chad())

    saved = change(translator, speaking_list, invitation_fr="Les États suivants")

    assert errors_of(saved) == []
    assert SpeakingList.objects.get().invitation_fr == "Les États suivants"
    assert speaking_list.entries.get().delegation.code == "tcd"


def test_a_translator_says_where_texts_of_one_language_come_from(translator: Client) -> None:
    panel = make_panel(make_meeting(), title_fr="Universalisation", title_es="Universalización")
    make_state(panel, "title", "fr", source_digest=text_digest("Older"))
    make_state(panel, "title", "es", source_digest=text_digest("Older"))

    saved = change(
        translator,
        panel,
        **{f"{STATES}-0-provenance": "official", f"{STATES}-0-follows_english": "on"},
    )

    assert errors_of(saved) == []
    states = TextState.objects.order_by("language").values_list("language", "provenance")
    assert list(states) == [("es", "unofficial"), ("fr", "official")]
    assert not TextState.objects.get(language="fr").is_behind("Universalization")
    assert TextState.objects.get(language="es").is_behind("Universalization")


@pytest.mark.parametrize("model", [Meeting, AgendaItem, SpeakingList, Panel, Presenter])
def test_translators_open_lists_and_forms(translator: Client, model: Any) -> None:
    meeting = make_meeting()
    item = make_item(meeting)
    rows = [meeting, item, make_list(item, chad()), make_panel(meeting), make_presenter(item)]
    row = next(one for one in rows if isinstance(one, model))

    listed = translator.get(admin_url(model, "changelist"))
    opened = translator.get(admin_url(model, "change", row.pk))

    assert (listed.status_code, opened.status_code) == (200, 200)
    sent = fields_of(opened.content.decode())
    assert "as_opened" in sent

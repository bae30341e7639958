"""Each lock is needed: what two write at the same moment, one of them inside a transaction."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from programme.models import (
    AgendaItem,
    ItemPlacement,
    Publication,
    SpeakingList,
    SpeakingListEntry,
)
from programme.publishing.draft import draft_of
from programme.publishing.verbs import DraftMovedError, publish
from programme.rows.importing import import_programme
from programme.rows.restoring import restore
from programme.rows.restoring_refusals import RowsMovedError
from tests.admin_forms import admin_url, fields_of
from tests.factories import chad, make_editor, make_entry, make_item, make_list, make_meeting
from tests.programme.publishing.pausing import After, beside
from tests.programme.publishing.test_all_or_nothing import FILE
from tests.programme.walks import edit, office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.db.models import Model


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in"),
]


def write_to(table: str, *verbs: str) -> Callable[[str], bool]:
    """Statements that write to a table."""
    begins = tuple(f'{verb} "{table}"' for verb in verbs)
    return lambda sql: sql.startswith(begins)


def opened(row: Model) -> tuple[Client, str, dict[str, str]]:
    """A form as it stands open in somebody's browser."""
    client = Client()
    client.force_login(make_editor(is_superuser=True))
    address = admin_url(type(row), "change", row.pk)
    return client, address, fields_of(client.get(address).content.decode())


# --- publishing ------------------------------------------------------------------------------


def test_of_two_publishers_of_a_meeting_the_second_is_told() -> None:
    meeting = make_meeting()
    make_item(meeting, number=1)
    digest = draft_of(meeting).digest

    def publishes() -> Publication:
        return publish(
            meeting, by=None, at=timezone.now(), expected_digest=digest, expected_serial=0
        )

    first, second = beside(
        publishes, publishes, before=write_to("programme_publication", "INSERT INTO")
    )

    assert first.error is None
    assert isinstance(second.error, DraftMovedError)
    assert second.error.draft.public == first.answer == Publication.objects.get()


# --- taking back -----------------------------------------------------------------------------

SAVED: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    # what the draft says, and what somebody saves beside the taking back
    "the meeting": ("meeting", {"name_en": "Draft"}, {"name_en": "Theirs"}),
    "a sitting": ("monday", {"heading_en": "Draft"}, {"heading_en": "Theirs"}),
    "a break": ("lunch", {"name_en": "Draft"}, {"name_en": "Theirs"}),
    "a panel": ("panel", {"title_en": "Draft"}, {"title_en": "Theirs"}),
    "an item": ("6", {"title_en": "Draft"}, {"title_en": "Theirs"}),
    "a placement": ("7 on monday", {"start": time(12)}, {"start": "12:30"}),
    "a list": ("list", {"invitation_en": "Draft"}, {"invitation_en": "Theirs"}),
    "a named delegation": ("list", {}, {"entries-0-position": "9"}),
    "a presenter": ("presenter", {"function_en": "Draft"}, {"function_en": "Theirs"}),
    "a panellist": ("panellist", {"function_en": "Draft"}, {"function_en": "Theirs"}),
}


@pytest.mark.parametrize(("name", "draft", "saved"), SAVED.values(), ids=SAVED.keys())
def test_what_is_saved_beside_a_taking_back_is_refused_or_stays(
    name: str, draft: dict[str, Any], saved: dict[str, str]
) -> None:
    made = office()
    edit("1", title_en="Draft")(made)  # something comes back in any case
    edit(name, **draft)(made)
    if "entries-0-position" in saved:
        entry = made.row("list").entries.first()
        entry.position = 7
        entry.save()
    client, address, fields = opened(made.row(name))

    taken, sent = beside(
        lambda: restore(made.meeting, document=made.public),
        lambda: client.post(address, fields | saved),
        before=lambda sql: sql.startswith("UPDATE"),
    )

    assert (taken.error, sent.error) == (None, None)
    if sent.answer.status_code == 302:
        now = fields_of(client.get(address).content.decode())
        assert {*saved.values()} <= {*now.values()}
    else:
        assert "Somebody" in sent.answer.content.decode()


BENEATH: dict[str, Callable[[AgendaItem], Model]] = {
    "a sub-item": lambda item: make_item(item.meeting, parent=item, number=1),
    "a list": make_list,
    "a place": lambda item: ItemPlacement.objects.create(item=item, date=item.meeting.starts_on),
}


MOMENTS: dict[str, Callable[[str], bool]] = {
    "the rows are read": lambda sql: sql.startswith('SELECT "meetings_venue"'),
    "what goes is known": write_to("programme_agendaitem", "UPDATE"),
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS.keys())
@pytest.mark.parametrize("puts", BENEATH.values(), ids=BENEATH.keys())
def test_what_is_put_beneath_a_row_that_goes_is_not_taken_along(
    puts: Callable[[AgendaItem], Model], moment: Callable[[str], bool]
) -> None:
    made = office()
    item = make_item(made.meeting, number=9, title_en="New")

    taken, put = beside(
        lambda: restore(made.meeting, [str(item.pk)], document=made.public),
        lambda: puts(item),
        before=moment,
    )

    if put.error is None:
        assert isinstance(taken.error, RowsMovedError)
        assert type(put.answer)._default_manager.filter(pk=put.answer.pk).exists()
    else:
        assert taken.error is None


# --- saving ----------------------------------------------------------------------------------

FORMS: dict[str, tuple[str, str]] = {
    "a row": ("6", "title_fr"),
    "a row beneath": ("6", "presenters-0-function_fr"),
    "a row beneath, and its own form": ("presenter", "function_fr"),
}


@pytest.mark.parametrize(("name", "field"), FORMS.values(), ids=FORMS.keys())
def test_of_two_who_save_one_field_at_once_the_second_is_refused(name: str, field: str) -> None:
    made = office()
    one, other = opened(made.row("6")), opened(made.row(name))
    own = field if name == "6" else f"presenters-0-{field}"

    first, second = beside(
        lambda: one[0].post(one[1], one[2] | {own: "First"}),
        lambda: other[0].post(other[1], other[2] | {field: "Second"}),
        before=lambda sql: sql.startswith("UPDATE"),
    )

    assert first.answer.status_code == 302
    assert second.answer.status_code == 200
    assert "First" in second.answer.content.decode()


# --- deletion --------------------------------------------------------------------------------


def test_what_is_put_beneath_a_row_while_it_is_deleted_is_not_taken_along() -> None:
    item = make_item(make_meeting(), number=1)
    client = Client()
    client.force_login(make_editor(is_superuser=True))
    address = admin_url(AgendaItem, "delete", item.pk)
    fields = fields_of(client.get(address).content.decode())

    deleted, put = beside(
        lambda: client.post(address, fields),
        lambda: make_list(item),
        before=lambda sql: sql.startswith("DELETE FROM"),
    )

    assert deleted.error is None
    assert (put.error is None) == SpeakingList.objects.exists()


# --- import ----------------------------------------------------------------------------------


def imported(path: Path, **values: str) -> None:
    usual = {"name": "June", "title": "Opening", "codes": ""}
    path.write_text(FILE.format(**usual | values), encoding="utf-8")
    import_programme(path)


def test_what_is_saved_beside_an_import_is_refused_or_stays(tmp_path: Path) -> None:
    path = tmp_path / "dying.yaml"
    imported(path)
    item = AgendaItem.objects.get()
    client, address, fields = opened(item)

    again, sent = beside(
        lambda: imported(path, title="From the file"),
        lambda: client.post(address, fields | {"title_en": "Theirs"}),
        before=write_to("programme_agendaitem", "UPDATE"),
    )

    item.refresh_from_db()
    assert (again.error, sent.error) == (None, None)
    assert (sent.answer.status_code, item.title_en) in {(302, "Theirs"), (200, "From the file")}


def test_what_is_put_beneath_a_row_that_a_file_leaves_out_is_not_taken_along(
    tmp_path: Path,
) -> None:
    path, state = tmp_path / "dying.yaml", chad()
    imported(path)
    speaking_list = SpeakingList.objects.get()
    content = path.read_text(encoding="utf-8")
    path.write_text(content[: content.index("    lists:")], encoding="utf-8")

    again, put = beside(
        lambda: import_programme(path),
        lambda: make_entry(speaking_list, state),
        before=After('SELECT "meetings_importedrow"."object_id"'),
    )

    assert again.error is None
    assert (put.error is None) == SpeakingListEntry.objects.exists()

"""From what is typed or imported to what is published: the same text is no change."""

from __future__ import annotations

import csv
import shutil
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from meetings import directory
from meetings.directory import import_delegations
from meetings.import_plan import ImportRefusedError, digest_of
from meetings.models import Delegation, ImportedRow, Meeting
from meetings.rows import TextState
from meetings.writing import WantedRow, managed_columns
from programme.document.nodes import Texts
from programme.models import AgendaItem, Publication, SharedPreview
from programme.publishing.draft import draft_of
from programme.rows.compiling import compile_document
from programme.rows.importing import import_programme
from tests.admin_forms import admin_url, fields_of, send
from tests.factories import make_delegation, make_item, make_list, make_meeting
from tests.rows import DATA, PROGRAMMES, published, shapes

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db


def saved_as(form: Any, source: Path, folder: Path) -> Path:
    """The same file, saved with its letters composed otherwise."""
    path = folder / source.name
    path.write_text(unicodedata.normalize(form, source.read_text(encoding="utf-8")), "utf-8")
    return path


# Files ---------------------------------------------------------------------------------------


def test_the_same_file_saved_by_another_system_changes_nothing(tmp_path: Path) -> None:
    import_delegations()
    source = PROGRAMMES / "2024-intersessional-meetings.yaml"
    import_programme(source)
    meeting = Meeting.objects.get()
    published(meeting)

    plan = import_programme(saved_as("NFD", source, tmp_path))

    assert plan.lines() == []
    assert not draft_of(meeting).has_changes


def test_rows_that_were_stored_before_the_rule_are_as_the_file_has_them(tmp_path: Path) -> None:
    meeting = shapes()
    published(meeting)
    for row in AgendaItem.objects.all():
        row.title_en = unicodedata.normalize("NFD", row.title_en or "") + "\u200b"
        row.save()

    again = import_programme(DATA / "shapes.yaml")

    assert again.lines() == []
    assert again.refused == []
    assert not draft_of(meeting).has_changes
    path = tmp_path / "shapes.yaml"
    text = (DATA / "shapes.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("title: {en: Second part}", "title: {en: Part two}"), "utf-8")
    assert len(import_programme(path).lines()) == 1


def test_what_an_older_release_imported_is_not_taken_for_the_work_of_staff(tmp_path: Path) -> None:
    shapes()
    row = AgendaItem.objects.get(title_en="Second part")
    row.title_en = "Se\u00adcond part"
    row.save()
    imported = ImportedRow.objects.get(object_id=row.pk)
    values = {name: getattr(row, name) for name in managed_columns(AgendaItem)}
    states = TextState.objects.of_rows([row.pk])
    provenance = {(one.field, one.language): one.provenance for one in states}
    imported.digest = digest_of(WantedRow(AgendaItem, row.pk, values, provenance))
    imported.save()
    path = tmp_path / "shapes.yaml"
    text = (DATA / "shapes.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("title: {en: Second part}", "title: {en: Part two}"), "utf-8")

    assert import_programme(path).refused == []

    row.refresh_from_db()
    assert row.title_en == "Part two"


def test_a_file_has_its_texts_cleaned_whatever_their_field(tmp_path: Path) -> None:
    import_delegations()
    text = (DATA / "shapes.yaml").read_text(encoding="utf-8")
    path = tmp_path / "shapes.yaml"
    path.write_text(
        text.replace("title: {en: Second part}", 'title: {en: "\u200fSe\u00adcond\\vpart"}')
        .replace('"Two days of shapes.[^*]"', '"Two days\u2060 of\\vshapes.[^*]"')
        .replace("label: A bis", 'label: "A\u200b  bis"'),
        "utf-8",
    )

    import_programme(path)

    assert AgendaItem.objects.filter(title_en="Second part").exists()
    assert AgendaItem.objects.filter(label="A bis").exists()
    assert Meeting.objects.get().introduction_en == "Two days of\nshapes.[^*]"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the directory, to be edited."""
    folder = tmp_path / "data"
    shutil.copytree(directory.DATA, folder)
    monkeypatch.setattr(directory, "DATA", folder)
    return folder


def edit(path: Path, old: str, new: str, *, encoding: str = "utf-8") -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding=encoding, newline="")


def test_the_directory_saved_by_another_system_changes_nothing(files: Path) -> None:
    import_delegations()
    for path in files.glob("*.csv"):
        text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8-sig")  # as a spreadsheet saves it

    assert import_delegations().lines() == []


def test_the_directory_has_its_names_cleaned(files: Path) -> None:
    edit(files / "states.csv", ",Chad,", ",\u200fCh\u00adad ,")

    import_delegations()

    assert Delegation.objects.get(code="tcd").name_en == "Chad"


def test_a_control_in_the_directory_is_refused_by_file_line_and_name(files: Path) -> None:
    edit(files / "states.csv", ",Chad,", ",Ch\x07ad,")
    with (files / "states.csv").open(encoding="utf-8", newline="") as file:
        line = next(n for n, row in enumerate(csv.reader(file), start=1) if row[0] == "tcd")

    with pytest.raises(ImportRefusedError, match=rf"^states\.csv:{line}: .*U\+0007 ALERT"):
        import_delegations()
    with pytest.raises(CommandError, match=r"U\+0007 ALERT"):
        call_command("import_delegations")
    assert not Delegation.objects.exists()


# Rows from before, compiled ------------------------------------------------------------------


def test_rows_are_healed_when_they_are_compiled() -> None:
    meeting = make_meeting(name_en="2024\x0bMeetings")
    bahrain = make_delegation("bhr", name_en="Bah\u00adrain", name_ar="\u200fالبحرين")
    Delegation.objects.update(sort_key_ar="البحرين\t\u200fالبحرين")
    row = make_item(
        meeting, number=None, label="A\u200b bis", title_en="At \u202e12:30", title_fr="\u200b"
    )
    make_list(row, bahrain, invitation_en="One\u2028two\x01 ({delegations})")

    made = compile_document(meeting)

    (item,) = made.agenda
    assert made.meeting.name == Texts.of(en="2024 Meetings")
    assert (item.title, item.label.wordings["fr"].value) == (Texts.of(en="At 12:30"), "A bis")
    assert item.lists[0].invitation == Texts.of(en="One\ntwo ({delegations})")
    (state,) = made.delegations
    assert state.name == Texts.of(en="Bahrain", ar="البحرين")
    assert state.sort_keys["ar"] == "بحرين\tالبحرين"


def test_a_row_that_is_healed_is_no_change_to_what_is_public(desk: Client) -> None:
    meeting = make_meeting()
    row = make_item(meeting, number=3, title_en="Mine\u200b  clearance")
    published(meeting)
    stored = Publication.objects.get()
    stored.document = stored.document.replace("Mine clearance", "Mine\u200b  clearance")
    stored.save()

    send(desk, admin_url(AgendaItem, "change", row.pk), text_en="")
    row.title_en = "Mine clearance"
    row.save()

    assert not draft_of(meeting).has_changes


# What is typed beside rows -------------------------------------------------------------------


def test_the_note_of_a_version_obeys(desk: Client) -> None:
    meeting = make_meeting()
    make_item(meeting, number=3)
    address = admin_url(Meeting, "publish", meeting.pk)

    refused = publish(desk, address, note_en="Room\x07 A")
    assert "U+0007 ALERT" in refused.content.decode()
    assert not Publication.objects.exists()

    publish(desk, address, note_en="Room\x0bA \u202e12:30")
    assert Publication.objects.get().note_en == "Room A 12:30"


def publish(desk: Client, address: str, **values: str) -> Any:
    fields = fields_of(desk.get(address).content.decode())
    return desk.post(address, fields | {"warnings_seen": "on"} | values)


def test_the_reason_of_a_withdrawal_obeys(desk: Client) -> None:
    meeting = make_meeting()
    make_item(meeting, number=3)
    version = published(meeting)
    address = admin_url(Publication, "withdraw", version.pk)

    assert "U+001B ESCAPE" in desk.post(address, {"reason": "By\x1b mistake"}).content.decode()
    assert "required" in desk.post(address, {"reason": "\u200b"}).content.decode()
    desk.post(address, {"reason": "By\u2028mis\u00adtake"})

    version.refresh_from_db()
    assert version.withdrawal_reason == "By mistake"


def test_for_whom_a_preview_is_obeys(desk: Client) -> None:
    address = admin_url(Meeting, "previews", make_meeting().pk)

    assert "U+FFFE" in desk.post(address, {"whom": "A\ufffena", "days": "7"}).content.decode()
    desk.post(address, {"whom": "\u202eAna\x0bin Geneva", "days": "7"})

    assert [one.whom for one in SharedPreview.objects.all()] == ["Ana in Geneva"]


def test_what_a_verb_is_given_by_a_program_heals_when_it_is_read() -> None:
    from programme.publishing.verbs import publish as release  # noqa: PLC0415
    from programme.publishing.watcher import version_of  # noqa: PLC0415

    meeting = make_meeting()
    make_item(meeting, number=3)
    digest = draft_of(meeting).digest
    note = {"en": "Room\x0bA\u200b"}
    made = release(meeting, by=None, at=timezone.now(), expected_digest=digest, note=note)

    assert version_of(made).note == Texts.of(en="Room A")

"""Migrations that move what people wrote: each tried from the state before it, and back."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.directory import import_delegations
from programme.models import SpeakingList
from programme.rows.importing import import_programme
from tests.rows import PROGRAMMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("programme", "0002_desk"), ("meetings", "0002_translators")]

INTERSESSIONAL = PROGRAMMES / "2024-intersessional-meetings.yaml"


def migrated(*targets: tuple[str, str]) -> Any:
    """Bring the database to a state, or the newest; the models of that state."""
    executor = MigrationExecutor(connection)
    nodes = list(targets) or executor.loader.graph.leaf_nodes()
    executor.migrate(nodes)
    return MigrationExecutor(connection).loader.project_state(nodes).apps


@pytest.fixture
def _newest_again() -> Iterator[None]:
    """Leave the database as all other tests expect it, whatever happens here."""
    yield
    migrated()


INVITATIONS = {
    "All delegations will be invited.": "open",
    "States Parties wishing to engage with the Committee will be invited.": "open",
    "States Parties, with regard to Article 5, will be invited.": "open",
    "States not party, with respect to Article 7, and organisations will be invited.": "open",
    "States that wish to take the floor will be invited.": "open",
    "States Parties that have missed their deadlines will be invited.": "conditional",
    "States Parties with outstanding commitments will be invited.": "conditional",
    "Other States Parties implementing Article 5 will be invited.": "conditional",
    "States not party whose stocks are known will be invited.": "conditional",
    "States Parties that retain mines will be invited.": "conditional",
    "Organisations that have a mandate will be invited.": "conditional",
}


def remembered_before(row: Any) -> str:
    """The digest by which the release before knew an imported list again."""
    values = {
        "position": 1,
        "invitation_en": row.invitation_en,
        **dict.fromkeys(("invitation_fr", "invitation_es", "invitation_ar"), ""),
        **dict.fromkeys(("notes_en", "notes_fr", "notes_es", "notes_ar"), ""),
        "form": "bullet",
        "basis": "none",
        "is_open": True,
        "open_to_states_parties": True,
        "open_to_states_not_party": False,
        "open_to_organisations": False,
        "other_than_named": False,
        "order": "alphabetical",
        "item_id": str(row.item_id),
    }
    content = {"values": values, "provenance": {"invitation en": "official"}}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@pytest.mark.usefixtures("_newest_again")
def test_lists_keep_their_kind_unless_their_words_say_otherwise() -> None:
    before = migrated(*BEFORE)
    item = make_item(before)
    lists = before.get_model("programme", "SpeakingList").objects
    for text in INVITATIONS:
        lists.create(
            item=item, position=1, invitation_en=text, is_open=True, open_to_states_parties=True
        )
    named = "States Parties that have asked ({delegations}) will be invited."
    lists.create(item=item, position=1, invitation_en=named)
    lists.create(
        item=item,
        position=1,
        invitation_fr="Les États parties qui ont …",
        is_open=True,
        open_to_organisations=True,
        other_than_named=True,
    )
    kept = ("id", "position", "open_to_states_parties", "other_than_named", "invitation_fr")
    rows = list(lists.order_by("pk").values(*kept))

    after = migrated().get_model("programme", "SpeakingList").objects

    kinds = dict(after.values_list("invitation_en", "kind"))
    expected: dict[Any, str] = {named: "named", None: "open"}
    expected |= INVITATIONS
    assert kinds == expected
    assert list(after.order_by("pk").values(*kept)) == rows

    again = migrated(*BEFORE).get_model("programme", "SpeakingList").objects

    assert dict(again.values_list("invitation_en", "is_open")) == {
        one: kind != "named" for one, kind in expected.items()
    }
    assert list(again.order_by("pk").values(*kept)) == rows


@pytest.mark.usefixtures("_newest_again")
def test_what_stood_as_imported_goes_on_being_known_so_and_what_staff_changed_does_not() -> None:
    before = migrated(*BEFORE)
    item = make_item(before)
    content_type, _new = before.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="programme", model="speakinglist"
    )
    imported = before.get_model("meetings", "ImportedRow").objects
    for place, text in enumerate(INVITATIONS):
        row = before.get_model("programme", "SpeakingList").objects.create(
            item=item, position=1, invitation_en=text, is_open=True, open_to_states_parties=True
        )
        before.get_model("meetings", "TextState").objects.create(
            content_type=content_type, object_id=row.pk, field="invitation", language="en"
        )
        imported.create(
            scope="meeting/m",
            key=f"{place}",
            model="programme.speakinglist",
            object_id=row.pk,
            digest=remembered_before(row) if place else "changed by staff",
        )
    digests = list(imported.order_by("key").values_list("key", "digest"))

    migrated()
    migrated(*BEFORE)

    assert list(imported.order_by("key").values_list("key", "digest")) == digests


@pytest.mark.usefixtures("_newest_again")
def test_the_programme_of_2024_that_was_imported_before_is_what_its_file_says(
    tmp_path: Path,
) -> None:
    import_delegations()
    before = as_before(tmp_path)
    import_programme(before)
    kinds = list(SpeakingList.objects.in_order().values_list("pk", "kind"))
    migrated(*BEFORE)

    migrated()

    assert list(SpeakingList.objects.in_order().values_list("pk", "kind")) == kinds
    assert import_programme(before).is_empty


@pytest.mark.usefixtures("_newest_again")
def test_an_edited_file_may_change_lists_that_were_imported_before(tmp_path: Any) -> None:
    import_delegations()
    before = as_before(tmp_path)
    import_programme(before)
    migrated(*BEFORE)
    migrated()
    edited = tmp_path / "edited.yaml"
    text = before.read_text(encoding="utf-8")
    edited.write_text(text.replace("form: bullet", "form: sentence"), encoding="utf-8")

    plan = import_programme(edited)

    assert len(plan.changed) == text.count("form: bullet")


def as_before(folder: Path) -> Path:
    """The file without what has columns only since: to migrate back forgets it."""
    text = INTERSESSIONAL.read_text(encoding="utf-8")
    text = re.sub(r"^( +)short_title:\n(?:\1  .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ +inferred: \[short_title\]\n", "", text, flags=re.MULTILINE)
    file = folder / INTERSESSIONAL.name
    file.write_text(text.replace(", short_title]", "]"), encoding="utf-8")
    return file


def make_item(apps: Any) -> Any:
    """An item of a meeting, by the models of a state."""
    meeting = apps.get_model("meetings", "Meeting").objects.create(
        slug="m", name_en="M", starts_on="2027-06-15", ends_on="2027-06-17"
    )
    return apps.get_model("programme", "AgendaItem").objects.create(meeting=meeting, position=1)

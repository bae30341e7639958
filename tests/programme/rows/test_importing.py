from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.directory import import_delegations
from meetings.import_plan import ImportRefusedError, model_of
from meetings.models import Delegation, ImportedRow, Meeting, TreatyStatus
from meetings.rows import TextState, base_of
from meetings.writing import managed_columns, plain
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)
from programme.rows.importing import import_programme
from programme.rows.yaml_file import InvalidFileError
from tests.rows import DATA, PROGRAMMES, shapes

pytestmark = pytest.mark.django_db

SHAPES = (DATA / "shapes.yaml").read_text(encoding="utf-8")


@pytest.fixture
def edited(tmp_path: Path) -> Any:
    """Write the file of shapes with some words replaced; its path."""

    def write(*replacements: tuple[str, str]) -> Path:
        text = SHAPES
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "shapes.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def all_rows() -> dict[str, Any]:
    """Every column of every imported row, to see that nothing else moved."""
    models: list[Any] = [Meeting, AgendaItem, Presenter, SpeakingList, SpeakingListEntry, TextState]
    return {
        f"{model.__name__} {row.pk}": {
            f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields
        }
        for model in models
        for row in model.objects.all()
    }


# --- what it does --------------------------------------------------------------------------


def test_importing_again_changes_nothing() -> None:
    shapes()
    before = all_rows()

    plan = import_programme(DATA / "shapes.yaml")

    assert plan.is_empty
    assert all_rows() == before


def test_importing_an_edited_file_changes_just_that(edited: Any) -> None:
    shapes()
    before = all_rows()

    plan = import_programme(edited(("title: {en: Second part}", "title: {en: Part two}")))

    assert plan.lines() == ["changed: agenda item three-b, title_en: “Second part” → “Part two”"]
    after = all_rows()
    changed = [key for key in after if after[key] != before.get(key)]
    assert [key.split()[0] for key in changed] == ["AgendaItem"]
    assert after[changed[0]]["title_en"] == "Part two"
    assert after[changed[0]]["title"] == "Part two"


def test_a_dry_run_says_what_would_change_and_writes_nothing(edited: Any) -> None:
    shapes()
    before = all_rows()

    plan = import_programme(
        edited(("delegations: [yem, afg, ken]", "delegations: [yem, ken, nor]")), dry_run=True
    )

    assert plan.lines() == [
        "new: named delegation two-as-called/nor",
        "changed: named delegation two-as-called/ken, position: “3” → “2”",
        "deleted: named delegation two-as-called/afg",
    ]
    assert all_rows() == before


def test_items_that_change_places_are_renumbered(edited: Any) -> None:
    meeting = shapes()
    swapped = edited(
        ("  - key: one\n    number: 1", "  - key: one\n    number: 2"),
        ("  - key: two\n    number: 2", "  - key: two\n    number: 1"),
    )

    import_programme(swapped)

    items = AgendaItem.objects.of(meeting).top_level()
    assert {one.title_en: one.number for one in items if one.number} == {
        "Opening": 2,
        "Matters with two notes": 1,
        "": 3,
    }


EXCHANGES = {
    "parts of two sittings": (
        (
            'part: morning, start: "10:00", end: "13:00"',
            'part: afternoon, start: "10:00", end: "13:00"',
        ),
        ('part: afternoon, start: "15:00"', 'part: morning, start: "15:00"'),
    ),
    "kinds of two sittings of one part": (
        (
            "  - {key: tuesday,",
            "  - {key: panels, date: 2023-06-19, part: morning, kind: panels}\n  - {key: tuesday,",
        ),
    ),
    "parents of two sub-items of one number": (
        (
            "      - {key: three-b, number: 2, title: {en: Second part}}",
            (
                "      - {key: three-b, number: 2, title: {en: Second part},"
                " sub_items: [{key: swap, number: 1}]}"
            ),
        ),
    ),
}
AND_BACK = {
    "parts of two sittings": (),
    "kinds of two sittings of one part": (
        ("part: morning, kind: panels}", "part: morning, kind: plenary}"),
        ('part: morning, start: "10:00"', 'part: morning, kind: panels, start: "10:00"'),
    ),
    "parents of two sub-items of one number": (
        ("sub_items: [{key: swap, number: 1}]", "sub_items: [{key: three-a-i, number: 1}]"),
        ("- {key: three-a-i, number: 1, title: {en: Details}}", "- {key: swap, number: 1}"),
    ),
}


@pytest.mark.parametrize("case", EXCHANGES)
def test_rows_may_exchange_what_must_be_unique(edited: Any, case: str) -> None:
    shapes()
    import_programme(edited(*EXCHANGES[case]))

    path = edited(*EXCHANGES[case], *AND_BACK[case])
    import_programme(path)

    assert import_programme(path).is_empty


def test_panels_may_exchange_addresses(edited: Any) -> None:
    second = "\n  - key: second\n    slug: second\n    title: {en: Second}\n    date: 2023-06-20\n"
    meeting = shapes()
    end = "role: moderates}\n"
    import_programme(edited((end, end + second)))

    import_programme(
        edited(
            (end, end + second.replace("slug: second", "slug: shapes-of-things")),
            (
                "slug: shapes-of-things\n    title: {en: Shapes",
                "slug: second\n    title: {en: Shapes",
            ),
        )
    )

    panels = {one.title_en: one.slug for one in meeting.panels.all()}
    assert panels == {"Shapes of things": "second", "Second": "shapes-of-things"}


def item_keys(meeting: Meeting) -> set[str]:
    return {str(item) for item in AgendaItem.objects.of(meeting)}


def test_sub_items_survive_when_their_parent_gets_another_key(edited: Any) -> None:
    meeting = shapes()
    before = item_keys(meeting)

    path = edited(("key: three\n", "key: three-anew\n"))
    import_programme(path)

    assert item_keys(meeting) == before
    assert import_programme(path).is_empty


def test_a_list_survives_when_it_moves_away_from_a_deleted_item(edited: Any) -> None:
    meeting = shapes()
    moved = (
        "    lists:\n      - key: two-others\n        form: sentence\n"
        "        invitation: {en: Others will be invited.}\n"
        "        open_to: [states_parties, organisations]\n        other_than_named: true\n"
    )
    text = SHAPES[: SHAPES.index("  - key: two\n")] + SHAPES[SHAPES.index("  - key: three\n") :]
    text = text.replace("    title: {en: Any other business}\n", f"    title: {{en: A.}}\n{moved}")
    text = re.sub(r"  - \{key: p-two.*\n", "", text)
    path = edited()
    path.write_text(text, encoding="utf-8")

    import_programme(path)

    (stayed,) = SpeakingList.objects.of(meeting)
    assert stayed.item.label == "A bis"
    assert import_programme(path).is_empty


def test_a_list_of_a_file_is_of_the_kind_that_it_says(edited: Any) -> None:
    shapes()
    some = ("other_than_named: true", "other_than_named: true\n        kind: conditional")

    plan = import_programme(edited(some))

    assert plan.lines() == ["changed: speaking list two-others, kind: “open” → “conditional”"]
    kinds = SpeakingList.objects.order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["named", "conditional"]
    assert import_programme(edited()).lines() == [
        "changed: speaking list two-others, kind: “conditional” → “open”"
    ]


def test_the_command_tells_what_it_deleted(edited: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shapes()
    text = SHAPES[: SHAPES.index("  - key: two\n")] + SHAPES[SHAPES.index("  - key: three\n") :]
    path = edited()
    path.write_text(re.sub(r"  - \{key: p-two.*\n", "", text), encoding="utf-8")

    call_command("import_programme", str(path))

    told = capsys.readouterr().out
    assert "deleted: agenda item two\n" in told
    assert "deleted: placement p-two-again\n" in told


def test_what_the_file_leaves_out_is_deleted(edited: Any) -> None:
    meeting = shapes()

    import_programme(
        edited(
            ("  - key: any-other\n    label: A bis\n    title: {en: Any other business}\n", ""),
        )
    )

    assert not AgendaItem.objects.of(meeting).filter(label="A bis").exists()


def test_a_translation_left_as_it_was_falls_behind_a_changed_english(edited: Any) -> None:
    meeting = shapes()

    import_programme(edited(("en: Opening, fr: Ouverture", "en: Opening ceremony, fr: Ouverture")))

    item = AgendaItem.objects.of(meeting).top_level().get(number=1)
    state = TextState.objects.get(object_id=item.pk, field="title", language="fr")
    assert state.is_behind(item.title_en)


def test_a_translation_changed_with_its_english_is_up_to_date(edited: Any) -> None:
    meeting = shapes()

    import_programme(
        edited(("en: Opening, fr: Ouverture", "en: Opening ceremony, fr: Cérémonie d’ouverture"))
    )

    item = AgendaItem.objects.of(meeting).top_level().get(number=1)
    state = TextState.objects.get(object_id=item.pk, field="title", language="fr")
    assert not state.is_behind(item.title_en)


def test_provenance_is_the_files_or_inferred() -> None:
    meeting = shapes()
    item = AgendaItem.objects.of(meeting).top_level().get(number=3)

    (state,) = TextState.objects.of_rows([item.pk])

    assert (state.field, state.language, state.provenance) == ("number", "", "inferred")


# --- staff and files ------------------------------------------------------------------------


def staff_rename(meeting: Meeting) -> AgendaItem:
    item: AgendaItem = AgendaItem.objects.of(meeting).top_level().get(number=1)
    item.title_en = "Opening by staff"
    item.save()
    return item


def test_rows_that_staff_changed_are_listed_and_refused(edited: Any) -> None:
    meeting = shapes()
    staff_rename(meeting)
    before = all_rows()

    with pytest.raises(ImportRefusedError) as refused:
        import_programme(edited(("{en: Second part}", "{en: Part two}")))

    assert refused.value.reasons == ["agenda item one was changed by staff: title_en"]
    assert all_rows() == before


def test_overwriting_takes_the_files_word() -> None:
    meeting = shapes()
    item = staff_rename(meeting)

    import_programme(DATA / "shapes.yaml", overwrite=True)

    item.refresh_from_db()
    assert item.title_en == "Opening"
    assert import_programme(DATA / "shapes.yaml").is_empty


def test_a_row_that_staff_deleted_is_not_made_again_unasked() -> None:
    meeting = shapes()
    AgendaItem.objects.of(meeting).filter(label="A bis").delete()

    with pytest.raises(ImportRefusedError, match="agenda item any-other was deleted by staff"):
        import_programme(DATA / "shapes.yaml")


def test_rows_that_staff_added_stay(edited: Any) -> None:
    meeting = shapes()
    AgendaItem.objects.create(meeting=meeting, number=9, title_en="By staff")

    import_programme(edited(("{en: Second part}", "{en: Part two}")))

    assert AgendaItem.objects.of(meeting).filter(number=9).exists()


def test_an_import_never_deletes_what_staff_put_beneath(edited: Any) -> None:
    meeting = shapes()
    item = AgendaItem.objects.of(meeting).get(label="A bis")
    SpeakingList.objects.create(item=item, invitation_en="All will be invited.")
    left_out = edited(
        ("  - key: any-other\n    label: A bis\n    title: {en: Any other business}\n", "")
    )

    for overwrite in (False, True):
        with pytest.raises(ImportRefusedError, match="added by staff beneath"):
            import_programme(left_out, overwrite=overwrite)

    assert AgendaItem.objects.of(meeting).filter(label="A bis").exists()


def test_a_number_that_staff_took_is_told_and_nothing_is_written(edited: Any) -> None:
    meeting = shapes()
    AgendaItem.objects.create(meeting=meeting, number=7, title_en="By staff")
    before = all_rows()
    path = edited(("  - key: one\n    number: 1", "  - key: one\n    number: 7"))

    with pytest.raises(ImportRefusedError, match="The file clashes with a row that staff made"):
        import_programme(path)

    assert all_rows() == before
    (refused,) = import_programme(path, dry_run=True).refused
    assert "clashes" in refused


def test_an_import_never_empties_a_field_of_a_row_of_staff(edited: Any) -> None:
    meeting = shapes()
    sitting = meeting.sittings.get(part="second_half")
    item = AgendaItem.objects.of(meeting).get(label="A bis")
    ItemPlacement.objects.create(item=item, sitting=sitting, date=sitting.date)
    left_out = edited(
        (
            (
                "  - {key: tuesday, date: 2023-06-20, part: second_half, kind: other,"
                " heading: {en: Closing session}}\n"
            ),
            "",
        ),
        ("date: 2023-06-20, sitting: tuesday, continued", "date: 2023-06-20, continued"),
    )

    with pytest.raises(ImportRefusedError, match="added by staff beneath"):
        import_programme(left_out)

    assert ItemPlacement.objects.filter(sitting=sitting).count() == 2


def test_a_key_of_the_meeting_that_changed_is_told_as_such(edited: Any) -> None:
    shapes()

    with pytest.raises(ImportRefusedError, match="The key of the meeting shapes was changed"):
        import_programme(edited(("meeting:\n  key: meeting", "meeting:\n  key: gathering")))


def test_two_files_cannot_word_one_venue_differently(edited: Any, tmp_path: Path) -> None:
    venue = "  zone: Europe/Zurich\n  venue: {key: palais, name: {en: Palais}}\n"
    import_delegations()
    import_programme(edited(("  zone: Europe/Zurich\n", venue)))
    other = tmp_path / "other.yaml"
    other.write_text(
        SHAPES.replace(
            "  zone: Europe/Zurich\n", venue.replace("Palais", "Palais des Nations")
        ).replace("slug: shapes\n", "slug: other\n"),
        encoding="utf-8",
    )

    with pytest.raises(ImportRefusedError, match="imported otherwise from another file: name_en"):
        import_programme(other)


def test_a_meeting_of_the_same_address_made_by_hand_is_left_alone() -> None:
    import_delegations()
    Meeting.objects.create(
        slug="shapes", name_en="By hand", starts_on="2023-01-01", ends_on="2023-01-02"
    )

    with pytest.raises(ImportRefusedError, match="made by staff"):
        import_programme(DATA / "shapes.yaml")


# --- bad files ------------------------------------------------------------------------------

BAD = {
    "unknown State": ("[yem, afg, ken]", "[yem, atlantis]", "Unknown delegation “atlantis”"),
    "a State twice": ("[yem, afg, ken]", "[yem, ken, yem]", "Yemen stands in this list twice."),
    "duplicate item": (
        "number: 2\n    title: {en: Matters",
        "number: 1\n    title: {en: Matters",
        "stands in the file already, at line 26",
    ),
    "duplicate key": ("key: two\n", "key: one\n", "The key “one” is used already"),
    "key twice in a row": (
        "slug: shapes\n",
        "slug: shapes\n  slug: shapes\n",
        "The key “slug” stands here twice.",
    ),
    "end before start": (
        'start: "15:00", end: "18:00"',
        'start: "15:00", end: "14:00"',
        "The end (14:00) must be after the start (15:00).",
    ),
    "no such day": ("starts_on: 2023-06-19", "starts_on: 2023-06-31", "found “2023-06-31”"),
    "outside the meeting": (
        "date: 2023-06-20\n    start",
        "date: 2023-07-20\n    start",
        "is outside the meeting",
    ),
    "a time that is none": (
        'start: "09:00"',
        'start: "9 o’clock"',
        "expected a time such as 10:00",
    ),
    "overlong text": ("Meeting of shapes", "M" * 201, "at most 200 characters"),
    "script": (
        "Two days of shapes.",
        "Two days <script>alert(1)</script>.",
        "HTML cannot be used here; found <script>",
    ),
    "unknown language": ("fr: Ouverture", "de: Eröffnung", "Unknown key “de”"),
    "misspelt key": (
        "    text: {en: Why",
        "    txet: {en: Why",
        "Unknown key “txet”; expected text.",
    ),
    "unknown role": ("role: moderates", "role: sings", "expected one of presents, chairs"),
    "nobody": ("delegation: nor, role", "role", "Name a person, a delegation or a function."),
    "open and named": (
        "open_to: [states_parties, organisations]",
        "open_to: [states_parties]\n        delegations: [ken]",
        "either “delegations” or “open_to”",
    ),
    "open by its kind, and named": (
        "order: as_called\n        delegations:",
        "order: as_called\n        kind: conditional\n        delegations:",
        "kind: found “conditional”, expected one of named.",
    ),
    "named by its kind, and open": (
        "open_to: [states_parties, organisations]",
        "open_to: [states_parties, organisations]\n        kind: named",
        "kind: found “named”, expected one of open, conditional.",
    ),
    "unknown group": ("[states_parties, organisations]", "[everybody]", "found “everybody”"),
    "no name": (
        "name: {en: Meeting of shapes, fr: Réunion des formes}",
        "name: {fr: Réunion}",
        "name is missing in English.",
    ),
    "four levels": (
        "{key: three-a-i, number: 1, title: {en: Details}}",
        "{key: three-a-i, number: 1, sub_items: [{key: deep, number: 1}]}",
        "An agenda has three levels at most.",
    ),
    "unknown sitting": (
        "item: three-a, sitting: monday-afternoon",
        "item: three-a, sitting: never",
        "the key of a sitting",
    ),
    "broken YAML": ("agenda:\n", "agenda: [\n", "This is not YAML"),
    "zone": ("zone: Europe/Zurich", "zone: Europe/Geneva", "“Europe/Geneva” is not a time zone"),
    "control character": ("Two days of shapes", "Two \x07 days", "This is not YAML"),
    "escaped null": (
        "Two days of shapes",
        "Two \\0 days",
        "en: This text holds U+0000 NULL, which no page can show, in line 1 at character 5: “Two ▯",
    ),
    "more lines than anybody reads": (
        "Two days of shapes",
        "Two days of shapes" + "\\n" * 1_000 + "and more",
        "en: This text has 1001 lines; it may have 1000 at most.",
    ),
    "escaped surrogate": ("Two days of shapes", "Two \\ud800", "U+D800 SURROGATE"),
    "no character": ("Two days of shapes", "Two \\uFFFE", "U+FFFE NONCHARACTER"),
    "a control in a word": ("open_to: [", 'open_to: ["states\\a", ', "U+0007 ALERT"),
    "a reference": (
        "    panellists:\n      -",
        "    panellists: &again\n      - {key: more, role: moderates, person: *again}\n      -",
        "used again by reference",
    ),
    "capitals in an address": ("slug: shapes-of-things", "slug: Shapes", "small letters"),
}


@pytest.mark.parametrize(("old", "new", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_the_line_and_nothing_is_written(
    edited: Any, old: str, new: str, message: str
) -> None:
    import_delegations()
    path = edited((old, new))

    with pytest.raises(InvalidFileError) as refused:
        import_programme(path)

    told = [str(error) for error in refused.value.errors]
    assert [one for one in told if message in one and re.match(r"Line \d+: ", one)], told
    assert not Meeting.objects.exists()


def test_all_errors_are_told_at_once_in_the_order_of_the_file(edited: Any) -> None:
    import_delegations()
    path = edited(
        ("[yem, afg, ken]", "[xxx]"),
        ("role: moderates", "role: sings"),
        ("label: A bis", "lable: B"),
    )

    with pytest.raises(InvalidFileError) as refused:
        import_programme(path)

    lines = [error.line for error in refused.value.errors]
    assert len(lines) == 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"- a\n- list\n", "Found a list, expected a mapping."),
        (b"meeting: \xff\xfe\n", "The file is not UTF-8 text."),
        (b"a: 1\n" * 500_000, "larger than 2000000 bytes"),
        (b"{}", "meeting is missing"),
        (b"a: " + b"[" * 3000, "nested too deeply"),
    ],
    ids=["empty", "a list", "not UTF-8", "too large", "no meeting", "nested deeply"],
)
def test_what_is_no_programme_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)

    with pytest.raises(InvalidFileError, match=re.escape(message)):
        import_programme(path)


def test_the_command_tells_every_error_and_names_the_file(edited: Any) -> None:
    import_delegations()
    path = edited(("[yem, afg, ken]", "[xxx]"))

    with pytest.raises(CommandError) as refused:
        call_command("import_programme", str(path))

    assert str(refused.value) == (
        f"{path} cannot be imported; nothing was written:\n"
        "  Line 41: Unknown delegation “xxx”; expected a code such as tcd."
    )


def test_the_command_says_that_a_file_is_missing() -> None:
    with pytest.raises(CommandError, match=re.escape("There is no file nowhere.yaml.")):
        call_command("import_programme", "nowhere.yaml")


def test_the_command_says_that_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(
        CommandError, match=re.escape(f"{tmp_path} cannot be read: Is a directory.")
    ):
        call_command("import_programme", str(tmp_path))


# --- cost ----------------------------------------------------------------------------------


def large_file(count: int) -> str:
    head = SHAPES.split("agenda:\n", maxsplit=1)[0]
    items = "".join(
        f"  - key: item-{n}\n    number: {n}\n    title: {{en: Item {n}, fr: Point {n}}}\n"
        f"    lists:\n      - key: list-{n}\n        invitation: {{en: All}}\n"
        f"        delegations: [ken, nor]\n"
        for n in range(1, count + 1)
    )
    return f"{head}agenda:\n{items}"


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'",
    reason="SQLite takes 999 values a query, so that larger writes take more queries",
)
def test_an_import_costs_the_same_for_any_number_of_items(tmp_path: Path) -> None:
    shapes()  # fills Django's cache of content types
    costs = {}
    for count in (8, 200):
        path = tmp_path / f"{count}.yaml"
        text = large_file(count).replace("slug: shapes", f"slug: with-{count}")
        path.write_text(text, encoding="utf-8")
        with CaptureQueriesContext(connection) as first:
            import_programme(path)
        with CaptureQueriesContext(connection) as again:
            import_programme(path)
        costs[count] = (len(first), len(again))

    # reading delegations, meeting, what is there and was imported; a write for each kind of row;
    # the states of texts; compiling, to see that all goes together; savepoints
    assert costs == {8: (36, 15), 200: (36, 15)}


def test_a_delegation_made_by_hand_is_not_taken_for_the_files() -> None:
    Delegation.objects.create(code="fji", kind="state", name_en="Fiji")

    for overwrite in (False, True):
        with pytest.raises(ImportRefusedError, match="clashes with a row that staff made"):
            import_delegations(overwrite=overwrite)


# --- the directory ---------------------------------------------------------------------------


def test_the_directory_is_imported_once() -> None:
    assert not import_delegations().is_empty
    assert import_delegations().is_empty
    assert Delegation.objects.states().count() == 197


def test_a_delegation_that_staff_renamed_is_not_overwritten() -> None:
    import_delegations()
    chad = Delegation.objects.get(code="tcd")
    chad.name_en = "Tschad"
    chad.save()

    with pytest.raises(ImportRefusedError, match="delegation tcd was changed by staff: name_en"):
        import_delegations()

    import_delegations(overwrite=True)
    chad.refresh_from_db()
    assert (chad.name_en, chad.sort_key_en.split("\t")[0]) == ("Chad", "chad")


def test_a_statement_of_staff_stays() -> None:
    import_delegations()
    TreatyStatus.objects.create(
        delegation=Delegation.objects.get(code="mhl"),
        status="state_party",
        as_of="2025-09-01",
        source="Depositary notification",
    )

    assert import_delegations().is_empty
    assert TreatyStatus.objects.filter(source="Depositary notification").exists()


@pytest.mark.parametrize("name", ["2024-intersessional-meetings", "2024-first-preparatory-meeting"])
def test_the_programmes_of_2024_are_imported_once(name: str) -> None:
    import_delegations()
    import_programme(PROGRAMMES / "2024-intersessional-meetings.yaml")
    import_programme(PROGRAMMES / f"{name}.yaml")

    assert import_programme(PROGRAMMES / f"{name}.yaml").is_empty


# --- rows that were imported before a column came -------------------------------------------------


def remembered_before() -> None:
    """Let what was imported be remembered as it was before the columns that came since."""
    states: dict[Any, dict[str, str]] = defaultdict(dict)
    for state in TextState.objects.all():
        states[state.object_id][f"{state.field} {state.language}"] = state.provenance
    for one in ImportedRow.objects.all():
        model = model_of(one.model)
        row = model._default_manager.get(pk=one.object_id)
        known = [
            name
            for name in managed_columns(model)
            if base_of(model, name) not in getattr(model, "came_later", ())
        ]
        content = {
            "values": {name: plain(getattr(row, name)) for name in known},
            "provenance": states[row.pk],
        }
        one.digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        one.save()


def test_what_was_imported_before_a_column_came_can_be_imported_again(edited: Any) -> None:
    import_delegations()
    import_programme(edited())
    remembered_before()

    plan = import_programme(edited(("form: sentence", "form: bullet")))

    assert plan.changed


def test_what_staff_wrote_into_a_new_column_is_not_overwritten(edited: Any) -> None:
    import_delegations()
    import_programme(edited())
    remembered_before()
    AgendaItem.objects.update(short_title_en="Ours")

    with pytest.raises(ImportRefusedError):
        import_programme(edited())

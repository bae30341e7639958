from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from desk.publish.differences import KEPT, Comparison, FieldView, shortened
from programme.comparing.differences import Run
from programme.document.nodes import Texts, Wording
from tests.factories import make_item, make_meeting
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    PERU,
    SECOND_DAY,
    day,
    document,
    item,
    meeting,
    named_list,
    open_list,
    panel,
    placement,
    slot,
    speaker,
)
from tests.programme.html import Page

if TYPE_CHECKING:
    from django.test import Client

MISSING_IN_ENGLISH = {
    "en": "1 text is missing(?! or)",
    "fr": "1 texte manque(?! ou)",
    "es": "[Ff]alta 1 texto(?! o)",
    "ar": "نص واحد ناقص(?! أو)",
}


def compared(old: Any, new: Any, language: str = "en") -> dict[str, dict[str, FieldView]]:
    """The fields that differ, by subject and name."""
    return {
        f"{one.kind} {one.name}": {field.name: field for field in one.fields}
        for one in Comparison(old, new, language).differences()
    }


def test_a_text_is_told_in_each_language_that_changed_with_its_state() -> None:
    old = document(item(3, title=Texts.of(en="Opening", fr="Ouverture", ar="افتتاح")))
    wordings = {
        "en": Wording("Opening ceremony"),
        "fr": Wording("Ouverture", behind=True),
        "es": Wording("Apertura", "unofficial"),
        "ar": Wording("افتتاح"),
    }
    new = document(item(3, title=Texts(wordings)))

    title = compared(old, new)["item 3. Opening ceremony"]["Title"]

    assert [(one.code, one.dir, one.state) for one in title.wordings] == [
        ("en", "ltr", ""),
        ("fr", "ltr", "behind the English"),
        ("es", "ltr", "not translated before"),
    ]
    assert title.wordings[0].runs == (Run("same", "Opening"), Run("added", " ceremony"))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_of_english_that_came_or_went_nothing_is_said_of_translating(language: str) -> None:
    both, french = (
        document(item(3, title=Texts.of(**titles)))
        for titles in ({"en": "Opening", "fr": "Ouverture"}, {"fr": "Ouverture"})
    )

    with override(language):
        told = [
            wording.state
            for pair in ((both, french), (french, both))
            for fields in compared(*pair).values()
            for wording in next(iter(fields.values())).wordings
        ]

    assert len(told) == 2
    assert all(told)
    assert not [one for one in told if re.search("tra[nd]|ترجم", one)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_of_english_that_is_missing_nobody_says_that_it_is_behind_the_english(
    desk: Client, language: str
) -> None:
    meeting = make_meeting(**{f"name_{one}": "21MSP" for one in ("en", "fr", "es", "ar")})
    make_item(
        meeting, number=1, title_en="", **{f"title_{one}": "21MSP" for one in ("fr", "es", "ar")}
    )

    for path in (f"meetings/meeting/{meeting.pk}/publish/", ""):
        text = Page(desk.get(f"/{language}/admin/{path}").content.decode()).text
        found = re.search(MISSING_IN_ENGLISH[language], text)

        assert found, (path, text)


def test_members_are_told_by_name_in_the_language_of_the_reader() -> None:
    old = document(item(3, lists=[replace(named_list(CHAD), id="list")]))
    new = document(item(3, lists=[replace(named_list(PERU), id="list")]))

    for language, left, joined in (("en", "Chad", "Peru"), ("ar", "تشاد", "بيرو")):
        [fields] = compared(old, new, language).values()
        [field] = fields.values()
        assert (field.left, field.joined) == (left, joined)


@pytest.mark.parametrize(
    ("name", "values", "before", "after"),
    [
        ("Start", {"start": time(15)}, "11:30", "15:00"),
        ("Date", {"date": FIRST_DAY}, "19 June 2024", "18 June 2024"),
        ("End", {"end": None}, "13:00", ""),
    ],
)
def test_values_are_told_as_people_write_them(
    name: str, values: dict[str, Any], before: str, after: str
) -> None:
    was = panel()
    now = replace(was, **values)
    documents = [document(timetable=[day(one.date, slot(one))], panels=[one]) for one in (was, now)]

    [fields] = compared(documents[0], documents[1]).values()

    assert (fields[name].before, fields[name].after) == (before, after)


def test_choices_and_yes_or_no_are_told_in_words() -> None:
    was, now = speaker(function="the Committee"), speaker("chairs", function="the Committee")
    now = replace(now, id=was.id, has_spoken=True)
    documents = [document(item(3, title="A", presenters=[one])) for one in (was, now)]

    [fields] = compared(documents[0], documents[1]).values()

    told = {name: (one.before, one.after) for name, one in fields.items()}
    assert told == {"Role": ("presents", "chairs"), "Has spoken": ("no", "yes")}


def test_a_list_that_opens_says_to_whom() -> None:
    was = replace(open_list("states_parties"), id="list")
    now = replace(open_list("states_parties", "organisations"), id="list")
    documents = [document(item(3, lists=[one])) for one in (was, now)]

    [fields] = compared(documents[0], documents[1]).values()

    assert fields["For which groups"].after == "States Parties, organisations"


def test_what_is_new_is_followed_by_what_came_with_it() -> None:
    new_item = item(4, title="Closing", lists=[named_list(CHAD, invitation="Last words")])
    placed = placement(new_item)
    old = document(item(3, title="Opening"))
    new = document(item(3, title="Opening"), new_item, timetable=[day(SECOND_DAY, placed)])

    views = Comparison(old, new, "en").differences()

    assert [(one.depth, one.kind, one.what) for one in views] == [
        (0, "item", "added"),
        (1, "list", "added"),
        (1, "placement", "added"),
    ]
    assert [one.name for one in views[0].fields] == ["Title"]


def test_what_is_gone_has_no_form() -> None:
    old = document(item(3, title="Opening"), item(4, title="Closing"))

    [gone] = Comparison(old, document(item(3, title="Opening")), "en").differences()

    assert (str(gone.name), gone.what, gone.address) == ("4. Closing", "removed", "")


def test_every_field_of_a_document_is_called_something() -> None:
    everything = document(
        item(3, title="A", text="B", presenters=[speaker(function="C")], lists=[named_list(CHAD)]),
        timetable=[day(SECOND_DAY, slot(panel()))],
        panels=[panel()],
    )
    other = replace(
        everything, meeting=meeting(starts_on=SECOND_DAY, zone="UTC", status="cancelled")
    )

    [fields] = compared(everything, other).values()

    told = {name: (one.before, one.after) for name, one in fields.items()}
    assert told == {
        "First day": ("18 June 2024", "19 June 2024"),
        "Time zone": ("Europe/Zurich", "UTC"),
        "Status": ("announced", "cancelled"),
    }


# Long texts ----------------------------------------------------------------------------------

LONG = "word " * KEPT


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([Run("same", "short"), Run("added", "x")], "short[x]"),
        ([Run("same", LONG), Run("added", "x")], "… …tail[x]"),
        ([Run("removed", "x"), Run("same", LONG)], "[x]head …"),
        ([Run("added", "x"), Run("same", LONG), Run("added", "y")], "[x]head … tail[y]"),
    ],
    ids=["short", "before", "after", "between"],
)
def test_long_passages_that_stayed_are_cut_down(runs: list[Run], shown: str) -> None:
    found = list(shortened(runs))

    same = next(one for one in found if one.what == "same")
    assert len(same.text) <= 2 * KEPT + 3
    assert ("…" in same.text) == (runs[0].text != "short")
    assert same.text.startswith("word") == (shown.find("head") >= 0)
    assert [one for one in found if one.what != "same"] == [
        one for one in runs if one.what != "same"
    ]

"""Marks that last: for a day at least, whatever was published since, and for whoever returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client

from tests.programme.builders import (
    FIRST_DAY,
    NIGER,
    PERU,
    SECOND_DAY,
    UKRAINE,
    day,
    document,
    item,
    named_list,
    panel,
    placement,
    slot,
    versions_in_turn,
)
from tests.programme.edits import Document
from tests.programme.html import Page

if TYPE_CHECKING:
    from programme.shelf.edition import Version
    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"
AFTERNOON = datetime(2024, 6, 17, 13, tzinfo=UTC)


def programme(
    *invited: Any,
    title: str = "Destruction",
    on: date = FIRST_DAY,
    at: int = 10,
    theme: int = 15,
    known: str = "Universalization",
) -> Document:
    """Item 6, whose sub-items have no hours of their own, item 7 and a panel."""
    beneath = [
        replace(item(6, 1, title=known), id="6a"),
        replace(
            item(
                6, 2, title=title, lists=[replace(named_list(*(invited or (UKRAINE,))), id="list")]
            ),
            id="6b",
        ),
    ]
    six = replace(item(6, title="President", sub_items=beneath), id="6")
    seven = replace(item(7, title="Reports"), id="7")
    held = replace(panel(title="Theme", on=SECOND_DAY, start=time(theme), end=time(theme + 1)))
    days: dict[date, list[Any]] = {FIRST_DAY: [], SECOND_DAY: [slot(held)]}
    days[on].append(replace(placement(six, time(at)), id="six"))
    days[FIRST_DAY].append(replace(placement(seven, time(17)), id="seven"))
    timetable = [day(one, *sorted(its, key=lambda each: each.start)) for one, its in days.items()]
    return document(six, seven, timetable=timetable, panels=[held])


def in_an_afternoon(
    *documents: Document, reissued: Sequence[int] = (), every: int = 10
) -> list[Version]:
    """A first version of some days ago, then one every few minutes of an afternoon."""
    first, *others = versions_in_turn(*documents, reissued=reissued)
    moments = (AFTERNOON + timedelta(minutes=every * n) for n in range(len(others)))
    return [
        first,
        *(replace(one, published_at=at) for one, at in zip(others, moments, strict=True)),
    ]


def page(path: str, language: str = "en") -> Page:
    response = Client().get(f"/{language}/{path}")
    assert response.status_code == 200, path
    return Page(response.content.decode())


def marks(read: Page) -> list[str]:
    return [one.text for one in read.all("p", class_="change")]


FIVE = (
    programme(),
    programme(on=SECOND_DAY),
    programme(PERU, UKRAINE, on=SECOND_DAY),
    programme(PERU, UKRAINE, on=SECOND_DAY, theme=16),
    programme(PERU, UKRAINE, on=SECOND_DAY, theme=16, known="Universalisation"),
    programme(PERU, NIGER, UKRAINE, on=SECOND_DAY, theme=16, known="Universalisation"),
)
"""What stood at first, and five publications of one afternoon."""


@pytest.fixture
def _that_afternoon() -> Iterator[None]:
    with time_machine.travel(AFTERNOON + timedelta(hours=2), tick=False):
        yield


@pytest.mark.usefixtures("_that_afternoon")
def test_after_five_publications_of_an_afternoon_each_change_is_marked(publish: Publish) -> None:
    publish(*in_an_afternoon(*FIVE))

    read = page(f"{MEETING}/")

    assert marks(read) == [
        "Moved, was 18 June",
        "Title changed",
        "Niger and Peru added to the list",
        "Moved, was 15:00 – 16:00",
    ]
    assert f"/en/{MEETING}/changes/?since=1" in read.links


@pytest.mark.usefixtures("_that_afternoon")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("items/6/", ["Moved, was 18 June", "Title changed", "Niger and Peru added to the list"]),
        ("items/6b/", ["Moved, was 18 June · Niger and Peru added to the list"]),
        ("items/7/", []),
    ],
)
def test_the_page_of_an_item_says_too_what_changed_for_all_above_it(
    publish: Publish, path: str, expected: list[str]
) -> None:
    publish(*in_an_afternoon(*FIVE))

    assert marks(page(f"{MEETING}/{path}")) == expected


@pytest.mark.usefixtures("_that_afternoon")
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ukr", ["Moved, was 18 June"]),
        ("per", ["Moved, was 18 June · Peru added to the list"]),
    ],
)
def test_a_delegation_finds_marked_what_changed_for_it(
    publish: Publish, code: str, expected: list[str]
) -> None:
    publish(*in_an_afternoon(*FIVE))

    assert marks(page(f"delegations/{code}/")) == expected


@pytest.mark.usefixtures("_that_afternoon")
def test_what_moved_and_came_back_is_not_marked(publish: Publish) -> None:
    publish(
        *in_an_afternoon(programme(), programme(at=11), programme(at=11, title="X"), programme())
    )

    assert marks(page(f"{MEETING}/")) == []


@pytest.mark.usefixtures("_that_afternoon")
def test_a_reissue_marks_nothing_and_takes_no_mark_away(publish: Publish) -> None:
    mended = programme(at=11, title="Destruction.")
    publish(*in_an_afternoon(programme(), programme(at=11), mended, reissued=[3]))

    assert marks(page(f"{MEETING}/")) == ["Moved, was 10:00"]


def test_marks_of_the_last_revision_stay_for_as_long_as_it_holds(publish: Publish) -> None:
    publish(*in_an_afternoon(*FIVE))

    with time_machine.travel(AFTERNOON + timedelta(days=60), tick=False):
        assert marks(page(f"{MEETING}/")) == ["Niger added to the list"] * 1


@pytest.mark.parametrize(
    ("after", "is_marked"),
    [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)],
)
def test_a_mark_lasts_for_a_day_to_the_minute(
    publish: Publish, after: timedelta, *, is_marked: bool
) -> None:
    publish(*in_an_afternoon(*FIVE[:3]))

    with time_machine.travel(AFTERNOON + after, tick=False):
        said = marks(page(f"{MEETING}/"))

    assert ("Moved, was 18 June" in said) == is_marked
    assert "Peru added to the list" in said


def test_a_first_version_of_today_marks_nothing(publish: Publish) -> None:
    (first,) = versions_in_turn(programme())
    publish(first)

    with time_machine.travel(first.published_at + timedelta(hours=1), tick=False):
        assert marks(page(f"{MEETING}/")) == []


@pytest.mark.usefixtures("_that_afternoon")
def test_beneath_an_item_what_is_gone_is_named(publish: Publish) -> None:
    whole = document(
        item(6, title="President", sub_items=[item(6, 1, title="Universalization"), item(6, 2)])
    )
    less = replace(
        whole, agenda=(replace(whole.agenda[0], sub_items=whole.agenda[0].sub_items[1:]),)
    )
    publish(*in_an_afternoon(whole, less))

    assert marks(page(f"{MEETING}/")) == ["Removed: 6a. Universalization"]


@pytest.mark.usefixtures("_that_afternoon")
def test_of_many_changes_two_are_said_and_the_others_counted(publish: Publish) -> None:
    old = document(item(3, title="A", text="A", lead_in="A", notes="A"))
    new = document(item(3, title="B", text="B", lead_in="B", notes="B"))
    publish(*in_an_afternoon(old, new))

    (said,) = marks(page(f"{MEETING}/items/3/"))

    assert said.endswith(" · 2 more")


IN_WORDS = {
    "en": "Moved, was 18 June",
    "fr": "Nouvel horaire (précédemment : 18 juin)",
    "es": "Cambio de fecha u hora (antes: 18 de junio)",
    "ar": "تغيّر الموعد (سابقاً: 18 حزيران/يونيه)",
}


@pytest.mark.usefixtures("_that_afternoon")
@pytest.mark.parametrize("language", IN_WORDS)
def test_each_language_says_in_its_words_what_moved(publish: Publish, language: str) -> None:
    publish(*in_an_afternoon(*FIVE[:2]))

    assert marks(page(f"{MEETING}/items/6/", language)) == [IN_WORDS[language]]


# --- since a reader last looked ------------------------------------------------------------------


@pytest.mark.usefixtures("_that_afternoon")
def test_a_page_counts_what_changed_since_each_of_the_last_versions(publish: Publish) -> None:
    publish(*in_an_afternoon(*FIVE[:3], FIVE[1]))

    read = page(f"{MEETING}/items/7/")

    lines = {
        one.attributes["data-seen"]: one for one in read.all("p") if "data-seen" in one.attributes
    }
    assert {serial: line.text for serial, line in lines.items()} == {
        "3": "Changed since you last looked (Rev.2): 1 change",
        "1": "Changed since you last looked (first version): 1 change",
    }  # what Rev.2 had brought is gone again, so that nothing changed since Rev.1
    assert all("hidden" in line.attributes for line in lines.values())
    assert {f"/en/{MEETING}/changes/?since={one}" for one in (1, 3)} <= set(read.links)


@pytest.mark.usefixtures("_that_afternoon")
@pytest.mark.parametrize("path", ["v/2/", "v/3/items/6/"])
def test_versions_tell_nobody_what_changed_since_they_looked(publish: Publish, path: str) -> None:
    publish(*in_an_afternoon(*FIVE[:3]))

    assert "since-seen" not in Client().get(f"/en/{MEETING}/{path}").content.decode()

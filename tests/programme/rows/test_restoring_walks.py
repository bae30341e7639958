"""No state is left that staff cannot leave: walks away from the public state, and back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction

from programme.comparing.changes import changes, subjects, with_those_beneath
from programme.rows.restoring import restore
from programme.rows.restoring_refusals import CannotRestoreError
from tests.factories import FIRST_DAY, LAST_DAY, SECOND_DAY
from tests.programme.walks import (
    FRIDAY,
    add_item,
    add_list,
    add_panel,
    add_placement,
    add_presenter,
    add_sitting,
    delete,
    edit,
    exchange,
    office,
    publish,
    rename_entries,
    reorder_entries,
    retype_list,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.db.models import Model
    from pytest_django import DjangoDbBlocker

    from programme.rows.restoring import Restored
    from tests.programme.walks import Office, Step

pytestmark = pytest.mark.django_db

WALKS: dict[str, tuple[Sequence[Step], str]] = {
    # what staff did, and which subjects come back (besides the whole)
    "texts": (
        [edit("6", title_en="New", text_fr="Nouveau", title_ar="جديد"), edit("6", text_en="")],
        "6",
    ),
    "a translation caught up": ([edit("6", title_fr="L'état")], "6"),
    "the meeting": (
        [edit("meeting", slug="other", name_en="Other", venue=None, ends_on=FRIDAY)],
        "meeting",
    ),
    "a deleted item": ([delete("1")], "1"),
    "a deleted item with all beneath it": ([delete("6")], "6"),
    "a sub-item of a deleted item": ([delete("6")], "6a"),
    "a detail of a deleted item": ([delete("6")], "6a.i"),
    "a list of a deleted item": ([delete("6")], "list"),
    "a presenter of a deleted item": ([delete("6")], "presenter"),
    "a placement of a deleted item": ([delete("6")], "6b on monday"),
    "two of a deleted item": ([delete("6")], "6b, list"),
    "an item deleted and typed again": ([delete("1"), add_item("new", number=1)], "1, new"),
    "a sub-item deleted and typed again": (
        [delete("6a"), add_item("new", parent="6", number=1)],
        "6a, new",
    ),
    "a free label deleted and typed again": (
        [delete("A bis"), add_item("new", label="A bis")],
        "A bis, new",
    ),
    "an added item": ([add_item("new", number=8), add_item("8a", parent="new", number=1)], "new"),
    "an added sub-item": ([add_item("new", parent="6", number=3)], "new"),
    "an item under an added one": (
        [add_item("new", number=8), edit("7", parent="new", number=1)],
        "new",
    ),
    "an item under an added one beneath another": (
        [add_item("new", parent="6", number=3), edit("7", parent="new", number=1)],
        "6",
    ),
    "exchanged numbers": ([exchange("6", "7", "number", None)], "6"),
    "exchanged numbers, the other": ([exchange("6", "7", "number", None)], "7"),
    "exchanged numbers of sub-items": ([exchange("6a", "6b", "number", None)], "6b"),
    "numbers that went round": (
        [exchange("6", "7", "number", 9), exchange("6", "1", "number", 9)],
        "1",
    ),
    "a number that became a label": ([edit("7", number=None, label="VII")], "7"),
    "a label that became a number": ([edit("A bis", number=8, label="")], "A bis"),
    "a number taken by a label": (
        [edit("7", number=9), edit("A bis", label="7")],
        "7, A bis",
    ),
    "a number that nobody sees": ([edit("7", number=9), edit("A bis", number=7)], "7"),
    "titles exchanged that make addresses": (
        [exchange("unnumbered", "another", "title_en", "Aside")],
        "unnumbered",
    ),
    "moved under another item": ([edit("6a", parent="7")], "6a"),
    "moved under another item, that one deleted": (
        [edit("6a", parent="7"), delete("7")],
        "6a",
    ),
    "moved to the top": ([edit("6a", parent=None, number=9)], "6a"),
    "moved to the top, its parent deleted": (
        [edit("6a", parent=None, number=9), delete("6")],
        "6a.i",
    ),
    "parent and child turned round": (
        [edit("6a", parent=None, number=9), edit("6", parent="6a", number=3)],
        "6a",
    ),
    "parent and child turned round, the parent": (
        [edit("6a", parent=None, number=9), edit("6", parent="6a", number=3)],
        "6",
    ),
    "a detail of a sub-item that got another number": (
        [edit("6a", number=5), edit("6a.i", title_en="More")],
        "6a.i",
    ),
    "items in another order": ([exchange("1", "7", "position", 90)], "meeting"),
    "sub-items in another order": ([exchange("6a", "6b", "position", 90)], "6"),
    "presenters in another order": ([exchange("presenter", "chair", "position", 90)], "6"),
    "an item deleted between others that changed places": (
        [exchange("1", "7", "position", 90), delete("6")],
        "6",
    ),
    "a list as called": ([reorder_entries("list")], "list"),
    "lines exchanged in a list": ([rename_entries("list")], "list"),
    "a list typed again": ([retype_list("list", "peru", "mali", "chad")], "list"),
    "a list deleted and another with the same State": (
        [delete("list"), add_list("new", "6a", "chad")],
        "list",
    ),
    "a list deleted and another, both back": (
        [delete("list"), add_list("new", "6a", "chad")],
        "list, new",
    ),
    "a list that closed": (
        [
            edit("open", kind="named", open_to_organisations=False),
            retype_list("open", "mali"),
        ],
        "open",
    ),
    "a list moved to another item": ([edit("list", item="7")], "list"),
    "a list moved to another item, that one back": ([edit("list", item="7")], "7"),
    "a list moved to another item and its own deleted": (
        [edit("list", item="7"), delete("6")],
        "6a",
    ),
    "a speaker who became another": (
        [edit("presenter", delegation="peru", role="opens", has_spoken=True)],
        "presenter",
    ),
    "a speaker added": ([add_presenter("new", "6")], "new"),
    "a panellist dropped": ([delete("panellist")], "panellist"),
    "a panel dropped": ([delete("panel")], "panellist"),
    "a panel dropped and its address taken": (
        [delete("panel"), add_panel("new", slug="one")],
        "panel, new",
    ),
    "addresses of panels exchanged": ([exchange("panel", "other panel", "slug", "x")], "panel"),
    "a panel at another time": (
        [edit("panel", date=FIRST_DAY, sitting=None, start=time(15))],
        "panel",
    ),
    "a sitting dropped": ([delete("monday")], "monday"),
    "a sitting dropped, a placement back": ([delete("monday")], "6a on monday"),
    "a sitting dropped, a break back": ([delete("monday")], "coffee"),
    "a sitting dropped, a panel back": ([delete("tuesday")], "panel"),
    "a sitting dropped and typed again": (
        [delete("monday"), add_sitting("new"), edit("6b on monday", sitting="new")],
        "monday, new",
    ),
    "a sitting on another day": (
        [
            edit("monday", date=LAST_DAY),
            *(
                edit(name, date=LAST_DAY)
                for name in ("6a on monday", "6b on monday", "7 on monday", "coffee")
            ),
        ],
        "monday",
    ),
    "a placement of a sitting on another day": (
        [
            edit("monday", date=LAST_DAY),
            *(
                edit(name, date=LAST_DAY)
                for name in ("6a on monday", "6b on monday", "7 on monday", "coffee")
            ),
            add_placement("new", "1", date=LAST_DAY, sitting="monday"),
        ],
        "6b on monday",
    ),
    "sittings that exchanged their days": (
        [exchange("monday", "tuesday", "part", "evening"), delete("6b on monday")],
        "monday",
    ),
    "a sitting half moved": ([edit("tuesday", date=LAST_DAY)], "tuesday"),
    "a placement moved": (
        [edit("6a on monday", sitting="tuesday", date=SECOND_DAY, start=time(12))],
        "6a on monday",
    ),
    "a placement of another item": ([edit("7 again", item="1")], "7 again"),
    "placements in another order": (
        [exchange("6b on monday", "7 on monday", "position", 90)],
        "monday",
    ),
    "placements in another order, one added among them": (
        [
            edit("6b on monday", position=20),
            edit("7 on monday", position=10),
            add_placement("new", "1", sitting="monday", start=time(15), position=5),
        ],
        "monday",
    ),
    "a placement added": ([add_placement("new", "1", sitting="monday")], "new"),
    "a break that became another": ([edit("coffee", kind="lunch", start=time(12))], "coffee"),
    "a break that got a name": ([edit("coffee", name_en="Tea", name_fr="Thé")], "coffee"),
    "a named break dropped": ([delete("lunch")], "lunch"),
    "a day more": (
        [edit("meeting", ends_on=FRIDAY), edit("lunch", date=FRIDAY)],
        "lunch",
    ),
    "a day less": (
        [delete("7 again", "other panel", "panel", "tuesday"), edit("meeting", ends_on=FIRST_DAY)],
        "panel",
    ),
    "a day more, the meeting back": (
        [edit("meeting", ends_on=FRIDAY), edit("lunch", date=FRIDAY)],
        "meeting",
    ),
    "a venue deleted": ([edit("meeting", venue=None), delete("venue")], "meeting"),
    "half done and wrong": ([edit("lunch", date=FRIDAY), edit("6", title_en="New")], "lunch"),
    "published meanwhile": (
        [edit("6", title_en="New"), delete("7"), add_item("new", number=7), publish],
        "6, 7, new",
    ),
}


@pytest.fixture(scope="module")
def _public_office(
    django_db_setup: None,  # noqa: ARG001 -- asked for, so that it goes first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Office]:
    """Make the rows once for all walks."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield office()
        transaction.set_rollback(True)


@pytest.fixture
def made(_public_office: Office, db: None) -> Office:  # noqa: ARG001 -- as above
    """An office whose rows are as at first."""
    return replace(_public_office, names=dict(_public_office.names))


def walk(made: Office, steps: Iterable[Step]) -> None:
    for step in steps:
        step(made)


def keys(made: Office, named: str) -> list[str]:
    """Ids of rows by names with commas between them."""
    return [made.key(name) for name in named.split(", ")]


def written(made: Office, restored: Restored) -> list[Model]:
    keys = {*restored.created, *restored.changed}
    return [row for row in made.rows().all() if str(row.pk) in keys]


def assert_is_back(made: Office, asked: Collection[str]) -> None:
    """The subjects, with what lies beneath them, are pending no more."""
    public, draft = made.public, made.draft(judged=asked)
    family = with_those_beneath(asked, subjects(public))
    assert not family & {one.subject.id for one in changes(public, draft)}
    assert family & subjects(draft).keys() == family & subjects(public).keys()


@pytest.mark.parametrize("name", WALKS)
def test_the_whole_comes_back_and_subjects_alone(made: Office, name: str) -> None:
    steps, named = WALKS[name]
    walk(made, steps)

    with transaction.atomic():
        whole = restore(made.meeting, document=made.public)

        assert made.draft() == made.public
        for row in written(made, whole):  # the database has checked its constraints
            row.clean_fields(exclude=[one.name for one in row._meta.fields if one.is_relation])
            row.clean()
        transaction.set_rollback(True)
    made.meeting.refresh_from_db()

    alone = restore(made.meeting, keys(made, named), document=made.public)

    assert_is_back(made, keys(made, named))
    for row in written(made, alone):  # as a form does
        row.full_clean()


REFUSALS = (IntegrityError, ObjectDoesNotExist, LookupError, ValueError, ValidationError)
"""What meets a step out of its order: a row that is gone, a number that is taken."""


@pytest.mark.parametrize("seed", range(10))
def test_from_wherever_staff_walk_every_pending_subject_comes_back(made: Office, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 -- a walk, no secret
    for step in chance.sample([step for steps, _named in WALKS.values() for step in steps], 12):
        with suppress(*REFUSALS), transaction.atomic():
            step(made)
    lost = [one.subject.id for one in changes(made.public, made.draft(judged=()))]
    chance.shuffle(lost)
    for key in lost:
        take_back(made, key)
    restore(made.meeting, document=made.public)  # what no document shows: a broken placement

    assert not changes(made.public, made.draft())


def take_back(made: Office, *asked: str) -> None:
    """Take subjects back; what is said to stand in the way as well."""
    try:
        restore(made.meeting, asked, document=made.public)
    except CannotRestoreError as error:
        if not error.needed:
            raise
        take_back(made, *asked, *error.needed)
    else:
        assert_is_back(made, asked)

"""Which pages are the same, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.shelf.shelf import Shelf
from serving.page_keys import NEVER, Address, States, address_of
from tests.programme.builders import (
    busy_days,
    intersessionals,
    meeting,
    reference,
    version,
)

SLUG = "2024-intersessional-meetings"
HOME = Address("/en/")
PROGRAMME = Address(f"/en/meetings/{SLUG}/", meeting=SLUG)
BUSY = Address("/en/meetings/busy-days/", meeting="busy-days")


def shelf(*documents: ProgrammeDocument[Texts], serial: int = 1) -> Shelf:
    made = Shelf()
    made.replace([version(one, serial) for one in documents])
    return made


# Addresses -----------------------------------------------------------------------------------

ADDRESSES = {
    "home": ("/en/", "", Address("/en/", is_kept=True)),
    "a meeting": (
        f"/ar/meetings/{SLUG}/",
        "",
        Address(f"/ar/meetings/{SLUG}/", "", SLUG, None, is_kept=True),
    ),
    "an old version": (
        f"/fr/meetings/{SLUG}/v/12/items/6a/",
        "x=1",
        Address(f"/fr/meetings/{SLUG}/v/12/items/6a/", "", SLUG, 12, is_kept=True),
    ),
    "two languages": (
        f"/es/meetings/{SLUG}/",
        "with=ar&x=1",
        Address(f"/es/meetings/{SLUG}/", "with=ar", SLUG, None, is_kept=True),
    ),
    "parameters in any order": (
        f"/es/meetings/{SLUG}/changes/",
        "with=ar&since=1",
        Address(f"/es/meetings/{SLUG}/changes/", "since=1&with=ar", SLUG, None, is_kept=True),
    ),
    "a search": (
        "/en/delegations/",
        "q=+chad+&with=fr",
        Address("/en/delegations/", "q=chad", is_kept=False),
    ),
    "an empty search": ("/en/delegations/", "q=", Address("/en/delegations/", is_kept=True)),
    "nothing": ("/en/nothing", "a=1", Address("/en/nothing", "a=1")),
    "capitals": ("/en/Delegations/", "a=1", Address("/en/Delegations/", "a=1")),
    "no language": ("/delegations/", "", None),
    "the root": ("/", "", None),
}


@pytest.mark.parametrize(("path", "query", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_holds_what_its_page_depends_on(
    path: str, query: str, address: Address | None
) -> None:
    assert address_of(path, query, shelf(intersessionals())) == address


# States --------------------------------------------------------------------------------------


def test_a_meetings_pages_stay_when_another_meeting_is_published() -> None:
    held = shelf(intersessionals(), busy_days())
    states = States(held)
    before = states.of(PROGRAMME), states.of(BUSY), states.of(HOME)

    held.replace([version(intersessionals()), version(busy_days(), 2)])

    assert states.of(PROGRAMME) == before[0]
    assert states.of(BUSY) != before[1]
    assert states.of(HOME) != before[2]
    assert states.before(BUSY) == before[1]


def test_pages_of_a_meeting_change_with_the_one_that_it_follows() -> None:
    followed = intersessionals()
    following = busy_days(follows=reference(meeting()))
    held = shelf(followed, following)
    states = States(held)
    before = states.of(PROGRAMME), states.of(BUSY)

    held.replace([version(followed, 2), version(following)])
    after = states.of(PROGRAMME), states.of(BUSY)
    held.replace([version(followed, 2), version(following, 2)])

    assert after[1] != before[1]
    assert states.of(PROGRAMME) != after[0]


def test_old_versions_change_with_the_current_one() -> None:
    held = Shelf()
    held.replace([version(intersessionals(), one) for one in (1, 2)])
    old, current = replace(PROGRAMME, serial=1), replace(PROGRAMME, serial=2)
    states = States(held)
    before = states.of(old)

    assert before
    assert before.is_old
    assert not states.of(current).is_old  # type: ignore[union-attr]
    held.replace([version(intersessionals(), one) for one in (1, 2, 3)])
    assert states.of(old) != before
    assert states.of(current).is_old  # type: ignore[union-attr]


def test_what_is_not_on_the_shelf_has_no_state() -> None:
    states = States(shelf(intersessionals()))

    assert states.of(replace(PROGRAMME, serial=9)) is None
    assert states.of(BUSY) is None
    assert States(Shelf()).of(HOME)


def test_a_phase_lasts_from_one_boundary_to_the_next() -> None:
    state = States(shelf(intersessionals())).of(PROGRAMME)
    assert state
    begins, ends = (
        datetime(2024, 6, 19, hour, minute, tzinfo=UTC).timestamp()
        for hour, minute in ((9, 30), (11, 0))
    )

    phase = state.phase(begins)

    assert state.phase(begins - 0.001) == phase - 1
    assert state.phase(ends - 0.001) == phase
    assert state.phase(ends) == phase + 1
    assert (state.turned_at(phase), state.turns_at(phase)) == (begins, ends)
    assert state.turned_at(0) == 0
    assert state.turns_at(len(state.turns)) == NEVER

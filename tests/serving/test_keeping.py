"""Which pages are the same, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.shelf.shelf import Shelf
from serving.page_keys import NEVER, Address, Lifetime, address_of
from tests.programme.builders import (
    busy_days,
    intersessionals,
    of_meeting,
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
        "/en/find/",
        "q=+chad+&with=fr",
        Address("/en/find/", "q=chad", is_kept=False),
    ),
    "an empty search": ("/en/find/", "q=", Address("/en/find/", is_kept=True)),
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


# Lifetimes ---------------------------------------------------------------------------------------


def at(hour: int, minute: int) -> float:
    return datetime(2024, 6, 19, hour, minute, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("address", [HOME, PROGRAMME, BUSY])
def test_a_page_is_of_one_generation_of_the_shelf(address: Address) -> None:
    held = shelf(intersessionals(), busy_days())
    before = Lifetime.of(address, held, at(9, 30))

    held.replace([version(intersessionals()), version(busy_days(), 2)])

    assert Lifetime.of(address, held, at(9, 30)).generation == before.generation + 1


def test_a_lifetime_lasts_from_one_boundary_to_the_next() -> None:
    held = shelf(intersessionals())

    lifetimes = [
        Lifetime.of(PROGRAMME, held, moment)
        for moment in (at(9, 30) - 0.001, at(9, 30), at(11, 0) - 0.001, at(11, 0))
    ]

    assert lifetimes[0].until == at(9, 30)
    assert {(one.since, one.until) for one in lifetimes[1:3]} == {(at(9, 30), at(11, 0))}
    assert lifetimes[3].since == at(11, 0)
    assert Lifetime.of(PROGRAMME, Shelf(), at(9, 30)).since == 0
    assert Lifetime.of(PROGRAMME, held, at(9, 30) * 2).until == NEVER


def test_a_lifetime_begins_with_a_publication() -> None:
    published_at = datetime(2024, 6, 19, 10, tzinfo=UTC)
    held = Shelf()
    held.replace([replace(version(intersessionals()), published_at=published_at)])

    lifetime = Lifetime.of(HOME, held, at(10, 1))

    assert (lifetime.since, lifetime.until) == (at(10, 0), at(11, 0))


def test_an_old_version_has_boundaries_of_its_own() -> None:
    first, second = version(busy_days(), 1), version(intersessionals(), 2)
    second = of_meeting(second, first.meeting_id)
    held = Shelf()
    held.replace([first, second])
    turn = next(one for one in first.edition().turns if one not in second.edition().turns)

    lifetimes = [
        Lifetime.of(one, held, turn - 0.001) for one in (replace(PROGRAMME, serial=1), PROGRAMME)
    ]

    assert lifetimes[0].until == turn < lifetimes[1].until

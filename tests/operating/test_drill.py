"""The drill in small: what `make drill` measures, without its figures and without a proxy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tools.bench.crowd import Answer, Crowd, Reader
from tools.bench.places import ADDRESSES
from tools.servers.database import Database
from tools.servers.site import Site

PATIENCE = 30.0
"""Seconds: how long it takes is the drill's to say; here it must only happen."""

LANGUAGES = ("en", "fr", "es", "ar")


@pytest.fixture
def database() -> Iterator[Database]:
    """A PostgreSQL of this test alone."""
    database = Database()
    database.start()
    yield database
    database.stop()


@pytest.fixture
def site(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two processes; a reader goes to the other where one is gone."""
    with Site(tmp_path_factory.mktemp("site"), database.url) as site:
        site.prepare()
        yield site


def test_public_pages_outlive_the_database_and_restarts_meanwhile(
    site: Site, database: Database
) -> None:
    cookie = site.run("tools.bench.fill")
    for name in ("1", "2"):
        site.start(name)
    places = [str(site.socket(name)) for name in ("1", "2")]
    staff = Reader(places, {"Cookie": cookie})
    with Crowd(places, ADDRESSES, size=4) as crowd, closing(staff):
        assert until(staff, 200).is_good
        for take_away, bring_back in (
            (database.halt, database.resume),
            (database.freeze, database.thaw),
        ):
            take_away()
            refusals = [until(staff, 503, language) for language in LANGUAGES]
            for name in ("1", "2"):
                site.restart(name)
            bring_back()
            returned = until(staff, 200)

            assert all(
                f'lang="{language}"'.encode() in refusal.body
                for language, refusal in zip(LANGUAGES, refusals, strict=True)
            )
            assert returned.is_good

    assert crowd.count > 100
    assert [(one.status, one.address) for one in crowd.bad] == []


def until(staff: Reader, status: int, language: str = "en") -> Answer:
    """Open the desk until it answers so; nothing else than a page or a 503 is ever met."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = staff.get(f"/{language}/admin/meetings/meeting/")
        assert answer.status in {200, 503}
        if answer.status == status:
            return answer
        assert time.monotonic() < deadline, f"still {answer.status}"
        time.sleep(0.1)

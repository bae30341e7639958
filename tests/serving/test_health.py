"""What programs that watch over the site are told, whatever state it is in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from programme.publishing.watcher import Watch, Watcher
from programme.shelf.outage import Outage
from programme.shelf.shelf import Shelf
from programme.shelf.spool import Spool
from serving import health
from serving.addresses import kind_of
from serving.http_caching import Answer
from serving.metrics import CountedAnswers, Vitals
from serving.page_cache import PageCache
from tests.programme.builders import intersessionals, version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A watch that has not looked yet, with an empty shelf."""
    shelf = Shelf()
    made = Watch(Watcher(shelf), Outage())
    for module in ("serving.health", "serving.metrics"):
        monkeypatch.setattr(f"{module}.shelf", shelf)
        monkeypatch.setattr(f"{module}.watch", made)
        monkeypatch.setattr(f"{module}.outage", made.outage)
    return made


def asked(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/health/ready")
    read = json.loads(response.content)
    assert isinstance(read, dict)
    return response.status_code, read


# Health --------------------------------------------------------------------------------------


def test_process_is_live_and_not_ready_before_its_shelf_is_filled(
    client: Client, watch: Watch
) -> None:
    assert watch.looked_at is None
    assert client.get("/health/live").status_code == 200
    assert asked(client) == (
        503,
        {
            "status": "empty",
            "database": "there",
            "shelf": {"age_seconds": None, "meetings": 0},
            "spool": {"status": "none", "failures": 0},
        },
    )


def test_site_that_has_published_nothing_yet_is_ready(client: Client, watch: Watch) -> None:
    watch.looked_at = timezone.now() - timedelta(seconds=4)

    status, state = asked(client)

    assert (status, state["status"]) == (200, "ready")
    assert 4 <= state["shelf"]["age_seconds"] < 10


def test_shelf_filled_without_a_database_is_ready_and_tells_of_the_outage(
    client: Client, watch: Watch
) -> None:
    watch.watcher.shelf.replace([version(intersessionals())])
    watch.outage.begin()

    assert asked(client) == (
        200,
        {
            "status": "ready",
            "database": "away",
            "shelf": {"age_seconds": None, "meetings": 1},
            "spool": {"status": "none", "failures": 0},
        },
    )


def test_spool_that_cannot_be_written_is_told_and_does_no_harm(
    client: Client, watch: Watch, tmp_path: Path
) -> None:
    folder = tmp_path / "spool"
    folder.touch()  # a file is in the way
    watch.watcher.spool = spool = Spool(folder)
    watch.looked_at = timezone.now()
    for _ in range(2):
        spool.keep([], frozenset())

    assert asked(client)[0] == 200
    assert asked(client)[1]["spool"] == {"status": "failing", "failures": 2}
    assert measured(client)["programme_spool_failures_total"] == 2
    folder.unlink()
    spool.keep([], frozenset())
    assert asked(client)[1]["spool"] == {"status": "kept", "failures": 2}


@pytest.mark.parametrize("address", sorted(health.ADDRESSES))
def test_programs_need_neither_host_nor_https_nor_a_session(
    client: Client, watch: Watch, settings: SettingsWrapper, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    watch.looked_at = timezone.now()

    response = client.get(address, headers={"host": "10.0.0.7:9000"})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Length"] == str(len(response.content))
    assert not response.cookies


# Metrics -------------------------------------------------------------------------------------


PAGES = PageCache[str, Answer](100_000)


@pytest.fixture(autouse=True, scope="module")
def _told() -> Iterator[None]:
    vitals = Vitals(PAGES)
    REGISTRY.register(vitals)
    yield
    REGISTRY.unregister(vitals)


def measured(client: Client) -> dict[str, float]:
    """Each number of ours, with its labels in its name."""
    text = client.get("/metrics").content.decode()
    return {
        " ".join([sample.name, *sorted(sample.labels.values())]): sample.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for sample in family.samples
        if sample.name.startswith("programme_")
    }


def test_numbers_tell_of_shelf_outage_and_failures(client: Client, watch: Watch) -> None:
    watch.looked_at = timezone.now()
    odd = replace(version(intersessionals(), 2), digest="odd")
    watch.watcher.shelf.replace([version(intersessionals()), odd])
    watch.failures = 3
    watch.outage.begin()

    numbers = measured(client)

    assert numbers["programme_shelf_timestamp_seconds"] == watch.looked_at.timestamp()
    assert numbers["programme_meetings_held"] == 1
    assert numbers["programme_watcher_failures_total"] == 3
    assert numbers["programme_database_away"] == 1
    assert numbers["programme_publications_held"] == 1
    assert numbers["programme_publications_unshowable"] == 1


@pytest.mark.usefixtures("watch")
def test_numbers_tell_of_the_pages_that_are_kept(client: Client) -> None:
    PAGES.put("/en/", Answer.of("200 OK", [], b"", codings=()))
    PAGES.hits, PAGES.misses = 5, 2

    numbers = measured(client)

    assert numbers["programme_page_cache_total hit"] == 5
    assert numbers["programme_page_cache_total miss"] == 2
    assert numbers["programme_pages_held"] == 1
    assert numbers["programme_page_cache_bytes"] == PAGES.bytes > 0


@pytest.mark.usefixtures("watch")
def test_answers_are_counted_by_who_asks_and_how_it_went(client: Client) -> None:
    name = "programme_answers_total 5xx staff"

    def application(_environ: object, start_response: Any) -> list[bytes]:
        start_response("503 Service Unavailable", [])
        return [b""]

    before = measured(client).get(name, 0)
    CountedAnswers(application)({"PATH_INFO": "/fr/admin/"}, lambda *_: None)

    assert measured(client)[name] == before + 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "public"),
        ("", "public"),
        ("/en/", "public"),
        ("/ar/meetings/preview/", "public"),
        ("/en/admin/", "staff"),
        ("/es/shared/token/", "staff"),
        ("/fr/preview/meeting/items/1/", "staff"),
        ("/static/css/site.css", "static"),
        ("/health/live", "health"),
        ("/metrics", "metrics"),
    ],
)
def test_address_tells_who_asks(path: str, kind: str) -> None:
    assert kind_of(path) == kind

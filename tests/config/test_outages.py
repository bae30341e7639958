"""While the database is away, the public reads on and staff are told so at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Event, Thread
from unittest import mock

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.addresses import kind_of
from config.middleware import Outages
from config.urls import urlpatterns
from meetings.models import Meeting
from programme import preview_urls
from programme import urls as public_urls
from programme.outage import Outage, outage
from programme.shelf import Shelf
from programme.watching import Watch, Watcher
from tests.factories import make_editor

LANGUAGES = ["en", "fr", "es", "ar"]
FOR_STAFF = ["/admin/", "/en/admin/", "/ar/admin/login/", "/es/preview/june/", "/fr/shared/x/"]
FOR_ALL = [
    "/",
    "/en/",
    "/fr/meetings/june/",
    "/ar/delegations/tcd/feed.atom",
    "/en/administrators/",
]


@pytest.fixture
def _database_is_away() -> Iterator[None]:
    outage.begin()
    yield
    outage.end()


def prefixes(patterns: Iterable[object]) -> set[str]:
    return {f"/en/{one.pattern}" for one in patterns}


def test_addresses_of_staff_are_known_by_their_beginning() -> None:
    assert {kind_of(one) for one in prefixes(preview_urls.urlpatterns)} == {"staff"}
    assert {kind_of(one) for one in prefixes(public_urls.urlpatterns)} == {"public"}
    assert [one for one in FOR_STAFF if kind_of(one) != "staff"] == []
    assert [one for one in FOR_ALL if kind_of(one) != "public"] == []
    assert len(urlpatterns) == 2  # the root, and what stands below a language


@pytest.mark.usefixtures("_database_is_away")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_are_told_at_once_and_in_their_language(method: str, language: str) -> None:
    response = getattr(Client(), method)(f"/{language}/admin/meetings/meeting/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Content-Language"] == language
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("_database_is_away")
@pytest.mark.parametrize("path", FOR_STAFF)
def test_all_that_staff_do_needs_the_database(path: str) -> None:
    assert Client().get(path).status_code == 503


@pytest.mark.usefixtures("_database_is_away")
def test_the_public_reads_on() -> None:
    assert Client().get("/en/").status_code == 200


# A request that is caught --------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_caught_by_the_outage_gets_the_same_page_and_no_fault_of_ours(
    language: str, error: Exception
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_editor(is_superuser=True))

    with mock.patch.object(Meeting.objects, "get_queryset", side_effect=error):
        response = client.get(f"/{language}/preview/june/")

    assert (response.status_code, response["Content-Language"]) == (503, language)


def test_a_fault_outside_of_views_gets_that_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_response", fails
    )

    response = Client(raise_request_exception=False).get("/fr/admin/nothing/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_another_fault_stays_ours() -> None:
    request = RequestFactory().get("/en/admin/")

    assert Outages(lambda _: HttpResponse()).process_exception(request, ValueError()) is None


# Threads -------------------------------------------------------------------------------------


def test_staff_who_wait_for_the_database_leave_threads_to_the_public(
    settings: Settings,
) -> None:
    settings.STAFF_AT_ONCE = 2
    arrived, answered = Event(), Event()

    def slow(request: HttpRequest) -> HttpResponse:
        if kind_of(request.path) == "staff":
            arrived.set()
            answered.wait(10)
        return HttpResponse()

    passed = Outages(slow)
    waiting = []
    for _ in range(2):
        waiting.append(Thread(target=passed, args=[RequestFactory().get("/en/admin/")]))
        waiting[-1].start()
        assert arrived.wait(10)
        arrived.clear()

    assert passed(RequestFactory().get("/en/admin/")).status_code == 503
    assert passed(RequestFactory().get("/en/")).status_code == 200
    answered.set()
    for one in waiting:
        one.join()
    assert passed(RequestFactory().get("/en/admin/")).status_code == 200


# Before anything is known --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_database_and_spool_nobody_is_told_that_a_page_is_not_there(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(Watcher(Shelf()), Outage())
    watch.failures = 1
    monkeypatch.setattr("config.middleware.watch", watch)
    monkeypatch.setattr("config.middleware.shelf", watch.watcher.shelf)

    response = Client().get(f"/{language}/meetings/june/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Content-Language"] == language

"""While the database is away, the public reads on and staff are told so at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Event, Thread
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.urls import urlpatterns
from desk.preview import urls as preview_urls
from meetings.models import Meeting
from programme.pages import urls as public_urls
from programme.publishing.watcher import Watch, Watcher
from programme.shelf.outage import Outage, outage
from programme.shelf.shelf import Shelf
from serving.addresses import kind_of
from serving.staff.logins import COOKIE, remember_device
from serving.staff.outages import Outages
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
    # The root, what stands below a language, and a language in capitals, which leads to its page.
    assert len(urlpatterns) == 3
    assert (kind_of("/EN/admin/"), kind_of("/EN/")) == ("staff", "public")


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


def asked(path: str, *, device: str = "") -> HttpRequest:
    """A request; `device` is the cookie that it brings."""
    request = RequestFactory().get(path)
    request.COOKIES[COOKIE] = device
    return request


def known_device() -> str:
    """The cookie of a device on which somebody has logged in before."""
    response = HttpResponse()
    remember_device(response, User(username="editor"))
    return response.cookies[COOKIE].value


class SlowDesk:
    """The middleware before a desk that answers only when it is told to."""

    def __init__(self) -> None:
        self.passed = Outages(self._answer)
        self._arrived, self._answered = Event(), Event()
        self._waiting: list[Thread] = []

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if kind_of(request.path) == "staff" or "june/v/" in request.path:
            self._arrived.set()
            self._answered.wait(10)
        return HttpResponse()

    def wait_for(self, request: HttpRequest) -> None:
        """Let somebody ask, and come back when they wait."""
        self._arrived.clear()
        self._waiting.append(Thread(target=self.passed, args=[request]))
        self._waiting[-1].start()
        assert self._arrived.wait(10)

    def answer(self) -> None:
        """Let all of them have their answers."""
        self._answered.set()
        for one in self._waiting:
            one.join()


def test_staff_who_wait_for_the_database_leave_threads_to_the_public(
    settings: Settings,
) -> None:
    settings.STAFF_AT_ONCE = 2
    desk, device = SlowDesk(), known_device()
    for _ in range(2):
        desk.wait_for(asked("/en/admin/", device=device))

    assert desk.passed(asked("/en/admin/", device=device)).status_code == 503
    assert desk.passed(asked("/en/")).status_code == 200
    desk.answer()
    assert desk.passed(asked("/en/admin/", device=device)).status_code == 200


@pytest.mark.parametrize("device", ["", "made up", "made:up:by-somebody"])
def test_strangers_who_ask_for_the_login_leave_a_place_to_staff(
    settings: Settings, device: str
) -> None:
    settings.STAFF_AT_ONCE = 3
    desk = SlowDesk()
    for path in ("/en/admin/login/", "/fr/shared/draft/"):
        desk.wait_for(asked(path, device=device))

    assert desk.passed(asked("/en/admin/login/", device=device)).status_code == 503
    desk.wait_for(asked("/en/admin/", device=known_device()))
    assert desk.passed(asked("/en/")).status_code == 200
    desk.answer()
    assert desk.passed(asked("/en/admin/login/")).status_code == 200


@pytest.mark.parametrize("old", ["/en/meetings/june/v/1/", "/ar/meetings/june/v/2.txt"])
def test_who_walks_through_old_versions_leaves_threads_to_what_holds_today(
    settings: Settings, old: str
) -> None:
    settings.OLD_AT_ONCE = 2
    desk = SlowDesk()
    for number in range(2):
        desk.wait_for(asked(f"/fr/meetings/june/v/3/items/{number}/"))

    assert desk.passed(asked(old)).status_code == 503
    for path in ("/en/meetings/june/", "/en/meetings/v/", "/en/meetings/june/items/v/"):
        assert desk.passed(asked(path)).status_code == 200
    desk.answer()
    assert desk.passed(asked(old)).status_code == 200


# Before anything is known --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_database_and_spool_nobody_is_told_that_a_page_is_not_there(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(Watcher(Shelf()), Outage())
    watch.failures = 1
    monkeypatch.setattr("serving.staff.outages.watch", watch)
    monkeypatch.setattr("serving.staff.outages.shelf", watch.watcher.shelf)

    response = Client().get(f"/{language}/meetings/june/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Content-Language"] == language

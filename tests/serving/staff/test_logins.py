"""Guessing is slowed down, and nobody can shut a colleague out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from serving.models import LoginFailures
from serving.staff import logins

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

PASSWORD = "four-words-nobody-guesses"  # noqa: S105 -- of these tests alone
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def _amira() -> None:
    User.objects.create_superuser("amira", password=PASSWORD)


def attempt(
    password: str = "wrong",  # noqa: S107 -- as above
    *,
    client: Client | None = None,
    address: str = HERE,
    name: str = "amira",
) -> Any:
    fields = {"username": name, "password": password}
    return (client or Client()).post("/en/admin/login/", fields, REMOTE_ADDR=address)


def failures(times: int, *, address: str = HERE, name: str = "amira") -> None:
    for _ in range(times):
        assert attempt(address=address, name=name).status_code == 200


def test_right_password_logs_in_after_fewer_failures_than_allowed() -> None:
    failures(logins.AT_ONE_ADDRESS - 1)

    assert attempt(PASSWORD).status_code == 302


def test_after_too_many_failures_even_the_right_password_must_wait() -> None:
    failures(logins.AT_ONE_ADDRESS)

    response = attempt(PASSWORD)

    assert response.status_code == 429
    assert (
        "too many attempts to log in. Please try again in 15 minutes." in response.content.decode()
    )
    assert 890 < int(response["Retry-After"]) <= 900


def test_waiting_ends_after_a_quarter_of_an_hour() -> None:
    failures(logins.AT_ONE_ADDRESS)

    with time_machine.travel(timezone.now() + logins.WINDOW + timedelta(seconds=1)):
        assert attempt(PASSWORD).status_code == 302


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=400)])
def test_failures_of_a_clock_that_was_ahead_shut_nobody_out(ahead: timedelta) -> None:
    with time_machine.travel(timezone.now() + ahead):
        failures(logins.AT_ONE_ADDRESS)

    assert attempt(PASSWORD).status_code == 302


def test_failures_count_again_after_a_clock_that_was_ahead() -> None:
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        failures(logins.AT_ONE_ADDRESS)

    failures(logins.AT_ONE_ADDRESS)

    response = attempt(PASSWORD)
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= logins.WINDOW.total_seconds()


def test_no_clock_of_another_process_makes_the_wait_longer() -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=50)):
        failures(logins.AT_ONE_ADDRESS)

    response = attempt(PASSWORD)

    assert response.status_code == 429
    assert int(response["Retry-After"]) <= logins.WINDOW.total_seconds()


def test_attempts_while_waiting_do_not_make_it_longer() -> None:
    failures(logins.AT_ONE_ADDRESS)
    before = list(LoginFailures.objects.order_by("pk").values())

    assert attempt().status_code == 429

    assert list(LoginFailures.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("password", ["", "\0"])
def test_form_without_a_password_forgets_no_failure(password: str) -> None:
    failures(logins.AT_ONE_ADDRESS - 1)
    attempt(password)
    failures(1)

    assert attempt(PASSWORD).status_code == 429


def test_success_forgets_the_failures_before_it() -> None:
    for _ in range(2):
        failures(logins.AT_ONE_ADDRESS - 1)
        assert attempt(PASSWORD).status_code == 302


@pytest.mark.parametrize("name", ["AMIRA", " amira", "ａｍｉｒａ"])
def test_another_spelling_of_a_name_counts_for_the_same_account(name: str) -> None:
    failures(logins.AT_ONE_ADDRESS, name=name)

    assert attempt(PASSWORD).status_code == 429


@pytest.fixture
def open_desk() -> Client:
    """The desk that somebody with no rights at all left open."""
    User.objects.create_user("chidi", password=PASSWORD, is_staff=True)
    desk = Client()
    desk.force_login(User.objects.get(username="chidi"))
    return desk


def new_password(desk: Client, old: str) -> Any:
    fields = {"old_password": old, "new_password1": "more-words-nobody-guesses"}
    fields["new_password2"] = fields["new_password1"]
    return desk.post("/en/admin/password_change/", fields, REMOTE_ADDR=HERE)


def test_old_password_is_not_guessed_at_an_open_desk_either(open_desk: Client) -> None:
    for _ in range(logins.AT_ONE_ADDRESS):
        assert new_password(open_desk, "wrong").status_code == 200

    response = new_password(open_desk, PASSWORD)

    assert response.status_code == 429
    assert 890 < int(response["Retry-After"]) <= 900
    assert "Please try again in 15 minutes." in response.content.decode()
    assert attempt(PASSWORD, name="chidi").status_code == 429
    assert attempt(PASSWORD, name="chidi", address=ELSEWHERE).status_code == 302


def test_right_old_password_gives_a_new_one_and_forgets_failures(open_desk: Client) -> None:
    new_password(open_desk, "wrong")

    assert new_password(open_desk, PASSWORD)["Location"] == "/en/admin/password_change/done/"

    assert attempt("more-words-nobody-guesses", name="chidi").status_code == 302
    assert not LoginFailures.objects.filter(count=2).exists()
    page = open_desk.get("/ar/admin/password_change/")
    assert page.status_code == 200
    assert "has_permission" in page.context  # what each page of the admin has around it


def test_new_password_is_for_who_is_logged_in() -> None:
    assert new_password(Client(), PASSWORD)["Location"].startswith("/en/admin/login/?next=")


@pytest.mark.parametrize("on", ["//evil.example.org/", "https://evil.example.org/", "javascript:x"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_login_whose_way_on_leads_elsewhere_opens_the_desk(on: str, language: str) -> None:
    fields = {"username": "amira", "password": PASSWORD, "next": on}

    response = Client().post(f"/{language}/admin/login/?next={on}", fields, follow=True)

    assert response.redirect_chain == [(f"/{language}/admin/", 302)]
    assert response.status_code == 200


def test_stranger_elsewhere_shuts_nobody_out() -> None:
    failures(logins.AT_ONE_ADDRESS, address=ELSEWHERE)

    assert attempt(PASSWORD, address=HERE).status_code == 302


def test_many_places_together_may_not_guess_one_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "OF_AN_ACCOUNT", 8)
    for number in range(4):
        failures(2, address=f"203.0.113.{number}")

    assert attempt(PASSWORD, address=ELSEWHERE).status_code == 429


def test_one_place_may_not_try_many_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "FROM_AN_ADDRESS", 8)
    for number in range(8):
        failures(1, name=f"guess-{number}")

    assert attempt(PASSWORD).status_code == 429
    assert attempt(PASSWORD, address=ELSEWHERE).status_code == 302


def test_known_device_logs_in_whatever_strangers_in_the_same_hall_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logins, "OF_AN_ACCOUNT", 4)
    own = Client()
    assert attempt(PASSWORD, client=own).status_code == 302
    failures(4)
    assert attempt(PASSWORD).status_code == 429

    assert attempt(PASSWORD, client=own).status_code == 302


def test_known_device_may_not_guess_for_ever_either() -> None:
    own = Client()
    attempt(PASSWORD, client=own)
    for _ in range(logins.ON_KNOWN_DEVICE):
        assert attempt(client=own).status_code == 200

    assert attempt(client=own).status_code == 429


def test_device_is_known_for_its_own_account_only() -> None:
    User.objects.create_superuser("basma", password=PASSWORD)
    other = Client()
    attempt(PASSWORD, client=other, name="basma")
    failures(logins.AT_ONE_ADDRESS)

    assert attempt(PASSWORD, client=other).status_code == 429


def test_cookie_of_a_device_is_kept_from_scripts_and_cannot_be_made_up() -> None:
    cookie = attempt(PASSWORD).cookies[logins.COOKIE]
    forged = Client()
    forged.cookies[logins.COOKIE] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    failures(logins.AT_ONE_ADDRESS)

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert attempt(PASSWORD, client=forged).status_code == 429


def test_table_holds_neither_names_nor_addresses() -> None:
    failures(1)

    assert all(len(row.pk) == 64 for row in LoginFailures.objects.all())
    assert LoginFailures.objects.count() == 3


def test_old_failures_are_forgotten_with_the_next_one() -> None:
    failures(1, address=ELSEWHERE, name="nobody")

    with time_machine.travel(timezone.now() + logins.WINDOW + timedelta(seconds=1)):
        failures(1)

    assert LoginFailures.objects.count() == 3


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_addresses_that_one_person_may_choose_from_are_one(address: str, known_as: str) -> None:
    assert logins.network(address) == known_as


def test_proxy_is_believed_only_where_it_is_named(settings: SettingsWrapper) -> None:
    headers = {"X-Real-IP": ELSEWHERE}
    for _ in range(logins.AT_ONE_ADDRESS):
        Client(headers=headers).post(
            "/en/admin/login/", {"username": "amira", "password": "x"}, REMOTE_ADDR=HERE
        )
    assert attempt(PASSWORD, address=HERE).status_code == 429

    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"

    assert attempt(PASSWORD, client=Client(headers=headers)).status_code == 302


def test_two_clients_behind_the_named_proxy_are_counted_apart(settings: SettingsWrapper) -> None:
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    here, next_door = (Client(headers={"X-Real-IP": one}) for one in (HERE, ELSEWHERE))
    for _ in range(logins.AT_ONE_ADDRESS):
        attempt(client=here, address="127.0.0.1")

    assert attempt(PASSWORD, client=here, address="127.0.0.1").status_code == 429
    assert attempt(PASSWORD, client=next_door, address="127.0.0.1").status_code == 302

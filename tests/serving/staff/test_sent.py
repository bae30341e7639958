"""No word is lost: whatever refuses a form gives back what was sent, but for secrets."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.utils import timezone

from desk.admin.directory import DelegationAdmin
from meetings.models import Delegation, Meeting
from programme.models import AgendaItem, Publication, SpeakingList
from programme.publishing.verbs import withdraw
from programme.shelf.outage import outage
from serving.staff import sessions
from tests.admin_forms import admin_url, errors_of, fields_of, new_row
from tests.factories import (
    chad,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_presenter,
    peru,
)
from tests.rows import published

pytestmark = pytest.mark.django_db

TYPED = '<b>Tchad</b> & "le Sahel"'
PASSWORD = "a long and winding road"  # noqa: S105 -- of this test alone
OWN = {"Origin": "http://testserver"}
LANGUAGES = ("en", "fr", "es", "ar")


@pytest.fixture
def staff() -> Client:
    """Somebody at a browser, which checks the marks of forms."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(make_editor(is_superuser=True, username="amina", password=PASSWORD))
    return client


def opened(client: Client, address: str, **typed: str) -> dict[str, str]:
    """The fields of a form that somebody opened and wrote into."""
    return fields_of(client.get(address).content.decode()) | typed


def words(response: Any) -> dict[str, str]:
    """What a page gives back, by the names of the fields."""
    page = response.content.decode()
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd dir=\"auto\">(.*?)</dd>", page, re.DOTALL)
    return {html.unescape(label): html.unescape(value) for label, value in found}


def once_more(response: Any) -> dict[str, str]:
    """The fields that a page sends when its button is pressed."""
    page = response.content.decode()
    (form,) = re.findall(r'<section class="sent".*?<form method="post".*?</form>', page, re.DOTALL)
    return hidden(form)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    field = r'<input type="hidden" (?:form="login-form" )?name="(.*?)" value="(.*?)">'
    found = re.findall(field, page, re.DOTALL)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def ways(response: Any) -> list[str]:
    """Where a page leads on from what was sent."""
    page = response.content.decode()
    (found,) = re.findall(r'<ul class="ways">(.*?)</ul>', page, re.DOTALL)
    return [html.unescape(one) for one in re.findall(r'href="(.*?)"', found)]


# --- whatever refuses it -----------------------------------------------------------------------


def deleted(_client: Client, state: Delegation, _sent: dict[str, str]) -> None:
    Delegation.objects.filter(pk=state.pk).delete()


def expired(_client: Client, _state: Delegation, sent: dict[str, str]) -> None:
    sent["csrfmiddlewaretoken"] = "a" * 64


def without_mark(_client: Client, _state: Delegation, sent: dict[str, str]) -> None:
    del sent["csrfmiddlewaretoken"]


def session_ended(_client: Client, _state: Delegation, _sent: dict[str, str]) -> None:
    Session.objects.all().delete()


def no_longer_staff(_client: Client, _state: Delegation, _sent: dict[str, str]) -> None:
    User.objects.update(is_staff=False)


def rights_taken(_client: Client, _state: Delegation, _sent: dict[str, str]) -> None:
    User.objects.update(is_superuser=False)


Refusal = tuple[Callable[[Client, Delegation, dict[str, str]], None], int]
"""What makes the desk refuse, and the status of its answer."""

REFUSALS: dict[str, Refusal] = {
    "deleted by a colleague": (deleted, 409),
    "an old mark": (expired, 403),
    "no mark": (without_mark, 403),
    "a session that ended": (session_ended, 403),
    "an account of nobody in the office": (no_longer_staff, 403),
    "rights that were taken away": (rights_taken, 403),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", REFUSALS)
def test_whatever_refuses_a_form_gives_back_what_was_sent(
    staff: Client, refusal: str, language: str
) -> None:
    state = chad()
    address = admin_url(Delegation, "change", state.pk, language=language)
    sent = opened(staff, address, name_fr=TYPED)
    refuse, status = REFUSALS[refusal]
    refuse(staff, state, sent)

    answer = staff.post(address, sent, headers=OWN)

    assert answer.status_code == status
    assert list(words(answer).values()) == [TYPED]  # what was changed, and nothing else
    assert TYPED not in answer.content.decode()  # escaped
    assert "no-store" in answer["Cache-Control"]
    assert not Delegation.objects.filter(name_fr=TYPED).exists()


def cookies_gone(client: Client, _state: Delegation, _sent: dict[str, str]) -> None:
    client.cookies.clear()


LEADING_ON: dict[str, Refusal] = {**REFUSALS, "no cookie": (cookies_gone, 403)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", LEADING_ON)
def test_whatever_refuses_a_form_leads_on(staff: Client, refusal: str, language: str) -> None:
    state = chad()
    address = admin_url(Delegation, "change", state.pk, language=language)
    sent = opened(staff, address, name_fr=TYPED)
    refuse, _status = LEADING_ON[refusal]
    refuse(staff, state, sent)

    answer = staff.post(address, sent, headers=OWN)
    page = answer.content.decode()

    if 'id="login-form"' in page:  # whose button leads to the form
        assert f'name="next" value="{address}"' in page
        return
    start = f"/{language}/admin/"
    expected = {
        "deleted by a colleague": {admin_url(Delegation, "changelist", language=language)},
        "no cookie": {f"{start}login/?next={quote_plus(address, safe='/')}"},
    }.get(refusal, {address})
    assert {start} | expected <= set(ways(answer))


FAULTS: dict[str, tuple[Callable[[], Exception], int]] = {
    "the database is away": (lambda: OperationalError("server closed the connection"), 503),
    "somebody saved the same": (lambda: IntegrityError("the same"), 409),
    "the fault is ours": (lambda: ZeroDivisionError("ours"), 500),
    "it may not be": (PermissionDenied, 403),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_mid_save_gives_back_what_was_sent(
    staff: Client, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    address = admin_url(Delegation, "change", chad().pk)
    sent = opened(staff, address, name_fr=TYPED)
    make, status = FAULTS[fault]

    def fail(*_args: Any) -> None:
        raise make()

    monkeypatch.setattr(DelegationAdmin, "save_model", fail)

    answer = staff.post(address, sent, headers=OWN)

    assert answer.status_code == status
    assert list(words(answer).values()) == [TYPED]


def test_an_outage_gives_back_what_was_sent_and_it_can_be_sent_once_more(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = chad()
    address = admin_url(Delegation, "change", state.pk)
    sent = opened(staff, address, name_fr=TYPED)
    monkeypatch.setattr(type(outage), "is_on", True)
    refused = staff.post(address, sent, headers=OWN)
    monkeypatch.undo()

    assert refused.status_code == 503
    assert list(words(refused).values()) == [TYPED]
    saved = staff.post(address, once_more(refused), headers=OWN)

    assert saved.status_code == 302
    state.refresh_from_db()
    assert state.name_fr == TYPED  # type: ignore[attr-defined]


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_NUMBER_FIELDS", "DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_a_form_that_is_too_large_comes_back(staff: Client, settings: Any, limit: str) -> None:
    address = admin_url(Delegation, "change", chad().pk)
    sent = opened(staff, address, name_fr=TYPED)
    setattr(settings, limit, 3)
    body = "&".join(f"{name}={value}" for name, value in quoted(sent))

    answer = staff.post(address, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert TYPED in words(answer).values()


def quoted(sent: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((quote_plus(name), quote_plus(value)) for name, value in sent.items())


def test_rows_beneath_come_back_by_name_where_a_colleague_deleted_the_row_above(
    staff: Client,
) -> None:
    speaking_list = make_list(make_item(make_meeting()), chad())
    state = peru()
    address = admin_url(SpeakingList, "change", speaking_list.pk)
    sent = opened(staff, address, **new_row("entries", 1, delegation=str(state.pk), position="2"))
    SpeakingList.objects.all().delete()

    answer = staff.post(address, sent)

    assert words(answer) == {
        "Named delegation 2 · Delegation": "Peru",
        "Named delegation 2 · Position": "2",
    }


def test_a_row_that_a_colleague_deleted_beneath_a_form_keeps_what_was_typed(staff: Client) -> None:
    item = make_item(make_meeting())
    presenter = make_presenter(item, function_en="the Committee")
    address = admin_url(AgendaItem, "change", item.pk)
    sent = opened(staff, address, **{"presenters-0-function_en": TYPED})
    presenter.delete()

    answer = staff.post(address, sent)

    assert any("copy what you need into a new row" in one for one in errors_of(answer))
    assert fields_of(answer.content.decode())["presenters-0-function_en"] == TYPED


# --- sent once more ----------------------------------------------------------------------------


def test_an_expired_form_of_ours_is_saved_when_it_is_sent_once_more(staff: Client) -> None:
    state = chad()
    address = admin_url(Delegation, "change", state.pk)
    sent = opened(staff, address, name_fr=TYPED) | {"csrfmiddlewaretoken": "a" * 64}

    again = once_more(staff.post(address, sent, headers=OWN))
    saved = staff.post(address, again, headers=OWN)

    assert saved.status_code == 302
    state.refresh_from_db()
    assert state.name_fr == TYPED  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://testserver:81", ""]
)
def test_what_a_page_of_somebody_else_sent_can_only_be_copied(staff: Client, origin: str) -> None:
    address = admin_url(Delegation, "change", chad().pk)
    sent = opened(staff, address, name_fr=TYPED) | {"csrfmiddlewaretoken": "a" * 64}

    answer = staff.post(address, sent, headers={"Origin": origin} if origin else {})

    assert answer.status_code == 403
    assert TYPED in words(answer).values()
    assert 'name="csrfmiddlewaretoken"' not in answer.content.decode()
    forms = re.findall(r"<form[^>]*>", answer.content.decode())
    assert [one for one in forms if 'method="get"' not in one] == []  # the finder alone


PROMISE = "Log in, and you can send it once more."
PROXIED = "https://programme.example.org:53085"
"""Where people find the desk, behind a proxy that tells no port."""


@pytest.fixture
def _behind_a_proxy(settings: Any) -> None:
    settings.SITE_URL = PROXIED
    settings.ALLOWED_HOSTS = ["programme.example.org"]
    settings.CSRF_TRUSTED_ORIGINS = [PROXIED]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.usefixtures("_behind_a_proxy")
def test_behind_a_proxy_that_tells_no_port_what_was_sent_is_saved_after_the_next_login() -> None:
    told = {"Host": "programme.example.org", "X-Forwarded-Proto": "https"}
    staff = Client(enforce_csrf_checks=True, headers=told)
    staff.force_login(make_editor(is_superuser=True, username="amina", password=PASSWORD))
    state = chad()
    address = admin_url(Delegation, "change", state.pk)
    sent = opened(staff, address, name_fr=TYPED)
    Session.objects.all().delete()
    own = {"Origin": PROXIED}

    login = staff.post(address, sent, headers=own)
    who = hidden(login.content.decode()) | {"username": "amina", "password": PASSWORD}
    offered = staff.post("/en/admin/login/", who, headers=own)

    assert PROMISE in login.content.decode()
    assert staff.post(address, once_more(offered), headers=own).status_code == 302
    state.refresh_from_db()
    assert state.name_fr == TYPED  # type: ignore[attr-defined]


def test_what_can_only_be_copied_is_not_promised_and_leads_to_its_form(staff: Client) -> None:
    address = admin_url(Delegation, "change", chad().pk)
    sent = opened(staff, address, name_fr=TYPED)
    Session.objects.all().delete()

    login = staff.post(address, sent)  # a browser that does not say where the form stood
    who = hidden(login.content.decode()) | {"username": "amina", "password": PASSWORD}
    after = staff.post("/en/admin/login/", who)

    assert PROMISE not in login.content.decode()
    assert TYPED in words(after).values()
    assert {address, "/en/admin/"} <= set(ways(after))


def test_who_has_logged_in_again_is_led_to_no_login(staff: Client) -> None:
    address = admin_url(Delegation, "change", chad().pk)
    sent = opened(staff, address, name_fr=TYPED)
    del staff.cookies[settings.SESSION_COOKIE_NAME]  # as at its age

    login = staff.post(address, sent, headers=OWN)
    who = hidden(login.content.decode()) | {"username": "amina", "password": PASSWORD}
    after = staff.post("/en/admin/login/", who, headers=OWN)

    assert words(after)
    assert ways(after) == [address, "/en/admin/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_sent_after_the_end_of_a_session_is_saved_after_the_next_login(
    staff: Client, language: str
) -> None:
    state = chad()
    address = admin_url(Delegation, "change", state.pk, language=language)
    sent = opened(staff, address, name_fr=TYPED, name_es="uno")
    Session.objects.all().delete()

    login = staff.post(address, sent, headers=OWN)
    who = hidden(login.content.decode()) | {"username": "amina", "password": "wrong"}
    refused = staff.post(f"/{language}/admin/login/", who, headers=OWN)
    who = hidden(refused.content.decode()) | {"username": "amina", "password": PASSWORD}
    offered = staff.post(f"/{language}/admin/login/", who, headers=OWN)
    saved = staff.post(address, once_more(offered), headers=OWN)

    assert list(words(offered).values()) == [TYPED, "uno"]
    assert saved.status_code == 302
    state.refresh_from_db()
    assert state.name_fr == TYPED  # type: ignore[attr-defined]


@pytest.mark.parametrize("sent", ['[["name_fr", "x"]]', "", "no JSON", "[1]", '{"a": 1}', "[[]]"])
def test_a_login_sends_nothing_to_another_site_and_stumbles_over_nothing(sent: str) -> None:
    make_editor(username="amina", password=PASSWORD)
    who = {"username": "amina", "password": PASSWORD, "next": "https://elsewhere.example/"}

    answer = Client().post("/en/admin/login/", who | {"sent": sent})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/")


# --- what is never given back --------------------------------------------------------------------


def test_passwords_and_marks_are_never_given_back(staff: Client) -> None:
    address = admin_url(User, "add")
    sent = opened(staff, address, username=TYPED, password1="hunter-2-secret", password2="other")
    User.objects.update(is_superuser=False)

    answer = staff.post(address, sent, headers=OWN)

    page = answer.content.decode()
    assert TYPED in words(answer).values()
    assert "hunter-2" not in page
    assert "other" not in words(answer).values()
    assert sent["csrfmiddlewaretoken"] not in page
    assert not any("password" in name for name in once_more(answer))


def test_an_expired_login_gives_back_neither_name_nor_password() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/en/admin/login/")

    answer = client.post("/en/admin/login/", {"username": "amina", "password": "hunter-2-secret"})

    assert answer.status_code == 403
    assert "amina" not in answer.content.decode()
    assert "hunter" not in answer.content.decode()


def test_a_stranger_learns_no_name_of_a_row() -> None:
    state = make_list(make_item(make_meeting()), chad())
    client = Client()
    address = admin_url(SpeakingList, "change", state.pk)
    chosen = str(Delegation.objects.get().pk)

    answer = client.post(address, new_row("entries", 0, delegation=chosen))

    assert "Chad" not in answer.content.decode()
    assert list(words(answer).values()) == ["(chosen)"]
    assert chosen not in "".join(words(answer).values())


def test_public_pages_give_back_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/nowhere/", {"q": TYPED})

    assert not words(answer)


# --- pages of publishing -----------------------------------------------------------------------


@pytest.fixture
def meeting() -> Meeting:
    """A meeting that is public as its draft says."""
    meeting = make_meeting()
    make_item(meeting, number=1)
    published(meeting)
    return meeting


def renamed(meeting: Meeting, name: str) -> Meeting:
    """The meeting, whose draft says something new."""
    meeting.name_en = name  # type: ignore[attr-defined]
    meeting.save()
    return meeting


def test_a_note_comes_back_where_there_is_nothing_to_publish_any_more(
    staff: Client, meeting: Meeting
) -> None:
    address = admin_url(Meeting, "publish", renamed(meeting, "Renamed").pk)
    sent = opened(staff, address, note_en=TYPED, warnings_seen="on")
    published(meeting)

    answer = staff.post(address, sent)

    assert answer.status_code == 409
    assert TYPED in html.unescape(answer.content.decode())


def test_a_note_comes_back_where_the_draft_makes_no_programme_any_more(
    staff: Client, meeting: Meeting
) -> None:
    address = admin_url(Meeting, "publish", renamed(meeting, "Renamed").pk)
    sent = opened(staff, address, note_en=TYPED, warnings_seen="on")
    AgendaItem.objects.update(number=None)
    AgendaItem.objects.update(title_en="")

    answer = staff.post(address, sent)

    assert answer.status_code == 409
    assert TYPED in html.unescape(answer.content.decode())


def test_a_note_comes_back_where_an_old_version_was_withdrawn_meanwhile(
    staff: Client, meeting: Meeting
) -> None:
    old = Publication.objects.get()
    published(renamed(meeting, "Renamed"))
    address = admin_url(Publication, "again", old.pk)
    sent = opened(staff, address, note_fr=TYPED, warnings_seen="on")
    withdraw(old, by=None, at=timezone.now(), reason="A test")

    answer = staff.post(address, sent)

    assert TYPED in html.unescape(answer.content.decode())


def test_a_reason_comes_back_where_a_colleague_withdrew_the_version(
    staff: Client, meeting: Meeting
) -> None:
    old = meeting.publications.get()
    address = admin_url(Publication, "withdraw", old.pk)
    sent = opened(staff, address, reason=TYPED)
    withdraw(old, by=None, at=timezone.now(), reason="A test")

    answer = staff.post(address, sent)

    assert answer.status_code == 409
    assert TYPED in html.unescape(answer.content.decode())


# --- sessions ------------------------------------------------------------------------------------


@contextmanager
def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> Iterator[None]:
    """Some hours later, by every clock that sessions go by."""
    seconds = hours * 3600
    now, clock = timezone.now(), time.time()
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now + timedelta(seconds=seconds))
        patch.setattr("django.contrib.sessions.backends.base.timezone.now", timezone.now)
        patch.setattr(sessions.time, "time", lambda: clock + seconds)
        yield


def test_work_renews_a_session_and_idleness_ends_it(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours in (8, 16, 24, 32):
        with later(monkeypatch, hours):
            assert staff.get("/en/admin/").status_code == 200, hours
    with later(monkeypatch, 32 + 11):
        assert staff.get("/en/admin/").status_code == 200
    with later(monkeypatch, 32 + 11 + 12.1):
        assert staff.get("/en/admin/").status_code == 302


def test_a_session_is_not_written_at_every_request(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = settings.SESSION_COOKIE_NAME

    assert name not in staff.get("/en/admin/").cookies
    with later(monkeypatch, 1):
        assert staff.get("/en/admin/").cookies[name]["max-age"] == settings.SESSION_COOKIE_AGE
        assert name not in staff.get("/en/admin/").cookies


def test_public_pages_renew_no_session_and_set_no_cookie(
    staff: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with later(monkeypatch, 1):
        for address in ("/en/", "/en/delegations/", f"/en/meetings/{meeting.slug}/"):
            answer = staff.get(address)
            assert not answer.cookies, address
            assert "Cookie" not in answer.get("Vary", ""), address

"""What happens to a request before and after any page: language, refusals, error pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory

from serving import errors

if TYPE_CHECKING:
    from django.http import HttpResponse

LANGUAGES = ["en", "fr", "es", "ar"]


def language_of(page: bytes) -> str:
    """Give the language that a page says it is in."""
    found = re.search(r'<html[^>]* lang="(\w+)"', page.decode())
    return found[1] if found else ""


# The first address ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ar", "ar"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, es;q=0.5", "es"),
        ("en;q=0.1, ar-EG;q=0.9", "ar"),
        ("de", "en"),
        ("*", "en"),
        ("fr;q=much, ,;;=", "en"),
        ("x" * 10_000, "en"),
    ],
)
def test_root_sends_readers_to_their_language(client: Client, accepted: str, language: str) -> None:
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]


def test_root_takes_no_form() -> None:
    response = Client(enforce_csrf_checks=True).post("/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_admin_without_a_language_goes_to_the_readers(client: Client) -> None:
    response = client.get("/admin/", headers={"accept-language": "ar"})

    assert (response.status_code, response["Location"]) == (302, "/ar/admin/")


# Refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/fr/%00", "/fr/?q=%00", "/%00", "/static/%00", "/fr/?a=1&b=x%00y"]
)
def test_null_byte_is_a_bad_request(client: Client, address: str) -> None:
    response = client.get(address, headers={"accept-language": "fr"})

    assert response.status_code == 400
    assert language_of(response.content) == "fr"


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_method_gets_a_page_and_the_list_of_right_ones(language: str) -> None:
    response = Client(enforce_csrf_checks=True).post(f"/{language}/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert language_of(response.content) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_here_is_said_in_the_language_of_the_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/nothing/here/", headers={"accept-language": "es"})

    assert response.status_code == 404
    assert language_of(response.content) == response["Content-Language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_language_in_the_address_the_browser_is_asked(
    client: Client, language: str
) -> None:
    response = client.get("/de/", headers={"accept-language": language})

    assert response.status_code == 404
    assert language_of(response.content) == language
    assert "Accept-Language" in response["Vary"]


def test_unknown_host_is_a_bad_request_with_a_page(client: Client) -> None:
    response = client.get("/es/", headers={"host": "elsewhere.example.org"})

    assert response.status_code == 400
    assert language_of(response.content) == "es"


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_without_its_mark_is_refused_in_four_languages(language: str) -> None:
    request = RequestFactory().post(f"/{language}/")

    response = errors.csrf_failure(request, reason="CSRF cookie not set.")

    assert response.status_code == 403
    assert language_of(response.content) == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("view", "status"), [(errors.permission_denied, 403), (errors.server_error, 500)]
)
def test_other_error_pages_speak_four_languages(view: object, status: int, language: str) -> None:
    assert callable(view)

    response = view(RequestFactory().get(f"/{language}/"))

    assert response.status_code == status
    assert language_of(response.content) == language


def test_fault_in_the_error_page_itself_leaves_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> HttpResponse:
        raise ZeroDivisionError

    monkeypatch.setattr(errors, "error_page", broken)

    response = errors.server_error(RequestFactory().get("/en/"))

    assert response.status_code == 500
    assert b"<h1>Something went wrong on our side" in response.content


# Headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/", "/en/nothing/here/", "/en/%00"])
def test_no_page_lets_anything_in_from_elsewhere(client: Client, address: str) -> None:
    response = client.get(address)

    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"

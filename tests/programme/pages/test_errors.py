"""What a wrong address or a wrong request is answered with, in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from programme.language.bidi import direction
from programme.pages.errors import ERRORS
from serving.errors import error_page
from tests.programme.html import Page

LANGUAGES = ("en", "fr", "es", "ar")
MEETING = "meetings/2024-intersessional-meetings"

pytestmark = pytest.mark.usefixtures("_published")


def heading(language: str, error: str) -> str:
    with translation.override(language):
        return str(ERRORS[error].heading)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", ERRORS)
def test_each_error_has_a_page_in_each_language(error: str, language: str) -> None:
    request = RequestFactory().get(f"/{language}/somewhere/")

    response = error_page(request, error)

    read = Page(response.content.decode())
    root = read.one("html").attributes
    assert (root["lang"], root["dir"]) == (language, direction(language))
    assert read.headings == [(1, heading(language, error))]
    assert read.one("title").text == heading(language, error)
    with translation.override(language):
        assert read.one("p", class_="lead").text.split() == str(ERRORS[error].message).split()
    assert read.one("p", class_="kicker").text == str(response.status_code) == error[:3]
    assert read.one("meta", name="robots").attributes["content"] == "noindex"
    assert not read.all("link", rel="canonical")
    assert {f"/{language}/", f"/{language}/delegations/"} <= set(read.links)
    (nav,) = read.all("nav", class_="languages")
    switch = [one.attributes["href"] for one in read.all("a") if nav in one.parents]
    # What cannot be read leads home; any other error to the same place in another language.
    place = "" if error == "400" else "somewhere/"
    assert switch == [f"/{one}/{place}" for one in LANGUAGES]


def test_no_two_errors_read_alike() -> None:
    assert len({words.heading for words in ERRORS.values()}) == len(ERRORS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        pytest.param("nowhere/", id="page"),
        pytest.param("meetings/", id="folder of meetings"),
        pytest.param("meetings/2023-nothing/", id="meeting"),
        pytest.param("meetings/2023-nothing.txt", id="text of a meeting"),
        pytest.param("meetings/2023-nothing/versions/", id="versions of a meeting"),
        pytest.param(f"{MEETING}/items/99/", id="label"),
        pytest.param(f"{MEETING}/items/6.a/", id="label with a point"),
        pytest.param(f"{MEETING}/items/", id="folder of items"),
        pytest.param(f"{MEETING}/panels/nothing/", id="panel"),
        pytest.param(f"{MEETING}/v/2/", id="serial"),
        pytest.param(f"{MEETING}/v/0/", id="serial zero"),
        pytest.param(f"{MEETING}/v/01/", id="serial with a zero before"),
        pytest.param(f"{MEETING}/v/-1/", id="negative serial"),
        pytest.param(f"{MEETING}/v/1٣/", id="serial in other digits"),
        pytest.param(f"{MEETING}/v/{'9' * 40}/", id="huge serial"),
        pytest.param(f"{MEETING}/v/2.txt", id="text of a serial"),
        pytest.param(f"{MEETING}/v/2/items/6b/", id="item of a serial"),
        pytest.param("delegations/xyz/", id="code"),
        pytest.param("delegations/أوكرانيا/", id="code in Arabic"),
        pytest.param("delegations/ukr'--/", id="code with signs"),
        pytest.param(f"{'a' * 5000}/", id="overlong"),
    ],
)
def test_a_wrong_address_is_answered_in_its_language(
    client: Client, path: str, language: str
) -> None:
    response = client.get(f"/{language}/{path}")

    read = Page(response.content.decode())
    assert response.status_code == 404
    assert response["Content-Language"] == language
    assert read.headings == [(1, heading(language, "404"))]
    assert not response.cookies


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/de/", "es", "es"),
        ("/zh-hans/meetings/x/", "ar, en;q=0.1", "ar"),
        ("/nothing", "", "en"),
        ("/xx/", ";;;q=,*", "en"),
        ("/xx/", "\x7f" * 50, "en"),
    ],
)
def test_outside_the_four_languages_an_error_is_in_the_browsers(
    client: Client, path: str, accepted: str, language: str
) -> None:
    response = client.get(path, headers={"accept-language": accepted})

    read = Page(response.content.decode())
    assert response.status_code == 404
    assert read.one("html").attributes["lang"] == language
    assert "Accept-Language" in response["Vary"]


def test_a_page_without_its_language_is_found_in_the_browsers(client: Client) -> None:
    response = client.get(f"/{MEETING}/", headers={"accept-language": "fr"})

    assert (response.status_code, response["Location"]) == (302, f"/fr/{MEETING}/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "path",
    [
        *("", "delegations/", "delegations/ukr/", f"{MEETING}/", f"{MEETING}/items/6b/"),
        *(f"{MEETING}/panels/victim-assistance/", f"{MEETING}/versions/", f"{MEETING}.txt"),
        f"{MEETING}/v/1/",
    ],
)
def test_pages_can_only_be_read(path: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)  # as browsers meet it

    response = getattr(client, method)(f"/fr/{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert Page(response.content.decode()).headings == [(1, heading("fr", "405"))]


@pytest.mark.parametrize("path", ["", f"{MEETING}/", f"{MEETING}.txt", "find/?q=article"])
def test_head_is_answered_like_get_without_a_body(client: Client, path: str) -> None:
    get, head = client.get(f"/en/{path}"), client.head(f"/en/{path}")

    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize(
    "address",
    [
        "/ar/find/?q=a%00b",
        "/ar/meetings/2024%00/",
        f"/ar/{MEETING}/items/6b%00/",
    ],
)
def test_a_null_byte_is_refused(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400
    assert Page(response.content.decode()).headings == [(1, heading("ar", "400"))]


@pytest.mark.parametrize("query", ["%FF%FE", "%C3%28", "a" * 20_000, "%E2%80%AE", "q&q=&&=;"])
def test_odd_bytes_find_nothing_and_break_nothing(client: Client, query: str) -> None:
    response = client.get(f"/en/find/?q={query}")

    assert response.status_code == 200
    Page(response.content.decode())

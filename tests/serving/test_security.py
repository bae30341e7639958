"""What Mozilla's Observatory asks of a site for its full score, with the settings of the public.

Rules: MDN, HTTP Observatory, "Tests and scoring". The pages are asked for with a database that
has no tables, so that none of them can have read or written anything.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_project import PUBLIC, ROOT

HOST = "programme.example.org"
PAGES = ("/en/", "/ar/delegations/", "/fr/nothing/here/", "/en/admin/login/", "/ar/admin/login/")
HALF_A_YEAR = 15_768_000  # seconds, as the Observatory counts

Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def answers(static_files: Path) -> Answers:
    """The answer to each page over https, and to "http" over plain HTTP."""
    environment = {
        **PUBLIC,
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "STATIC_ROOT": str(static_files),
    }
    addresses = [*(f"https://{HOST}{page}" for page in PAGES), f"http://{HOST}/fr/?with=ar"]
    lines = subprocess.run(
        [sys.executable, "-m", "tests.serving.asking", *addresses],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.splitlines()
    return dict(zip([*PAGES, "http"], map(json.loads, lines), strict=True))


every_page = pytest.mark.parametrize("path", PAGES)


@every_page
def test_content_comes_from_here_alone_and_nothing_inline_runs(answers: Answers, path: str) -> None:
    policy = dict(
        part.split(" ", 1)
        for part in answers[path]["headers"]["content-security-policy"].split("; ")
    )

    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("frame-ancestors", "base-uri")} == {"'none'"}
    assert policy["form-action"] == "'self'"
    assert set(policy.values()) == {"'none'", "'self'"}


@every_page
def test_browsers_are_told_to_guess_nothing_and_to_tell_others_nothing(
    answers: Answers, path: str
) -> None:
    headers = answers[path]["headers"]

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert [name for name in headers if name.startswith("access-control-")] == []


@every_page
def test_browsers_remember_https_for_half_a_year_at_least(answers: Answers, path: str) -> None:
    value = answers[path]["headers"]["strict-transport-security"]

    assert int(value.removeprefix("max-age=").partition(";")[0]) >= HALF_A_YEAR


def test_plain_http_is_sent_to_the_same_place_on_the_same_host_first(answers: Answers) -> None:
    answer = answers["http"]

    assert answer["status"] == 301
    assert answer["headers"]["location"] == f"https://{HOST}/fr/?with=ar"


@pytest.mark.parametrize("path", [one for one in PAGES if "admin" not in one])
def test_public_pages_set_no_cookie(answers: Answers, path: str) -> None:
    assert answers[path]["cookies"] == []


@pytest.mark.parametrize("path", [one for one in PAGES if "admin" in one])
def test_cookies_of_the_desk_are_kept_to_https_and_from_scripts_and_other_sites(
    answers: Answers, path: str
) -> None:
    cookies = answers[path]["cookies"]

    assert cookies
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answers[path]["status"] == 200
    assert "no-store" in answers[path]["headers"]["cache-control"]

"""Lines of the log: in one form, and traced to the request that they belong to."""

from __future__ import annotations

import json
import logging
import logging.config
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from operating.logs import (
    JsonLines,
    RequestIds,
    logging_settings,
    name_request,
    request_id,
    without_strangers_traceback,
    without_tokens,
)
from tests.spellings import ADDRESSES, IN_A_QUERY, TOLD
from tests.test_project import PUBLIC, ROOT


@pytest.fixture(autouse=True)
def _outside_of_a_request() -> None:
    """Forget the request that a test before these was answered in."""
    request_id.set("")


def record(message: str, *values: object, **known: object) -> logging.LogRecord:
    made = logging.LogRecord("site", logging.WARNING, __file__, 1, message, values, None)
    made.__dict__.update(known)
    return made


def as_json(of: logging.LogRecord) -> dict[str, Any]:
    name_request(of)
    line = JsonLines().format(of)
    assert "\n" not in line
    read = json.loads(line)
    assert isinstance(read, dict)
    return read


def answered(**environ: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Headers of an answer, and the line that the application logged meanwhile."""
    logged: list[dict[str, Any]] = []
    headers: dict[str, str] = {}

    def application(_environ: Any, start_response: Any) -> list[bytes]:
        logged.append(as_json(record("asked")))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b""]

    def start_response(_status: str, given: list[tuple[str, str]], *_error: Any) -> None:
        headers.update(given)

    made: dict[str, Any] = {**environ}
    setup_testing_defaults(made)
    RequestIds(application)(made, start_response)
    return headers, logged[0]


def test_line_says_when_how_grave_where_and_what_in_any_script() -> None:
    line = as_json(record("%s ليس هنا\n", "النيجر", status_code=404))

    assert line.pop("time").endswith("+00:00")
    assert line.pop("process") > 0
    assert line == {
        "level": "WARNING",
        "logger": "site",
        "message": "النيجر ليس هنا\n",
        "status": 404,
    }


def test_fault_is_told_with_its_traceback_in_the_same_line() -> None:
    try:
        int("no number")
    except ValueError:
        line = as_json(record("broken", exc_info=sys.exc_info()))

    assert line["exception"].rsplit("\n", 1)[1].startswith("ValueError: invalid literal")


def test_request_is_known_by_the_id_that_the_proxy_gave() -> None:
    headers, line = answered(HTTP_X_REQUEST_ID="f3a9-0b2c.1")

    assert headers["X-Request-ID"] == line["request_id"] == "f3a9-0b2c.1"


@pytest.mark.parametrize(
    "given", ["", "short", 'a"b, injected: 1', "x" * 65, "a\nlonger-line", "é" * 9]
)
def test_id_that_is_missing_or_odd_is_replaced(given: str) -> None:
    headers, line = answered(HTTP_X_REQUEST_ID=given)

    assert headers["X-Request-ID"] == line["request_id"] != given
    assert len(headers["X-Request-ID"]) == 32


def test_every_request_has_an_id_of_its_own() -> None:
    assert len({answered()[0]["X-Request-ID"] for _ in range(3)}) == 3


LINES_WITH_A_TOKEN = {
    "as Django warns": record("%s: %s", "Not Found", "/fr/shared/s3cr:et-x/items/1/"),
    "at the end": record("Gone: /fr/shared/s3cr:et-x"),
    "in quotes": record('"GET /fr/shared/s3cr:et-x?with=ar HTTP/1.1"'),
    "quoted twice": record("%r", 'said "/fr/shared/s3cr:et-x" and \\'),
    "in a fault": record(
        "broken", exc_info=(ValueError, ValueError("{'path': 'fr/shared/s3cr:et-x/'}"), None)
    ),
}


@pytest.mark.parametrize("layout", ["LINE", "JSON"])
@pytest.mark.parametrize("of", LINES_WITH_A_TOKEN.values(), ids=LINES_WITH_A_TOKEN)
def test_token_that_opens_a_shared_draft_is_told_in_no_line(
    of: logging.LogRecord, layout: str
) -> None:
    layouts = logging_settings(layout, "INFO")["formatters"]
    made = logging.config.DictConfigurator({}).configure_formatter(layouts[layout])

    line = made.format(of)

    assert "s3cr" not in line
    assert "fr/shared/…" in line
    assert layout == "LINE" or json.loads(line)["logger"] == "site"


@pytest.fixture
def told_by_the_public_site(static_files: Path) -> Callable[..., str]:
    """What the site writes down with the settings of the public while it is asked."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PATH": os.environ["PATH"]}
    environment = {**PUBLIC, **settings, "STATIC_ROOT": str(static_files)}

    def told(*addresses: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "tests.serving.asking", *addresses],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stderr

    return told


def test_no_spelling_of_a_shared_preview_s_address_brings_its_token_into_the_log(
    told_by_the_public_site: Callable[..., str],
) -> None:
    asked = [f"https://programme.example.org{one}" for one in ADDRESSES + IN_A_QUERY]

    told = told_by_the_public_site(*asked)

    assert told.count("Not Found") > 5
    assert "…" in told
    assert TOLD not in told


@pytest.mark.parametrize("address", [*ADDRESSES, *IN_A_QUERY])
def test_no_spelling_of_a_shared_preview_s_address_stands_in_a_line(address: str) -> None:
    assert TOLD not in without_tokens(f'asked for "{address}"')


@pytest.mark.parametrize("line", ["/en/meetings/sharing/", "shared/", "a shared preview", "%2F"])
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert without_tokens(line) == line


def test_what_no_reader_of_ours_asks_for_is_told_in_a_line_without_a_traceback(
    told_by_the_public_site: Callable[..., str],
) -> None:
    strangers = ["https://elsewhere.example.org/en/", "http://elsewhere.example.org/en/"]
    odd = [f"https://programme.example.org/en/{one}" for one in ("%00", "?q=%00")]

    lines = told_by_the_public_site(*strangers, *odd).splitlines()

    assert ["elsewhere" in line for line in lines] == [True, True, False, False]
    assert ["null byte" in line for line in lines] == [False, False, True, True]


def test_fault_of_ours_is_still_told_with_its_traceback() -> None:
    fault = (ValueError, ValueError("ours"), None)
    ours, theirs = (record("asked", exc_info=fault, status_code=one) for one in (500, 400))

    assert all(map(without_strangers_traceback, (ours, theirs)))

    assert (ours.exc_info, theirs.exc_info) == (fault, None)


@pytest.mark.parametrize(
    ("level", "told"), [("ERROR", "ERROR"), ("INFO", "INFO"), ("DEBUG", "INFO")]
)
def test_others_say_no_more_than_the_operator_asked_for(level: str, told: str) -> None:
    loggers = logging_settings("LINE", level)["loggers"]

    assert {each["level"] for each in loggers.values()} == {told}


def test_line_outside_of_a_request_names_none() -> None:
    assert "request_id" not in as_json(record("started"))

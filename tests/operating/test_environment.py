from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from operating.environment import BadEnvironmentError, Environment

if TYPE_CHECKING:
    from pathlib import Path


def faults(env: Environment) -> list[str]:
    with pytest.raises(BadEnvironmentError) as caught:
        env.stop_if_bad()
    return str(caught.value).splitlines()[1:]


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_words_for_yes(word: str) -> None:
    assert Environment({"DEBUG": word}).flag("DEBUG", default=False) is True


@pytest.mark.parametrize("word", ["0", "False", "no", "off"])
def test_words_for_no(word: str) -> None:
    assert Environment({"DEBUG": word}).flag("DEBUG", default=True) is False


def test_empty_variable_counts_as_missing() -> None:
    env = Environment({"DEBUG": "", "HSTS_SECONDS": " ", "ALLOWED_HOSTS": ""})

    assert env.flag("DEBUG", default=True) is True
    assert env.number("HSTS_SECONDS", 60) == 60
    assert env.names("ALLOWED_HOSTS", ["localhost"]) == ["localhost"]
    env.stop_if_bad()


def test_list_is_written_with_commas() -> None:
    env = Environment({"ALLOWED_HOSTS": "a.example.org, b.example.org,"})

    assert env.names("ALLOWED_HOSTS", []) == ["a.example.org", "b.example.org"]


def test_all_faults_are_named_at_once_each_with_its_mending() -> None:
    env = Environment(
        {
            "DEBUG": "maybe",
            "HSTS_SECONDS": "-1",
            "LOG_LEVEL": "loud",
            "SECRET_KEY": "short",
            "SITE_URL": "programme.example.org/en/",
            "CONTACT_ADDRESS": "the ISU",
        }
    )

    env.flag("DEBUG", default=False)
    env.number("HSTS_SECONDS", 3600)
    env.choice("LOG_LEVEL", ("INFO", "ERROR"), "INFO")
    env.secret("SECRET_KEY", at_least=50)
    env.origin("SITE_URL", "http://127.0.0.1:8000")
    env.email("CONTACT_ADDRESS")
    env.names("ALLOWED_HOSTS", [], required="list the names.")

    assert faults(env) == [
        "  - DEBUG is 'maybe': write 1 for yes or 0 for no.",
        "  - HSTS_SECONDS is '-1': write a whole number, such as 3600.",
        "  - LOG_LEVEL is 'LOUD': write one of INFO, ERROR.",
        "  - SECRET_KEY is too short: write 50 characters or more.",
        (
            "  - SITE_URL is 'programme.example.org/en/': write scheme and host with nothing "
            "behind them, such as https://programme.example.org."
        ),
        "  - CONTACT_ADDRESS is 'the ISU': write an e-mail address, such as info@example.org.",
        "  - ALLOWED_HOSTS is missing: list the names.",
    ]


@pytest.mark.parametrize("zone", ["Geneva", "UTC+1", "../etc/passwd", "europe/zurich"])
def test_zone_of_the_desk_is_one_that_is_known(zone: str) -> None:
    env = Environment({"DESK_TIME_ZONE": zone, "OTHER": "America/New_York"})

    assert env.zone("DESK_TIME_ZONE", "Europe/Zurich") == "Europe/Zurich"
    assert env.zone("OTHER", "Europe/Zurich") == "America/New_York"
    assert faults(env) == [
        f"  - DESK_TIME_ZONE is {zone!r}: write a time zone, such as Europe/Zurich."
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://programme.example.org/",
        "ftp://programme.example.org",
        "https://",
        "https://programme.example.org:port",
        "https://programme.example.org?a",
        "https://[",
    ],
)
def test_address_of_the_site_is_scheme_and_host_alone(address: str) -> None:
    env = Environment({"SITE_URL": address})

    assert env.origin("SITE_URL", "http://127.0.0.1:8000") == "http://127.0.0.1:8000"
    assert faults(env)[0].startswith(f"  - SITE_URL is {address!r}: ")


def test_secret_comes_from_the_file_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n", encoding="utf-8")
    env = Environment({"SECRET_KEY_FILE": str(file), "SECRET_KEY": "from the variable"})

    assert env.secret("SECRET_KEY", required="set it.") == "from the file"
    env.stop_if_bad()


def test_secret_file_that_is_missing_empty_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")

    for name in ("missing", "empty", "bytes"):
        env = Environment({"SECRET_KEY_FILE": str(tmp_path / name)})

        assert env.secret("SECRET_KEY", "default") == "default"
        (fault,) = faults(env)
        assert fault.startswith(f"  - SECRET_KEY_FILE is '{tmp_path / name}', which ")

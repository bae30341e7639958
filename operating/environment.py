"""Read settings from environment variables, and say in a sentence what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


class BadEnvironmentError(ImproperlyConfigured):
    """The environment cannot run the site; the message lists every fault and how to mend it."""


class Environment:
    """Environment variables by type.

    A missing or bad value is noted and replaced by the default, so that `stop_if_bad` can name
    all faults at once: nobody should have to start the site four times to find four of them.
    An empty variable counts as missing.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._faults: list[str] = []

    def text(self, name: str, default: str = "", *, required: str = "") -> str:
        """Give the variable as text; where `required` says how to mend it, it must be there."""
        value = self._variables.get(name, "").strip()
        if not value and required:
            self._faults.append(f"{name} is missing: {required}")
        return value or default

    def flag(self, name: str, *, default: bool) -> bool:
        """Give a yes or no: 1, true, yes, on or 0, false, no, off."""
        value = self.text(name).lower()
        if not value:
            return default
        if value not in _YES | _NO:
            self._faults.append(f"{name} is {value!r}: write 1 for yes or 0 for no.")
            return default
        return value in _YES

    def number(self, name: str, default: int) -> int:
        """Give a whole number that is not negative."""
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()):
            self._faults.append(f"{name} is {value!r}: write a whole number, such as {default}.")
            return default
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Give one of a few words, in capitals."""
        value = self.text(name, default).upper()
        if value not in choices:
            self._faults.append(f"{name} is {value!r}: write one of {', '.join(choices)}.")
            return default
        return value

    def zone(self, name: str, default: str) -> str:
        """Give the name of a time zone (IANA), such as Europe/Zurich."""
        value = self.text(name, default)
        if value not in available_timezones():
            self._faults.append(f"{name} is {value!r}: write a time zone, such as {default}.")
            return default
        return value

    def names(self, name: str, default: list[str], *, required: str = "") -> list[str]:
        """Give a list that is written with commas."""
        value = self.text(name, required=required)
        return [entry.strip() for entry in value.split(",") if entry.strip()] or default

    def secret(self, name: str, default: str = "", *, required: str = "", at_least: int = 0) -> str:
        """Give a secret from the variable, or from the file that NAME_FILE names.

        The file is what container platforms mount, so that a secret shows up in no process list.
        `at_least` is the length, in characters, below which a secret can be guessed.
        """
        path = self.text(f"{name}_FILE")
        value = self._content(f"{name}_FILE", path) if path else self.text(name, required=required)
        if value and len(value) < at_least:
            self._faults.append(f"{name} is too short: write {at_least} characters or more.")
        return value or default

    def _content(self, name: str, path: str) -> str:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self._faults.append(
                f"{name} is {path!r}, which cannot be read ({error}): "
                "name a text file that the site's user may read.",
            )
            return ""
        if not value:
            self._faults.append(f"{name} is {path!r}, which is empty: write the secret in it.")
        return value

    def origin(self, name: str, default: str, *, required: str = "") -> str:
        """Give a scheme and a host, perhaps with a port (RFC 6454), such as https://example.org."""
        value = self.text(name, default, required=required)
        if not _is_origin(value):
            self._faults.append(
                f"{name} is {value!r}: write scheme and host with nothing behind them, "
                "such as https://programme.example.org.",
            )
            return default
        return value

    def email(self, name: str) -> str:
        """Give an e-mail address, or "" where there is none."""
        value = self.text(name)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            self._faults.append(
                f"{name} is {value!r}: write an e-mail address, such as info@example.org."
            )
            return ""
        return value

    def fault(self, sentence: str) -> None:
        """Note a fault that only the caller can see."""
        self._faults.append(sentence)

    def stop_if_bad(self) -> None:
        """Raise BadEnvironmentError with all faults so far, if there are any."""
        if self._faults:
            lines = "".join(f"\n  - {fault}" for fault in self._faults)
            raise BadEnvironmentError(
                f"The site cannot start. .env.example explains each variable.{lines}",
            )


def _is_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return (
        has_host
        and parts.scheme in {"http", "https"}
        and value == f"{parts.scheme}://{parts.netloc}"
    )

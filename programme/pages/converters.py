"""How parts of addresses are read; a lower-case form is the only one that pages have."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class Serial(StringConverter):
    """The serial of a publication, without leading zeros, so that each has one address."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:  # type: ignore[override]  # a number, not text
        """Give the number."""
        return int(value)

    def to_url(self, value: int) -> str:  # type: ignore[override]
        """Write the number."""
        return str(value)


def register() -> None:
    """Make the converters known to `path`."""
    register_converter(Serial, "serial")

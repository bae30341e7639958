"""What languages call each other."""

from __future__ import annotations

from babel import Locale

UN_NAMES = {("en", "ar"): "الإنكليزية"}
"""Names as the UN writes them and CLDR does not, by what is named and in which language."""

INITIALS = {"ar": "ع"}
"""Where the letters of its code are not those of its name."""


def language_name(code: str, language: str) -> str:
    """What one language calls another: "French", "الفرنسية"."""
    return UN_NAMES.get((code, language)) or str(Locale.parse(language).languages[code])


def initials(code: str) -> str:
    """What stands for a language's own name where room is short, as part of it: "EN", "ع"."""
    return INITIALS.get(code) or code.upper()

"""What languages call each other."""

from __future__ import annotations

from babel import Locale

UN_NAMES = {("en", "ar"): "الإنكليزية"}
"""Names as the UN writes them and CLDR does not, by what is named and in which language."""


def language_name(code: str, language: str) -> str:
    """What one language calls another: "French", "الفرنسية"."""
    return UN_NAMES.get((code, language)) or str(Locale.parse(language).languages[code])

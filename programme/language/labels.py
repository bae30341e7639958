"""Labels and numbers of items, as each language writes them: 6 (a), 6(a), 6 (أ).

Pure functions of a language code. Babel gives lists, months and weekdays; the tables here hold
what no library gives: the UN's Arabic months, abjad letters and Spanish "e" before i-.
Alphabetical order and search are needed by rows too and stand on the ground floor.
"""

from __future__ import annotations

import re


def list_number(number: int, language: str) -> str:
    """Number a clause inside a sentence: "1)"; "(1)" in Arabic, where brackets turn."""
    return f"({number})" if language == "ar" else f"{number})"


LATIN = tuple("abcdefghijklmnopqrstuvwxyz")


ABJAD = tuple("أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ".split())  # noqa: SIM905 -- a list of letters in quotes and commas cannot be read


ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


CITED_AS = {"en": "item {}", "fr": "point {}", "es": "tema {}", "ar": "البند {}"}


def item_label(numbers: tuple[int, ...], language: str) -> str:
    """Label an item by its numbers: 6, 6a, 6a.i; in Arabic 6, 6 (أ), 6 (أ) (1).

    Letters beyond the alphabet are doubled, as in UN paragraphs: (27) is aa, (28) bb.
    Raises ValueError unless there are one to three numbers from 1 up.
    """
    parts = _label_parts(numbers, language)
    if language == "ar":
        return " ".join([parts[0], *(f"({part})" for part in parts[1:])])
    return ".".join(["".join(parts[:2]), *parts[2:]])


def label_slug(numbers: tuple[int, ...]) -> str:
    """Label an item as addresses do: 6, 6a, 6a-i. Raises ValueError as `item_label`."""
    return item_label(numbers, "en").replace(".", "-")


def numbers_of(slug: str) -> tuple[int, ...]:
    """Numbers of an item from its label in addresses, as `label_slug` made it; () if it did not."""
    found = re.fullmatch(r"([1-9]\d{0,3})(?:([a-z])(\2*)(?:-([ivxlc]+))?)?", slug)
    if not found:
        return ()
    numbers = [int(found[1])]
    if found[2]:
        numbers.append(ord(found[2]) - ord("a") + 1 + len(LATIN) * len(found[3]))
    if found[4]:
        numbers += [number for number in range(1, 100) if _roman(number) == found[4]]
    return tuple(numbers)


def citation(numbers: tuple[int, ...], language: str) -> str:
    """Cite an item in a sentence: "item 6 (a)", "point 6 a)", "tema 6 a)", "البند 6 (أ)".

    The UN's brackets (editorial manual, paragraphs). Raises ValueError as `item_label`.
    """
    number, *letters = _label_parts(numbers, language)
    bracketed = "{})" if language in {"fr", "es"} else "({})"
    cited = " ".join([number, *(bracketed.format(letter) for letter in letters)])
    return CITED_AS[language].format(cited)


def heading(label: str, title: str, language: str) -> str:
    """Join label and title: "6a. Universalization"; Arabic has a dash, as UN paragraphs."""
    return f"{paragraph_number(label, language)} {title}" if label and title else label or title


def paragraph_number(label: str | int, language: str) -> str:
    """Number a paragraph at its head: "6."; "6 -" in Arabic, where a point would jump."""
    return f"{label} -" if language == "ar" else f"{label}."


def _label_parts(numbers: tuple[int, ...], language: str) -> list[str]:
    if not 1 <= len(numbers) <= 3 or min(numbers) < 1:  # noqa: PLR2004 -- levels of an agenda
        raise ValueError(f"{numbers!r} are not one to three numbers from 1 up")
    number, *below = numbers
    parts = [str(number)]
    if below:
        parts.append(_letter(below[0], language))
    if below[1:]:
        parts.append(str(below[1]) if language == "ar" else _roman(below[1]))
    return parts


def _letter(number: int, language: str) -> str:
    letters = ABJAD if language == "ar" else LATIN
    rounds, index = divmod(number - 1, len(letters))
    # Arabic letters would join without a space.
    return (" " if language == "ar" else "").join([letters[index]] * (rounds + 1))


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral

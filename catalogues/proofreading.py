"""What is wrong with a translation: whether it can be counted, filled and shown like its English.

One rule for the files of translators, which are refused by it, and for what a running site reads,
which shows the English in the place of what breaks it.
"""

from __future__ import annotations

import gettext
import re
import string
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django
import polib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Entry = polib.POEntry | polib.MOEntry

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
"""What Python fills: `%(name)s`."""

TAG = re.compile(r"<[A-Za-z/!?][^<>]*>?")
"""Whatever a browser takes for the beginning of an element."""

UNREADABLE = re.compile(
    r"[^\t\n\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x80-\x9f]"
)
"""What XML or HTML may not hold: controls, halves of characters, and what is no character."""

SAMPLES = (*range(200), 1_000, 10_000, 1_000_000, 1_000_001, 2_000_000)
"""Numbers by which two rules for plurals are told apart."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How a language counts: how many forms it has, and which stands for a number."""

    forms: int
    form_of: Callable[[int], int]

    @classmethod
    def of(cls, header: str) -> Counting:
        """Read a header `Plural-Forms`. Raises ValueError where it says no rule."""
        found = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=([^;]+);?\s*", header)
        if not found:
            raise ValueError("it is not of the form nplurals=NUMBER; plural=RULE;")
        return cls(int(found[1]), gettext.c2py(found[2].strip()))

    def is_like(self, other: Counting) -> bool:
        """Whether two rules count alike, however they are written."""
        try:
            alike = all(self.form_of(n) == other.form_of(n) for n in SAMPLES)
        except ArithmeticError:  # a rule may divide by nothing
            return False
        return alike and self.forms == other.forms

    def of_one_number(self) -> set[int]:
        """Forms that stand for one number alone, which need not say it."""
        uses = Counter(self.form_of(n) for n in SAMPLES)
        return {form for form, numbers in uses.items() if numbers == 1}


def plural_forms(language: str) -> str:
    """Give the header of Django's own catalogue.

    Django joins its catalogue and ours by form, and Babel's rules number the forms otherwise.
    """
    folder = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES"
    header, _, _messages = (folder / "django.po").read_text(encoding="utf-8").partition("\n\n")
    return polib.pofile(header).metadata["Plural-Forms"]


def faults_in(entry: Entry, counting: Counting) -> Iterator[str]:
    """Say what is wrong with the translation of one message, if it has any."""
    if not entry.msgid_plural:
        if entry.msgstr:
            yield from _faults(entry.msgstr, entry.msgid)
        return
    forms = entry.msgstr_plural
    if not any(forms.values()):
        return
    if set(forms) != set(range(counting.forms)) or not all(forms.values()):
        filled = sum(map(bool, forms.values()))
        yield f"{filled} of its plural forms are filled; the language has {counting.forms}"
        return
    may_be_silent = counting.of_one_number()
    for form, text in sorted(forms.items()):
        may_lack = 1 if form in may_be_silent else 0
        for fault in _faults(text, entry.msgid, entry.msgid_plural, may_lack=may_lack):
            yield f"form {form}: {fault}"


def _faults(text: str, *english: str, may_lack: int = 0) -> Iterator[str]:
    """What is wrong with one text. Of a singular and a plural, the plural says what it must say."""
    known, asked = "".join(english), english[-1]
    if found := UNREADABLE.search(text):
        yield f"it holds a character that no page may hold, U+{ord(found[0]):04X}"
    names, in_english, needed = (set(PLACEHOLDER.findall(one)) for one in (text, known, asked))
    yield from _differences(names, in_english, needed, may_lack)
    yield from _percent_signs(text, known)
    yield from _braces(text, known)
    if sorted(TAG.findall(text)) not in [sorted(TAG.findall(one)) for one in english]:
        yield "its markup is not that of the English"


def _differences(
    found: set[str], known: set[str], asked: set[str], may_lack: int = 0
) -> Iterator[str]:
    if unknown := sorted(found - known):
        yield f"the English has no {', '.join(unknown)}"
    missing = sorted(asked - found)
    if len(missing) > may_lack:
        yield f"{', '.join(missing)} is missing"


def _percent_signs(text: str, english: str) -> Iterator[str]:
    rest = PLACEHOLDER.sub("", text)
    if "%" in english:
        if "%" in rest.replace("%%", ""):
            yield "a lone %: where a text is filled, the sign is written %%"
    elif "%" in rest:
        yield "a % where the English has none: write it in words"


def _braces(text: str, english: str) -> Iterator[str]:
    try:
        found = _fields(text)
    except ValueError:
        yield "a lone { or }"
        return
    yield from _differences(found, _fields(english), _fields(english))


def _fields(text: str) -> set[str]:
    """What `str.format` fills, as it is written. Raises ValueError for a brace that is alone."""
    parts = string.Formatter().parse(text)
    return {
        f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
        for _literal, name, form, conversion in parts
        if name is not None
    }

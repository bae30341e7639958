"""What a typed text may hold: one rule for rows, forms and files, and for what was stored before.

Of signs that nobody sees

- breaks (U+000B, which PowerPoint writes within a title; U+2028, a tab …) are a space in one line,
  and a line break where a text has several lines; there a tab stays, which Markdown reads;
- all other controls, halves of a pair and code points that are no characters (U+FFFE) are refused
  by name: nobody knows what was meant, and no XML may hold them;
- all others are taken out, in texts of several lines too. Pages set the direction of each text and
  isolate what runs against it, and break words by the rules of their language: a sign that does the
  same unseen lets "12:30" read 03:21 and hides a word from search. U+200C and U+200D stay between
  Arabic letters, where they are spelling.

Letters are composed (NFC). In one line blanks are one space, or one no-break space, which
typography needs, where that is among them; in several lines blanks inside stay, since Markdown
reads them. Lines have a bound, which what was stored before it may pass. Standard library alone:
the document needs it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BREAKS = "\t\n\x0b\x0c\r\x85\u2028\u2029"

_FORBIDDEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""Controls but breaks, halves of a surrogate pair, and noncharacters (Unicode 23.1, 23.6, 23.7)."""

_JOINERS = "\u200c\u200d"

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What is shown as nothing (Default_Ignorable_Code_Point and Cf), but joiners and the visible
signs of Arabic and Kaithi numbers."""

DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What changes the order in which a text is shown (UAX 9, 2)."""

MOST_LINES = 1_000
"""Lines of one text: far more than anybody writes, and as many as a page shows at once without
waiting, since each may be a paragraph, a point or a note."""

CONTEXT = 20
"""Characters shown on each side of a forbidden sign."""

MOST_TOLD = 5
"""How many different forbidden signs of one text are told at once."""

NO_BREAK_SPACES = "\u00a0\u2007\u202f"
OTHER_BLANKS = "\u1680\u2000-\u2006\u2008-\u200a\u205f\u2800\u3000"

_EDGES = "".join(one for one in map(chr, range(0x3001)) if one.isspace() or one == "\u2800")
"""What stands for nothing at the ends of a text: all white space, and the pattern of no dots."""

FORBIDDEN = re.compile(f"[{_FORBIDDEN}]")
ODD = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""What stands for a sign that was lost, or has a meaning in one font alone (Unicode 23.5, 23.8)."""
UNSEEN = re.compile(f"[{_UNSEEN}]")
JOINERS = re.compile(f"[{_JOINERS}]+")
_BLANKS = re.compile(f"[ {BREAKS}{OTHER_BLANKS}{NO_BREAK_SPACES}]+")
_NO_BREAK = re.compile(f"[{NO_BREAK_SPACES}]")
_LINE_ENDS = re.compile("\r\n|[\x0b\x0c\r\x85\u2028\u2029]")
_INVISIBLE = re.compile(f"[{_FORBIDDEN}{_UNSEEN}{_JOINERS}\x0b\x0c\r\x85\u2028\u2029]")
_BLANK_SIGNS = re.compile(f"[{NO_BREAK_SPACES}{OTHER_BLANKS}\t]")

NAMES_OF_CONTROLS = (
    *("NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION"),
    *("ENQUIRY", "ACKNOWLEDGE", "ALERT", "BACKSPACE", "CHARACTER TABULATION", "LINE FEED"),
    *("LINE TABULATION", "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT", "SHIFT IN"),
    *("DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE"),
    *("DEVICE CONTROL FOUR", "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE"),
    *("END OF TRANSMISSION BLOCK", "CANCEL", "END OF MEDIUM", "SUBSTITUTE", "ESCAPE"),
    *("INFORMATION SEPARATOR FOUR", "INFORMATION SEPARATOR THREE"),
    *("INFORMATION SEPARATOR TWO", "INFORMATION SEPARATOR ONE"),
    *("DELETE", "PADDING CHARACTER", "HIGH OCTET PRESET", "BREAK PERMITTED HERE"),
    *("NO BREAK HERE", "INDEX", "NEXT LINE", "START OF SELECTED AREA", "END OF SELECTED AREA"),
    *("CHARACTER TABULATION SET", "CHARACTER TABULATION WITH JUSTIFICATION"),
    *("LINE TABULATION SET", "PARTIAL LINE FORWARD", "PARTIAL LINE BACKWARD"),
    *("REVERSE LINE FEED", "SINGLE SHIFT TWO", "SINGLE SHIFT THREE", "DEVICE CONTROL STRING"),
    *("PRIVATE USE ONE", "PRIVATE USE TWO", "SET TRANSMIT STATE", "CANCEL CHARACTER"),
    *("MESSAGE WAITING", "START OF GUARDED AREA", "END OF GUARDED AREA", "START OF STRING"),
    *("SINGLE GRAPHIC CHARACTER INTRODUCER", "SINGLE CHARACTER INTRODUCER"),
    *("CONTROL SEQUENCE INTRODUCER", "STRING TERMINATOR", "OPERATING SYSTEM COMMAND"),
    *("PRIVACY MESSAGE", "APPLICATION PROGRAM COMMAND"),
)
"""Of U+0000 to U+001F and U+007F to U+009F: Unicode gives them aliases alone (NameAliases)."""

_NAMES = dict(zip(map(chr, (*range(0x20), *range(0x7F, 0xA0))), NAMES_OF_CONTROLS, strict=True))


# --- the rule --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ForbiddenSign:
    """A sign that no text may hold, and where it stands."""

    sign: str
    line: int
    """Counted from 1."""
    place: int
    """Among the characters of its line, counted from 1."""
    before: str
    """The last few characters of the line in front of it."""
    after: str
    """The first few of the line behind it."""


class ForbiddenSignsError(ValueError):
    """A text that cannot be stored; `signs` has each forbidden sign where it stands first."""

    def __init__(self, signs: tuple[ForbiddenSign, ...]) -> None:
        super().__init__(", ".join(named(one.sign) for one in signs))
        self.signs = signs


class TooManyLinesError(ValueError):
    """A text of more lines than `MOST_LINES`; `lines` are as many as it has."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.lines = lines


def clean(text: str, *, many_lines: bool = False) -> str:
    """What a row stores of a typed text. Raises ForbiddenSignsError, TooManyLinesError."""
    if signs := tuple(_forbidden_in(text, many_lines=many_lines)):
        raise ForbiddenSignsError(signs)
    healed = heal(text, many_lines=many_lines)
    if (lines := healed.count("\n") + 1) > MOST_LINES:
        raise TooManyLinesError(lines)
    return healed


def heal(text: str, *, many_lines: bool = False) -> str:
    """What is shown of a text that was stored before the rule: what must not pass is taken out.

    A text that `clean` accepts is the same afterwards as by `clean`.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # as most texts are, and documents have thousands
    if _INVISIBLE.search(text):
        text = UNSEEN.sub("", FORBIDDEN.sub("", text))
        text = _LINE_ENDS.sub("\n", JOINERS.sub(_between_arabic_letters, text))
    text = unicodedata.normalize("NFC", text)
    return (text if many_lines else _BLANKS.sub(_one_blank, text)).strip(_EDGES)


def heal_all(stored: Any) -> Any:
    """Plain data, as JSON holds it, with every text in it healed as one line."""
    if isinstance(stored, str):
        return heal(stored)
    if isinstance(stored, dict):
        return {key: heal_all(value) for key, value in stored.items()}
    if isinstance(stored, list):
        return [heal_all(value) for value in stored]
    return stored


def without_unseen(text: str) -> str:
    """A text for comparing and sorting: no unseen sign tells two words apart, no joiner either."""
    return JOINERS.sub("", heal(text))


def fit_for_xml(text: str) -> str:
    """A text that is rendered already, and so may hold isolates, without what no XML may hold.

    XML 1.0, 2.2.
    """
    return FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def _forbidden_in(text: str, *, many_lines: bool) -> Iterator[ForbiddenSign]:
    """The first of each forbidden sign of a text."""
    text = _LINE_ENDS.sub("\n" if many_lines else " ", text)
    for sign in list(dict.fromkeys(FORBIDDEN.findall(text)))[:MOST_TOLD]:
        before, _, after = text.partition(sign)
        line = before.rpartition("\n")[2] if many_lines else before
        number = before.count("\n") + 1 if many_lines else 1
        yield ForbiddenSign(
            sign,
            number,
            len(line) + 1,
            before=_fit(line)[-CONTEXT:],
            after=_fit(after.partition("\n")[0])[:CONTEXT],
        )


def _fit(text: str) -> str:
    """A part of a text as it may be shown, with the blanks at its ends."""
    return FORBIDDEN.sub("", UNSEEN.sub("", text))


def _one_blank(found: re.Match[str]) -> str:
    """What stands for a run of blanks: where one of them holds words together, that one."""
    no_break = _NO_BREAK.search(found[0])
    return no_break[0] if no_break else " "


def _between_arabic_letters(found: re.Match[str]) -> str:
    """The first of some joiners, where they stand between Arabic letters."""
    text, start, end = found.string, found.start(), found.end()
    is_spelling = _is_arabic(text[max(start - 1, 0) : start]) and _is_arabic(text[end : end + 1])
    return found[0][0] if is_spelling else ""


def _is_arabic(sign: str) -> bool:
    """Whether a sign is a letter of the Arabic script, or a mark on one."""
    return (
        sign != ""
        and unicodedata.category(sign) in {"Lo", "Lm", "Mn"}
        and unicodedata.name(sign, "").startswith("ARABIC ")
    )


# --- names -----------------------------------------------------------------------------------


def named(sign: str) -> str:
    """A sign by its code and its name in Unicode: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    kind = "SURROGATE" if unicodedata.category(sign) == "Cs" else "NONCHARACTER"
    name = _NAMES.get(sign) or unicodedata.name(sign, kind if FORBIDDEN.match(sign) else "")
    return f"U+{ord(sign):04X} {name}".rstrip()


def visible(text: str, *, blanks: bool = False) -> str:
    """A text with its unseen signs written out by name; with `blanks`, all but plain spaces too."""

    def written_out(found: re.Match[str]) -> str:
        return f"⟨{named(found[0])}⟩"

    text = _INVISIBLE.sub(written_out, text)
    return _BLANK_SIGNS.sub(written_out, text) if blanks else text

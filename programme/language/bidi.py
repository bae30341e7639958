"""Directions of writing, and how one stands within the other (Unicode's UAX #9)."""

from __future__ import annotations

import re
import unicodedata

LEFT_TO_RIGHT_ISOLATE = "\u2066"


RIGHT_TO_LEFT_ISOLATE = "\u2067"


POP_ISOLATE = "\u2069"


RIGHT_TO_LEFT_MARK = "\u200f"


ISOLATES = {LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, "\u2068"}


SYMBOL = r"(?<![\w/])[A-Z][A-Z0-9.]{0,19}(?:/[A-Z0-9][\w.]*)+\b"
"""A document's symbol: APLC/MSP.21/2024/5. To be read with `re.ASCII`."""


E_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
"""An e-mail address, with 64 characters before its @ at most (RFC 5321, 4.5.3.1.1)."""


CODES = re.compile(
    rf"""(
      https?://[!-~]*[\w/]                               # an address
    | {E_MAIL}
    | (?<!\w)\+\d[\d\u0020\u00a0()-]*\d                  # a telephone number
    | {SYMBOL}
    )""",
    re.VERBOSE | re.ASCII,
)
"""What Arabic text would show with its parts in the wrong order."""


def direction(language: str) -> str:
    """Writing direction of a language: "rtl" for Arabic, "ltr" for the others."""
    return "rtl" if language == "ar" else "ltr"


def isolate(text: str, towards: str) -> str:
    """Keep the direction of plain text from what stands around it.

    `towards` is "ltr", "rtl", or a language whose direction it is.
    """
    opening = RIGHT_TO_LEFT_ISOLATE if towards in {"rtl", "ar"} else LEFT_TO_RIGHT_ISOLATE
    return f"{opening}{text}{POP_ISOLATE}"


def isolate_codes(text: str) -> str:
    """Keep symbols, telephone numbers and addresses in Arabic text from left to right."""
    return CODES.sub(lambda code: isolate(code[0], "ltr"), text)


def rtl_line(line: str) -> str:
    """Make plain-text viewers set a line from right to left, whatever it begins with.

    They go by the first strong letter outside isolates: a mark is added unless that is Arabic.
    """
    return line if not line or _first_strong(line) in {"R", "AL"} else RIGHT_TO_LEFT_MARK + line


def _first_strong(line: str) -> str:
    depth = 0
    for character in line:
        if character in ISOLATES:
            depth += 1
        elif character == POP_ISOLATE:
            depth -= 1
        elif depth == 0 and unicodedata.bidirectional(character) in {"L", "R", "AL"}:
            return unicodedata.bidirectional(character)
    return ""

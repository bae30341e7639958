"""Alphabetical order of names in each language, and search; the same on every database.

In Spanish, Chad comes before Chipre, and both among other Cs: CH sorts as two letters, ñ after n.
"""

from __future__ import annotations

import re
import unicodedata

from meetings.texts.typed_text import without_unseen

LAST = "\U0010ffff"
"""Sorts after every letter: ñ stands after nz, ة after every ت."""

ARABIC_ARTICLE = re.compile(r"(^|\s)ال(?=\S{3})")
"""Not before a letter or two: that is a name still being typed."""
ARABIC_LETTERS = str.maketrans(
    {"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ت" + LAST, "ى": "ي", "ـ": ""}
)
FOLDED_LETTERS = str.maketrans(
    {"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ئ": "ي", "ؤ": "و", "ـ": ""}
    | {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "'": "", "’": "", "ʼ": ""}
)


def sort_key(text: str, language: str) -> str:
    """A key whose plain order is the alphabetical order of a language.

    French É sorts as E; Spanish ñ after n; Arabic lists of States ignore the article and
    the hamza on alif (UN editorial usage).
    """
    text = without_unseen(text)
    key = text.casefold()
    if language == "es":
        key = key.replace("ñ", "n" + LAST)
    if language == "ar":
        key = ARABIC_ARTICLE.sub(r"\1", key).translate(ARABIC_LETTERS)
    return f"{_letters(_without_marks(key))}\t{text}"


def healed_key(key: str, language: str) -> str:
    """A key that was made and stored before unseen signs were dropped, as it is made now."""
    text = key.partition("\t")[2]
    return key if text == without_unseen(text) else sort_key(text, language)


def fold(text: str) -> str:
    """A form in which search ignores case, accents, apostrophes and Arabic spelling variants."""
    folded = ARABIC_ARTICLE.sub(r"\1", without_unseen(text).casefold())
    return _letters(_without_marks(folded.translate(FOLDED_LETTERS)))


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _letters(text: str) -> str:
    """Words of letters and digits alone, one space apart."""
    return " ".join(re.sub(rf"[^\w{LAST}]+", " ", text).split())

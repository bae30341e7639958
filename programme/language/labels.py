"""What each language does its own way: lists, labels, dates, times, names and direction.

Pure functions of a language code. Babel gives lists, months and weekdays; the tables here hold
what no library gives: the UN's Arabic months, abjad letters and Spanish "e" before i-.
Alphabetical order and search are needed by rows too and stand on the ground floor.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from babel.dates import get_day_names, get_month_names
from babel.lists import format_list
from django.utils.html import format_html

from meetings.ordering import fold, sort_key
from programme.document.nodes import Delegation, Speaker, SpeakingList, Text, direction

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CODES",
    "E_MAIL",
    "FOOTNOTE_MARK",
    "SYMBOL",
    "citation",
    "fold",
    "format_date",
    "format_date_range",
    "format_time_range",
    "heading",
    "invitation_for_page",
    "invitation_in_full",
    "isolate",
    "isolate_codes",
    "isolated",
    "item_label",
    "join_clauses",
    "join_list",
    "label_slug",
    "list_number",
    "name_in_sentence",
    "paragraph_number",
    "rtl_line",
    "sort_key",
    "speaker_name",
    "speaker_parts",
    "without_names",
]

# --- lists -------------------------------------------------------------------------------

# Spanish "y" before the sound of i; not before a diphthong (hierro, ion).
BEGINS_WITH_I = re.compile(r"^\W*h?(?:í|i(?![aeouáéó]))", re.IGNORECASE)

COMMAS = {"en": ", ", "fr": ", ", "es": ", ", "ar": "، "}


def join_list(names: Sequence[str], language: str) -> str:
    """Join names as a sentence does: "Chad, Peru, and Serbia" (with the serial comma)."""
    joined = format_list(names, locale=language)
    if language == "es" and len(names) > 1 and BEGINS_WITH_I.match(names[-1]):
        return f"{joined.removesuffix(f' y {names[-1]}')} e {names[-1]}"
    return joined


def join_clauses(clauses: Sequence[str], language: str) -> str:
    """Join whole clauses in one sentence: as names, but with commas in Arabic."""
    if language == "ar" and len(clauses) > 2:  # noqa: PLR2004 -- two need no comma
        return f"{COMMAS['ar'].join(clauses[:-1])}، و{clauses[-1]}"
    return join_list(clauses, language)


def list_number(number: int, language: str) -> str:
    """Number a clause inside a sentence: "1)"; "(1)" in Arabic, where brackets turn."""
    return f"({number})" if language == "ar" else f"{number})"


# --- labels ------------------------------------------------------------------------------

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


# --- dates and times ---------------------------------------------------------------------

# Levantine and international month, as UN documents pair them; no library gives the pairs.
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
NO_BREAK_SPACE = "\u00a0"
TIME_DASH = f"{NO_BREAK_SPACE}–{NO_BREAK_SPACE}"


def format_date(day: date, language: str, *, weekday: bool = False) -> str:
    """Write a day as the UN does in the language: "18 June 2024", "18 de junio de 2024"."""
    written = _of(_day_and_month(day, language), str(day.year), language)
    if not weekday:
        return written
    name = get_day_names("wide", locale=language)[day.weekday()]
    return f"{name}, {written}" if language == "en" else f"{name} {written}"


def format_date_range(start: date, end: date, language: str, *, markup: bool = False) -> str:
    """Write days from first to last: "18–20 June 2024", "del 18 al 20 de junio de 2024".

    The form of UN headings. In Arabic it is kept in order by isolates, or by <bdi> as markup.
    """
    last = format_date(end, language)
    if start == end:
        return last
    first = _first_of_range(start, end, language)
    if language == "es":
        if end - start == timedelta(days=1):
            return f"{first} y {last}"
        return f"del {first} al {last}"
    if language == "fr":
        return f"{first}-{last}"
    if language == "ar":
        dash = "–" if first.isdigit() else " – "
        return _arabic_range(f"{first}{dash}{last}", markup=markup)
    return f"{first}–{last}"


def format_time_range(
    start: time | None, end: time | None, language: str, *, markup: bool = False
) -> str:
    """Write hours from first to last, as the ISU does in every language: "10:00 – 13:00".

    "10:00" without an end, "" without times; no-break spaces stand round the dash. An Arabic
    reader expects 10:00 at the right: isolates, or <bdi> as markup, see to it.
    """
    if not end:
        return _clock(start)
    written = f"{_clock(start)}{TIME_DASH}{_clock(end)}".strip()
    return _arabic_range(written, markup=markup) if language == "ar" else written


def _first_of_range(start: date, end: date, language: str) -> str:
    """Write the first day without what it shares with the last."""
    if start.year != end.year:
        return format_date(start, language)
    if start.month != end.month:
        return _day_and_month(start, language)
    return _day(start, language)


def _day(day: date, language: str) -> str:
    return "1er" if language == "fr" and day.day == 1 else str(day.day)


def format_day(day: date, language: str) -> str:
    """Give a day without its year: "19 June", "19 juin", "19 de junio", "19 حزيران/يونيه"."""
    return _day_and_month(day, language)


def _day_and_month(day: date, language: str) -> str:
    if language == "ar":
        month = ARABIC_MONTHS[day.month - 1]
    else:
        month = get_month_names("wide", locale=language)[day.month]
    return _of(_day(day, language), month, language)


def _of(part: str, whole: str, language: str) -> str:
    return f"{part} de {whole}" if language == "es" else f"{part} {whole}"


def _clock(at: time | None) -> str:
    return at.isoformat(timespec="minutes") if at else ""


def _arabic_range(written: str, *, markup: bool) -> str:
    return format_html('<bdi dir="rtl">{}</bdi>', written) if markup else isolate(written, "rtl")


# --- direction in plain text (Unicode Bidirectional Algorithm, UAX 9) ------------------------

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


# --- names -------------------------------------------------------------------------------


def speaker_name(speaker: Speaker[Text], language: str, *, in_text: bool = False) -> str:
    """Name a speaker in a line: person, function, delegation, as far as given.

    A delegation that the function names is not named again. `in_text`: a delegation that stands
    alone has its article ("par le Cambodge").
    """
    parts = speaker_parts(speaker, in_text=in_text)
    return COMMAS[language].join(isolated(part, language) for part in parts)


def speaker_parts(speaker: Speaker[Text], *, in_text: bool = False) -> list[Text]:
    """Person, function and delegation of a speaker, as far as a line names them."""
    parts = [speaker.person, speaker.function]
    delegation = speaker.delegation
    if delegation and not _names(speaker.function, delegation):
        alone = in_text and not any(parts)
        parts.append(name_in_sentence(delegation) if alone else delegation.name)
    return [part for part in parts if part]


def _names(function: Text, delegation: Delegation[Text]) -> bool:
    """Whether a function already names the delegation ("Director of the GICHD")."""
    short_name = delegation.name.value.partition(" (")[0]
    return bool(re.search(rf"\b{re.escape(short_name)}\b", function.value))


def name_in_sentence(delegation: Delegation[Text]) -> Text:
    """Name a delegation as a sentence needs it: with its article, where the language has one."""
    # Another language's article is of no use: "le Tchad" does not stand in for "Chad".
    if delegation.name_in_text and not delegation.name_in_text.is_fallback:
        return delegation.name_in_text
    return delegation.name


def isolated(text: Text, language: str) -> str:
    """Give a text's value, isolated where it runs against the direction of the language."""
    if text.dir == direction(language):
        return text.value
    return isolate(text.value, text.dir)


# --- names of States inside an invitation ------------------------------------------------

FOOTNOTE_MARK = r"\[\^([^\]\s]{1,100})\]"
"""The mark of a footnote in Markdown, [^1]; its group is what readers see of it."""

PLACEHOLDER = "{delegations}"
IN_PARENTHESES = re.compile(r"(?<!\s)\s*\(\{delegations\}\)")
MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>&|~^])")


def invitation_in_full(speaking_list: SpeakingList[Text]) -> Text:
    """Give an invitation with the States named inside the sentence, as in print."""
    invitation = speaking_list.invitation
    value = invitation.value
    if names := _joined_names(speaking_list, in_text=False):
        value = value.replace(f"({PLACEHOLDER})", f"({names})")
    return replace(invitation, value=_with_bare_names(value, speaking_list))


def invitation_for_page(speaking_list: SpeakingList[Text]) -> Text:
    """Give an invitation for a page, which shows the named States as a list below it.

    Names in parentheses are left out; where the sentence needs them, they stay.
    """
    value = without_names(speaking_list.invitation.value)
    return replace(speaking_list.invitation, value=_with_bare_names(value, speaking_list))


def without_names(invitation: str) -> str:
    """Leave out where the named States stand in parentheses: "({delegations})"."""
    return IN_PARENTHESES.sub("", invitation).lstrip()


def _with_bare_names(value: str, speaking_list: SpeakingList[Text]) -> str:
    value = IN_PARENTHESES.sub("", value)
    if PLACEHOLDER not in value:
        return value
    names = _joined_names(speaking_list, in_text=True)
    if value.startswith(PLACEHOLDER):  # a sentence begins with a capital: "Le Tchad et …"
        value = value.replace(PLACEHOLDER, names[:1].upper() + names[1:], 1)
    return value.replace(PLACEHOLDER, names)


def _joined_names(speaking_list: SpeakingList[Text], *, in_text: bool) -> str:
    """Join the delegations in the reader's language, even where the sentence is in another."""
    invitation = speaking_list.invitation
    language = invitation.asked_for or invitation.lang
    names = [
        MARKDOWN_SIGNS.sub(r"\\\1", str(name_in_sentence(one) if in_text else one.name))
        for one in speaking_list.delegations
    ]
    joined = join_list(names, language)
    if joined and direction(language) != invitation.dir:
        return isolate(joined, language)
    return joined

"""Days that a text names as those of a meeting, and whether they are.

A programme is often made from an older one, and its texts go on speaking of the older days. Texts
speak of other days as well: of deadlines, of years of the treaty, of other meetings. So only what
plainly speaks of a meeting's own days is judged: a range of days ("18 to 20 June") or a day of the
week with its date, in the months of the meeting or those beside them, and no deadline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache

from babel import Locale

from programme.language.dates import ARABIC_MONTHS

JOINS = {
    "en": r"to|and|until|through|[-–—]",
    "fr": r"au|et|[-–—]",
    "es": r"al?|y|[-–—]",
    "ar": r"إلى|حتى|و|[-–—]",
}
"""What stands between two days of a range."""

UNTIL = {
    "en": r"by|before|after|until|since|than|deadline\W+is",
    "fr": r"avant|après|jusqu|dès|depuis|tard|délai|limite",
    "es": r"antes|después|hasta|desde|tardar|plazo|límite",
    "ar": r"قبل|بعد|حتى|أقصاه|منذ|النهائي",
}
"""What makes a day of the week with its date a deadline, where it stands shortly before."""

SHORTLY = 24
"""Characters before a day in which such a word is looked for."""

_Named = tuple[str, str, str, str]
"""Day, month, year and day of the week as they stand in a text; "" for what does not."""

YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")


@lru_cache(maxsize=16_384)
def other_days(text: str, language: str, first: date, last: date) -> tuple[str, ...]:
    """What a text calls days of a meeting that lasts from `first` to `last`, and that are none.

    As it stands in the text; nothing where all of it fits, or nothing speaks of such days.
    """
    patterns = [_mentions(language), *([_american()] if language == "en" else [])]
    return tuple(
        " ".join(found[0].split())
        for pattern in patterns
        for found in pattern.finditer(text)
        if not _fits(text, found, language, first, last)
    )


def other_years(name: str, first: date, last: date) -> tuple[str, ...]:
    """The years in the name of a meeting, if it is held in none of them."""
    years = YEAR.findall(name)
    return () if {first.year, last.year} & {*map(int, years)} else tuple(years)


def _fits(text: str, found: re.Match[str], language: str, first: date, last: date) -> bool:
    """Whether what was found speaks of the meeting's days, or plainly of something else."""
    part: defaultdict[str, str] = defaultdict(str, found.groupdict(""))
    is_range = bool(part["from_day"])
    shortly_before = text[max(0, found.start() - SHORTLY) : found.start()]
    if not is_range and (not part["weekday"] or re.search(UNTIL[language], shortly_before)):
        return True
    last_day = (part["day"], part["month"], part["year"], part["weekday"])
    days = [last_day]
    if is_range:
        from_month, from_year = (part[f"from_{one}"] or part[one] for one in ("month", "year"))
        days.append((part["from_day"], from_month, from_year, part["from_weekday"]))
    if not any(_is_near(_months(language)[one[1].lower()], first, last) for one in days):
        return True
    return all(_is_within(one, language, first, last) for one in days)


def _is_near(month: int, first: date, last: date) -> bool:
    """Whether a month is one of the meeting's or beside one of them, whatever the year."""
    return any((month - one.month) % 12 in {0, 1, 11} for one in (first, last))


def _is_within(named: _Named, language: str, first: date, last: date) -> bool:
    """Whether a named day is one of the meeting's, and on that day of the week."""
    day, month, year, weekday = named
    for candidate in [int(year)] if year else sorted({first.year, last.year}):
        with suppress(ValueError):  # there is no 31 June
            found = date(candidate, _months(language)[month.lower()], int(day))
            if first <= found <= last:
                return not weekday or _weekdays(language)[weekday.lower()] == found.weekday()
    return False


# --- how languages name days -----------------------------------------------------------------


@lru_cache
def _months(language: str) -> Mapping[str, int]:
    """The number of each name of a month, in lower case; in Arabic of both, and of the pair."""
    names = Locale.parse(language).months["format"]["wide"]
    known = {name.lower(): number for number, name in names.items()}
    if language == "ar":
        for number, pair in enumerate(ARABIC_MONTHS, start=1):
            other = pair.replace("يونيه", "يونيو").replace("يوليه", "يوليو")
            known |= dict.fromkeys((pair, other, *pair.split("/")), number)
    return known


@lru_cache
def _weekdays(language: str) -> Mapping[str, int]:
    """The number of each day of the week, from Monday, 0, in lower case."""
    names = Locale.parse(language).days["format"]["wide"]
    return {name.lower(): number for number, name in names.items()}


@lru_cache
def _mentions(language: str) -> re.Pattern[str]:
    """A range of days with its month, or one day, perhaps with its day of the week."""
    months, weekdays = (_any(names, language) for names in (_months(language), _weekdays(language)))
    gap, of = r"\s{1,2}", r"(?:\s{1,2}del?)?" if language == "es" else ""
    join = rf"(?:{gap})?(?:{JOINS[language]})(?:{gap})?(?:the{gap}|el{gap}|le{gap})?"
    ordinal = r"(?:er|st|nd|rd|th|[º°])?"

    def weekday(name: str) -> str:
        return rf"(?:(?P<{name}>{weekdays})[,،]?{gap}(?:the{gap}|le{gap})?)?"

    def day(name: str) -> str:
        return rf"(?P<{name}>\d{{1,2}}){ordinal}(?!\d)"

    def month(name: str, year: str) -> str:
        return rf"{of}{gap}(?P<{name}>{months})(?!\w)(?:{of}[,،]?{gap}(?P<{year}>\d{{4}})(?!\d))?"

    before = rf"{weekday('from_weekday')}{day('from_day')}(?:{month('from_month', 'from_year')})?"
    last = rf"{weekday('weekday')}{day('day')}{month('month', 'year')}"
    return re.compile(rf"(?<![\w/.-])(?:{before}{join})?{last}", _flags(language))


@lru_cache
def _american() -> re.Pattern[str]:
    """The same as some write it in English: June 18 to 20, 2027."""
    months, weekdays = (_any(names, "en") for names in (_months("en"), _weekdays("en")))
    return re.compile(
        rf"(?:(?P<weekday>{weekdays}),?\s{{1,2}})?\b(?P<month>{months})\s{{1,2}}"
        rf"(?:(?P<from_day>\d{{1,2}})\s?(?:{JOINS['en']})\s?)?(?P<day>\d{{1,2}})(?!\d)"
        r"(?:,?\s{1,2}(?P<year>\d{4})(?!\d))?"
    )


def _any(names: Iterable[str], language: str) -> str:
    """One of some names; in English with its capital, since "may" and "march" are other words."""
    written = (name.title() if language == "en" else name for name in names)
    return "|".join(sorted(map(re.escape, written), key=len, reverse=True))


def _flags(language: str) -> re.RegexFlag:
    return re.NOFLAG if language == "en" else re.IGNORECASE

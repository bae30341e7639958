"""Which texts speak of other days than the meeting's, and which of something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from programme.comparing.warning import message_of
from programme.comparing.warnings import warnings_of
from programme.document.nodes import LANGUAGES, Texts
from programme.language.dates import format_date, format_date_range
from programme.language.named_days import other_days, other_years
from tests.programme.builders import FIRST_DAY, item, panel
from tests.programme.comparing.test_checks import everywhere, whole

MEETING = date(2027, 6, 15), date(2027, 6, 17)

OTHERS = {
    "en": [
        "18 to 20 June",
        "18 to 20 June 2027",
        "18-20 June 2027",
        "18–20 June 2024",
        "15–17 June 2024",
        "29 June to 1 July",
        "18 and 19 June",
        "June 18 to 20, 2027",
        "Tuesday, 18 June",
        "Tuesday 18 June 2024",
        "Tuesday, June 18, 2024",
        "Monday 15 June",  # it is a Tuesday
        "Tuesday 18 to Thursday 20 June 2024",
    ],
    "fr": [
        "18 au 20 juin",
        "18 au 20 juin 2027",
        "18-20 juin 2024",
        "29 juin au 1er juillet",
        "mardi 18 juin",
        "Mardi 18 juin 2024",
    ],
    "es": [
        "18 al 20 de junio",
        "18 al 20 de junio de 2027",
        "18 y 19 de junio de 2027",
        "29 de junio al 1 de julio",
        "martes 18 de junio",
        "martes, 18 de junio de 2024",
    ],
    "ar": [
        "18 إلى 20 حزيران/يونيه",
        "18 إلى 20 حزيران/يونيو 2027",
        "18-20 حزيران/يونيه 2024",
        "١٨ إلى ٢٠ يونيو ٢٠٢٧",
        "18 إلى 20 حزيران",
        "29 حزيران/يونيه إلى 1 تموز/يوليه",
        "الثلاثاء 18 حزيران/يونيه 2024",
    ],
}

FITTING = {
    "en": [
        "15 to 17 June",
        "15-17 June 2027",
        "16 and 17 June",
        "Tuesday, 15 June 2027",
        "June 15 to 17, 2027",
        "by 2025, a mine-free world since 1997, Maputo +10 and the 2014-2019 action plan",
        "APLC/MSP.20/2022/15-20 and Articles 5 to 7",
        "statements by 1 June 2027, at the latest on 18 June",
        "registration is open until Friday, 4 June 2027",
        "no later than Monday 7 June 2027",
        "the Fourth Review Conference (Oslo, 26-29 November 2019)",
        "the deadline of 1 March 2027 that expires on 31 December 2027",
        "paragraphs 18 to 20 may be read; 18 to 20 may speak",
        "requests of 31 June",
    ],
    "fr": [
        "15 au 17 juin 2027",
        "mardi 15 juin",
        "avant le vendredi 4 juin 2027",
        "d’ici à 2025, depuis le 1er mars 1999",
        "la quatrième Conférence d’examen (Oslo, 26-29 novembre 2019)",
    ],
    "es": [
        "15 al 17 de junio de 2027",
        "martes 15 de junio",
        "antes del viernes 4 de junio de 2027",
        "para 2025, desde el 1 de marzo de 1999",
        "la Cuarta Conferencia de Examen (Oslo, 26 a 29 de noviembre de 2019)",
    ],
    "ar": [
        "15 إلى 17 حزيران/يونيه 2027",
        "الثلاثاء 15 حزيران/يونيه",
        "قبل يوم الجمعة 4 حزيران/يونيه 2027",
        "بحلول عام 2025 ومنذ 1 آذار/مارس 1999",
        "المؤتمر الاستعراضي الرابع (أوسلو، 26-29 تشرين الثاني/نوفمبر 2019)",
    ],
}


def in_each_language(texts: dict[str, list[str]]) -> list[Any]:
    return [pytest.param(one, text, id=text) for one, all_ in texts.items() for text in all_]


@pytest.mark.parametrize(("language", "text"), in_each_language(OTHERS))
def test_other_days_are_found_as_they_stand(language: str, text: str) -> None:
    assert other_days(f"… {text}.", language, *MEETING) == (text,)


@pytest.mark.parametrize(("language", "text"), in_each_language(FITTING))
def test_what_fits_or_speaks_of_something_else_is_left_alone(language: str, text: str) -> None:
    assert other_days(f"… {text}.", language, *MEETING) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_as_the_site_writes_them_are_read(language: str) -> None:
    days = (date(2027, 6, 18), date(2027, 6, 20))
    written = [format_date_range(*days, language), format_date(days[0], language, weekday=True)]
    plain = [one.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))) for one in written]

    assert [len(other_days(one, language, *MEETING)) for one in plain] == [1, 1]
    assert [other_days(one, language, *days) for one in plain] == [(), ()]


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("2027 Intersessional Meetings", ()),
        ("2024 Intersessional Meetings", ("2024",)),
        ("Fifth Review Conference", ()),
        ("2027 preparatory meeting of the 2029 Review Conference", ()),
        ("Meeting on APLC/MSP.2/2000/1", ()),
    ],
)
def test_a_name_says_a_year_in_which_the_meeting_is_held(name: str, years: tuple[str, ...]) -> None:
    assert other_years(name, *MEETING) == years


def test_every_text_of_a_programme_is_looked_at_in_every_language() -> None:
    stale = Texts.of(
        en="from 18 to 20 June", fr="du 18 au 20 juin", es="18 al 20 de junio", ar="18-20 حزيران"
    )
    made = whole(
        item(1, title=stale), panels=[panel(title=stale, text=everywhere("x"))], introduction=stale
    )
    moved = replace(made, meeting=replace(made.meeting, starts_on=MEETING[0], ends_on=MEETING[1]))

    found = [one for one in warnings_of(moved) if one.code == "other_days"]

    assert [one for one in warnings_of(made) if one.code == "other_days"] == []
    assert [(one.kind, one.field, one.language) for one in found] == [
        (kind, field, language)
        for kind, field in (("meeting", "introduction"), ("item", "title"), ("panel", "title"))
        for language in LANGUAGES
    ]
    assert found[0].also == (made.meeting.id,)
    assert message_of(found[0], "en") == (
        "This names “18 to 20 June”; the days of the meeting are 15–17 June 2027."
    )


def test_the_name_of_last_years_meeting_is_doubted() -> None:
    old = everywhere("2023 Intersessional Meetings")

    found = [one.field for one in warnings_of(whole(name=old)) if one.code == "other_days"]

    assert FIRST_DAY.year == 2024
    assert found == ["name"] * 4

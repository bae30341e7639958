"""Rules of language, as tables: expected forms come from UN documents and the ISU's pages."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.utils.safestring import SafeString

from meetings.alphabetical_order import fold, sort_key
from programme.document.nodes import Delegation, ListEntry, Speaker, SpeakingList, Text
from programme.document.speaker_names import (
    invitation_for_page,
    invitation_in_full,
    isolated,
    speaker_name,
)
from programme.language.bidi import isolate, isolate_codes, rtl_line
from programme.language.dates import format_date, format_date_range, format_time_range
from programme.language.labels import (
    citation,
    heading,
    item_label,
    label_slug,
    list_number,
    paragraph_number,
)
from programme.language.lists import join_clauses, join_list

LRI, RLI, PDI, RLM = "\u2066", "\u2067", "\u2069", "\u200f"
NO_BREAK_DASH = "\u00a0–\u00a0"


# --- order and search --------------------------------------------------------------------


IN_ORDER = {
    "en-requests": "Afghanistan, Chad, Cyprus, Eritrea, Guinea-Bissau, Niger, Oman, Peru, Serbia",
    "fr-requests": (
        "Afghanistan, Chypre, Érythrée, Guinée-Bissau, Niger, Oman, Pérou, Serbie, Tchad"
    ),
    "es-requests": "Afganistán, Chad, Chipre, Eritrea, Guinea-Bissau, Níger, Omán, Perú, Serbia",
    "ar-requests": "إريتريا, أفغانستان, بيرو, تشاد, صربيا, عمان, غينيا - بيساو, قبرص, النيجر",
    "en-work-plans": "Cambodia, Croatia, Ecuador, South Sudan, Thailand, Ukraine, Yemen",
    "fr-work-plans": "Cambodge, Croatie, Équateur, Soudan du Sud, Thaïlande, Ukraine, Yémen",
    "es-work-plans": "Camboya, Croacia, Ecuador, Sudán del Sur, Tailandia, Ucrania, Yemen",
    "ar-work-plans": "إكوادور, أوكرانيا, تايلند, جنوب السودان, كرواتيا, كمبوديا, اليمن",
    "en-article-4": "Greece, Ukraine",
    "fr-article-4": "Grèce, Ukraine",
    "es-article-4": "Grecia, Ucrania",
    "ar-article-4": "أوكرانيا, اليونان",
    "ar-sponsors": (
        "الأردن, أرمينيا, إسبانيا, أستراليا, إستونيا, أفغانستان, إكوادور, ألبانيا, ألمانيا"
    ),
    "ar-article-of-holy-see": "كازاخستان, الكرسي الرسولي, كرواتيا",
    "es-ch-is-no-letter": "Chad, Chipre, Costa Rica, Croacia",
    "es-n-with-tilde-after-n": "Nueva Zelandia, Ñandú, Omán",
    "fr-e-with-accent-as-e": "Égypte, El Salvador, Émirats arabes unis",
    "en-parentheses": "Bolivia (Plurinational State of), Bosnia and Herzegovina",
    "en-apostrophe": "Costa Rica, Côte d’Ivoire, Croatia",
    "en-hyphen": "Guinea, Guinea-Bissau, Guyana",
    "fr-shorter-first": "Niger, Nigéria, Nioué",
}
"""Names as a UN list has them, by language and list."""


@pytest.mark.parametrize("known", IN_ORDER)
def test_names_sort_as_their_language_lists_them(known: str) -> None:
    names = IN_ORDER[known].split(", ")
    backwards = names[::-1]

    assert sorted(backwards, key=lambda name: sort_key(name, known[:2])) == names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("PEROU", "Pérou", id="case-and-accent"),
        pytest.param("cote d'ivoire", "Côte d’Ivoire", id="apostrophe"),
        pytest.param("guinea  bissau", "Guinea-Bissau", id="hyphen"),
        pytest.param("Espana", "España", id="tilde"),
        pytest.param("ايران", "إيران", id="hamza-below"),
        pytest.param("افغانستان", "أفغانستان", id="hamza-above"),
        pytest.param("ايرلندا", "آيرلندا", id="madda"),
        pytest.param("كرسي رسولي", "الكرسي الرسولي", id="article"),
        pytest.param("مملكه", "مملكة", id="ta-marbuta"),
        pytest.param("ليشتى", "ليشتي", id="alif-maqsura"),
        pytest.param("عمان", "عُمان", id="vowel-sign"),
    ],
)
def test_search_finds_a_name_however_it_is_typed(typed: str, name: str) -> None:
    assert fold(typed) == fold(name)


# --- lists -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "names", "joined"),
    [
        pytest.param("en", ["Peru"], "Peru", id="en-one"),
        pytest.param("en", ["Greece", "Ukraine"], "Greece and Ukraine", id="en-two"),
        pytest.param("en", ["Chad", "Peru", "Serbia"], "Chad, Peru, and Serbia", id="en-three"),
        pytest.param("fr", ["Grèce", "Ukraine"], "Grèce et Ukraine", id="fr-two"),
        pytest.param("fr", ["Pérou", "Serbie", "Tchad"], "Pérou, Serbie et Tchad", id="fr-three"),
        pytest.param("es", ["Grecia", "Ucrania"], "Grecia y Ucrania", id="es-two"),
        pytest.param("es", ["Chad", "Perú", "Serbia"], "Chad, Perú y Serbia", id="es-three"),
        pytest.param("es", ["Camboya", "Indonesia"], "Camboya e Indonesia", id="es-before-i"),
        pytest.param(
            "es",
            ["Chad", "Fiji", "Irán (República Islámica del)"],
            "Chad, Fiji e Irán (República Islámica del)",
            id="es-before-i-of-three",
        ),
        pytest.param("es", ["madre", "hija"], "madre e hija", id="es-before-hi"),
        pytest.param("es", ["agua", "hielo"], "agua y hielo", id="es-before-hie"),
        pytest.param("es", ["átomo", "ion"], "átomo y ion", id="es-before-a-diphthong"),
        pytest.param("es", ["el Iraq", "el Irán"], "el Iraq y el Irán", id="es-with-article"),
        pytest.param("es", ["Italia", "Yemen"], "Italia y Yemen", id="es-before-y"),
        pytest.param("ar", ["أوكرانيا", "اليونان"], "أوكرانيا واليونان", id="ar-two"),
        pytest.param("ar", ["أفغانستان", "تشاد", "قبرص"], "أفغانستان وتشاد وقبرص", id="ar-three"),
        pytest.param("ar", [], "", id="ar-none"),
    ],
)
def test_names_join_as_a_sentence_of_the_language_does(
    language: str, names: list[str], joined: str
) -> None:
    assert join_list(names, language) == joined


@pytest.mark.parametrize(
    ("language", "joined"),
    [
        ("en", "1) a, 2) b, and 3) c"),
        ("fr", "1) a, 2) b et 3) c"),
        ("es", "1) a, 2) b y 3) c"),
        ("ar", "(1) a، (2) b، و(3) c"),
    ],
)
def test_numbered_clauses_join_in_one_sentence(language: str, joined: str) -> None:
    clauses = [f"{list_number(n, language)} {'abc'[n - 1]}" for n in (1, 2, 3)]

    assert join_clauses(clauses, language) == joined


def test_two_clauses_need_no_comma() -> None:
    assert join_clauses(["1) a", "2) b"], "en") == "1) a and 2) b"
    assert join_clauses(["(1) a", "(2) b"], "ar") == "(1) a و(2) b"


# --- labels ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "latin", "arabic", "slug"),
    [
        pytest.param((5,), "5", "5", "5", id="item"),
        pytest.param((6, 1), "6a", "6 (أ)", "6a", id="a"),
        pytest.param((6, 3), "6c", "6 (ج)", "6c", id="third-is-abjad"),
        pytest.param((12, 5), "12e", "12 (هـ)", "12e", id="fifth"),
        pytest.param((12, 8), "12h", "12 (ح)", "12h", id="h-as-in-un-documents"),
        pytest.param((12, 16), "12p", "12 (ع)", "12p", id="p-as-in-un-documents"),
        pytest.param((1, 26), "1z", "1 (ض)", "1z", id="last-latin-letter"),
        pytest.param((1, 28), "1bb", "1 (غ)", "1bb", id="last-arabic-letter"),
        pytest.param((1, 29), "1cc", "1 (أ أ)", "1cc", id="beyond-both-alphabets"),
        pytest.param((6, 1, 1), "6a.i", "6 (أ) (1)", "6a-i", id="third-level"),
        pytest.param((10, 2, 14), "10b.xiv", "10 (ب) (14)", "10b-xiv", id="roman"),
    ],
)
def test_a_label_comes_from_its_numbers(
    numbers: tuple[int, ...], latin: str, arabic: str, slug: str
) -> None:
    assert [item_label(numbers, one) for one in ("en", "fr", "es", "ar")] == [
        latin,
        latin,
        latin,
        arabic,
    ]
    assert label_slug(numbers) == slug


@pytest.mark.parametrize("numbers", [(), (0,), (6, -1), (1, 2, 3, 4)])
def test_a_label_needs_one_to_three_numbers_from_one_up(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="one to three numbers"):
        item_label(numbers, "en")


@pytest.mark.parametrize(
    ("language", "item", "sub_item", "third_level"),
    [
        ("en", "item 5", "item 6 (a)", "item 6 (a) (ii)"),
        ("fr", "point 5", "point 6 a)", "point 6 a) ii)"),
        ("es", "tema 5", "tema 6 a)", "tema 6 a) ii)"),
        ("ar", "البند 5", "البند 6 (أ)", "البند 6 (أ) (2)"),
    ],
)
def test_a_sentence_cites_an_item_as_un_documents_do(
    language: str, item: str, sub_item: str, third_level: str
) -> None:
    cited = [citation(numbers, language) for numbers in ((5,), (6, 1), (6, 1, 2))]

    assert cited == [item, sub_item, third_level]


def test_a_heading_joins_label_and_title_as_far_as_given() -> None:
    assert heading("6a", "Universalization", "en") == "6a. Universalization"
    assert heading("6 (أ)", "عالمية الاتفاقية", "ar") == "6 (أ) - عالمية الاتفاقية"
    assert heading("7", "", "fr") == "7"
    assert heading("", "Logística", "es") == "Logística"
    assert paragraph_number(3, "ar") == "3 -"


# --- dates and times ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "day", "written", "with_weekday"),
    [
        ("en", date(2024, 6, 18), "18 June 2024", "Tuesday, 18 June 2024"),
        ("fr", date(2024, 6, 18), "18 juin 2024", "mardi 18 juin 2024"),
        ("es", date(2024, 6, 18), "18 de junio de 2024", "martes 18 de junio de 2024"),
        ("ar", date(2024, 6, 18), "18 حزيران/يونيه 2024", "الثلاثاء 18 حزيران/يونيه 2024"),
        ("en", date(2024, 3, 1), "1 March 2024", "Friday, 1 March 2024"),
        ("fr", date(2024, 3, 1), "1er mars 2024", "vendredi 1er mars 2024"),
        ("es", date(2024, 3, 1), "1 de marzo de 2024", "viernes 1 de marzo de 2024"),
        ("ar", date(2024, 3, 1), "1 آذار/مارس 2024", "الجمعة 1 آذار/مارس 2024"),
    ],
)
def test_a_day_is_written_as_un_documents_do(
    language: str, day: date, written: str, with_weekday: str
) -> None:
    assert format_date(day, language) == written
    assert format_date(day, language, weekday=True) == with_weekday


def test_arabic_months_are_the_pairs_of_the_un() -> None:
    months = [format_date(date(2024, month, 2), "ar") for month in range(1, 13)]

    assert months == [
        "2 كانون الثاني/يناير 2024",
        "2 شباط/فبراير 2024",
        "2 آذار/مارس 2024",
        "2 نيسان/أبريل 2024",
        "2 أيار/مايو 2024",
        "2 حزيران/يونيه 2024",
        "2 تموز/يوليه 2024",
        "2 آب/أغسطس 2024",
        "2 أيلول/سبتمبر 2024",
        "2 تشرين الأول/أكتوبر 2024",
        "2 تشرين الثاني/نوفمبر 2024",
        "2 كانون الأول/ديسمبر 2024",
    ]


ONE_DAY = (date(2024, 6, 20), date(2024, 6, 20))
TWO_DAYS = (date(2024, 7, 23), date(2024, 7, 24))
THREE_DAYS = (date(2024, 6, 18), date(2024, 6, 20))
FROM_THE_FIRST = (date(2024, 7, 1), date(2024, 7, 5))
TWO_MONTHS = (date(2024, 3, 22), date(2024, 4, 3))
TWO_YEARS = (date(2024, 12, 30), date(2025, 1, 3))


@pytest.mark.parametrize(
    ("language", "days", "written"),
    [
        pytest.param("en", ONE_DAY, "20 June 2024", id="en-one-day"),
        pytest.param("fr", ONE_DAY, "20 juin 2024", id="fr-one-day"),
        pytest.param("es", ONE_DAY, "20 de junio de 2024", id="es-one-day"),
        pytest.param("ar", ONE_DAY, "20 حزيران/يونيه 2024", id="ar-one-day"),
        pytest.param("en", TWO_DAYS, "23–24 July 2024", id="en-two-days"),
        pytest.param("fr", TWO_DAYS, "23-24 juillet 2024", id="fr-two-days"),
        pytest.param("es", TWO_DAYS, "23 y 24 de julio de 2024", id="es-two-days"),
        pytest.param("ar", TWO_DAYS, f"{RLI}23–24 تموز/يوليه 2024{PDI}", id="ar-two-days"),
        pytest.param("en", THREE_DAYS, "18–20 June 2024", id="en-one-month"),
        pytest.param("fr", THREE_DAYS, "18-20 juin 2024", id="fr-one-month"),
        pytest.param("es", THREE_DAYS, "del 18 al 20 de junio de 2024", id="es-one-month"),
        pytest.param("ar", THREE_DAYS, f"{RLI}18–20 حزيران/يونيه 2024{PDI}", id="ar-one-month"),
        pytest.param("fr", FROM_THE_FIRST, "1er-5 juillet 2024", id="fr-from-the-first"),
        pytest.param("en", TWO_MONTHS, "22 March–3 April 2024", id="en-two-months"),
        pytest.param("fr", TWO_MONTHS, "22 mars-3 avril 2024", id="fr-two-months"),
        pytest.param("es", TWO_MONTHS, "del 22 de marzo al 3 de abril de 2024", id="es-two-months"),
        pytest.param(
            "ar", TWO_MONTHS, f"{RLI}22 آذار/مارس – 3 نيسان/أبريل 2024{PDI}", id="ar-two-months"
        ),
        pytest.param("en", TWO_YEARS, "30 December 2024–3 January 2025", id="en-two-years"),
        pytest.param("fr", TWO_YEARS, "30 décembre 2024-3 janvier 2025", id="fr-two-years"),
        pytest.param(
            "es",
            TWO_YEARS,
            "del 30 de diciembre de 2024 al 3 de enero de 2025",
            id="es-two-years",
        ),
        pytest.param(
            "ar",
            TWO_YEARS,
            f"{RLI}30 كانون الأول/ديسمبر 2024 – 3 كانون الثاني/يناير 2025{PDI}",
            id="ar-two-years",
        ),
    ],
)
def test_days_from_first_to_last(language: str, days: tuple[date, date], written: str) -> None:
    assert format_date_range(*days, language) == written


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_time_range_is_the_same_from_left_to_right(language: str) -> None:
    assert format_time_range(time(10), time(13), language) == f"10:00{NO_BREAK_DASH}13:00"


def test_arabic_ranges_are_kept_from_right_to_left() -> None:
    plain = format_time_range(time(11, 30), time(13), "ar")
    marked_up = format_time_range(time(11, 30), time(13), "ar", markup=True)
    days = format_date_range(*THREE_DAYS, "ar", markup=True)

    assert plain == f"{RLI}11:30{NO_BREAK_DASH}13:00{PDI}"
    assert marked_up == f'<bdi dir="rtl">11:30{NO_BREAK_DASH}13:00</bdi>'
    assert days == '<bdi dir="rtl">18–20 حزيران/يونيه 2024</bdi>'
    assert isinstance(marked_up, SafeString)
    assert isinstance(days, SafeString)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_an_hour_without_end_stands_alone_and_no_hour_is_invented(language: str) -> None:
    assert format_time_range(time(9, 5), None, language) == "09:05"
    assert format_time_range(None, None, language) == ""


# --- direction ---------------------------------------------------------------------------


def test_an_isolate_takes_a_direction_or_a_language() -> None:
    assert isolate("21MSP", "ltr") == isolate("21MSP", "fr") == f"{LRI}21MSP{PDI}"
    assert isolate("عمان", "rtl") == isolate("عمان", "ar") == f"{RLI}عمان{PDI}"


@pytest.mark.parametrize(
    "code",
    [
        "+41 22 730 93 50",
        "APLC/MSP.21/2023/1",
        "A/66/PV.82",
        "isu@example.org",
        "https://example.org/en/programme",
    ],
)
def test_codes_inside_arabic_are_kept_from_left_to_right(code: str) -> None:
    assert isolate_codes(f"انظر {code}.") == f"انظر {LRI}{code}{PDI}."


@pytest.mark.parametrize(
    "text", ["الإجراءات (33-41)", "10:00 – 13:00", "الاجتماع 21MSP", "حزيران/يونيه"]
)
def test_what_shows_in_order_is_left_alone(text: str) -> None:
    assert isolate_codes(text) == text


@pytest.mark.parametrize(
    ("line", "set_from_right"),
    [
        pytest.param("6 (أ) - العالمية", "6 (أ) - العالمية", id="digits-then-arabic"),
        pytest.param("21MSP هو", f"{RLM}21MSP هو", id="latin-first"),
        pytest.param("10:00", f"{RLM}10:00", id="digits-alone"),
        pytest.param(
            f"{LRI}WMO{PDI} في جنيف", f"{LRI}WMO{PDI} في جنيف", id="isolate-does-not-count"
        ),
        pytest.param(f"{RLI}عمان{PDI}", f"{RLM}{RLI}عمان{PDI}", id="isolate-alone"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_line_is_set_from_right_to_left_whatever_it_begins_with(
    line: str, set_from_right: str
) -> None:
    assert rtl_line(line) == set_from_right
    assert rtl_line(set_from_right) == set_from_right


def test_a_text_is_isolated_where_it_runs_against_the_language() -> None:
    assert isolated(Text("Geneva", "en"), "ar") == f"{LRI}Geneva{PDI}"
    assert isolated(Text("جنيف", "ar"), "fr") == f"{RLI}جنيف{PDI}"
    assert isolated(Text("Geneva", "en"), "es") == "Geneva"


# --- speakers and invitations ------------------------------------------------------------


def text(value: str, language: str, asked_for: str = "") -> Text:
    return Text(value, language, asked_for=asked_for or language)


def delegation(
    name: str, language: str, in_text: str = "", in_text_language: str = ""
) -> Delegation[Text]:
    return Delegation(
        id=name,
        code="xxx",
        kind="state",
        name=text(name, language),
        name_in_text=text(in_text, in_text_language or language, language),
        sort_keys={},
    )


def speaker(
    language: str, person: str = "", function: str = "", of: Delegation[Text] | None = None
) -> Speaker[Text]:
    return Speaker(
        id="speaker",
        role="presents",
        person=text(person, "en", language),
        function=text(function, language),
        on_behalf_of=text("", language),
        delegation=of,
    )


@pytest.mark.parametrize(
    ("language", "one", "name"),
    [
        pytest.param(
            "en",
            speaker("en", "Dr. Ly Thuch", "Senior Minister", delegation("Cambodia", "en")),
            "Dr. Ly Thuch, Senior Minister, Cambodia",
            id="all",
        ),
        pytest.param("fr", speaker("fr", function="le Comité"), "le Comité", id="function-alone"),
        pytest.param(
            "es",
            speaker("es", of=delegation("Perú", "es", "el Perú")),
            "Perú",
            id="delegation-alone",
        ),
        pytest.param(
            "en",
            speaker(
                "en",
                "Stefano Toscano",
                "Director of the Geneva Centre",
                delegation("Geneva Centre (GC)", "en"),
            ),
            "Stefano Toscano, Director of the Geneva Centre",
            id="function-names-the-delegation",
        ),
        pytest.param(
            "ar",
            speaker("ar", "Ly Thuch", "الوزير", delegation("كمبوديا", "ar")),
            f"{LRI}Ly Thuch{PDI}، الوزير، كمبوديا",
            id="latin-name-in-arabic",
        ),
    ],
)
def test_a_speaker_is_named_by_person_function_and_delegation(
    language: str, one: Speaker[Text], name: str
) -> None:
    assert speaker_name(one, language) == name


def test_a_delegation_alone_has_its_article_inside_a_sentence() -> None:
    peru = delegation("Pérou", "fr", "le Pérou")

    assert speaker_name(speaker("fr", of=peru), "fr", in_text=True) == "le Pérou"
    assert speaker_name(speaker("fr", "A. B.", of=peru), "fr", in_text=True) == "A. B., Pérou"


def test_an_article_of_another_language_is_not_borrowed() -> None:
    chad = delegation("Chad", "en", "le Tchad", "fr")

    assert speaker_name(speaker("en", of=chad), "en", in_text=True) == "Chad"


def speaking_list(invitation: Text, *delegations: Delegation[Text]) -> SpeakingList[Text]:
    return SpeakingList(
        id="list",
        invitation=invitation,
        notes=text("", invitation.lang),
        form="bullet",
        basis="none",
        kind="named" if delegations else "open",
        open_to=(),
        other_than_named=False,
        order="alphabetical",
        entries=tuple(ListEntry(one.id, one.code) for one in delegations),
        delegations=delegations,
    )


GREECE, UKRAINE = delegation("Greece", "en"), delegation("Ukraine", "en")
GRECE = delegation("Grèce", "fr", "la Grèce")
PEROU = delegation("Pérou", "fr", "le Pérou")


@pytest.mark.parametrize(
    ("invited", "in_full", "for_page"),
    [
        pytest.param(
            speaking_list(text("States ({delegations}) will speak.", "en"), GREECE, UKRAINE),
            "States (Greece and Ukraine) will speak.",
            "States will speak.",
            id="in-parentheses",
        ),
        pytest.param(
            speaking_list(text("Work plans\u00a0({delegations}).", "en"), GREECE, UKRAINE),
            "Work plans\u00a0(Greece and Ukraine).",
            "Work plans.",
            id="no-break-space-and-end",
        ),
        pytest.param(
            speaking_list(text("Parole donnée pour {delegations}.", "fr"), GRECE, PEROU),
            "Parole donnée pour la Grèce et le Pérou.",
            "Parole donnée pour la Grèce et le Pérou.",
            id="bare-with-articles",
        ),
        pytest.param(
            speaking_list(text("{delegations} prendront la parole.", "fr"), PEROU, GRECE),
            "Le Pérou et la Grèce prendront la parole.",
            "Le Pérou et la Grèce prendront la parole.",
            id="bare-at-the-beginning",
        ),
        pytest.param(
            speaking_list(text("States ({delegations}) will speak.", "en")),
            "States will speak.",
            "States will speak.",
            id="nobody-named",
        ),
        pytest.param(
            speaking_list(
                text("States ({delegations}) will speak.", "en", "ar"),
                delegation("أوكرانيا", "ar"),
                delegation("هولندا (مملكة _)", "ar"),
            ),
            f"States ({RLI}أوكرانيا وهولندا (مملكة \\_){PDI}) will speak.",
            "States will speak.",
            id="names-of-the-reader-in-an-untranslated-sentence",
        ),
    ],
)
def test_an_invitation_names_its_delegations_in_print_and_leaves_them_to_the_list_on_pages(
    invited: SpeakingList[Text], in_full: str, for_page: str
) -> None:
    assert invitation_in_full(invited, {}).value == in_full
    assert invitation_for_page(invited).value == for_page
    assert invitation_for_page(invited).asked_for == invited.invitation.asked_for


def test_a_name_that_merely_holds_a_states_name_does_not_stand_for_it() -> None:
    mali = delegation("Mali", "en")

    assert speaker_name(speaker("en", "Amb. Malika Benali", of=mali), "en") == (
        "Amb. Malika Benali, Mali"
    )
    assert speaker_name(speaker("en", "A. B.", "Minister of Malian affairs", mali), "en") == (
        "A. B., Minister of Malian affairs, Mali"
    )
    assert speaker_name(speaker("en", "A. B.", "Ambassador of Mali", mali), "en") == (
        "A. B., Ambassador of Mali"
    )

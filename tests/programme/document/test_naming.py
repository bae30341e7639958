from __future__ import annotations

import pytest

from programme.document.state_names import NamesOfStates
from tests.programme.builders import CAMBODIA, CAST, ICRC, delegation, document

MORE = (
    delegation("mli", en="Mali", fr="Mali", es="Malí", ar="مالي"),
    delegation("nga", en="Nigeria", fr="Nigéria", es="Nigeria", ar="نيجيريا"),
    delegation("gin", en="Guinea", fr="Guinée", es="Guinea", ar="غينيا"),
    delegation(
        "gnb",
        en="Guinea-Bissau",
        fr="Guinée-Bissau",
        es="Guinea-Bissau",
        ar="غينيا - بيساو",
    ),
    delegation(
        "gnq",
        en="Equatorial Guinea",
        fr="Guinée équatoriale",
        es="Guinea Ecuatorial",
        ar="غينيا الاستوائية",
    ),
    delegation("cog", en="Congo", fr="Congo", es="Congo", ar="الكونغو"),
    delegation(
        "cod",
        en="Democratic Republic of the Congo",
        fr="République démocratique du Congo",
        es="República Democrática del Congo",
        ar="جمهورية الكونغو الديمقراطية",
    ),
    delegation("civ", en="Côte d’Ivoire", fr="Côte d’Ivoire", es="Côte d’Ivoire", ar="كوت ديفوار"),
    delegation(
        "irn",
        en="Iran (Islamic Republic of)",
        fr="Iran (République islamique d’)",
        es="Irán (República Islámica del)",
        ar="إيران (جمهورية - الإسلامية)",
    ),
    delegation("oma", en="Oman", fr="Oman"),
)
STATES = NamesOfStates(document(delegations=(*CAST, *MORE)))


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "Chad and Peru", "tcd per"),
        ("en", "Malika spoke for Nigeria", "nga"),
        ("en", "Niger, Nigeria's neighbour", "ner nga"),
        ("en", "Guinea-Bissau and Equatorial Guinea", "gnb gnq"),
        ("en", "Guinea, Guinea-Bissau", "gin gnb"),
        ("en", "the Democratic Republic of the Congo", "cod"),
        ("en", "the Congo and the Democratic  Republic\nof the Congo", "cod cog"),
        ("en", "Cote d'Ivoire is not Côte d'Ivoire", "civ"),
        ("en", "Iran (Islamic Republic of), or Iran", "irn"),
        ("en", "chad, a fish", ""),
        ("en", "the International Committee of the Red Cross", ""),
        ("fr", "Le Cambodge et la Guinée équatoriale", "khm gnq"),
        ("fr", "l’Ukraine, d'Ukraine", "ukr"),
        ("es", "del Níger", "ner"),
        ("ar", "تشاد والنيجر وبيرو", "tcd ner per"),
        ("ar", "للنيجر وللهند وبالنرويج", "ner ind nor"),
        ("ar", "ايران وأوكرانيا", "irn ukr"),
        ("ar", "غينيا - بيساو وغينيا الاستوائية", "gnb gnq"),
        ("ar", "لجمهورية الكونغو الديمقراطية", "cod"),
        ("ar", "تـشــاد وقُبرص", "tcd cyp"),
        ("ar", "الدعم المالي", ""),
    ],
)
def test_states_are_found_by_their_whole_names(language: str, text: str, codes: str) -> None:
    assert STATES.in_text(text, language) == frozenset(codes.split())


@pytest.mark.parametrize(
    ("english", "language", "translation", "lacking", "added"),
    [
        ("Chad and Peru", "fr", "le Pérou et le Tchad", "", ""),
        ("Chad and Peru", "fr", "le Pérou", "tcd", ""),
        ("Chad", "es", "Níger", "tcd", "ner"),
        ("Chad", "ar", "تشاد وأوكرانيا", "", "ukr"),
        ("financial support", "ar", "دعم مالي", "", ""),
        ("Mali speaks", "ar", "تتكلم", "mli", ""),
        ("Oman speaks", "es", "habla", "", ""),
    ],
)
def test_states_differ_where_both_languages_have_names_for_them(
    english: str, language: str, translation: str, lacking: str, added: str
) -> None:
    differing = STATES.differing(english, language, translation)

    assert differing == (frozenset(lacking.split()), frozenset(added.split()))


def test_a_name_with_its_article_is_a_name() -> None:
    names = NamesOfStates(document(delegations=(CAMBODIA, ICRC)))

    assert names.in_text("par le Cambodge", "fr") == {"khm"}

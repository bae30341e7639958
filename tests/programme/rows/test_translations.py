"""The texts of the real programmes in four languages: nothing lost, nothing misspelt.

They are read from the files, so that a translator sees at once what is wrong with an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from ruamel.yaml import YAML

FILES = sorted((Path(settings.BASE_DIR) / "programme" / "data").glob("*.yaml"))
TRANSLATIONS = ("fr", "es", "ar")


class Translated(NamedTuple):
    """One text of a file: which row and field, and what stands in each language."""

    name: str
    texts: dict[str, str]


def texts_of(node: Any, key: str = "") -> Iterator[Translated]:
    """Every text below a node of a file."""
    if isinstance(node, list):
        for one in node:
            yield from texts_of(one, key)
    if not isinstance(node, dict):
        return
    key = node.get("key", key)
    for field, value in node.items():
        if isinstance(value, dict) and "en" in value and field != "texts":
            yield Translated(f"{key}.{field}", {k: v.strip() for k, v in value.items()})
        elif isinstance(value, (dict, list)):
            yield from texts_of(value, key)


ALL = [
    one._replace(name=f"{file.stem[:12]}…{one.name}")
    for file in FILES
    for one in texts_of(YAML(typ="safe").load(file))
]


def test_every_text_stands_in_four_languages() -> None:
    everywhere = {"en", *TRANSLATIONS}

    assert ALL
    assert [one.name for one in ALL if {k for k, v in one.texts.items() if v} != everywhere] == []


# --- the same facts --------------------------------------------------------------------------

MEETING_OF_STATES_PARTIES = re.compile(r"\(?21MSP\)?")
"""Its number is compared apart: Arabic writes the name in full wherever English has 21MSP."""

PATTERNS = {
    "numbers": re.compile(r"\d+"),
    "placeholders": re.compile(r"\{\w+\}"),
    "footnote marks": re.compile(r"\[\^[^\]]+\]"),
    "document symbols": re.compile(r"\b[A-Z]{2,}/[A-Z0-9./]+\b"),
    "bullets": re.compile(r"^- ", re.MULTILINE),
    "paragraphs": re.compile(r"\n\n"),
    "omissions": re.compile(r"\[…\]"),
}


def facts(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(pattern.findall(MEETING_OF_STATES_PARTIES.sub("", text)))


@pytest.mark.parametrize("kind", PATTERNS)
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_facts_of_its_english(language: str, kind: str) -> None:
    pattern = PATTERNS[kind]

    differing = {
        one.name: (facts(pattern, one.texts["en"]), facts(pattern, one.texts[language]))
        for one in ALL
        if facts(pattern, one.texts["en"]) != facts(pattern, one.texts[language])
    }

    assert differing == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_meeting_of_the_states_parties_is_named_where_it_is_in_english(language: str) -> None:
    differing = [
        one.name
        for one in ALL
        if bool(MEETING_OF_STATES_PARTIES.search(one.texts[language]))
        != bool(MEETING_OF_STATES_PARTIES.search(one.texts["en"]))
    ]

    assert differing == []


QUOTATIONS = {"en": "“", "fr": "«", "es": "“", "ar": "«"}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_as_many_quotations_as_in_english(language: str) -> None:
    opening = QUOTATIONS[language]

    differing = [
        one.name for one in ALL if one.texts[language].count(opening) != one.texts["en"].count("“")
    ]

    assert differing == []


# --- typography and terms ---------------------------------------------------------------------

FORBIDDEN: dict[str, dict[str, str]] = {
    "en": {
        r"[\"']": "typographic quotation marks and apostrophes",
        r"\.\.": "a full stop typed twice",
        r"landmines?\b": "anti-personnel mines",
        r"\b[Ss]tates [Pp]arty\b": "States Parties",
    },
    "fr": {
        r"\bEtats?\b": "É keeps its accent",
        r"États? Part(?:ie|ies)\b": "parties has a small p",
        r"(?i)réunions? des états parties": "the MSP is the Assemblée des États parties",
        r"(?i)\bassemblées? (?:intersessions?|préparatoires?)": "these are réunions",
        r"(?i)intersessionnel|intersession(?!s)": "réunions intersessions",
        r"(?i)antipersonnel(?:s|le|les)\b|anti-personnel": "antipersonnel, invariable, one word",
        r"(?i)mines? terrestres?": "mines antipersonnel",
        r"(?i)\bagenda\b": "ordre du jour",
        r"\b(?:OAP|WMO|GICHD)\b": "PAO, OMM, CIDHG",
        r"(?i)plan d[’']actions\b": "plan d’action",
        r"(?i)conférences? de (?:révision|revue)": "Conférence d’examen",
        r"(?i)demandes? (?:d[’']extension|de prorogation)": "demande de prolongation",
        r"(?i)dates? (?:butoir|limite)|\béchéance": "délai prescrit à l’article 5",
        r"(?i)implément": "mise en œuvre, application",
        r"(?i)nettoyage des zones": "déminage",
        r"(?i)support à l[’']application|unité de soutien": "Unité d’appui à l’application",
        r"(?i)universalization|universalisation du": "universalisation de la Convention",
        r"(?i)assistance (?:pour les|des) victimes": "assistance aux victimes",
        r"(?i)États non-parties": "États non parties",
        r"(?i)\bpanels?\b|\bpanélistes?\b": "table ronde; intervenant(e)",
        r"(?i)\bmise à jour\b": "informations actualisées",
        r"(?i)oeuvr": "œ",
        r"(?i)Siem Reap Angkor|Siam Reap": "Siem Reap-Angkor",
        r"\b(?:du|le) 21MSP\b": "la 21MSP",
        r"'": "apostrophe ’",
        r"\"|[“”](?![^«]*»)": "« … »; “…” only inside",
        r"\.\.\.": "…",
        r"[^\u00a0][;?!»]|(?<![\u00a0\]\d]):(?!//)|«[^\u00a0]": "no-break space missing",
        r"\d\s*[-–]\s*\d": "ranges in words: 33 à 41",
    },
    "es": {
        r"Estados? Partes?\b": "Estado parte, Estados partes",
        r"Estados (?:no )?parte\b": "Estados partes, Estados no partes",
        r"antipersonas?\b|antipersonales\b": "antipersonal, invariable",
        r"(?i)minas terrestres": "minas antipersonal",
        r"\b[Aa]cci(?:ón|ones) \d": "medida",
        r"\bMedidas?\s+\d": "medida, with a small m",
        r"Asamblea": "Reunión de los Estados partes",
        r"Conferencia de Revisi[oó]n": "Conferencia de Examen",
        r"\b(?:ISU|OAP|WMO|GICHD)\b": "Dependencia de Apoyo para la Aplicación, PAO, OMM, CIDHG",
        r"Unidad de Apoyo": "Dependencia de Apoyo para la Aplicación",
        r"[Ii]ntersesional": "entre períodos de sesiones",
        r"periodos? de sesiones": "períodos",
        r"[Ii]mplementa": "aplicación, aplicar",
        r"\bagenda\b|orden del día": "programa, tema del programa",
        r"extensi[oó]n": "prórroga",
        r"remoci[oó]n|limpieza de": "desminado",
        r"arsenal|\bstocks?\b": "existencias",
        r"desaf[ií]o|\bretos?\b": "dificultad",
        r"entrenamiento": "adiestramiento",
        r"\bde el |\ba el ": "del, al",
        r"[«»\"‘’']": "“…” alone",
        r"\.”": "the full stop stands after the closing mark",
        r"\s[,.;:)]|\(\s": "no space before a mark",
        r"^[^¿]*\?|^[^¡]*!": "opening marks ¿ ¡",
        r"Guinea-Bis[aá]u|Turquía|Costa de Marfil|Esuatini|Vietnam": "UN names of States",
        r"\d\s*[-–]\s*\d": "ranges in words: 33 a 41",
    },
    "ar": {
        r"الدول (?:الطرف|الأعضاء|الاطراف|المتعاقدة)": "الدول الأطراف",
        r"الدول غير (?:الطرف|الأعضاء|المنضمة)": "الدول غير الأطراف",
        r"الألغام (?:الأرضية )?(?:ضد|المضادة ل?لأشخاص|المضادة للافراد)": "الألغام المضادة للأفراد",
        r"معاهدة (?:أوتاوا|حظر)": "اتفاقية",
        r"نزع الألغام|مكافحة الألغام": "إزالة الألغام; الإجراءات المتعلقة بالألغام",
        r"المناطق (?:المزروعة|الملوثة|الملغمة)": "المناطق الملغومة",
        r"مؤتمر (?:المراجعة|الاستعراض)\b": "المؤتمر الاستعراضي",
        r"مخطط عمل": "خطة عمل",
        r"سييم|سيم ريب|سيم رياب|سيام ريب[-–]": "سيام ريب - أنغكور",
        r"لجنة (?:المادة|مساعدة|تعزيز|الامتثال)": "اللجنة المعنية بـ…",
        r"المهلة|المهل\b|الأجل النهائي": "الموعد النهائي",
        r"ورشة|جلسة نقاش": "حلقة نقاش",
        r"الدورات البينية": "ما بين الدورات",
        r"يونيو|يوليو": "يونيه, يوليه",
        r"(?:يونيه|يوليه|نوفمبر)/": "Levantine month first",
        r"[٠-٩۰-۹]": "Western digits",
        r"ـ": "no tatweel",
        r"[\ufb50-\ufdff\ufe70-\ufeff]": "no presentation forms",
        r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]": "isolates belong to the renderer",
        r"[,;?]": "، ؛ ؟",
        r"\s[،؛؟.:]|،\S": "no space before a mark, one after a comma",
        r"\d\s*[-–]\s*\d": "ranges in words: من 33 إلى 41",
        r"[\"“”‘’']": "«…»",
        r"[یکے]": "Arabic letters, not Persian or Urdu ones",
        r"(?<!\()21MSP|\bISU\b": "the full name",
        r"(?:^|\s)و\s": "the conjunction joins the next word",
    },
}
RULES = [
    pytest.param(language, pattern, why, id=f"{language} {why[:40]}")
    for language, rules in FORBIDDEN.items()
    for pattern, why in rules.items()
]


@pytest.mark.parametrize(("language", "pattern", "why"), RULES)
def test_no_text_holds_a_forbidden_variant(language: str, pattern: str, why: str) -> None:
    offending = [
        f"{one.name}: …{one.texts[language][max(0, m.start() - 20) : m.end() + 20]}…"
        for one in ALL
        for m in re.finditer(pattern, re.sub(r"^\[\^[^\]]+\]:", "", one.texts[language]))
    ]

    assert not offending, why


WRONG = [
    ("fr", "Les Etats parties", "É keeps its accent"),
    ("fr", "la Réunion des États parties", "the MSP is the Assemblée des États parties"),
    ("fr", "les mines antipersonnelles", "antipersonnel, invariable, one word"),
    ("es", "los Estados Partes", "Estado parte, Estados partes"),
    ("es", "minas antipersonales", "antipersonal, invariable"),
    ("ar", "الدول الطرف", "الدول الأطراف"),
    ("ar", "18 يونيو", "يونيه, يوليه"),
]


@pytest.mark.parametrize(("language", "text", "why"), WRONG)
def test_the_table_finds_what_it_is_there_for(language: str, text: str, why: str) -> None:
    found = [told for pattern, told in FORBIDDEN[language].items() if re.search(pattern, text)]

    assert why in found

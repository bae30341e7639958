"""The real programme: the files say what its source says, and the plain text says it again.

`tests/data/seed.txt` is the programme of the 2024 Intersessional Meetings as it was published.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.conf import settings
from ruamel.yaml import YAML

from meetings.directory import import_delegations
from meetings.models import Delegation, Meeting, TreatyStatus
from programme.document.nodes import LANGUAGES
from programme.renderers import text
from programme.rows.compiling import compile_document
from programme.rows.importing import import_programme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAMMES = settings.BASE_DIR / "programme" / "data"
INTERSESSIONAL = PROGRAMMES / "2024-intersessional-meetings.yaml"
PREPARATORY = PROGRAMMES / "2024-first-preparatory-meeting.yaml"
DIRECTORY = settings.BASE_DIR / "meetings" / "data"
SEED = (settings.BASE_DIR / "tests" / "data" / "seed.txt").read_text(encoding="utf-8")

LINKS = ("Programme\N{NO-BREAK SPACE}برنامج", "Programa\N{NO-BREAK SPACE}", "Programme")
"""How the lines begin that led to the other languages, and the heading beneath them."""

PANELS_HEADING = "Thematic Panels for Wednesday 19 June 2024"

SENTENCE_END = re.compile(r"(?<!H\.E\.)(?<!Dr\.)(?<!\d[a-z]\.)(?<=[.”]) (?=[A-Z\d“])")
"""Not after an abbreviation or a label such as "6a."."""


# --- reading -----------------------------------------------------------------------------


def read_yaml(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(path)
    return loaded


def read_csv(name: str) -> list[dict[str, str]]:
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def mended(source: str) -> str:
    """The source without the typing faults that the file lists."""
    for mending in read_yaml(INTERSESSIONAL)["mendings"]:
        source = source.replace(mending["found"], mending["mended"])
    return source


def sentences(source: str) -> Iterator[str]:
    """Every sentence, heading and bullet of the programme, without bullets and bare letters."""
    for raw in source.splitlines():
        line = re.sub(r"^\s*•\s*|^[a-z]\. ", "", raw).strip()
        if line == PANELS_HEADING:
            # The day is a heading of the timetable, and each panel has its own.
            yield from ("Thematic Panels", line.removeprefix("Thematic Panels for "))
        elif line and not line.startswith(LINKS[:2]) and line != LINKS[2]:
            yield from SENTENCE_END.split(line)


def folded(source: str) -> str:
    """Words alone: no case, quotes, dashes, punctuation, white space."""
    words = " ".join(re.findall(r"\w+", source.casefold()))
    return f" {words} "


def stands_in(sentence: str, haystack: str) -> bool:
    return folded(sentence) in haystack


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every mapping of a file, from the outside in."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


def speaking_lists(path: Path) -> list[dict[str, Any]]:
    return [node for node in nodes(read_yaml(path)) if "invitation" in node]


class Source(NamedTuple):
    """A text of a file that is taken from its source."""

    key: str
    field: str
    value: str


def texts_from_source(path: Path) -> Iterator[Source]:
    """Every English text that its row does not call inferred, with States named in it."""
    names = {row["code"]: row["name_en"] for row in read_csv("states.csv")}
    for node in nodes(read_yaml(path)):
        *others, last = [names[code] for code in node.get("delegations", ())] or [""]
        named = f"{' '.join(others)} and {last}"
        for field, value in node.items():
            if field in node.get("inferred", ()) or not isinstance(value, dict):
                continue
            if "en" in value and "key" in node:
                yield Source(node["key"], field, value["en"].replace("{delegations}", named))


# --- the plain text ----------------------------------------------------------------------


@pytest.fixture
def plain_text(db: None) -> str:  # noqa: ARG001 -- a fixture cannot carry the mark
    """The programme, by the whole way from the files to the plain text."""
    import_delegations()
    import_programme(INTERSESSIONAL)
    document = compile_document(Meeting.objects.get(slug=INTERSESSIONAL.stem))
    return text.render(document.in_language("en"), designation="", published_at=None)


def test_every_sentence_of_the_source_stands_in_the_plain_text(plain_text: str) -> None:
    rendered = folded(plain_text)

    missing = [one for one in sentences(mended(SEED)) if not stands_in(one, rendered)]

    assert not missing, "not in the plain text:\n" + "\n".join(missing)


def test_sentences_stand_in_the_order_of_the_source(plain_text: str) -> None:
    rendered, position = folded(plain_text), 0

    for sentence in sentences(mended(SEED)):
        if sentence in ("Thematic Panels", "Wednesday 19 June 2024", "11:30 – 13:00"):
            continue  # day, time and heading of the first panel come in an order of their own
        found = rendered.find(folded(sentence), position)
        assert found >= position, f"out of order: {sentence}"
        position = found + len(folded(sentence)) - 1  # the next one begins at the same space


def test_item_5_invites_in_one_sentence(plain_text: str) -> None:
    line = next(one for one in plain_text.splitlines() if "The Committee will invite 1)" in one)

    assert line.strip() == (
        "The Committee will invite 1) States Parties with alleged or known non-compliance with the "
        "general obligations under Article 1 to provide an update on their efforts to address "
        "these matters, 2) States Parties with outstanding Article 9 commitments to offer an "
        "update on the implementation of Action 50 of the OAP, and 3) other States Parties and "
        "organisations wishing to engage with the Committee’s preliminary observations."
    )


@pytest.mark.django_db
def test_preparatory_meeting_follows_in_its_own_file() -> None:
    import_delegations()
    import_programme(INTERSESSIONAL)
    import_programme(PREPARATORY)

    document = compile_document(Meeting.objects.get(slug=PREPARATORY.stem)).in_language("en")

    assert document.meeting.follows is not None
    assert document.meeting.follows.slug == INTERSESSIONAL.stem
    assert [(item.label.value, item.title.value) for item in document.items()] == [
        ("", "Opening"),
        ("5", ""),
        ("5a", "Review of the operation and status of the Convention"),
        ("5b", "Siem Reap Angkor Action Plan"),
        ("5c", "Siem Reap Angkor Political Declaration"),
        ("", "Logistics"),
        ("", "Assessed contributions"),
    ]


# --- the programme's file ----------------------------------------------------------------


def test_source_has_as_many_sentences_as_a_reader_counts() -> None:
    assert len(list(sentences(SEED))) == 59


def test_every_text_not_inferred_stands_in_the_source() -> None:
    source = folded(mended(SEED))
    invented = [
        one for one in texts_from_source(INTERSESSIONAL) if not stands_in(one.value, source)
    ]

    assert not invented, "not in the source:\n" + "\n".join(map(str, invented))


@pytest.mark.parametrize(
    "mending", read_yaml(INTERSESSIONAL)["mendings"], ids=lambda mending: mending["found"]
)
def test_mending_is_of_a_fault_in_the_source(mending: dict[str, str]) -> None:
    everything = "\n".join(one.value for one in texts_from_source(INTERSESSIONAL))

    assert mending["found"] in SEED
    assert mending["found"] not in mended(SEED)
    assert mending["found"] not in everything
    assert mending["because"]


def test_18_invitations_name_17_states() -> None:
    named = [one["delegations"] for one in speaking_lists(INTERSESSIONAL) if "delegations" in one]
    invitations = Counter(code for codes in named for code in codes)

    assert named == [
        ["afg", "tcd", "cyp", "eri", "gnb", "ner", "omn", "per", "srb"],
        ["khm", "hrv", "ecu", "ssd", "tha", "ukr", "yem"],
        ["grc", "ukr"],
    ]
    assert invitations.total() == 18
    assert len(invitations) == 17
    assert [code for code, times in invitations.items() if times > 1] == ["ukr"]


def test_sentence_without_its_parenthesis_has_no_gap() -> None:
    for one in speaking_lists(INTERSESSIONAL):
        invitation = one["invitation"]["en"]

        assert ("delegations" in one) == (" ({delegations})" in invitation)
        assert "{" not in invitation.replace(" ({delegations})", "")


def test_only_run_in_invitations_have_no_end_mark() -> None:
    without = [
        one["key"]
        for one in speaking_lists(INTERSESSIONAL) + speaking_lists(PREPARATORY)
        if not one["invitation"]["en"].endswith(".")
    ]

    assert without == [
        "item-5-article-1",
        "item-5-article-9",
        "item-5-preliminary-observations",
        "item-7a-delegations",  # "Delegations’ updates": not a sentence
    ]


@pytest.mark.parametrize("path", [INTERSESSIONAL, PREPARATORY], ids=lambda path: path.stem)
class TestFile:
    def test_is_named_after_its_meeting(self, path: Path) -> None:
        assert read_yaml(path)["meeting"]["slug"] == path.stem

    def test_keys_are_unique(self, path: Path) -> None:
        keys = Counter(node["key"] for node in nodes(read_yaml(path)) if "key" in node)

        assert [key for key, times in keys.items() if times > 1] == []

    def test_every_delegation_is_in_the_directory(self, path: Path) -> None:
        known = {row["code"] for row in read_csv("states.csv") + read_csv("organisations.csv")}
        used = {
            code
            for node in nodes(read_yaml(path))
            for code in (*node.get("delegations", ()), *filter(None, [node.get("delegation")]))
        }

        assert used - known == set()

    def test_every_footnote_mark_has_its_note(self, path: Path) -> None:
        for node in nodes(read_yaml(path)):
            texts = [one["en"] for one in node.values() if isinstance(one, dict) and "en" in one]
            marks = re.findall(r"\[\^\w+\](?!:)", " ".join(texts))
            notes = re.findall(r"^(\[\^\w+\]):", node.get("notes", {}).get("en", ""), re.MULTILINE)

            assert marks == notes

    def test_places_no_item_at_a_time(self, path: Path) -> None:
        programme = read_yaml(path)

        assert programme["placements"] == []
        assert [one for one in programme["sittings"] if "start" in one] == []


def test_panels_have_their_times_and_titles_that_are_inferred() -> None:
    panels = read_yaml(INTERSESSIONAL)["panels"]

    assert [(one["date"], one["start"], one["end"]) for one in panels] == [
        (date(2024, 6, 19), "11:30", "13:00"),
        (date(2024, 6, 19), "15:00", "16:30"),
        (date(2024, 6, 19), "16:30", "18:00"),
    ]
    for panel in panels:
        assert all(panel["title"][one] and panel["short_title"][one] for one in LANGUAGES)
        assert {"title", "short_title"} <= set(panel["inferred"])


def test_short_titles_are_inferred_and_shorter() -> None:
    rows = [node for node in nodes(read_yaml(INTERSESSIONAL)) if "short_title" in node]

    assert rows
    for row in rows:
        assert "short_title" in row["inferred"]
        for language in LANGUAGES:
            assert len(row["short_title"][language]) <= min(40, len(row["title"][language]))


# --- the directory -----------------------------------------------------------------------


def test_197_states_of_which_164_are_parties() -> None:
    states = read_csv("states.csv")

    assert len({one["code"] for one in states}) == 197
    assert Counter(one["status"] for one in states) == {"state_party": 164, "state_not_party": 33}


def test_states_have_codes_and_names_in_every_language() -> None:
    for one in read_csv("states.csv"):
        assert re.fullmatch("[a-z]{3}", one["code"]), one
        assert re.fullmatch("[A-Z]{2}", one["alpha2"]), one
        assert all(value and value == value.strip() for value in one.values()), one
        assert "'" not in "".join(one.values()), one


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_no_two_delegations_share_a_name(language: str) -> None:
    rows = read_csv("states.csv") + read_csv("organisations.csv")
    names = [one[f"name_{language}"] or one["name_en"] for one in rows]

    assert len(set(names)) == len(rows)


@pytest.mark.parametrize(
    ("code", "french", "spanish"),
    [
        ("tcd", "le Tchad", "el Chad"),
        ("afg", "l’Afghanistan", "el Afganistán"),
        ("ecu", "l’Équateur", "el Ecuador"),
        ("per", "le Pérou", "el Perú"),
        ("cyp", "Chypre", "Chipre"),
        ("nld", "les Pays-Bas (Royaume des)", "los Países Bajos (Reino de los)"),
        ("usa", "les États-Unis d’Amérique", "los Estados Unidos de América"),
        ("civ", "la Côte d’Ivoire", "Côte d’Ivoire"),
    ],
)
def test_name_inside_a_sentence_has_its_article(code: str, french: str, spanish: str) -> None:
    one = next(row for row in read_csv("states.csv") if row["code"] == code)

    assert (one["name_in_text_fr"], one["name_in_text_es"]) == (french, spanish)


def test_name_inside_a_sentence_is_the_name_after_an_article() -> None:
    article = {"fr": r"(l’|le |la |les )?", "es": r"(el |la |los |las )?"}
    for one in read_csv("states.csv"):
        for language, pattern in article.items():
            name = re.escape(one[f"name_{language}"])

            assert re.fullmatch(pattern + name, one[f"name_in_text_{language}"]), one


def test_every_state_has_its_status_of_june_2024_with_a_source() -> None:
    statements = [row for row in read_csv("treaty_statuses.csv") if row["as_of"] == "2024-06-01"]

    assert {row["delegation_code"]: row["status"] for row in statements} == {
        row["code"]: row["status"] for row in read_csv("states.csv")
    }
    assert len(statements) == 197
    assert all(0 < len(row["source"]) <= 300 for row in read_csv("treaty_statuses.csv"))


def test_later_changes_of_status_are_the_dated_ones() -> None:
    later = [row for row in read_csv("treaty_statuses.csv") if row["as_of"] != "2024-06-01"]

    assert [(row["delegation_code"], row["status"], row["as_of"]) for row in later] == [
        ("est", "state_not_party", "2025-12-27"),
        ("lva", "state_not_party", "2025-12-27"),
        ("ltu", "state_not_party", "2025-12-27"),
        ("mhl", "state_party", "2025-12-31"),
        ("ton", "state_party", "2025-12-31"),
    ]


def test_statuses_and_kinds_are_those_of_the_rows() -> None:
    statuses = {row["status"] for row in read_csv("treaty_statuses.csv")}
    kinds = {row["kind"] for row in read_csv("organisations.csv")}

    assert statuses == set(TreatyStatus.Status.values)
    assert kinds <= set(Delegation.Kind.values) - {Delegation.Kind.STATE}


def test_organisations_are_those_that_the_programme_names_and_those_that_speak_every_year() -> None:
    rows = {row["code"]: row for row in read_csv("organisations.csv")}
    in_four_languages = {code for code, row in rows.items() if row["name_fr"] and row["name_ar"]}

    assert [*rows][:3] == ["gichd", "isu", "wmo"]
    assert rows.keys() >= {
        *("eu", "icrc", "icbl", "unmas", "undp", "unicef", "unoda", "oas", "halo", "mag", "npa"),
        *("fsd", "drc", "mine-action-review"),
    }
    assert in_four_languages >= {"gichd", "isu", "wmo", "eu", "icrc", "oas", "undp", "unicef"}

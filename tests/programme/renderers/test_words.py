"""What delegates act on, in words that are written out: no catalogue is asked whether it is right.

`tests/data/words.yaml` says in French, Spanish and Arabic what pages must say; here pages are made
and read. A sentence of `programme/renderers/sentences.py` that is not written out there fails.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.functional import Promise
from django.utils.translation import override
from ruamel.yaml import YAML

from programme.comparing.change_lines import MEMBERS, TIME, Line, Named
from programme.comparing.changes import ORDER
from programme.comparing.fields import FIELDS, NEW_TIME, Field
from programme.comparing.lines.weights import weight_of
from programme.document import part_names, words
from programme.document.nodes import LANGUAGES, Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.renderers import sentences, text_signs
from programme.renderers.marks import Marking
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    NORWAY,
    SECOND_DAY,
    busy_days,
    day,
    delegation,
    document,
    intersessionals,
    item,
    named_list,
    open_list,
    panel,
    pause,
    placement,
    reference,
    sitting,
    slot,
    speaker,
    version,
    versions_in_turn,
)
from tests.programme.html import Element, Page
from tests.rows import DATA

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from programme.shelf.edition import Version
    from tests.programme.conftest import Publish

Forms = Mapping[str, str]
"""One idea by language."""

WRITTEN: Mapping[str, list[dict[str, str]]] = YAML(typ="safe").load(DATA / "words.yaml")
SENTENCES: Mapping[str, Forms] = {one["en"]: one for one in WRITTEN["sentences"]}
WORDS: Mapping[str, Forms] = {one["en"]: one for one in WRITTEN["words"]}
PLAIN: Mapping[str, Forms] = {one["en"]: one for one in WRITTEN["plain"]}
PAGES: Mapping[str, Forms] = {one["en"]: one for one in WRITTEN["pages"]}

every_language = pytest.mark.parametrize("language", LANGUAGES)

INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def seen(text: str) -> str:
    """What a reader sees: no-break spaces are spaces, and marks of direction are nothing."""
    return " ".join(text.translate(INVISIBLE).split())


def page(client: Client, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, path
    return Page(response.content.decode())


def pattern(form: str, **filled: str) -> re.Pattern[str]:
    """A written form as a pattern: what is not filled may be anything."""
    parts = PLACEHOLDER.split(form)
    for place in range(1, len(parts), 2):
        parts[place] = re.escape(filled[parts[place]]) if parts[place] in filled else ".+"
    for place in range(0, len(parts), 2):
        parts[place] = re.escape(parts[place])
    return re.compile("".join(parts))


def english(phrase: Any) -> str:
    """What a phrase says in English, whatever language the last request left behind."""
    with override("en"):
        return str(phrase)


# --- every sentence of a change --------------------------------------------------------------

ADA = Texts.of(en="Ada", fr="Ada", es="Ada", ar="آدا")
NAMES = {"en": "Ada", "fr": "Ada", "es": "Ada", "ar": "آدا"}

TEN = {"date": "2024-06-18", "part": "", "start": "10:00", "end": "11:00", "sitting": "a"}
MOVES: Mapping[str, tuple[Any, Any]] = {
    "moved": (TEN, TEN | {"date": "2024-06-19", "start": "15:00", "end": "16:00"}),
    "other hours": (TEN, TEN | {"end": "12:00"}),
    "fixed": (TEN | {"start": "", "end": ""}, TEN),
    "open": (TEN, TEN | {"start": "", "end": ""}),
    "other sitting": (TEN, TEN | {"sitting": "b"}),
    "into a sitting": (TEN | {"sitting": ""}, TEN),
    "out of a sitting": (TEN, TEN | {"sitting": ""}),
    "other part": (TEN, TEN | {"part": "evening"}),
}
OF_MOVE = {"other part": "sitting"}
"""Moves of one kind alone."""
WHOLE = {"added": (None, "x"), "removed": ("x", None), "changed": ("x", "y")}
VALUES: Mapping[str, tuple[Any, Any]] = {
    "starts_on": ("2024-06-18", "2024-06-19"),
    "ends_on": ("2024-06-19", "2024-06-20"),
    "zone": ("Europe/Zurich", "Africa/Addis_Ababa"),
    "open_to": ([], ["states_parties"]),
    "label": (dict.fromkeys(LANGUAGES, "6"), dict.fromkeys(LANGUAGES, "7")),
    NEW_TIME: (TEN, TEN | {"start": "15:00", "end": "16:00"}),
    "joined": (False, True),
    "left": (True, False),
    "names": ({"per": dict.fromkeys(LANGUAGES, "Eve")}, {"per": NAMES}),
    ORDER: (["a", "b"], ["b", "a"]),
}
ANOTHER = tuple(dict.fromkeys(LANGUAGES, one) for one in "ab")
"""A text that is worded anew in all languages, as a line keeps it."""


SUBJECTS = {"sub-item": "item", "conditional list": "list", "side event": "panel"}
"""Kinds in the tables of sentences that are a subject of another kind."""


def line(place: int, kind: str, field: str, before: Any, after: Any, **content: Any) -> Line:
    """A line about a subject of its own, under an item of its own."""
    subject = Named(SUBJECTS.get(kind, kind), f"s{place}", Texts(), ADA)
    is_called_by_its_time = subject.kind in {"sitting", "break"} and field != TIME
    usual: dict[str, Any] = {
        "owner": Named("item", f"o{place}", Texts(), ADA),
        "name": ADA,
        "number": int(subject.kind == "list"),
        "when": None if is_called_by_its_time else TEN,
        "above": ("item",) if kind == "sub-item" else (),
        "is_conditional": kind == "conditional list",
        "is_side_event": kind == "side event",
    }
    return Line(subject=subject, field=field, before=before, after=after, **usual | content)


def of_field(place: int, kind: str, field: str) -> Line:
    """The line that is told by the sentence of a kind and field."""
    if field in WHOLE:
        return line(place, kind, "", *WHOLE[field])
    code: dict[str, Any] = {"code": "per"} if field in {"joined", "left"} else {}
    name = MEMBERS if code else field
    if (kind, field) == ("list", "place"):
        code = {"when": None}  # under an item without a time
    return line(place, kind, name, *VALUES.get(field, ANOTHER), **code)


def came_or_went(place: int, kind: str, field: str, *, came: bool) -> Line:
    """The line of a text that is newly there, or no more."""
    made = line(place, kind, field, None, None)
    value = TEN if field == NEW_TIME else dict.fromkeys(LANGUAGES, "7")
    now: dict[str, Any] = {"after" if came else "before": value}
    return replace(made, **now)


def every_field() -> Iterator[tuple[str, str, Field]]:
    """Each kind and field, with what is said of it."""
    for kind, its_fields in FIELDS.items():
        for name, field in its_fields.items():
            yield kind, name, field


def all_sentences() -> Iterator[tuple[str, Line]]:
    """Every sentence of the registry in English, with a line that is told by it."""
    told: list[tuple[Any, Any]] = []
    told += [
        (sentence, lambda n, key=key: of_field(n, *key))
        for key, sentence in sentences.EVENTS.items()
    ]
    for kind, name, field in every_field():
        key = kind, name
        told.append((field.changed, lambda n, key=key: of_field(n, *key)))
        for value, sentence in field.values.items():
            after = {"True": True, "False": False}.get(value, value)
            before = not after if isinstance(after, bool) else "before"
            told.append((sentence, lambda n, a=(*key, before, after): line(n, *a)))
        for sentence, came in ((field.came, True), (field.went, False)):
            told.append((sentence, lambda n, key=key, c=came: came_or_went(n, *key, came=c)))
    for kind, moves in (("placement", sentences.MOVES), ("break", sentences.MOVES_BY_NAME)):
        told += [
            (sentence, lambda n, a=(TIME, *MOVES[move]), of=of: line(n, of, *a))
            for move, sentence in moves.items()
            for of in [OF_MOVE.get(move, kind)]
        ]
    told.append((sentences.OTHER, lambda n: line(n, "item", "newer", 1, 2)))
    for place, (sentence, make) in enumerate(one for one in told if one[0]):
        yield english(sentence), make(place)


def told_on_the_page(
    publish: Publish, client: Client, language: str, lines: list[Line]
) -> list[str]:
    """The sentences of a page of changes that tells these lines."""
    first = version(intersessionals())
    publish(first, replace(version(intersessionals(), 2, "Rev.1"), lines=tuple(lines)))
    read = page(client, f"/{language}/meetings/2024-intersessional-meetings/changes/")
    return [seen(one.text) for one in read.all("li") if _is_told(one)]


def _is_told(one: Element) -> bool:
    return any("told" in each.attributes.get("class", "").split() for each in one.parents)


@every_language
def test_every_sentence_of_a_change_stands_on_the_page_as_it_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    registry = sorted(all_sentences(), key=lambda one: weight_of(one[1]))
    first = SENTENCES["the first list"][language]

    told = told_on_the_page(publish, client, language, [one for _, one in registry])

    assert len(told) == len(registry)
    for (sentence, one), says in zip(registry, told, strict=True):
        form = SENTENCES[sentence][language]
        capital = first[:1].upper() + first[1:] if form.startswith("%(list)s") else first
        assert pattern(form, name=NAMES[language], list=capital).fullmatch(says), (one.key, says)


@every_language
def test_every_mark_of_a_move_is_written_out(language: str) -> None:
    for kind, sentence in sentences.MARKED_MOVES.items():
        moved = line(0, OF_MOVE.get(kind, "placement"), TIME, *MOVES[kind])
        place = moved.subject.id if kind in OF_MOVE else moved.owner.id

        mark = Marking(language).everywhere([moved])[place]

        form = SENTENCES[english(sentence)][language]
        assert pattern(form).fullmatch(seen(str(mark.told[0]))), kind


@every_language
def test_what_holds_for_some_languages_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    other = next(one for one in reversed(LANGUAGES) if one != language)
    was = dict.fromkeys(LANGUAGES, "6")
    number = line(0, "item", "label", was, was | {other: "7"})
    title = line(1, "item", "title", {"en": "a", "fr": "a"}, {"en": "b", "fr": "a", "ar": "b"})

    of_number, of_title = told_on_the_page(publish, client, language, [number, title])

    forms = {name: one[language] for name, one in SENTENCES.items()}
    only = "%(sentence)s (%(languages)s only)"
    changed, added = (
        pattern(forms[only], sentence=forms[f"Title {one}"]).pattern for one in ("changed", "added")
    )
    assert pattern(forms[only], sentence=forms["Number changed"]).fullmatch(of_number)
    both = pattern(forms["%(first)s; %(second)s"], first="CHANGED", second="ADDED").pattern
    both = both.replace("CHANGED", changed).replace("ADDED", added)
    assert re.fullmatch(both, of_title, re.IGNORECASE)


def all_in(module: Any) -> Iterator[Promise]:
    """All that a module has from the catalogues, in its tables or by itself."""
    for name, value in vars(module).items():
        if name.isupper():
            table = value.values() if isinstance(value, Mapping) else value
            held = table if isinstance(table, Iterable) and not isinstance(value, Promise) else ()
            yield from (one for one in (*held, value) if isinstance(one, Promise))


def test_nothing_that_a_change_may_say_is_missing_among_what_is_written_out() -> None:
    said = {english(one) for module in (part_names, sentences) for one in all_in(module)}
    said |= {english(one) for _kind, _name, field in every_field() for one in field.all()}

    assert said == SENTENCES.keys(), (
        "tests/data/words.yaml: write out all that is said, and no more."
    )
    assert len(said) > 110
    assert all(set(one) == set(LANGUAGES) and all(one.values()) for one in SENTENCES.values())


@every_language
def test_every_list_is_called_as_it_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    numbers = range(len(sentences.LISTS) + 1)
    names = [*map(english, sentences.LISTS), english(sentences.LIST_BEYOND)]
    lines = [line(n, "list", "notes", *ANOTHER, number=n) for n in numbers]

    told = told_on_the_page(publish, client, language, lines)

    form = SENTENCES["Notes changed in %(list)s"][language]
    assert told == [
        form.replace("%(list)s", SENTENCES[each][language].replace("%(number)s", str(n)))
        for n, each in zip(numbers, names, strict=True)
    ]


OPEN_TO = {
    "en": ("States Parties", "States Parties, States not party, and organisations", "all"),
    "fr": (
        "aux États parties",
        "aux États parties, aux États non parties et aux organisations",
        "à toutes les délégations",
    ),
    "es": (
        "los Estados partes",
        "los Estados partes, los Estados no partes y las organizaciones",
        "todas las delegaciones",
    ),
    "ar": (
        "الدول الأطراف",
        "الدول الأطراف والدول غير الأطراف والمنظمات",
        "الجميع",
    ),
}


@every_language
def test_to_whom_a_list_is_open_stands_as_it_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    everybody = list(sentences.CATEGORIES)
    lines = [
        line(n, "list", "open_to", ["x"], after)
        for n, after in enumerate((everybody[:1], everybody, []))
    ]

    told = told_on_the_page(publish, client, language, lines)

    whole = SENTENCES["%(list)s is open to %(after)s"][language]
    lead = SENTENCES["the first list"][language]
    capital = lead[:1].upper() + lead[1:]
    assert told == [
        whole.replace("%(list)s", capital).replace("%(after)s", one) for one in OPEN_TO[language]
    ]


IN_SOME_LANGUAGES = {
    "en": ["Title changed (French only)", "Title changed (French and Arabic)"],
    "fr": ["Titre modifié (français uniquement)", "Titre modifié (français et arabe)"],
    "es": ["Título modificado (solo en francés)", "Título modificado (en francés y árabe)"],
    "ar": ["تغيير العنوان (الفرنسية فقط)", "تغيير العنوان (الفرنسية والعربية)"],
}


@every_language
def test_the_languages_of_a_change_stand_as_they_are_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    old, new = ANOTHER
    lines = [
        line(n, "item", "title", old, old | {one: new[one] for one in changed})
        for n, changed in enumerate((["fr"], ["fr", "ar"]))
    ]

    assert told_on_the_page(publish, client, language, lines) == IN_SOME_LANGUAGES[language]


@every_language
def test_what_has_no_name_is_called_as_it_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    lines = []
    for n, kind in enumerate(part_names.UNNAMED):
        made = line(n, kind, "", None, "x", when={"date": ""})
        nameless = Named(kind, f"s{n}", Texts(), Texts())
        owns = kind in {"meeting", "item", "panel"}
        made = replace(made, subject=nameless, name=Texts(), owner=nameless if owns else made.owner)
        lines.append(made)
    publish(replace(version(intersessionals(), 2, "Rev.1"), lines=tuple(lines)))

    read = page(client, f"/{language}/meetings/2024-intersessional-meetings/changes/")

    for each in part_names.UNNAMED.values():
        assert SENTENCES[english(each)][language] in seen(read.text)


# --- words of a programme --------------------------------------------------------------------

PARTS = ("whole_day", "first_half", "morning", "second_half", "afternoon", "evening")


def with_every_word() -> ProgrammeDocument[Texts]:
    """A programme in which every word of `programme/document/words.py` stands, and every sign."""
    alone = [replace(speaker(role, person=ADA), id=role) for role in words.ROLES]
    alone[0] = replace(alone[0], on_behalf_of=ADA)
    several = [
        replace(speaker(role, person=ADA), id=f"{role} {number}")
        for role in words.ROLES
        for number in (1, 2)
    ]
    title = Texts(
        {"en": Wording("T", "machine"), "fr": Wording("T", "inferred"), "es": Wording("T")}
    )
    behind = Texts({one: Wording("T.", behind=True) for one in LANGUAGES})
    inferred = Texts({one: Wording("T.", "inferred") for one in LANGUAGES})
    machine = Texts({one: Wording("T.", "machine") for one in LANGUAGES})
    first = replace(
        item(1, title=title, text="Text[^1].", notes="[^1]: Note."),
        presenters=(*alone, *several),
        sub_items=(
            item(1, 1, title=behind, text=Texts.of(fr="Texte")),
            item(1, 2, title=inferred, number_is="inferred"),
            item(1, 3, title=machine, number_is="inferred"),
            item(1, 4, title=inferred, text=Texts.of(es="Texto")),
            item(1, 5, title=machine, text=Texts.of(ar="نص")),
            item(1, 6, title=behind, text=inferred),
        ),
    )
    again = replace(placement(first), id="again", is_continued=True)
    theme, other = panel("theme"), panel("alone", on=SECOND_DAY.replace(day=20))
    beside = replace(panel("beside"), kind="side_event", host=ADA)
    breaks = [
        replace(pause(time(9 + n), time(10 + n)), id=kind, name=Texts(), kind=kind)
        for n, kind in enumerate(("lunch", "coffee", "other"))
    ]
    sittings = [sitting(part=one, start=None, end=None) for one in PARTS]
    return document(
        *(first, item(2)),
        timetable=[
            day(FIRST_DAY, *sittings, *breaks, placement(first)),
            day(SECOND_DAY, again, slot(theme), slot(beside)),
            day(SECOND_DAY.replace(day=20), slot(other)),
        ],
        panels=[theme, other, beside],
        slug="every-word",
        introduction=Texts({one: Wording("T.", "unofficial") for one in LANGUAGES}),
    )


@every_language
def test_every_word_of_a_programme_stands_on_its_page_as_it_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    publish(version(with_every_word()))
    own = {f"in {name}" for code, name in ENGLISH_NAMES.items() if code == language}

    read = page(client, f"/{language}/meetings/every-word/")
    plain = client.get(f"/{language}/meetings/every-word.txt").content.decode()

    says = {seen(value) for one in read.elements for value in (one.text, *one.attributes.values())}
    says |= set(map(seen, plain.splitlines()))
    in_signs = set(re.findall(r'_\("(.+?)"\)', inspect.getsource(text_signs)))
    assert set(WORDS) == {*map(english, all_in(words)), *in_signs}
    missing = {
        form
        for form in WORDS
        if not any(pattern(WORDS[form][language]).search(one) for one in says)
    }
    assert missing == own | {"Notes"}  # the document holds that word, and no page shows it


ENGLISH_NAMES = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic"}


# --- pages -----------------------------------------------------------------------------------

MEETING = "meetings/2024-intersessional-meetings"
BUSY = "meetings/busy-days"


LONG = "\n\n".join(("Why it matters.", "It matters. " * 40))


def held_meetings() -> list[Version]:
    """Versions of meetings that are held, cancelled, postponed, adopted, and one after another."""
    some = open_list("states_parties", kind="conditional")
    first = intersessionals()
    renamed = intersessionals(name=Texts.of(en="Renamed"))
    longer, other, mended = (
        replace(renamed, agenda=(*first.agenda, item(8, title=title, lists=[each, some])))
        for title, each in (
            ("More", named_list(CHAD)),
            ("Much more", replace(named_list(CHAD, NORWAY), id="list-tcd")),
            ("much more", replace(named_list(CHAD, NORWAY), id="list-tcd")),
        )
    )
    part_names = item(1, lists=[named_list(NORWAY, CHAD, order="as_called")])
    theme = panel("theme", text=LONG)
    gone = document(
        part_names,
        timetable=[day(SECOND_DAY, slot(theme))],
        panels=[theme],
        slug="gone",
        status="cancelled",
        programme_status="adopted",
        follows=reference(first.meeting),
    )
    kinds = ("regional_organisation", "international_organisation", "ngo")
    late = document(
        slug="late",
        status="postponed",
        delegations=[delegation(one.replace("_", "-"), kind=one) for one in kinds],
    )
    return [
        *versions_in_turn(first, renamed, longer, other, mended, reissued=[5]),
        *versions_in_turn(busy_days(), busy_days(name=Texts.of(en="Busier"))),
        *(version(gone), version(late), version(late, 2, "Rev.1")),
        version(with_every_word()),
    ]


def nobody_named() -> list[Version]:
    """A meeting that names nobody yet."""
    return [version(document(slug="early"))]


CORPORA: Mapping[str, tuple[Callable[[], list[Version]], tuple[str, ...]]] = {
    "meetings are held": (
        held_meetings,
        (
            *("", "?at=2024-06-18T10:10", "?at=2024-06-01T10:10", "meetings/late/changes/?since=1"),
            *("delegations/", "find/", "find/?q=zzz", "find/?q=cyprs", "meetings/every-word/"),
            *(f"delegations/{one}/" for one in ("per", "ind", "tuv", "icrc", "tcd", "nor", "ngo")),
            *(f"delegations/{one}-organisation/" for one in ("regional", "international")),
            *(f"{MEETING}/", f"{MEETING}/?with=%(other)s", f"{MEETING}/items/3/"),
            *(f"{MEETING}/items/6b/", f"{MEETING}/panels/victim-assistance/", f"{MEETING}/v/1/"),
            *(
                f"{MEETING}/v/3/",
                f"{MEETING}/changes/",
                f"{MEETING}/changes/?since=1",
                f"{BUSY}/",
                f"{BUSY}/v/1/",
            ),
            *(f"{BUSY}/?at=2024-06-18T10:10", f"{BUSY}/changes/?since=2", f"{BUSY}/v/9/"),
            *("meetings/gone/", "meetings/late/", "meetings/late/changes/"),
        ),
    ),
    "nobody is named": (nobody_named, ("delegations/", "delegations/per/", "meetings/early/")),
    "nothing is public": (list, ("", "delegations/")),
}
GONE = f"{BUSY}/v/9/"


def saying(read: Page) -> Iterator[tuple[str, str]]:
    """All that a page says, in elements and attributes, each with the place where it stands."""
    for one in read.elements:
        place = f"{one.tag}.{one.attributes.get('class', '')}"
        yield place, seen(one.text)
        if one.tag == "p":  # of several sentences
            yield from ((f"{place} in part", seen(part)) for part in one.parts if "." in part)
        yield from ((f"{place}@{name}", seen(value)) for name, value in one.attributes.items())


def places_of(says: list[tuple[str, str]], form: str) -> Counter[str]:
    """Where a form stands by itself, and how often."""
    wanted = pattern(form)
    return Counter(place for place, value in says if wanted.fullmatch(value))


@every_language
def test_pages_say_what_delegates_act_on_as_it_is_written_out(
    publish: Publish, client: Client, settings: SettingsWrapper, language: str
) -> None:
    settings.DEBUG = True  # sets the meeting's clock by the address
    other = "fr" if language == "es" else "es"
    met, wrong = set(), []

    for made, paths in CORPORA.values():
        versions = made()
        publish(*versions, withdrawn=frozenset({("busy-days", 9)} if versions else ()))
        for path in (one.replace("%(other)s", other) for one in paths):
            here, there = (
                list(saying(page(client, f"/{one}/{path}", 410 if path == GONE else 200)))
                for one in ("en", language)
            )
            for form, written in PAGES.items():
                places = places_of(here, form)
                met |= {form} if places else set()
                if lacking := places - places_of(there, written[language]):
                    wrong.append((path, form, dict(lacking)))

    assert wrong == []
    assert set(PAGES) - met == set()


@every_language
def test_the_plain_text_says_it_as_it_is_written_out(
    publish: Publish, client: Client, language: str
) -> None:
    publish(*held_meetings())
    here, there = (
        [
            seen(line)
            for path in (MEETING, BUSY, "meetings/gone", "meetings/late", "meetings/every-word")
            for line in client.get(f"/{one}/{path}.txt").content.decode().splitlines()
        ]
        for one in ("en", language)
    )

    for form, written in PLAIN.items():
        said = sum(1 for line in here if pattern(form).search(line))
        assert said, form
        assert sum(1 for line in there if pattern(written[language]).search(line)) >= said, form


COUNTED = {
    "en": {
        1: ("1 change since the first version", "1 change was published since."),
        2: ("2 changes since the first version", "2 changes were published since."),
        3: ("3 changes since the first version", "3 changes were published since."),
        11: ("11 changes since the first version", "11 changes were published since."),
        100: ("100 changes since the first version", "100 changes were published since."),
    },
    "fr": {
        1: ("1 modification depuis la première version", "1 modification a été publiée depuis."),
        2: (
            "2 modifications depuis la première version",
            "2 modifications ont été publiées depuis.",
        ),
        3: (
            "3 modifications depuis la première version",
            "3 modifications ont été publiées depuis.",
        ),
        11: (
            "11 modifications depuis la première version",
            "11 modifications ont été publiées depuis.",
        ),
        100: (
            "100 modifications depuis la première version",
            "100 modifications ont été publiées depuis.",
        ),
    },
    "es": {
        1: ("1 cambio desde la primera versión", "Desde entonces se ha publicado 1 cambio."),
        2: ("2 cambios desde la primera versión", "Desde entonces se han publicado 2 cambios."),
        3: ("3 cambios desde la primera versión", "Desde entonces se han publicado 3 cambios."),
        11: ("11 cambios desde la primera versión", "Desde entonces se han publicado 11 cambios."),
        100: (
            "100 cambios desde la primera versión",
            "Desde entonces se han publicado 100 cambios.",
        ),
    },
    "ar": {
        1: ("تغيير واحد منذ النسخة الأولى", "نُشر تغيير واحد بعد ذلك."),
        2: ("تغييران منذ النسخة الأولى", "نُشر تغييران بعد ذلك."),
        3: ("3 تغييرات منذ النسخة الأولى", "نُشرت 3 تغييرات بعد ذلك."),
        11: ("11 تغييراً منذ النسخة الأولى", "نُشر 11 تغييراً بعد ذلك."),
        100: ("100 تغيير منذ النسخة الأولى", "نُشر 100 تغيير بعد ذلك."),
    },
}


@every_language
@pytest.mark.parametrize("number", COUNTED["en"])
def test_changes_are_counted_as_it_is_written_out(
    publish: Publish, client: Client, language: str, number: int
) -> None:
    old, new = (document(*(item(n, title=one) for n in range(1, number + 1))) for one in "AB")
    publish(*versions_in_turn(old, new))
    since, published = COUNTED[language][number]

    assert since in seen(page(client, f"/{language}/{MEETING}/changes/?since=1").text)
    assert published in seen(page(client, f"/{language}/{MEETING}/v/1/").text)

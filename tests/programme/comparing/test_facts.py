from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from programme.comparing.fields import FIELDS
from programme.comparing.lines.writing import lines_between
from programme.comparing.only_wording import (
    Obstacle,
    facts_of,
    only_wording,
    why_not_only_wording,
)
from programme.document.nodes import AgendaItem, ListEntry, Texts, Wording
from programme.document.programme import ProgrammeDocument
from tests.programme.builders import (
    CHAD,
    CYPRUS,
    FIRST_DAY,
    GREECE,
    NIGER,
    PERU,
    day,
    document,
    item,
    named_list,
    panel,
    placement,
    sitting,
    speaker,
)

Document = ProgrammeDocument[Texts]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("", ()),
        ("On the first day of June", ()),
        ("Article 5", ("5",)),
        ("المادة ٥", ("5",)),
        ("۱۲ دلو", ("12",)),
        ("in item 6(a) and 6 (أ)", ("6", "6")),
        ("21MSP decided", ("21",)),
        ("as in Rev.1", ("1",)),
        ("5% or 5 % or ٪5", ("5", "5", "5")),
        ("2024–2025", ("2024", "2025")),
        ("18.06.2024 at 09:30", ("18", "06", "2024", "09", "30")),
        ("1 000 mines", ("1000",)),
        ("1,000 and 1.000", ("1000", "1000")),
        ("1\u00a0000, 1\u202f000, 1\u2009000, 1’000", ("1000",) * 4),
        ("١٬٠٠٠ لغم", ("1000",)),
        ("1,234,567", ("1234567",)),
        ("in 2024 100 States", ("2024", "100")),
        ("items 3, 100", ("3", "100")),
        ("0.5 and 0.05", ("0", "5", "0", "05")),
        ("see APLC/MSP.21/2024/5.", ("APLC/MSP.21/2024/5",)),
        ("انظر وAPLC/CONF/2024/PM.1/1/Rev.1", ("APLC/CONF/2024/PM.1/1/Rev.1",)),
        ("GICHD/ISU and AND/OR", ()),
        ("States ({delegations}) on {actions:33-41}", ("{delegations}", "{actions:33-41}")),
        ("as said[^7] before[^*](3)", ("3",)),
        ("[^1]: Decision 3", ("3",)),
        ("[Article 5](https://example.org/2024/1 'of 1997')", ("5",)),
        ("[Article 5](</a (2)/3>) and [4](/wiki/Mine_(1997))", ("5", "4")),
        ("[Article 5][1]\n\n[1]: https://example.org/2024", ("5",)),
        ("[Geneva]: 5 June", ("5",)),
        ("<https://example.org/2024>", ("2024",)),
        ("١. أولاً\n٢. ثانياً 4", ("4",)),
        ("۱) اول\n۲) دوم", ()),
        ("1 - One\n2 - Two", ()),
        ("•1. One\n-\u00a02. Two", ()),
        ("1. Two\n2. Three\n   wrapped\n3) Four 4", ("4",)),
        ("- 1. Two\n> 12. Three", ()),
        ("There are\n164. Of these", ("164",)),
        ("There are\n1. so many", ()),
        ("2024. A year", ("2024",)),
        ("caf&#233; at 5&nbsp;000", ("5000",)),
    ],
)
def test_facts_are_symbols_placeholders_and_numbers(text: str, facts: tuple[str, ...]) -> None:
    assert facts_of(text) == facts


# --- only wording ----------------------------------------------------------------------------

TITLE = Texts.of(en="Article 5: 12 requests until 2025", fr="Article 5 : 12 demandes jusqu’en 2025")
TEXT = Texts.of(en="See APLC/CONF/2024/1[^1] and [the Plan](https://example.org/33).")


def written() -> Document:
    speaking_list = named_list(PERU, CHAD)
    first = item(1, title=TITLE, text=TEXT, lists=[speaking_list], presenters=[speaker(of=NIGER)])
    second = item(2, title="Consideration of requests")
    half_day = sitting(placement(first, time(10)), placement(second, time(11)))
    return document(first, second, timetable=[day(FIRST_DAY, half_day)])


def first_item(old: Document, **values: Any) -> Document:
    first, *others = old.agenda
    return replace(old, agenda=(replace(first, **values), *others))


def titled(**values: str) -> Callable[[Document], Document]:
    return lambda old: first_item(old, title=Texts.of(**values))


def also_titled(**values: str) -> Callable[[Document], Document]:
    added = {language: Wording(value) for language, value in values.items()}
    return lambda old: first_item(old, title=Texts({**TITLE.wordings, **added}))


def worded(text: str) -> Callable[[Document], Document]:
    return lambda old: first_item(old, text=Texts.of(en=text))


def members(*codes: str) -> Callable[[Document], Document]:
    def changed(old: Document) -> Document:
        entries = tuple(ListEntry(f"new-{code}", code) for code in codes)
        (speaking_list,) = old.agenda[0].lists
        return first_item(old, lists=(replace(speaking_list, entries=entries),))

    return changed


def of_meeting(**values: Any) -> Callable[[Document], Document]:
    return lambda old: replace(old, meeting=replace(old.meeting, **values))


def of_venue(**values: Any) -> Callable[[Document], Document]:
    def changed(old: Document) -> Document:
        assert old.meeting.venue
        return of_meeting(venue=replace(old.meeting.venue, **values))(old)

    return changed


def later(old: Document) -> Document:
    half_day = sitting(
        placement(old.agenda[0], time(10)),
        replace(placement(old.agenda[1], time(11)), end=time(12)),
    )
    return replace(old, timetable=(day(FIRST_DAY, half_day),))


def renamed(old: Document) -> Document:
    names = Texts.of(en="Republic of Peru", fr="République du Pérou")
    others = (one for one in old.delegations if one is not PERU)
    return replace(old, delegations=(*others, replace(PERU, name=names)))


def with_state(old: Document, provenance: str, *, behind: bool) -> Document:
    title = {**TITLE.wordings, "fr": Wording(TITLE.wordings["fr"].value, provenance, behind)}
    return first_item(old, title=Texts(title))


ENGLISH, FRENCH = (TITLE.wordings[one].value for one in ("en", "fr"))


def said(language: str, text: str) -> Document:
    return first_item(written(), text=Texts.of(**{language: text}))


STATED: dict[str, tuple[str, str, str]] = {
    # a language, a text, and what would be another meaning
    "another State": ("en", "Peru presents", "Chad presents"),
    "a State more": ("fr", "Le Pérou présente", "Le Pérou et le Tchad présentent"),
    "another State behind an Arabic prefix": ("ar", "ستقدم بيرو", "وتشاد تقدم"),
    "another month": ("en", "on 18 June", "on 18 July"),
    "another month in French": ("fr", "le 18 juin", "le 18 juillet"),
    "another month in Spanish": ("es", "el 18 de junio", "el 18 de julio"),
    "another month in Arabic": ("ar", "18 حزيران/يونيه", "18 تموز/يوليه"),
    "another month in Arabic, of two words": ("ar", "1 تشرين الأول", "1 تشرين الثاني"),
    "another day of the week": ("en", "on Tuesday", "on Wednesday"),
    "another day of the week in Arabic": ("ar", "يوم الثلاثاء", "يوم الأربعاء"),
    "another sub-item": ("en", "under item 6a", "under item 6b"),
    "another sub-item in parentheses": ("fr", "au point 6 (a)", "au point 6 (b)"),
    "another sub-item in Arabic": ("ar", "البند 6 (أ)", "البند 6 (ب)"),
    "another sub-item of a sub-item": ("en", "item 6a.i", "item 6a.ii"),
    "a letter at another number": ("en", "items 6a and 7", "items 6 and 7a"),
    "another Protocol": ("en", "Amended Protocol II", "Amended Protocol III"),
    "another annex": ("es", "Anexo I", "Anexo IV"),
    "another e-mail address": ("en", "to isu@example.org", "to desk@example.org"),
    "another address that is seen": ("en", "at https://example.org/a", "at https://example.org/b"),
    "another address without a scheme": ("fr", "sur www.example.org", "sur www.example.net"),
}  # fmt: skip

SAID_ALIKE: dict[str, tuple[str, str, str]] = {
    "a State in another place of the sentence": ("en", "Peru presents", "It is Peru that presents"),
    "one State inside the name of another": ("en", "Nigeria, will", "Nigeria will"),
    "a verb that looks like a month": ("en", "States may march", "States will walk"),
    "a month in capitals": ("en", "18 JUNE", "18 June"),
    "both Arabic names of a month": ("ar", "18 يونيه", "18 حزيران/يونيه"),
    "a sub-item written otherwise": ("en", "item 6a, and 6 (b)(ii)", "item 6(A) and 6b.ii"),
    "an Arabic sub-item with a longer letter": ("ar", "البند 6 (ه)", "البند 6 (هـ)"),
    "an hour with a space": ("fr", "à 9h", "à 9 h"),
    "an ordinal written out": ("fr", "la 21e Assemblée", "la 21 Assemblée"),
    "an ordinal with another sign": ("es", "la 5ª Conferencia", "la 5.ª Conferencia"),
    "a comma after a Roman number": ("en", "Protocol II, and", "Protocol II and"),
    "a word of Roman letters": ("en", "VIVID", "VX VIVID"),
    "the word I": ("en", "I will invite", "The Chair will invite"),
    "an address at the end of a sentence": ("en", "https://example.org/a.", "https://example.org/a"),
    "an address in capitals": ("en", "to ISU@Example.org,", "to isu@example.org"),
    "a link that is not seen": ("en", "[a](https://example.org)", "[a](mailto:a@example.org)"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after"), STATED.values(), ids=STATED.keys())
def test_days_states_and_marks_are_no_mere_wording(language: str, before: str, after: str) -> None:
    (obstacle,) = why_not_only_wording(said(language, before), said(language, after))

    assert (obstacle.field, obstacle.language) == ("text", language)
    assert obstacle.before != obstacle.after


@pytest.mark.parametrize(("language", "before", "after"), SAID_ALIKE.values(), ids=SAID_ALIKE)
def test_the_same_day_state_or_mark_is_wording(language: str, before: str, after: str) -> None:
    assert why_not_only_wording(said(language, before), said(language, after)) == []


PERSONS: dict[str, tuple[dict[str, str], dict[str, str], list[str]]] = {
    "somebody else": ({"en": "Ms. Smith"}, {"en": "Mr. Jones"}, ["en"]),
    "somebody else in one language": (
        {"en": "Ms. Smith", "fr": "Mme Smith"},
        {"en": "Ms. Smith", "fr": "Mme Jones"},
        ["fr"],
    ),
    "another style of address": ({"en": "Ms. Smith"}, {"en": "Dr. Smith"}, ["en"]),
    "a full stop": ({"en": "Ms. Smith"}, {"en": "Ms Smith"}, []),
    "a comma and an accent": ({"es": "Sra. Munoz Jefa"}, {"es": "Sra. Muñoz, jefa"}, []),
    "a late translation": ({"en": "Ms. Smith"}, {"en": "Ms. Smith", "ar": "السيدة سميث"}, []),
}


@pytest.mark.parametrize(("before", "after", "languages"), PERSONS.values(), ids=PERSONS)
def test_another_person_is_no_mere_wording(
    before: dict[str, str], after: dict[str, str], languages: list[str]
) -> None:
    base = written()
    (who,) = base.agenda[0].presenters
    old, new = (
        first_item(base, presenters=(replace(who, person=Texts.of(**one)),))
        for one in (before, after)
    )

    obstacles = why_not_only_wording(old, new)

    assert [(one.field, one.language) for one in obstacles] == [
        ("person", one) for one in languages
    ]


def test_a_state_is_the_same_by_its_old_name_and_by_its_new_one() -> None:
    old = first_item(written(), text=Texts.of(en="Peru presents"))
    new = first_item(renamed(old), text=Texts.of(en="Republic of Peru presents"))

    assert only_wording(old, new)


REISSUE: dict[str, Callable[[Document], Document]] = {
    "nothing": lambda old: old,
    "a comma": titled(en="Article 5: 12 requests, until 2025", fr=FRENCH),
    "a late translation in another word order": also_titled(
        ar="حتى ٢٠٢٥، يُنظر في ١٢ طلبًا بموجب المادة ٥"
    ),
    "a translation in the same word order": also_titled(es="Artículo 5: 12 solicitudes hasta 2025"),
    "a translation taken away": titled(en=ENGLISH),
    "another provenance, and behind": lambda old: with_state(old, "machine", behind=True),
    "a footnote mark moved": worded("See[^1] APLC/CONF/2024/1 and [the Plan](https://example.org/33)."),
    "a footnote mark renumbered": worded("See APLC/CONF/2024/1[^2] and the Plan."),
    "another link target": worded("See APLC/CONF/2024/1[^1] and [the Plan](https://example.org/48)."),
    "list markers renumbered": worded("2. See APLC/CONF/2024/1\n3. and the Plan"),
    "a State renamed": renamed,
    "an alphabetical list in another order of rows": members("tcd", "per"),
    "a new State in the directory": lambda old: replace(old, delegations=old.delegations[:-1]),
    "another basis of a list, which no page says": lambda old: first_item(
        old, lists=(replace(old.agenda[0].lists[0], basis="article_4"),)
    ),
    "another word of the catalogue": lambda old: replace(old, words={}),
    "the number of an item made official": lambda old: first_item(
        old, label=Texts.of("inferred", en="1", fr="1", es="1", ar="1")
    ),
    "the wording of the venue": of_venue(name=Texts.of(en="WMO Headquarters")),
}  # fmt: skip

REVISION: dict[str, tuple[Callable[[Document], Document], list[tuple[str, str]]]] = {
    "a wrong number mended in one language": (
        titled(en=ENGLISH, fr="Article 5 : 13 demandes jusqu’en 2025"),
        [("title", "fr")],
    ),
    "numbers swapped in the same language": (
        titled(en="Article 12: 5 requests until 2025", fr=FRENCH),
        [("title", "en")],
    ),
    "a translation with another number": (
        also_titled(es="Artículo 5: 12 solicitudes hasta 2026"),
        [("title", "es")],
    ),
    "a translation that names a number once more": (
        also_titled(es="Artículo 5: 12 solicitudes hasta 2025 (12)"),
        [("title", "es")],
    ),
    "another language instead, with other facts": (
        titled(es="Artículo 4: 12 solicitudes"),
        [("title", "en"), ("title", "es")],
    ),
    "another symbol": (worded("See APLC/CONF/2024/2[^1] and the Plan."), [("text", "en")]),
    "a placeholder": (worded("See APLC/CONF/2024/1[^1] {delegations}."), [("text", "en")]),
    "a text that was not there": (
        lambda old: first_item(old, notes=Texts.of(en="[^1]: A note.")),
        [("notes", "")],
    ),
    "a text gone": (lambda old: first_item(old, text=Texts()), [("text", "")]),
    "a State added": (members("per", "tcd", "cyp"), [("delegations", "")]),
    "a State instead of another": (members("per", "cyp"), [("delegations", "")]),
    "another time": (later, [("end", "")]),
    "another order of items": (
        lambda old: replace(old, agenda=old.agenda[::-1]),
        [("order of the parts", "")],
    ),
    "another number of an item": (
        lambda old: first_item(old, label=Texts.of(en="1bis")),
        [("label", "")],
    ),
    "an item more": (lambda old: replace(old, agenda=(*old.agenda, item(3))), [("", "")]),
    "a presenter less": (lambda old: first_item(old, presenters=()), [("", "")]),
    "another presenter": (
        lambda old: first_item(
            old, presenters=(replace(old.agenda[0].presenters[0], delegation_code="grc"),)
        ),
        [("delegation_code", "")],
    ),
    "another status of the meeting": (of_meeting(status="postponed"), [("status", "")]),
    "no venue": (of_meeting(venue=None), [("venue", "")]),
    "another venue": (of_venue(id="other"), [("venue", "")]),
    "another number in the address of the venue": (
        of_venue(address=Texts.of(en="Geneva 2")),
        [("venue", "en")],
    ),
}


@pytest.mark.parametrize("change", REISSUE.values(), ids=REISSUE.keys())
def test_other_wording_may_be_reissued(change: Callable[[Document], Document]) -> None:
    old = written()

    assert why_not_only_wording(old, change(old)) == []
    assert only_wording(old, change(old))


@pytest.mark.parametrize(("change", "fields"), REVISION.values(), ids=REVISION.keys())
def test_another_meaning_asks_for_a_revision_and_says_where(
    change: Callable[[Document], Document], fields: list[tuple[str, str]]
) -> None:
    old = written()

    obstacles = why_not_only_wording(old, change(old))

    assert [(one.field, one.language) for one in obstacles] == fields
    assert not only_wording(old, change(old))


@pytest.mark.parametrize("translations", [{"fr": FRENCH}, {"es": "Artículo", "ar": "مادة"}])
def test_english_that_is_gone_while_translations_stay_is_no_mere_wording(
    translations: dict[str, str],
) -> None:
    def made(**values: str) -> Document:
        return document(replace(item(1), id="one", title=Texts.of(**values)))

    (obstacle,) = why_not_only_wording(made(en="Article 5", **translations), made(**translations))

    assert (obstacle.field, obstacle.language) == ("title", "en")
    assert (obstacle.before, obstacle.after) == (("Article 5",), ())


def test_an_obstacle_names_the_facts_before_and_after() -> None:
    old = written()

    (obstacle,) = why_not_only_wording(old, titled(en="Article 5: 13 until 2025", fr=FRENCH)(old))

    assert obstacle == Obstacle(
        old.agenda[0].id, "title", "en", ("5", "12", "2025"), ("5", "13", "2025")
    )


def test_english_that_comes_late_has_the_facts_of_the_translation_it_follows() -> None:
    def titled_in(**values: str) -> Document:
        first: AgendaItem[Texts] = item(1, title=Texts.of(**values))
        return document(first, delegations=[CYPRUS, GREECE])

    french = titled_in(fr="12 demandes au titre de l’article 5")

    assert only_wording(
        french, titled_in(fr="12 demandes au titre de l’article 5", en="Article 5: 12")
    )
    assert not only_wording(
        french, titled_in(fr="12 demandes au titre de l’article 5", en="Article 5")
    )


# --- fields of which nothing is said -------------------------------------------------------------


def test_a_text_is_a_fact_unless_it_is_said_to_be_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    in_tempus, in_amber = (
        document(panels=[panel(title=Texts.of(en=one))]) for one in ("Room Tempus", "Amber Hall")
    )
    assert only_wording(in_tempus, in_amber)

    monkeypatch.setitem(FIELDS, "panel", {})

    assert not only_wording(in_tempus, in_amber)
    (line,) = lines_between(in_tempus, in_amber)
    assert line.field == "title"

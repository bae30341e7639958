"""What the browser visits: every kind of page, each rich at one address and poor at another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from programme.document.nodes import Texts, Wording
from programme.publishing.watcher import Watcher
from programme.shelf.edition import Version
from programme.shelf.shelf import Shelf
from tests.programme.builders import (
    NONE,
    NORWAY,
    PERU,
    SECOND_DAY,
    UKRAINE,
    day,
    document,
    item,
    named_list,
    panel,
    slot,
    speaker,
    version,
    versions_in_turn,
)
from tests.rows import DATA, PROGRAMMES, meeting_from, published, shapes

LANGUAGES = ("en", "fr", "es", "ar")
FILES = (
    PROGRAMMES / "2024-intersessional-meetings.yaml",
    PROGRAMMES / "2024-first-preparatory-meeting.yaml",
    DATA / "half-day.yaml",
    DATA / "plans-change.yaml",
    DATA / "some-days.yaml",
    DATA / "all-night.yaml",
    DATA / "side-events.yaml",
)
MEETING = "meetings/2024-intersessional-meetings/"

EVERYTHING: Mapping[str, str] = {
    "home": "",
    "programme": MEETING,
    "programme, side by side": f"{MEETING}?with=",
    "programme of an old version": "meetings/revised/v/1/",
    "programme of every shape": "meetings/shapes/",
    "programme of every state": "meetings/states/",
    "programme of every state, side by side": "meetings/states/?with=",
    "programme with little in it": "meetings/half-day/",
    "programme whose plans change": "meetings/plans-change/",
    "programme with some days fixed": "meetings/some-days/",
    "programme of a night": "meetings/all-night/",
    "programme with side events": "meetings/side-events/",
    "side event": "meetings/side-events/panels/drones/",
    "item that is cancelled": "meetings/plans-change/items/2/",
    "panel that is postponed": "meetings/plans-change/panels/environment/",
    "delegation with a cancelled point": "delegations/afg/",
    "programme with nothing in it": "meetings/bare/",
    "item with lists": f"{MEETING}items/3/",
    "item, side by side": f"{MEETING}items/3/?with=",
    "item without a title": f"{MEETING}items/7/",
    "item of an old version": "meetings/revised/v/1/items/3/",
    "panel with a long text": f"{MEETING}panels/victim-assistance/",
    "panel, side by side": f"{MEETING}panels/victim-assistance/?with=",
    "panel with panellists": "meetings/shapes/panels/shapes-of-things/",
    "panel without a text": "meetings/states/panels/bare/",
    "delegations": "delegations/",
    "nothing sought": "find/",
    "delegations found": "find/?q=ira",
    "items and words found": "find/?q=clearance",
    "found by a slip": "find/?q=ukrane",
    "nothing found": "find/?q=atlantis",
    "delegation": "delegations/ukr/",
    "organisation": "delegations/gichd/",
    "changes": f"{MEETING}changes/",
    "changes since a version": f"{MEETING}changes/?since=1",
    "one version alone": "meetings/shapes/changes/",
    "programme with marks of changes": "meetings/revised/",
    "item with marks of changes": "meetings/revised/items/3/",
    "changes of every kind": "meetings/revised/changes/",
    "delegation with news": "delegations/per/",
}
"""Addresses under their language on a site that has every kind of meeting."""

LITTLE: Mapping[str, str] = {
    "home": "",
    "delegations": "delegations/",
    "delegation that no programme concerns": "delegations/ukr/",
}
"""Addresses on a site whose one meeting has nothing in its programme."""

NOTHING: Mapping[str, str] = {
    "home": "",
    "delegations": "delegations/",
    "nothing found": "find/?q=chad",
}
"""Addresses on a site that has no meeting."""

BESIDE = {"en": "ar", "fr": "es", "es": "en", "ar": "fr"}
"""The language that stands beside each where two do."""


def addresses(language: str, places: Mapping[str, str] = EVERYTHING) -> dict[str, str]:
    """Addresses in one language, with another one beside it where two stand."""
    return {
        name: f"/{language}/{path}{BESIDE[language] if path.endswith('=') else ''}"
        for name, path in places.items()
    }


def every_version() -> tuple[Version, ...]:
    """Publications of every kind, from rows and from values; the one of 2024 twice."""
    shelf = Shelf()
    made = [shapes(), *(meeting_from(path) for path in FILES)]
    for meeting in made:
        published(meeting)
    revised = made[1]
    revised.introduction_en += " Registration opens at 09:00."
    revised.save()
    published(revised)
    Watcher(shelf).look()
    kept = [one for edition in shelf.current_editions() for one in shelf.versions(edition.slug)]
    return (*kept, every_state(), nothing(), postponed(), *revised_and_reissued())


TABLE = """| State Party | Deadline under Article 5 | Extension requested |
| --- | --- | --- |
| Bosnia and Herzegovina | 1 March 2027 | APLC/MSP.21/2024/WP.12/Rev.1 |
| Democratic Republic of the Congo | 31 December 2025 | Until 2028 |"""
TABLE_IN_ARABIC = """| الدولة الطرف | الموعد النهائي بموجب المادة 5 | التمديد المطلوب |
| --- | --- | --- |
| البوسنة والهرسك | 1 آذار/مارس 2027 | APLC/MSP.21/2024/WP.12/Rev.1 |
| جمهورية الكونغو الديمقراطية | 31 كانون الأول/ديسمبر 2025 | حتى عام 2028 |"""


def every_state() -> Version:
    """A cancelled meeting whose texts are in every state that a text can be in."""
    behind = Texts(
        {
            "en": Wording("Debate"),
            "fr": Wording("Débat", "unofficial", behind=True),
            "es": Wording("Debate", "unofficial", behind=True),
            "ar": Wording("مناقشة", "unofficial", behind=True),
        }
    )
    machine = Texts.of("machine", fr="Un texte.", es="Un texto.", ar="نص.")
    untranslated = "A text that nobody has translated, by *H.E. Jane Doe*.[^1]"
    in_english = Texts.of(en=f"{untranslated}\n\n{TABLE}")
    note = Texts.of("inferred", en="[^1]: A note.")
    untitled = panel("bare", text=NONE, start=None, end=None)
    theme = panel(
        "theme",
        title=Texts.of("inferred", en="A theme", ar="موضوع"),
        text=Texts.of("machine", en=f"One paragraph.\n\n{TABLE}", ar=f"فقرة.\n\n{TABLE_IN_ARABIC}"),
        panellists=[speaker("panellist", person="Jane Doe", of=NORWAY)],
    )
    return version(
        document(
            item(1, title=behind, text=machine, number_is="inferred"),
            item(2, title=Texts.of("inferred", en="Matters"), text=in_english, notes=note),
            item(
                3,
                title=Texts.of(fr="Un titre seulement français"),
                lists=[named_list(PERU, UKRAINE, order="as_called")],
            ),
            item(),
            timetable=[day(SECOND_DAY, slot(theme), slot(untitled))],
            panels=[theme, untitled],
            slug="states",
            name=Texts.of(en="Meeting of states"),
            status="cancelled",
        )
    )


def revised_and_reissued() -> list[Version]:
    """A meeting to come that was revised twice and reissued, in texts of which some are missing."""
    lists = [replace(named_list(UKRAINE), id="first"), replace(named_list(NORWAY), id="second")]
    added = replace(lists[0], entries=(*lists[0].entries, *named_list(PERU).entries))
    values: dict[str, Any] = {
        "slug": "revised",
        "name": Texts.of(en="Revised meeting", ar="اجتماع منقح"),
        "starts_on": date(2099, 7, 1),
        "ends_on": date(2099, 7, 2),
    }
    title = Texts.of(en="Clearance", fr="Déminage")
    theme, later = (panel("theme", on=date(2099, 7, 1), start=time(one)) for one in (10, 12))
    first, second, third = (
        document(
            item(3, title=title, lists=held),
            *others,
            timetable=[day(theme.date, slot(one))],
            panels=[one],
            **values,
        )
        for held, others, one in (
            (lists, [], theme),
            ([added, lists[1]], [], later),
            ([added], [item(4, title="Debate")], later),
        )
    )
    return versions_in_turn(first, second, third, third, reissued=[4])


def nothing() -> Version:
    """A meeting that has a name and days alone."""
    return version(
        document(slug="bare", name=Texts.of(en="Bare meeting"), venue=None, introduction=NONE)
    )


def postponed() -> Version:
    """A meeting to come that will not be held on its days."""
    return version(
        document(
            slug="postponed",
            name=Texts.of(en="Postponed meeting", ar="اجتماع مؤجل"),
            status="postponed",
            starts_on=date(2099, 6, 1),
            ends_on=date(2099, 6, 2),
        )
    )

"""Side events: parallel to each other and to breaks, each with its host and its room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from programme.comparing.lines.writing import lines_between
from programme.comparing.warnings import warnings_of
from programme.document.clock import phase_at, spans
from programme.document.nodes import LANGUAGES, Texts
from programme.renderers.changes import groups
from programme.renderers.text import render
from tests.programme.builders import FIRST_DAY, day, document, panel, pause, sitting, slot
from tests.programme.edits import Document

DRONES = replace(
    panel("drones", title="Drones", on=FIRST_DAY, start=time(13, 15), end=time(14, 30)),
    kind="side_event",
    host=Texts.of(en="Norway", fr="Norvège", es="Noruega", ar="النرويج"),
    room=Texts.of(en="Room XXII"),
)
SURVIVORS = replace(
    panel("survivors", title="Survivors", on=FIRST_DAY, start=time(13, 15), end=time(14, 45)),
    kind="side_event",
)
THEMATIC = panel("theme", title="Theme", on=FIRST_DAY, start=time(13, 30), end=time(14))
AFTERNOON = sitting(part="afternoon", start=time(14), end=time(18))


def at_noon(*panels: Any, beside: Any = ()) -> Document:
    """Panels, and a lunch break or what else is beside them."""
    entries = sorted((*beside, *map(slot, panels)), key=lambda one: one.start)
    return document(timetable=[day(FIRST_DAY, *entries)], panels=panels)


CLASHES = {
    "two side events": (at_noon(DRONES, SURVIVORS), 0),
    "in a break": (at_noon(DRONES, SURVIVORS, beside=[pause()]), 0),
    "beside a thematic panel": (at_noon(DRONES, THEMATIC), 1),
    "beside a sitting": (at_noon(DRONES, beside=[AFTERNOON]), 1),
    "two thematic panels": (at_noon(THEMATIC, replace(THEMATIC, id="other", slug="other")), 1),
    "a thematic panel in a break": (at_noon(THEMATIC, beside=[pause()]), 1),
}


@pytest.mark.parametrize(("programme", "count"), CLASHES.values(), ids=CLASHES)
def test_side_events_are_in_nobodys_way_but_a_sittings(programme: Document, count: int) -> None:
    assert [one.code for one in warnings_of(programme)].count("at_the_same_time") == count


def test_a_break_goes_on_while_side_events_begin() -> None:
    lunch = replace(pause(), end=None)
    read = at_noon(DRONES, SURVIVORS, beside=[lunch, AFTERNOON]).in_language("en")

    (span,) = [one for one in spans(read) if one.id == lunch.id]
    assert span.end
    assert span.end.time() == time(14)
    now = phase_at(read, datetime(2024, 6, 18, 11, 30, tzinfo=UTC)).now
    assert now == {lunch.id, DRONES.id, SURVIVORS.id}


SAYS = {
    "en": ("Drones (Side event), Room XXII", "Host: Norway", "The side event has been cancelled"),
    "fr": (
        "(Manifestation parallèle)",
        "Organisation : Norvège",
        "La manifestation parallèle a été",
    ),
    "es": ("(Acto paralelo)", "Organización: Noruega", "El acto paralelo ha sido cancelado"),
    "ar": ("(حدث جانبي)", "الجهة المنظمة: النرويج", "أُلغي الحدث الجانبي"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_and_changes_say_what_it_is(language: str) -> None:
    old = at_noon(DRONES)
    new = at_noon(replace(DRONES, status="cancelled"))
    text = render(old.in_language(language), designation="", published_at=None)
    (group,) = groups(lines_between(old, new), language)
    named, hosted, cancelled = SAYS[language]

    plain = text.translate({0xA0: " ", 0x202F: " "})
    assert named in plain
    assert hosted in plain
    assert cancelled in str(group.sentences[0])


def test_what_came_or_changed_its_kind_is_told_as_what_it_is() -> None:
    nothing, thematic = at_noon(), at_noon(replace(DRONES, kind="thematic"))

    def told(old: Document, new: Document) -> list[str]:
        made = groups(lines_between(old, new), "en")
        return [str(one).replace("\u00a0", " ") for group in made for one in group.sentences]

    when = "18 June 2024, 13:15 – 14:30"
    assert told(nothing, at_noon(DRONES)) == [f"Side event added: {when}"]
    assert told(nothing, thematic) == [f"Thematic panel added: {when}"]
    assert told(thematic, at_noon(DRONES)) == ["Now a side event"]
    assert told(at_noon(DRONES), at_noon(replace(DRONES, host=Texts.of(en="Chad")))) != []

"""What is marked where it stands on a page, in few words: "Moved, was 20 June"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import override

from programme.comparing.change_lines import FOR_ALL_BENEATH, TAKEN, TIME, Line
from programme.comparing.lines.covering import worth_telling
from programme.comparing.lines.turns import turns
from programme.document.nodes import Text
from programme.language.dates import format_day
from programme.language.lists import COMMAS
from programme.renderers import sentences as say
from programme.renderers.changes import Telling, Told
from programme.renderers.moves import STANDS_BY_NAME, move


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a part of a programme: it is new, or what changed in it, in sentences."""

    is_new: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """Says what is marked in the language of a page, and perhaps in another one beside it.

    What readers of neither meet is not marked.
    """

    language: str
    beside: Collection[str] = ()

    def everywhere(self, lines: Iterable[Line]) -> Mapping[str, Mark]:
        """What is marked in a whole programme, by the ids of its parts.

        A mark stands at an item or panel, for itself and what is under it, and at a list where it
        is one of several.
        """
        by_place: dict[str, list[Line]] = {}
        for line in worth_telling(self._met(lines)):
            for place in _places(line):
                by_place.setdefault(place, []).append(line)
        return {place: self._mark(place, its) for place, its in by_place.items()}

    def alone(self, lines: Iterable[Line], place: str, above: Collection[str]) -> Mark | None:
        """What is marked at a part that stands by itself; None for nothing.

        `above` are ids of items with whose place in the timetable its own goes.
        """
        its = [
            line
            for line in self._met(lines)
            if place in _places(line) or (line.owner.id in above and says_when(line))
        ]
        return self._mark(place, its) if its else None

    def _met(self, lines: Iterable[Line]) -> Iterator[Line]:
        languages = (self.language, *self.beside)
        return (line for line in lines if any(map(line.is_read_in, languages)))

    def _mark(self, place: str, lines: Iterable[Line]) -> Mark:
        with override(self.language):
            return _InPlace(self.language, place).mark(lines)


def says_when(line: Line) -> bool:
    """Whether a line says when or whether something takes place, and so what goes with it."""
    return line.field in FOR_ALL_BENEATH or line.subject.kind == "placement"


def _places(line: Line) -> Iterator[str]:
    """Ids of what a line is marked at."""
    if line.field == TAKEN:
        yield from (one.moved.id for one in turns(line))
    if line.subject == line.owner and line.what == "removed":
        yield from line.above[:1]
    elif line.owner.kind != "meeting":
        yield line.owner.id
    is_one_of_several = line.subject.kind == "list" and line.number
    if is_one_of_several or line.subject.kind in STANDS_BY_NAME:
        yield line.subject.id


class _InPlace(Telling):
    """Tells lines where what they are about stands, so that they need not say what holds now."""

    def __init__(self, language: str, place: str) -> None:
        super().__init__(language)
        self.place = place

    def mark(self, lines: Iterable[Line]) -> Mark:
        """The lines of the place."""
        its = list(lines)
        others = [one for one in its if one.subject.id != self.place or one.what != "added"]
        return Mark(len(others) < len(its), self.in_sentences(others))

    def template(self, line: Line) -> str:
        """The sentence of a line, with placeholders."""
        if line.field == TIME:
            return str(say.MARKED_MOVES[move(line)])
        if (line.subject.kind, line.what) == ("placement", "added") and not line.number:
            has_hours = bool(line.when and line.when.get("start"))
            return str(say.MARKED_MOVES["fixed"] if has_hours else say.DAY_FIXED)
        if line.subject == line.owner and line.what == "removed":
            return str(say.REMOVED_HERE)
        if line.field == "place":  # the hour stands beside it
            return super().template(replace(line, when=None))
        return super().template(line)

    def of_order(self, line: Line) -> str:
        """What the item of this place is taken up before or after."""
        for number, turn in enumerate(turns(line)):
            if turn.moved.id == self.place:
                sentence = str(say.TAKEN_UP_HERE[turn.is_earlier])
                return sentence.replace("%(beside)s", f"%(beside{number})s")
        return super().of_order(line)

    def side(self, side: str, line: Line) -> Text:
        """What held before: of a time no more than what differs, and the year goes unsaid."""
        if line.field != TIME or side != "before":
            return super().side(side, line)
        was, now = line.before or {}, line.after or {}
        day = was.get("date", "") if was.get("date") != now.get("date") else ""
        hours = {one: was.get(one, "") for one in ("start", "end", "part")}
        is_same = all(hours[one] == now.get(one, "") for one in hours)
        parts = [
            format_day(date.fromisoformat(day), self.language) if day else "",
            "" if day and is_same else self.when(was, with_day=False),
        ]
        return self.own(COMMAS[self.language].join(filter(None, parts)))

    def name(self, line: Line) -> Text:
        """What is no longer there, by its number and title."""
        if line.subject == line.owner and line.subject.kind in {"item", "panel"}:
            return self.heading_of(line.owner, line.when)
        return super().name(line)

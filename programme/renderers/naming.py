"""What stands in the sentences of changes: names, times and places, in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Self

from babel.dates import get_timezone_location

from meetings.alphabetical_order import sort_key
from programme.comparing.change_lines import TIME, Line, Named
from programme.comparing.fields import NEW_TIME
from programme.comparing.line_values import QUOTED, When, renamed
from programme.comparing.lines.turns import exchanged_numbers, turns
from programme.document.footnotes import bare_texts
from programme.document.nodes import Text, Texts
from programme.document.part_names import UNNAMED, item_by_number, list_in_short
from programme.document.speaker_names import isolated
from programme.document.words import WORDS
from programme.language.bases import basis_phrase
from programme.language.dates import format_date, format_time_range
from programme.language.invitations import FOOTNOTE_MARK
from programme.language.labels import CITED_AS
from programme.language.labels import heading as labelled
from programme.language.lists import COMMAS, join_list
from programme.renderers import sentences as say
from programme.renderers.markdown_plain import inline_plain
from programme.renderers.moves import STANDS_BY_NAME, hours_say_it, move

ORDERED = re.compile(r"(?P<role>moved|beside)(?P<place>\d+)")
"""A placeholder for one of the items that are taken up in another order."""


@dataclass(frozen=True, slots=True)
class Reference(Text):
    """A name inside a sentence, which leads to what it names where that has a page."""

    kind: str = ""
    """delegation, or a kind of subject."""
    key: str = ""
    """The code of the delegation, or the id of the subject."""

    @classmethod
    def to(cls, text: Text, kind: str, key: str) -> Self:
        """A text as the name of something."""
        return cls(
            *(text.value, text.lang, text.provenance, text.behind, text.asked_for),
            kind=kind,
            key=key,
        )


class Naming:
    """Says in one language, which is the active one, what sentences are filled with."""

    def __init__(self, language: str, beside: Sequence[Line] = ()) -> None:
        self.language = language
        self.exchanged = dict(exchanged_numbers(beside))
        """Who has, by id, the number that a subject had and the other way round."""

    def called(self, owner: Named, when: When | None = None) -> tuple[Text, Text]:
        """Number and name of an item, panel or meeting; a panel without a title by its day."""
        label = owner.label.in_language(self.language)
        title = owner.title.in_language(self.language)
        if owner.kind == "meeting":
            title = self.own(UNNAMED["meeting"])
        elif not title and owner.kind == "item":
            title, label = self.own(item_by_number(label)), self.own("")
        elif not title:
            title = self.untitled_panel(when or {})
        return label, title

    def heading_of(self, owner: Named, when: When | None = None) -> Text:
        """The same on one line: "3. Article 5 Implementation"."""
        label, title = self.called(owner, when)
        written = labelled(str(label), isolated(title, self.language), self.language)
        return self.own(written)

    def untitled_panel(self, when: Mapping[str, str]) -> Text:
        """A panel by its day and hour, since there may be several without a title."""
        day = self.when({name: when.get(name, "") for name in ("date", "start")})
        named = filter(None, (str(UNNAMED["panel"]), day))
        return self.own(COMMAS[self.language].join(named))

    def values(self, name: str, lines: Sequence[Line]) -> list[Text]:
        """What stands for a placeholder, in one part or several."""
        line = lines[0]
        if name == "name" and line.code:
            return self.members(lines)
        if name == "name" and line.field == "names":
            return self.renamed(line)
        if name == "others":
            return self.joined([self.heading_of(one) for one in line.others])
        return [self.value(name, line)]

    def value(self, name: str, line: Line) -> Text:
        """What stands for a placeholder that is one part of a sentence."""
        if name == "name":
            return Reference.to(self.name(line), line.subject.kind, line.subject.id)
        if name == "list":
            phrase = self.own(self.list_phrase(line.number))
            return Reference.to(phrase, "list", line.subject.id)
        if name == "when":
            return self.own(self.when(line.when))
        if name == "basis":
            return self.own(basis_phrase(line.basis))
        if name == "other":
            return self.other(line)
        if found := ORDERED.fullmatch(name):
            turn = list(turns(line))[int(found["place"])]
            return self.cited(turn.moved if found["role"] == "moved" else turn.beside)
        return self.days(line) if name == "days" else self.side(name, line)

    def days(self, line: Line) -> Text:
        """The days of a timetable."""
        days = [date.fromisoformat(one) for one in line.after["days"]]
        return self.own(join_list([format_date(one, self.language) for one in days], self.language))

    def other(self, line: Line) -> Text:
        """The other subject that a sentence names."""
        if line.field == "label":
            return self.called(self.exchanged[line.subject.id])[1]
        return self.cited(line.others[0]) if line.others else self.own(say.ANOTHER_ITEM)

    def cited(self, named: Named) -> Text:
        """An item by its number inside a sentence, a panel or another item by its title."""
        name = named.title.in_language(self.language) or self.own(UNNAMED[named.kind])
        if label := named.label.in_language(self.language):
            name = self.own(CITED_AS[self.language].format(label).replace(" ", "\u00a0"))
        return Reference.to(name, named.kind, named.id)

    def side(self, side: str, line: Line) -> Text:
        """What held before a line, or holds after it."""
        value = line.before if side == "before" else line.after
        if line.field == TIME:
            with_part = move(line) == "other part"
            with_day = not hours_say_it(line)
            return self.own(self.when(value, with_day=with_day, with_part=with_part))
        if line.field == NEW_TIME:
            return self.own(self.when(value))
        if line.field in QUOTED:
            return bare_texts(Texts.of(**value)).in_language(self.language)
        if line.field == "open_to":
            categories = [str(say.CATEGORIES[one]) for one in value if one in say.CATEGORIES]
            everybody = [str(say.NOBODY_IN_PARTICULAR)]
            return self.own(join_list(categories or everybody, self.language))
        if line.field == "zone":
            return self.own(get_timezone_location(value, self.language, return_city=True))
        if line.field in {"starts_on", "ends_on"}:
            return self.own(format_date(date.fromisoformat(value), self.language))
        return self.own(value)

    def members(self, lines: Sequence[Line]) -> list[Text]:
        """The delegations of lines, as a sentence joins them in the order of the language."""
        names = [one.name or Texts.of(**{self.language: one.code.upper()}) for one in lines]
        about = [
            Reference.to(name.in_language(self.language), "delegation", line.code)
            for name, line in zip(names, lines, strict=True)
        ]
        return self.joined(sorted(about, key=self.in_order))

    def in_order(self, name: Text) -> str:
        """By what names are sorted in the language."""
        return sort_key(name.value, self.language)

    def joined(self, names: Sequence[Text]) -> list[Text]:
        """Names as a sentence joins them: each is a part, and so is what stands between them."""
        written = [isolated(one, self.language) for one in names]
        whole, at = join_list(written, self.language), 0
        parts: list[Text] = []
        for name, as_written in zip(names, written, strict=True):
            start = whole.index(as_written, at)
            parts += [self.own(whole[at:start])] if start > at else []
            parts.append(name)
            at = start + len(as_written)
        return parts

    def name(self, line: Line) -> Text:
        """How people recognise what stands beneath an item, a panel or the meeting."""
        title = line.subject.title.in_language(self.language)
        if line.subject.kind == "list":
            bare = replace(title, value=re.sub(FOOTNOTE_MARK, "", title.value))
            title = list_in_short(replace(title, value=inline_plain(bare)))
        if line.subject.kind == "speaker":
            title = title or line.name.in_language(self.language)
        if line.subject.kind in STANDS_BY_NAME and line.field != TIME:
            named = filter(None, (isolated(title, self.language), self.when(line.when)))
            title = self.own(COMMAS[self.language].join(named))
        return title or self.own(UNNAMED[line.subject.kind])

    def renamed(self, line: Line) -> list[Text]:
        """Those who have another name, by that name."""
        if line.subject.kind != "list":
            return [line.name.in_language(self.language)]
        was, now = line.before or {}, line.after or {}
        names = [Texts.of(**now[one]).in_language(self.language) for one in renamed(was, now)]
        return self.joined(sorted(names, key=self.in_order))

    def list_phrase(self, number: int) -> str:
        """A list by its number under its item."""
        if number < len(say.LISTS):
            return str(say.LISTS[number])
        return str(say.LIST_BEYOND) % {"number": number}

    def when(
        self,
        value: Mapping[str, str] | None,
        *,
        with_day: bool = True,
        with_part: bool = False,
    ) -> str:
        """Day, and hours or part of the day, as far as they are known; or both."""
        value = value or {}
        start, end = (_clock(value.get(name)) for name in ("start", "end"))
        parts = []
        if with_day and value.get("date"):
            parts.append(format_date(date.fromisoformat(value["date"]), self.language))
        has_hours = bool(start or end)
        if (with_part or not has_hours) and (part := WORDS.get(value.get("part", ""))):
            parts.append(inside(str(part)))
        if has_hours:
            parts.append(format_time_range(start, end, self.language))
        return COMMAS[self.language].join(parts)

    def own(self, value: object) -> Text:
        """Words in the reader's own language."""
        return Text.own(value, self.language)


# --- words -----------------------------------------------------------------------------------


def inside(word: str) -> str:
    """A word of a heading inside a sentence: "morning"."""
    return word[:1].lower() + word[1:]


def at_the_head(text: Text) -> Text:
    """A text at the head of a sentence."""
    return replace(text, value=text.value[:1].upper() + text.value[1:])


def _clock(stored: str | None) -> time | None:
    return time.fromisoformat(stored) if stored else None

"""Changes in words, as delegates read them: lines become sentences of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import reduce

from babel.dates import get_timezone_location
from django.utils.translation import override

from meetings.alphabetical_order import sort_key
from programme.comparing.change_lines import TIME, Line, Named
from programme.comparing.changes import ORDER
from programme.comparing.fields import NEW_TIME, Field, Sentence, field_of
from programme.comparing.line_values import QUOTED, Retold, is_words, renamed
from programme.document.footnotes import bare_texts
from programme.document.nodes import LANGUAGES, Text, Texts
from programme.document.part_names import UNNAMED, item_by_number, list_in_short
from programme.document.speaker_names import isolated
from programme.document.words import WORDS
from programme.language.dates import format_date, format_time_range
from programme.language.invitations import FOOTNOTE_MARK
from programme.language.labels import heading as labelled
from programme.language.language_names import language_name
from programme.language.lists import COMMAS, join_list
from programme.renderers import sentences as say
from programme.renderers.markdown_plain import inline_plain
from programme.renderers.moves import STANDS_BY_NAME, hours_say_it, move

SOURCE_LANGUAGE = LANGUAGES[0]

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
Parts = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, and the lines that it tells; some of its parts may be in another language."""

    lines: tuple[Line, ...]
    parts: Parts

    def __str__(self) -> str:
        """The sentence as plain text, with isolates round what runs the other way."""
        return "".join(isolated(one, one.asked_for) for one in self.parts)


@dataclass(frozen=True, slots=True)
class Group:
    """What changed in one item or panel, or in the meeting as a whole."""

    owner: Named
    label: Text
    """The item's number, or nothing."""
    title: Text
    """What the owner is called; never empty."""
    sentences: tuple[Told, ...]

    @property
    def heading(self) -> str:
        """Number and name as plain text: "3. Article 5 Implementation"."""
        language = self.title.asked_for
        return labelled(str(self.label), isolated(self.title, language), language)


def sentence(line: Line, language: str) -> str:
    """One line as a sentence in a language."""
    with override(language):
        return str(Telling(language).told([line]))


def groups(lines: Iterable[Line], language: str) -> list[Group]:
    """Lines as sentences, by item, panel or meeting, in the order of the lines.

    Delegations that joined or left the same list share a sentence. Lines that are held back are
    told too: leave them out before (`lines.composed`).
    """
    by_owner: dict[str, list[Line]] = {}
    for line in lines:
        by_owner.setdefault(line.owner.id, []).append(line)
    with override(language):
        telling = Telling(language)
        return [telling.group(one) for one in by_owner.values()]


def count(told: Iterable[Group]) -> int:
    """How many changes are told: sentences."""
    return sum(len(one.sentences) for one in told)


class Telling:
    """Tells lines in one language, which is the active one."""

    def __init__(self, language: str) -> None:
        self.language = language

    def group(self, lines: Sequence[Line]) -> Group:
        """The lines of one owner, by its latest name."""
        label, title = self.called(lines[-1])
        told = tuple(self.told(one) for one in by_sentence(lines))
        return Group(lines[-1].owner, label, title, told)

    def called(self, line: Line) -> tuple[Text, Text]:
        """Number and name of the owner of a line."""
        owner = line.owner
        label = owner.label.in_language(self.language)
        title = owner.title.in_language(self.language)
        if owner.kind == "meeting":
            title = self.own(UNNAMED["meeting"])
        elif not title and owner.kind == "item":
            title, label = self.own(item_by_number(label)), self.own("")
        elif not title:
            title = self.untitled_panel(line.when or {})
        return label, title

    def heading_of(self, line: Line) -> Text:
        """The owner of a line on one line: "3. Article 5 Implementation"."""
        label, title = self.called(line)
        written = labelled(str(label), isolated(title, self.language), self.language)
        return self.own(written)

    def untitled_panel(self, when: Mapping[str, str]) -> Text:
        """A panel by its day, since there may be several without a title."""
        day = self.when({"date": when.get("date", "")})
        named = filter(None, (str(UNNAMED["panel"]), day))
        return self.own(COMMAS[self.language].join(named))

    def told(self, lines: Sequence[Line]) -> Told:
        """Lines that share a sentence: one, or all that joined or left a list."""
        template = self.template(lines[0])
        pieces = PLACEHOLDER.split(template)
        parts: list[Text] = []
        for place, piece in enumerate(pieces):
            if place % 2:
                value = self.value(piece, lines)
                is_first = piece == "list" and not parts
                parts.append(_capitalised(value) if is_first else value)
            elif piece:
                parts.append(self.own(piece))
        return Told(tuple(lines), tuple(parts))

    # --- which sentence

    def template(self, line: Line) -> str:
        """The sentence of a line, with placeholders."""
        kind = line.subject.kind
        field = line.field if line.what == "changed" and line.field else line.what
        if field == TIME:
            table = say.MOVES_BY_NAME if kind in STANDS_BY_NAME else say.MOVES
            return str(table[move(line)])
        if kind == "item" and line.above and (kind, field) != (kind, line.field):
            kind = "sub-item"
        said = field_of(kind, field)
        sentence = say.EVENTS.get((kind, field)) or said.told(line.after)
        if line.is_conditional:
            sentence = field_of("conditional list", field).told(line.after) or sentence
        if line.field and line.what == "changed" and (retold := line.retold):
            return self.of_texts(line, retold, said)
        if line.field and not (line.before and line.after):
            sentence = (said.came if line.after else said.went) or sentence
        return str(sentence or say.OTHER)

    def of_texts(self, line: Line, retold: Retold, said: Field) -> str:
        """What became of texts: where they came, where they went, where they read otherwise."""
        sentence = said.changed
        if line.field in QUOTED and line.before and line.after:
            return self.of_quoted(line.field, retold, sentence)
        happened: tuple[tuple[Sentence, Sequence[str]], ...] = (
            (sentence, retold.reworded),
            (said.came or sentence, retold.came),
            (said.went or sentence, retold.went),
        )
        if not is_words(line.before or {}):  # several texts: of each something else may be true
            happened = ((sentence, retold.differing),)
        told = [
            self.with_languages(str(sentence or say.OTHER), languages, retold)
            for sentence, languages in happened
            if languages
        ]
        return reduce(_and_also, told) if told else str(sentence or say.OTHER)

    def of_quoted(self, field: str, retold: Retold, sentence: Sentence) -> str:
        """How a number or a room changed, or in which languages other than the reader's."""
        if retold.is_read_in(self.language):
            return str(sentence)
        return self.with_languages(str(say.ELSEWHERE[field]), retold.differing, retold)

    def with_languages(self, sentence: str, languages: Sequence[str], retold: Retold) -> str:
        """A sentence with the languages that it holds for.

        None where it holds for each that there is and for English, which all others read where
        they have no words.
        """
        if set(languages) == retold.all and SOURCE_LANGUAGE in languages:
            return sentence
        frame = say.IN_ONE_LANGUAGE if len(languages) == 1 else say.IN_LANGUAGES
        names = [language_name(one, self.language) for one in languages]
        listed = join_list(names, self.language)
        return str(frame).replace("%(sentence)s", sentence).replace("%(languages)s", listed)

    # --- what stands in it

    def value(self, name: str, lines: Sequence[Line]) -> Text:
        """What stands for a placeholder."""
        line = lines[0]
        if name == "name":
            return self.members(lines) if line.code else self.name(line)
        if name == "list":
            return self.own(self.list_phrase(line.number))
        if name == "when":
            return self.own(self.when(line.when))
        return self.side(name, line)

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

    def members(self, lines: Sequence[Line]) -> Text:
        """The delegations of lines, as a sentence joins them in the order of the language."""
        return self.joined(
            [one.name or Texts.of(**{self.language: one.code.upper()}) for one in lines]
        )

    def joined(self, of: Sequence[Texts]) -> Text:
        """Names as a sentence joins them, in the order of the language."""
        names = [one.in_language(self.language) for one in of]
        if len(names) == 1:
            return names[0]
        names.sort(key=lambda one: sort_key(one.value, self.language))
        joined = [isolated(one, self.language) for one in names]
        return self.own(join_list(joined, self.language))

    def name(self, line: Line) -> Text:
        """How people recognise what stands beneath an item, a panel or the meeting."""
        if line.field == "names":
            return self.renamed(line)
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

    def renamed(self, line: Line) -> Text:
        """Those who have another name, by that name."""
        if line.subject.kind != "list":
            return line.name.in_language(self.language)
        was, now = line.before or {}, line.after or {}
        return self.joined([Texts.of(**now[one]) for one in renamed(was, now)])

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
            parts.append(_in_sentence(str(part)))
        if has_hours:
            parts.append(format_time_range(start, end, self.language))
        return COMMAS[self.language].join(parts)

    def own(self, value: object) -> Text:
        """Words in the reader's own language."""
        return Text.own(value, self.language)


# --- lines that belong together ------------------------------------------------------------------


def by_sentence(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines by the sentence that tells them; those left out that another says already."""
    together: dict[str, list[Line]] = {}
    fields = {(one.subject.id, one.field): one for one in lines}
    for line in lines:
        if _goes_without_saying(line, fields):
            continue
        key = f"{line.subject.id} {line.field} {line.what}" if line.code else line.key
        together.setdefault(key, []).append(line)
    return iter(together.values())


def _goes_without_saying(line: Line, known: Mapping[tuple[str, str], Line]) -> bool:
    """Whether another line of the same subject says more: a list that opens says to whom.

    One that names its delegations is for nobody else, which needs no saying.
    """
    kind = known.get((line.subject.id, "kind"))
    open_to = known.get((line.subject.id, "open_to"))
    if (line.subject.kind, line.field) == ("list", "kind"):
        return bool(open_to and open_to.after)
    if line.field in {"open_to", "other_than_named"}:
        return bool(kind and kind.after == "named")
    return line.field == ORDER and (line.subject.id, "order") in known


def _and_also(first: str, second: str) -> str:
    """Two sentences as one."""
    second = second if second.startswith("%(") else _in_sentence(second)
    return str(say.AND_ALSO).replace("%(first)s", first).replace("%(second)s", second)


# --- words -----------------------------------------------------------------------------------


def _in_sentence(word: str) -> str:
    """A word of a heading inside a sentence: "morning"."""
    return word[:1].lower() + word[1:]


def _capitalised(text: Text) -> Text:
    """A text at the head of a sentence."""
    return replace(text, value=text.value[:1].upper() + text.value[1:])


def _clock(stored: str | None) -> time | None:
    return time.fromisoformat(stored) if stored else None

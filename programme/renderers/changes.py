"""Changes in words, as delegates read them: lines become sentences of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils.translation import override

from programme.comparing.change_lines import FIRST_TIMETABLE, LOST, TAKEN, TIME, Line, Named
from programme.comparing.changes import ORDER
from programme.comparing.fields import Field, Sentence, field_of
from programme.comparing.line_values import QUOTED, Retold, is_words
from programme.comparing.lines.covering import worth_telling
from programme.comparing.lines.turns import turns
from programme.comparing.lines.weights import Weight, weight_of
from programme.document.nodes import LANGUAGES, Text
from programme.document.speaker_names import isolated
from programme.language.bases import basis_phrase
from programme.language.labels import heading as labelled
from programme.language.language_names import language_name
from programme.language.lists import join_list
from programme.renderers import sentences as say
from programme.renderers.moves import STANDS_BY_NAME, move
from programme.renderers.naming import Naming, at_the_head, inside

SOURCE_LANGUAGE = LANGUAGES[0]

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
Parts = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, and the lines that it tells; some of its parts may be in another language."""

    lines: tuple[Line, ...]
    parts: Parts

    @property
    def weight(self) -> Weight:
        """That of the heaviest of its lines."""
        return min(map(weight_of, self.lines))

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
    def weight(self) -> Weight:
        """That of the heaviest of its changes."""
        return min((one.weight for one in self.sentences), default=Weight.WORDS)

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
    """Lines as sentences, by item, panel or meeting: what weighs most first, then in their order.

    Delegations that joined or left the same list share a sentence. Lines that are held back are
    told too: leave them out before (`lines.composed`).
    """
    by_owner: dict[str, list[Line]] = {}
    known = worth_telling(lines)
    for line in known:
        by_owner.setdefault(line.owner.id, []).append(line)
    with override(language):
        telling = Telling(language, known)
        told = [telling.group(one) for one in by_owner.values()]
    return sorted(told, key=lambda one: one.weight)


def count(told: Iterable[Group]) -> int:
    """How many changes are told: sentences."""
    return sum(len(one.sentences) for one in told)


class Telling(Naming):
    """Tells lines in one language, which is the active one."""

    def group(self, lines: Sequence[Line]) -> Group:
        """The lines of one owner, by its latest name."""
        label, title = self.called(lines[-1].owner, lines[-1].when)
        return Group(lines[-1].owner, label, title, self.in_sentences(lines))

    def in_sentences(self, lines: Sequence[Line]) -> tuple[Told, ...]:
        """Lines of one owner as sentences, what weighs most first."""
        told = [self.told(one) for one in by_sentence(lines)]
        return tuple(sorted(told, key=lambda one: one.weight))

    def told(self, lines: Sequence[Line]) -> Told:
        """Lines that share a sentence: one, or all that joined or left a list."""
        template = self.template(lines[0])
        parts: list[Text] = []
        for place, piece in enumerate(PLACEHOLDER.split(template)):
            if place % 2:
                values = self.values(piece, lines)
                is_first = not parts and piece in {"list", "moved0"}
                parts += [at_the_head(values[0]), *values[1:]] if is_first else values
            elif piece:
                parts.append(self.own(piece))
        return Told(tuple(lines), tuple(parts))

    # --- which sentence

    def template(self, line: Line) -> str:
        """The sentence of a line, with placeholders."""
        if special := self.special(line):
            return special
        kind = line.subject.kind
        field = line.field if line.what == "changed" and line.field else line.what
        if field == TIME:
            table = say.MOVES_BY_NAME if kind in STANDS_BY_NAME else say.MOVES
            return str(table[move(line)])
        if kind == "item" and line.above and (kind, field) != (kind, line.field):
            kind = "sub-item"
        said = field_of(kind, field)
        sentence = say.EVENTS.get((kind, field)) or said.told(line.after)
        if line.is_side_event and kind == "panel":
            own = say.EVENTS.get(("side event", field))
            sentence = own or field_of("side event", field).told(line.after) or sentence
        if line.is_conditional:
            sentence = field_of("conditional list", field).told(line.after) or sentence
        if line.field and line.what == "changed" and (retold := line.retold):
            return self.of_texts(line, retold, said)
        if line.field and not (line.before and line.after):
            sentence = (said.came if line.after else said.went) or sentence
        return str(sentence or say.OTHER)

    def special(self, line: Line) -> str:
        """The sentence of a line that says more than its kind and field; "" for any other."""
        kind, named = line.subject.kind, bool(line.others)
        if line.what in say.INVITED and basis_phrase(line.basis):
            return str(say.INVITED[line.what])
        if line.field == FIRST_TIMETABLE:
            return str(say.FIRST_TIMETABLE[line.after["are_timed"]])
        if line.field in {TAKEN, ORDER} and named:
            return self.of_order(line)
        if line.field == "label" and line.subject.id in self.exchanged:
            return str(say.EXCHANGED)
        if line.field == LOST:
            return str(say.MOVED_ELSEWHERE[kind])
        if line.field == "place" and kind == "list" and line.when:
            sentence = str(field_of(kind, "place").changed)
            return str(say.WITH_TIME).replace("%(sentence)s", sentence)
        return str(say.REMOVED_WITH) if kind == "item" and line.what == "removed" and named else ""

    def of_order(self, line: Line) -> str:
        """What is taken up before what, or after what."""
        told = []
        for place, turn in enumerate(turns(line)):
            sentence = str(say.TAKEN_UP[turn.is_earlier])
            for role in ("moved", "beside"):
                sentence = sentence.replace(f"%({role})s", f"%({role}{place})s")
            told.append(sentence)
        return reduce(_and_also, told) if told else str(say.OTHER)

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


# --- lines that belong together ------------------------------------------------------------------


def by_sentence(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines by the sentence that tells them; those left out that another says already."""
    together: dict[str, list[Line]] = {}
    fields = {(one.subject.id, one.field): one for one in lines}
    for line in lines:
        if _goes_without_saying(line, fields):
            continue
        key = _shared_by(line) if line.code else line.key
        together.setdefault(key, []).append(line)
    return iter(together.values())


def _shared_by(line: Line) -> str:
    """What lines of several delegations have in common that are told in one sentence."""
    told = f"{line.subject.id} {line.field} {line.what}"
    if (retold := line.retold) is None:
        return told
    return f"{told} {bool(line.before)} {bool(line.after)} {retold.differing}"


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
    second = second if second.startswith("%(") else inside(second)
    return str(say.AND_ALSO).replace("%(first)s", first).replace("%(second)s", second)

"""The programme as plain text, to paste, print or read where no page opens.

UTF-8, one line a paragraph. Words inside the programme come from the document; what says
something about the text (its language, its version) is in the reader's language by gettext.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from programme.document.nodes import (
    AgendaItem,
    Break,
    Day,
    Held,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    Speaker,
    Text,
    TimetableEntry,
)
from programme.document.part_names import break_name, item_by_number, panel_name, sitting_name
from programme.document.programme import ProgrammeDocument
from programme.document.speaker_names import (
    by_role,
    invitation_in_full,
    isolated,
    phrase_of,
    speaker_name,
)
from programme.document.timetable import parts_in_order
from programme.language.bidi import direction, isolate, rtl_line
from programme.language.dates import (
    format_date,
    format_date_range,
    format_moment,
    format_time_range,
)
from programme.language.labels import heading, list_number
from programme.language.lists import COMMAS, join_clauses, join_described
from programme.renderers.markdown_parsed import NO_TEXT
from programme.renderers.markdown_plain import BULLET, to_plain
from programme.renderers.standing import NEW_TIME, NOT_SCHEDULED, in_full
from programme.renderers.text_signs import Sign, signs_of, signs_of_heading
from programme.renderers.zones import whose_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, time

TRANSLATED = {"unofficial", "machine"}
CLAUSE_ENDS = " .;,،؛"
ROLES_WITH_A_COLON = {"moderates", "panellist", "speaks"}
"""Roles whose phrase is "Moderator: …", so that a State's name takes no article."""


def render(
    programme: ProgrammeDocument[Text],
    *,
    designation: str,
    published_at: datetime | None,
    reissued_at: datetime | None = None,
) -> str:
    """Write the whole programme, for the language that it was read in, with LF line ends.

    `designation` is "" or Rev.1, Rev.2 …; `published_at` is None for a preview; `reissued_at` is
    None unless the wording was mended later. Both are of the zone of the meeting.
    """
    name = programme.meeting.name
    language = name.asked_for or name.lang
    with translation.override(language):
        plain = _PlainProgramme(programme, language)
        version = plain.version(designation, published_at, reissued_at)
        blocks = list(plain.blocks(version))
    return "\n\n".join(block for block in blocks if block) + "\n"


def in_brackets(signs: Iterable[Sign]) -> str:
    """Signs as plain text has them: "[in English; inferred wording]"; "" where there are none."""
    words = "; ".join(str(sign.words) for sign in signs)
    return f"[{words}]" if words else ""


def as_marks(marks: Iterable[str]) -> str:
    """Marks of footnotes as plain text has them: "[*]"."""
    return "".join(f"[{one}]" for one in marks)


@dataclass(frozen=True, slots=True)
class _PlainProgramme:
    """A programme as blocks of text, which stand one empty line apart."""

    programme: ProgrammeDocument[Text]
    language: str

    def blocks(self, version: str) -> Iterator[str]:
        meeting = self.programme.meeting
        yield self.underlined(self.name(meeting.name), "=")
        yield "\n".join(self.line(line) for line in self.head(version))
        yield self.text(meeting.introduction)
        if meeting.practical_information:
            yield self.underlined(gettext("Practical information"), "-")
            yield self.text(meeting.practical_information)
        yield from self.section("agenda", self.items(self.programme.agenda))
        yield from self.section("timetable", self.timetable())
        yield from self.section("notes", [self.notes(meeting.notes)])

    def head(self, version: str) -> Iterator[str]:
        """Say what programme this is, when and where."""
        meeting = self.programme.meeting
        if version:
            yield version
        if meeting.programme_status == "provisional":
            yield gettext("Provisional programme")
        if any(text.provenance in TRANSLATED for text in self.own_texts()):
            yield gettext("Unofficial translation")
        if meeting.status == "cancelled":
            yield gettext("This meeting is cancelled.")
        if meeting.status == "postponed":
            yield gettext("This meeting is postponed.")
        yield format_date_range(meeting.starts_on, meeting.ends_on, self.language)
        if meeting.venue:
            parts = (meeting.venue.name, meeting.venue.address)
            yield COMMAS[self.language].join(self.name(part) for part in parts if part)
        if version or any(one.start for _day, _sitting, one in self.programme.entries()):
            words, values = whose_times(meeting, self.language)
            yield words % {**values, "offset": self.name(Text(values["offset"], "en"))}
        if meeting.follows:
            yield gettext("Follows: %(meeting)s") % {"meeting": self.name(meeting.follows.name)}

    def version(
        self, designation: str, published_at: datetime | None, reissued_at: datetime | None
    ) -> str:
        version = self.published(designation, published_at)
        if not reissued_at:
            return version
        reissued = gettext("reissued on %(date)s")
        reissued %= {"date": format_moment(reissued_at, self.language)}
        return f"{version} ({reissued})"

    def published(self, designation: str, published_at: datetime | None) -> str:
        symbol = self.name(Text(designation, "en")) if designation else ""
        if not published_at:
            return symbol
        published = {"date": format_moment(published_at, self.language), "designation": symbol}
        if designation:
            # Translators: "Rev.1, published on 3 June 2024".
            return gettext("%(designation)s, published on %(date)s") % published
        return gettext("Published on %(date)s") % published

    def own_texts(self) -> Iterator[Text]:
        """Go through the main texts that stand in the reader's own language."""
        meeting = self.programme.meeting
        texts = [meeting.introduction, meeting.practical_information]
        for item in self.programme.items():
            texts += [item.title, item.text, item.lead_in]
            texts += [speaking_list.invitation for speaking_list in item.lists]
        for panel in self.programme.panels:
            texts += [panel.title, panel.text]
        return (text for text in texts if text and not text.is_fallback)

    # --- agenda

    def items(self, items: Sequence[AgendaItem[Text]]) -> Iterator[str]:
        for item in items:
            yield self.line(self.item_heading(item, marks=item.title_marks) + self.standing(item))
            if item.title:
                yield self.speakers(item.presenters)
            yield self.text(item.text)
            yield from self.invitations(item)
            yield self.notes(item.notes)
            yield from (self.notes(speaking_list.notes) for speaking_list in item.lists)
            yield from self.items(item.sub_items)

    def item_heading(self, item: AgendaItem[Text], *, marks: Sequence[str] = ()) -> str:
        """Label and title; who presents it where it has no title. `marks`: of notes beneath it."""
        title = self.name(item.title) or "; ".join(self.roles(item.presenters))
        title += as_marks(marks)
        line = heading(str(item.label), title, self.language) or item_by_number("")
        signs = in_brackets(signs_of_heading(item))
        return f"{line} {signs}".rstrip()

    def standing(self, held: Held) -> str:
        """Say in brackets that something is not held as planned: " [Cancelled]"."""
        words = in_full(held, self.language)
        return f" [{words}]" if words else ""

    def speakers(self, speakers: Sequence[Speaker[Text]]) -> str:
        shown = [one for one in speakers if not one.named_in_text]
        return "\n".join(self.line(one) for one in self.roles(shown))

    def roles(self, speakers: Sequence[Speaker[Text]]) -> Iterator[str]:
        """Say what speakers do, those of one role together: "Opened by …, on behalf of …; …"."""
        for group in by_role(speakers, self.programme.words):
            named = join_described([self.speaker(one) for one in group], self.language)
            yield str(phrase_of(group, self.programme.words)) % {"name": named}

    def speaker(self, speaker: Speaker[Text]) -> str:
        """Name a speaker, and say for whom they speak."""
        name = speaker_name(speaker, self.language, in_text=speaker.role not in ROLES_WITH_A_COLON)
        if not speaker.on_behalf_of:
            return name
        behalf = self.word("on_behalf_of") % {"name": self.name(speaker.on_behalf_of)}
        return f"{name}{COMMAS[self.language]}{behalf}"

    def invitations(self, item: AgendaItem[Text]) -> Iterator[str]:
        """Write an item's lists with what introduces them, neighbours of one form together."""
        lead_in = item.lead_in
        for form, group in groupby(item.lists, key=lambda one: one.form):
            invitations = [invitation_in_full(one, self.programme.words) for one in group]
            if form == "run_in":
                yield self.run_in(lead_in, invitations)
            else:
                yield self.text(lead_in)
                paragraphs = (self.text(one, BULLET * (form == "bullet")) for one in invitations)
                yield ("\n" if form == "bullet" else "\n\n").join(filter(None, paragraphs))
            lead_in = NO_TEXT
        yield self.text(lead_in)

    def run_in(self, lead_in: Text, invitations: Sequence[Text]) -> str:
        """One sentence of them all: "The Committee will invite 1) …, 2) …, and 3) …."."""
        sentence = lead_in or invitations[0]
        clauses = [self.clause(one, sentence) for one in invitations]
        if len(clauses) > 1:
            clauses = [
                f"{list_number(number, sentence.lang)} {clause}"
                for number, clause in enumerate(clauses, start=1)
            ]
        joined = join_clauses(clauses, sentence.lang)
        return self.signed(f"{to_plain(lead_in)} {joined}.".lstrip(), sentence)

    def clause(self, invitation: Text, sentence: Text) -> str:
        clause = to_plain(invitation).rstrip(CLAUSE_ENDS)
        if invitation.lang == sentence.lang:
            return clause
        return self.sign(invitation) + isolate(clause, invitation.dir)

    # --- timetable

    def timetable(self) -> Iterator[str]:
        for part in parts_in_order(self.programme):
            if isinstance(part, Day):
                yield "\n".join(self.line(one) for one in self.day_heading(part))
                yield from self.entries(part.entries)
            elif part.number:
                yield self.line(str(NOT_SCHEDULED))
                items = (below for item in part.items for below in item.walk())
                lines = (self.item_heading(one) + self.standing(one) for one in items)
                yield "\n".join(map(self.line, lines))

    def day_heading(self, day: Day[Text]) -> Iterator[str]:
        yield format_date(day.date, self.language, weekday=True)
        if day.holds_panels_alone:
            yield self.word("panels")

    def entries(self, entries: Sequence[TimetableEntry[Text]]) -> Iterator[str]:
        """Items and breaks line by line; sittings and panels as blocks of their own."""
        for has_lines, group in groupby(
            entries, key=lambda one: isinstance(one, Placement | Break)
        ):
            if has_lines:
                yield "\n".join(line for entry in group for line in self.entry(entry))
            else:
                for entry in group:
                    yield from self.entry(entry)

    def entry(self, entry: TimetableEntry[Text]) -> Iterator[str]:
        match entry:
            case Sitting():
                name = sitting_name(entry, self.programme.words)
                yield self.at(entry.start, entry.end, self.with_room(self.title(name), entry.room))
                yield from self.entries(entry.entries)
            case PanelSlot(panel=Panel() as panel, in_full=False):
                again = f"{self.title(panel_name(panel, self.programme.words))} ({NEW_TIME})"
                yield self.at(entry.start, entry.end, again)
            case PanelSlot(panel=Panel() as panel):
                yield from self.panel(panel, self.times(entry.start, entry.end))
            case Placement(item=AgendaItem() as item):
                yield from self.placement(entry, item)
            case Break():
                name = break_name(entry, self.programme.words)
                yield self.at(entry.start, entry.end, self.name(name))

    def placement(self, placement: Placement[Text], item: AgendaItem[Text]) -> Iterator[str]:
        """Where an item stands, with those of its sub-items that stand there too."""
        name = self.item_heading(item)
        if placement.is_continued:
            name = f"{name} ({self.word('continued')})"
        name += f" ({NEW_TIME})" if placement.is_new_time else self.standing(item)
        yield self.at(placement.start, placement.end, name)
        if placement.in_full:
            for below in item.sub_items:
                for one in below.walk():
                    yield f"  {self.line(self.item_heading(one) + self.standing(one))}"

    def panel(self, panel: Panel[Text], when: str) -> Iterator[str]:
        name = self.title(panel_name(panel, self.programme.words)) + as_marks(panel.title_marks)
        if panel.kind == "side_event" and panel.title:
            name = f"{name} ({self.word('side_event')})"
        name = self.with_room(name, panel.room) + self.standing(panel)
        yield self.beside(when, name)
        if panel.host:
            yield self.line(self.word("host") % {"name": self.name(panel.host)})
        yield self.speakers(panel.panellists)
        yield self.text(panel.text)
        yield self.notes(panel.notes)

    def with_room(self, name: str, room: Text) -> str:
        """What is held, and where: "Morning, Room XXIII"."""
        return COMMAS[self.language].join((name, self.name(room))) if room else name

    def times(self, start: time | None, end: time | None) -> str:
        return format_time_range(start, end, self.language)

    def at(self, start: time | None, end: time | None, name: str) -> str:
        return self.beside(self.times(start, end), name)

    def beside(self, when: str, name: str) -> str:
        """Set a time apart from the number that may follow it."""
        return self.line(f"{when}  {name}".lstrip())

    # --- texts

    def section(self, word: str, blocks: Iterable[str]) -> Iterator[str]:
        """Blocks under a heading, which goes where there are none."""
        if filled := [block for block in blocks if block]:
            yield self.underlined(self.word(word), "-")
            yield from filled

    def underlined(self, title: str, stroke: str) -> str:
        width = sum(unicodedata.category(one)[0] not in {"C", "M"} for one in title)
        return f"{self.line(title)}\n{self.line(stroke * width)}"

    def word(self, key: str) -> str:
        return str(self.programme.words[key])

    def name(self, text: Text) -> str:
        """Put a name or the like, as it is, inside a line of ours."""
        return isolated(text, self.language)

    def title(self, text: Text) -> str:
        """Put a title inside a line of ours, with the signs of its state."""
        return self.sign(text) + self.name(text) if text else ""

    def text(self, text: Text, bullet: str = "") -> str:
        return self.signed(to_plain(text), text, bullet)

    def notes(self, notes: Text) -> str:
        return self.signed(to_plain(NO_TEXT, notes), notes)

    def signed(self, plain: str, text: Text, bullet: str = "") -> str:
        """Lines of a text in its own direction, with a sign at their head where one is due."""
        first, *others = [self.in_its_direction(line, text) for line in plain.split("\n")]
        indent = " " * len(bullet)
        lines = [
            self.line(f"{bullet}{self.sign(text)}{first}"),
            *(line and indent + line for line in others),
        ]
        return "\n".join(lines) if plain else ""

    def sign(self, text: Text) -> str:
        """Say in brackets what a reader should know of a text: "[in English] "."""
        signs = in_brackets(signs_of(text))
        return f"{signs} " if signs else ""

    def in_its_direction(self, line: str, text: Text) -> str:
        if text.dir == direction(self.language):
            return self.line(line)
        return line and isolate(line, text.dir)

    def line(self, line: str) -> str:
        """Give a line the reader's direction."""
        return rtl_line(line) if direction(self.language) == "rtl" else line

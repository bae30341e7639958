"""What a published programme is made of: values that hold all four languages.

Everything a delegate receives is rendered from a `ProgrammeDocument`. The stored form holds
`Texts` (every language of a text with its state); `in_language` turns it into the same classes
holding `Text` (one language), and is the only place where a missing language falls back.
Values alone: nothing here knows a row, a page or a request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, replace
from datetime import date, time
from typing import Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from meetings.texts.typed_text import heal
from programme.document.kinds_of_fields import derived, later, unread
from programme.language.bidi import direction

LANGUAGES = ("en", "fr", "es", "ar")
"""The languages of a programme, in the order in which one stands in for another."""


class DataclassInstance(Protocol):
    """A value of any dataclass, or such a class."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


class Node(DataclassInstance, Protocol):
    """Any part of a document that has an id; all are dataclasses."""

    @property
    def id(self) -> str:
        """The same in every version."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language, with its state.

    `provenance` is official, unofficial, machine or inferred; `behind` says that the English
    has changed since this wording was made.
    """

    value: str
    provenance: str = "official"
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text as one reader meets it: the wording shown, its language, and the one asked for."""

    value: str
    lang: str
    provenance: str = "official"
    behind: bool = False
    asked_for: str = ""

    @classmethod
    def own(cls, value: object, language: str) -> Text:
        """Words of ours, in the reader's own language."""
        return cls(str(value), language, asked_for=language)

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def is_fallback(self) -> bool:
        """Whether another language stands in for the one that the reader asked for."""
        return bool(self.value) and self.lang != self.asked_for

    @property
    def dir(self) -> str:
        """Writing direction, as HTML's `dir` wants it."""
        return direction(self.lang)


@dataclass(frozen=True, slots=True)
class Texts:
    """A text in all its languages; a language that is missing has no wording."""

    wordings: Mapping[str, Wording] = field(default_factory=dict)

    @classmethod
    def of(cls, provenance: str = "official", /, **values: str) -> Texts:
        """Texts of one provenance from plain strings: `Texts.of(en="Chad", fr="Tchad")`."""
        return cls({lang: Wording(value, provenance) for lang, value in values.items() if value})

    def __bool__(self) -> bool:
        return bool(self.wordings)

    def healed(self, *, many_lines: bool = False) -> Texts:
        """These texts without what none may hold; a wording of which nothing is left is none."""
        healed = {
            language: replace(wording, value=heal(wording.value, many_lines=many_lines))
            for language, wording in self.wordings.items()
        }
        kept = {language: wording for language, wording in healed.items() if wording.value}
        return self if kept == self.wordings else Texts(kept)

    def in_language(self, language: str) -> Text:
        """The wording for a reader of `language`: their own, else the first of `LANGUAGES`."""
        for candidate in (language, *LANGUAGES):
            if wording := self.wordings.get(candidate):
                return Text(wording.value, candidate, wording.provenance, wording.behind, language)
        return Text.own("", language)


T = TypeVar("T", Texts, Text)

Fields: TypeAlias = Mapping[str, Any]
"""Values of a node by field: as many types as there are kinds of fields."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Delegation(Generic[T]):
    """A State or organisation that may be invited to take the floor.

    Documents name the same two hundred, so that those which are read from the stored form share
    one value as long as it is the same, and what each language reads of it.
    """

    id: str
    code: str
    kind: str
    """state, regional_organisation, international_organisation, ngo or other."""
    name: T
    name_in_text: T
    """The name with its article, as a sentence needs it ("le Tchad")."""
    sort_keys: Mapping[str, str]
    status: str = ""
    """On the meeting's first day: state_party, state_not_party, or "" where unknown."""
    sort_key: str = derived("")
    in_languages: dict[str, Delegation[Text]] = field(
        default_factory=dict, init=False, repr=False, compare=False, metadata={"derived": True}
    )
    """What readers of each language meet, once somebody has asked."""


@dataclass(frozen=True, slots=True)
class Speaker(Generic[T]):
    """Who presents, chairs, opens, closes, moderates or sits on a panel, once per occurrence."""

    id: str
    role: str
    person: T
    function: T
    on_behalf_of: T
    delegation_code: str = ""
    has_spoken: bool = False
    named_in_text: bool = False
    delegation: Delegation[T] | None = derived()  # noqa: RUF009 -- makes a field


@dataclass(frozen=True, slots=True)
class ListEntry(Generic[T]):
    """One delegation in a named list, in the order as called."""

    id: str
    delegation_code: str
    note: T = later(Texts())  # noqa: RUF009 -- makes a field
    """A few words after the name: its deadline, or that it speaks informally."""
    on_behalf_of: T = later(Texts())  # noqa: RUF009 -- makes a field


@dataclass(frozen=True, slots=True)
class SpeakingList(Generic[T]):
    """Delegations invited to take the floor under an item: named, or of some categories."""

    id: str
    invitation: T
    notes: T
    form: str
    """sentence, bullet or run_in ("1) …, 2) … and 3) …" in plain text)."""
    basis: str
    kind: str
    """named; open, to all of `open_to`; or conditional, for those of them to whom something
    applies, as the invitation says: nobody can be told that such a list is for them."""
    open_to: tuple[str, ...]
    """Of states_parties, states_not_party, organisations."""
    other_than_named: bool
    order: str
    """alphabetical (sorted anew in each language) or as_called."""
    entries: tuple[ListEntry[T], ...]
    delegations: tuple[Delegation[T], ...] = derived(())
    """The named delegations in the reader's order."""

    def entry_of(self, code: str) -> ListEntry[T] | None:
        """What is said of a delegation that the list names."""
        return next((one for one in self.entries if one.delegation_code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What may be postponed, with or without a new time, or cancelled, and keeps its place."""

    status: str = later("planned")
    """planned, postponed or cancelled."""
    new_date: date | None = later(None)  # noqa: RUF009 -- makes a field
    """The day to which it was postponed, if that is known; it may lie after the meeting."""
    new_start: time | None = later(None)  # noqa: RUF009 -- makes a field
    new_end: time | None = later(None)  # noqa: RUF009 -- makes a field


@dataclass(frozen=True, slots=True)
class AgendaItem(Held, Generic[T]):
    """An item or sub-item of the agenda with everything beneath it."""

    id: str
    slug: str
    """The label as it stands in addresses: 6, 6a, 6a-i."""
    label: T
    title: T
    text: T
    lead_in: T
    notes: T
    presenters: tuple[Speaker[T], ...]
    lists: tuple[SpeakingList[T], ...]
    sub_items: tuple[AgendaItem[T], ...]
    number: int | None = unread(None)
    """On its own level; None where it has none, or a release before stored none that shows."""
    free_label: str = unread("")
    """What stands in place of its number, in all languages."""
    title_marks: tuple[str, ...] = derived(())
    """The marks of footnotes in its title, which is read without them."""
    short_title: T = later(Texts())  # noqa: RUF009 -- makes a field
    """Where there is little room; where it is empty, the title is meant (`part_names.in_short`)."""

    def walk(self) -> Iterator[AgendaItem[T]]:
        """This item, then its sub-items, in the order of the agenda."""
        yield self
        for sub_item in self.sub_items:
            yield from sub_item.walk()

    @property
    def has_content(self) -> bool:
        """Whether anything but a label and a title stands in the item itself."""
        return bool(self.text or self.lead_in or self.lists or self.presenters)


@dataclass(frozen=True, slots=True)
class Panel(Held, Generic[T]):
    """A thematic panel, or a side event."""

    id: str
    slug: str
    title: T
    text: T
    notes: T
    date: date
    start: time | None
    end: time | None
    panellists: tuple[Speaker[T], ...]
    kind: str = later("thematic")
    """thematic or side_event."""
    host: T = later(Texts())  # noqa: RUF009 -- makes a field
    short_title: T = later(Texts())  # noqa: RUF009 -- makes a field
    room: T = later(Texts())  # noqa: RUF009 -- makes a field
    title_marks: tuple[str, ...] = derived(())
    """As those of an item."""


class Undivided:
    """What stands in a day or a sitting and holds nothing that stands there too."""

    __slots__ = ()
    entries: ClassVar[tuple[()]] = ()


@dataclass(frozen=True, slots=True)
class Placement(Undivided, Generic[T]):
    """An item in a day or sitting; no times means that none are fixed."""

    id: str
    item_id: str
    is_continued: bool
    start: time | None
    end: time | None
    item: AgendaItem[T] | None = derived()  # noqa: RUF009 -- makes a field
    """The item with those of its sub-items that have no placement of their own."""
    in_full: bool = derived(default=True)
    """Whether the item's text belongs here; it stands at the first placement only."""
    is_new_time: bool = derived(default=False)
    """Whether this is when the item is held that was postponed, and no place of a row."""


@dataclass(frozen=True, slots=True)
class PanelSlot(Undivided, Generic[T]):
    """Where a panel stands in the timetable, once: the id is that of the panel."""

    id: str
    start: time | None
    end: time | None
    panel: Panel[T] | None = derived()  # noqa: RUF009 -- makes a field
    in_full: bool = derived(default=True)
    is_new_time: bool = derived(default=False)


@dataclass(frozen=True, slots=True)
class Break(Undivided, Generic[T]):
    """A pause between or within sittings."""

    id: str
    name: T
    """Its own; where it has none, the words of its kind are read."""
    start: time | None
    end: time | None
    kind: str = unread("other")
    """lunch, coffee or other."""


InnerEntry: TypeAlias = Placement[T] | PanelSlot[T] | Break[T]
"""What stands in a sitting, or straight in a day."""


@dataclass(frozen=True, slots=True)
class Sitting(Generic[T]):
    """A half-day of a meeting."""

    id: str
    part: str
    kind: str
    heading: T
    start: time | None
    end: time | None
    entries: tuple[InnerEntry[T], ...]
    room: T = later(Texts())  # noqa: RUF009 -- makes a field


TimetableEntry: TypeAlias = Sitting[T] | InnerEntry[T]


@dataclass(frozen=True, slots=True)
class Day(Generic[T]):
    """One day of the timetable, in order."""

    date: date
    entries: tuple[TimetableEntry[T], ...]

    @property
    def holds_panels_alone(self) -> bool:
        """Whether nothing but thematic panels stands in it, so that its heading may say so."""
        panels = [one.panel for one in self.entries if isinstance(one, PanelSlot)]
        are_thematic = all(not one or one.kind != "side_event" for one in panels)
        return are_thematic and len(panels) == len(self.entries)

    def walk(self) -> Iterator[tuple[Sitting[T] | None, TimetableEntry[T]]]:
        """What stands in the day, outer before inner, each with the sitting that it stands in."""
        for entry in self.entries:
            yield None, entry
            if isinstance(entry, Sitting):
                for inner in entry.entries:
                    yield entry, inner


@dataclass(frozen=True, slots=True)
class Venue(Generic[T]):
    """Where a meeting is held."""

    id: str
    name: T
    address: T


@dataclass(frozen=True, slots=True)
class MeetingReference(Generic[T]):
    """Another meeting, named."""

    id: str
    slug: str
    name: T


@dataclass(frozen=True, slots=True)
class Meeting(Generic[T]):
    """The whole event; what the UN calls a meeting of three hours is a `Sitting` here."""

    id: str
    slug: str
    name: T
    starts_on: date
    ends_on: date
    zone: str
    """IANA name of the time zone in which all times of the document are meant."""
    venue: Venue[T] | None
    status: str
    programme_status: str
    introduction: T
    practical_information: T
    notes: T
    follows: MeetingReference[T] | None

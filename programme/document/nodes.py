"""The published programme: one immutable value that holds all four languages.

Everything a delegate receives is rendered from a `ProgrammeDocument`. The stored form holds
`Texts` (every language of a text with its state); `in_language` turns it into the same classes
holding `Text` (one language), and is the only place where a missing language falls back.
Values alone: nothing here knows a row, a page or a request.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from weakref import WeakValueDictionary

from meetings.ordering import healed_key
from meetings.typed_text import heal
from programme.document.upgrades import kinds_of_lists

LANGUAGES = ("en", "fr", "es", "ar")
"""The languages of a programme, in the order in which one stands in for another."""

SCHEMA = 2
"""Number of the stored form; raise it together with a function in `UPGRADES`."""

MANY_LINES = frozenset(
    {"introduction", "invitation", "lead_in", "notes", "practical_information", "text"}
)
"""Fields whose texts are Markdown in several lines; all others stand in one."""


class UnknownSchemaError(ValueError):
    """The stored document was written by a newer release than this one."""


# --- texts -------------------------------------------------------------------------------


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
        values = {one: heal(it.value, many_lines=many_lines) for one, it in self.wordings.items()}
        if all(value and value == self.wordings[one].value for one, value in values.items()):
            return self
        kept = {one: value for one, value in values.items() if value}
        return Texts({one: replace(self.wordings[one], value=it) for one, it in kept.items()})

    def in_language(self, language: str) -> Text:
        """The wording for a reader of `language`: their own, else the first of `LANGUAGES`."""
        for candidate in (language, *LANGUAGES):
            if wording := self.wordings.get(candidate):
                return Text(wording.value, candidate, wording.provenance, wording.behind, language)
        return Text("", language, asked_for=language)


def direction(language: str) -> str:
    """Writing direction of a language: "rtl" for Arabic, "ltr" for the others."""
    return "rtl" if language == "ar" else "ltr"


T = TypeVar("T", Texts, Text)


def derived(default: Any = None) -> Any:
    """A field that `in_language` fills for renderers; it is never stored."""
    return field(default=default, compare=False, metadata={"derived": True})


# --- who ---------------------------------------------------------------------------------


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
    readings: dict[str, Any] = field(
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


# --- agenda ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One delegation in a named list, in the order as called."""

    id: str
    delegation_code: str


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
    entries: tuple[ListEntry, ...]
    delegations: tuple[Delegation[T], ...] = derived(())
    """The named delegations in the reader's order."""


@dataclass(frozen=True, slots=True)
class AgendaItem(Generic[T]):
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
class Panel(Generic[T]):
    """A thematic panel."""

    id: str
    slug: str
    title: T
    text: T
    notes: T
    date: date
    start: time | None
    end: time | None
    panellists: tuple[Speaker[T], ...]


# --- timetable ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placement(Generic[T]):
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


@dataclass(frozen=True, slots=True)
class PanelSlot(Generic[T]):
    """Where a panel stands in the timetable."""

    panel_id: str
    start: time | None
    end: time | None
    panel: Panel[T] | None = derived()  # noqa: RUF009 -- makes a field


@dataclass(frozen=True, slots=True)
class Break(Generic[T]):
    """A pause between or within sittings."""

    id: str
    name: T
    start: time | None
    end: time | None


@dataclass(frozen=True, slots=True)
class Sitting(Generic[T]):
    """A half-day of a meeting."""

    id: str
    part: str
    kind: str
    heading: T
    start: time | None
    end: time | None
    entries: tuple[Placement[T] | PanelSlot[T] | Break[T], ...]


@dataclass(frozen=True, slots=True)
class Day(Generic[T]):
    """One day of the timetable, in order."""

    date: date
    entries: tuple[Sitting[T] | Placement[T] | PanelSlot[T] | Break[T], ...]


# --- the whole ---------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class ProgrammeDocument(Generic[T]):
    """A whole programme: meeting, agenda, timetable, panels and all delegations."""

    meeting: Meeting[T]
    agenda: tuple[AgendaItem[T], ...]
    timetable: tuple[Day[T], ...]
    panels: tuple[Panel[T], ...]
    delegations: tuple[Delegation[T], ...]
    words: Mapping[str, T]
    """Headings and phrases that stand inside the programme ("Agenda", "continued")."""
    schema: int = SCHEMA
    unplaced: tuple[AgendaItem[T], ...] = derived(())
    """The agenda without what stands in the timetable."""

    def items(self) -> Iterator[AgendaItem[T]]:
        """Every item and sub-item, in the order of the agenda."""
        for item in self.agenda:
            yield from item.walk()

    def item(self, slug: str) -> AgendaItem[T] | None:
        """The item with this label in addresses, or None."""
        return next((item for item in self.items() if item.slug == slug), None)

    def parents_of(self, item: AgendaItem[T]) -> tuple[AgendaItem[T], ...]:
        """The items above an item, outermost first."""
        return tuple(
            one
            for one in self.items()
            if one.id != item.id and any(beneath.id == item.id for beneath in one.walk())
        )

    def panel(self, slug: str) -> Panel[T] | None:
        """The panel with this address, or None."""
        return next((panel for panel in self.panels if panel.slug == slug), None)

    def delegation(self, code: str) -> Delegation[T] | None:
        """The delegation with this code, or None."""
        return next((one for one in self.delegations if one.code == code), None)

    def named_codes(self) -> frozenset[str]:
        """Codes of the delegations that stand in a named list."""
        return frozenset(
            entry.delegation_code
            for item in self.items()
            for speaking_list in item.lists
            for entry in speaking_list.entries
        )

    def named_ids(self) -> frozenset[str]:
        """Ids of the delegations that stand in a named list."""
        codes = self.named_codes()
        return frozenset(one.id for one in self.delegations if one.code in codes)

    def in_language(self: ProgrammeDocument[Texts], language: str) -> ProgrammeDocument[Text]:
        """The programme for a reader of one language, with lists sorted for that language."""
        return _Reading(language).document(self)

    def to_json(self: ProgrammeDocument[Texts]) -> str:
        """The canonical stored form: the same document always gives the same bytes."""
        return json.dumps(encoded(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @staticmethod
    def from_json(stored: str) -> ProgrammeDocument[Texts]:
        """Read a stored form of this or any earlier schema, with its texts healed.

        Raises UnknownSchemaError for a newer one.
        """
        data = upgraded(json.loads(stored))
        document: ProgrammeDocument[Texts] = _decoded(ProgrammeDocument, data)
        shared = map(_shared, data["delegations"], map(_in_order, document.delegations))
        return replace(document, delegations=tuple(shared))


_DELEGATIONS: WeakValueDictionary[str, Delegation[Texts]] = WeakValueDictionary()


def _shared(data: Any, delegation: Delegation[Texts]) -> Delegation[Texts]:
    """The value that says the same in a document that was read before, or this one."""
    return _DELEGATIONS.setdefault(json.dumps(data, sort_keys=True), delegation)


def _in_order(delegation: Delegation[Texts]) -> Delegation[Texts]:
    """A delegation whose sort keys were made from its names as they are read now."""
    keys = {one: healed_key(key, one) for one, key in delegation.sort_keys.items()}
    return delegation if keys == delegation.sort_keys else replace(delegation, sort_keys=keys)


def digest_of(stored: str) -> str:
    """SHA-256 over the stored form's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(stored.encode()).hexdigest()


# --- reading in one language -------------------------------------------------------------


class _Reading:
    """Turns the stored form into what one reader meets."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.delegations: dict[str, Delegation[Text]] = {}

    def document(self, stored: ProgrammeDocument[Texts]) -> ProgrammeDocument[Text]:
        self.delegations = {one.code: self._delegation(one) for one in stored.delegations}
        read: ProgrammeDocument[Text] = self.read(replace(stored, delegations=()))
        read = replace(
            read, delegations=tuple(sorted(self.delegations.values(), key=lambda d: d.sort_key))
        )
        return _Placing(read).document()

    def _delegation(self, stored: Delegation[Texts]) -> Delegation[Text]:
        if self.language not in stored.readings:
            sort_key = stored.sort_keys.get(self.language, stored.code)
            stored.readings[self.language] = replace(self.read(stored), sort_key=sort_key)
        read: Delegation[Text] = stored.readings[self.language]
        return read

    def read(self, value: Any) -> Any:
        if isinstance(value, Texts):
            return value.in_language(self.language)
        if isinstance(value, tuple):
            return tuple(self.read(one) for one in value)
        if isinstance(value, Mapping):
            return {key: self.read(one) for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        node = replace(
            value, **{f.name: self.read(getattr(value, f.name)) for f in stored_fields(value)}
        )
        if isinstance(node, SpeakingList):
            return replace(node, delegations=self._in_order(node))
        if isinstance(node, Speaker):
            return replace(node, delegation=self.delegations.get(node.delegation_code))
        return node

    def _in_order(self, speaking_list: SpeakingList[Text]) -> tuple[Delegation[Text], ...]:
        named = [self.delegations[entry.delegation_code] for entry in speaking_list.entries]
        if speaking_list.order == "alphabetical":
            named.sort(key=lambda delegation: delegation.sort_key)
        return tuple(named)


class _Placing:
    """Puts items and panels where the timetable has them, each text at its first placement."""

    def __init__(self, document: ProgrammeDocument[Text]) -> None:
        self.read = document
        self.items = {item.id: item for item in document.items()}
        self.panels = {panel.id: panel for panel in document.panels}
        self.placed = {
            entry.item_id
            for day in document.timetable
            for entry in _flat(day.entries)
            if isinstance(entry, Placement)
        }
        self.shown: set[str] = set()

    def document(self) -> ProgrammeDocument[Text]:
        timetable = tuple(
            replace(day, entries=tuple(self._entry(entry) for entry in day.entries))
            for day in self.read.timetable
        )
        return replace(self.read, timetable=timetable, unplaced=self._unplaced(self.read.agenda))

    def _entry(self, entry: Any) -> Any:
        if isinstance(entry, Sitting):
            return replace(entry, entries=tuple(self._entry(one) for one in entry.entries))
        if isinstance(entry, PanelSlot):
            return replace(entry, panel=self.panels[entry.panel_id])
        if isinstance(entry, Placement):
            item = self.items[entry.item_id]
            in_full = item.id not in self.shown
            self.shown.add(item.id)
            pruned = replace(item, sub_items=self._unplaced(item.sub_items))
            return replace(entry, item=pruned, in_full=in_full)
        return entry

    def _unplaced(self, items: tuple[AgendaItem[Text], ...]) -> tuple[AgendaItem[Text], ...]:
        """Items without a placement; one that only headed placed sub-items is left out."""
        left = []
        for item in items:
            if item.id in self.placed:
                continue
            sub_items = self._unplaced(item.sub_items)
            if sub_items or item.has_content or not item.sub_items:
                left.append(replace(item, sub_items=sub_items))
        return tuple(left)


def _flat(entries: tuple[Any, ...]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, Sitting):
            yield from entry.entries
        else:
            yield entry


# --- stored form -------------------------------------------------------------------------

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: kinds_of_lists}
"""From schema n to n + 1, as functions of plain dictionaries."""

TIMETABLE_NODES = {cls.__name__: cls for cls in (Sitting, Placement, PanelSlot, Break)}


def upgraded(data: dict[str, Any]) -> dict[str, Any]:
    """A stored dictionary brought to the present schema."""
    schema = data.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        message = f"document schema {schema!r} is newer than {SCHEMA}, the newest known here"
        raise UnknownSchemaError(message)
    while schema < SCHEMA:
        data = UPGRADES[schema](data)
        schema += 1
        data["schema"] = schema
    return data


def stored_fields(node: Any) -> list[Any]:
    """The fields of a node that its stored form holds."""
    return [f for f in fields(node) if not f.metadata.get("derived")]


@cache
def _stored_names(cls: type) -> tuple[str, ...]:
    """Names of the stored fields of a class; asked for at every node of a document."""
    return tuple(one.name for one in stored_fields(cls))


def encoded(value: Any, *, but: frozenset[str] = frozenset()) -> Any:
    """A value in its stored form: plain data that JSON can hold; a node without some fields."""
    if isinstance(value, str):
        return value
    if isinstance(value, Texts):
        return {lang: _encoded_wording(wording) for lang, wording in value.wordings.items()}
    if isinstance(value, (list, tuple)):
        return [encoded(one) for one in value]
    if isinstance(value, Mapping):
        return {key: encoded(one) for key, one in value.items()}
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        names = _stored_names(cast("Any", type(value)))
        node = {name: encoded(getattr(value, name)) for name in names if name not in but}
        if type(value).__name__ in TIMETABLE_NODES:
            node["node"] = type(value).__name__
        return node
    return value


def _encoded_wording(wording: Wording) -> str | dict[str, Any]:
    """The common case, official and up to date, is stored as the bare string."""
    if wording.provenance == "official" and not wording.behind:
        return wording.value
    return {
        "value": wording.value,
        "provenance": wording.provenance,
        "behind": wording.behind,
    }


def _decoded_wording(data: str | dict[str, Any]) -> Wording:
    return Wording(data) if isinstance(data, str) else Wording(**data)


def _decoded_texts(data: Mapping[str, Any], *, many_lines: bool = False) -> Texts:
    texts = Texts({language: _decoded_wording(one) for language, one in data.items()})
    return texts.healed(many_lines=many_lines)


def _decoded(kind: Any, data: Any) -> Any:  # noqa: PLR0911 -- one return per shape of the schema
    """Build a value of a declared type from plain JSON data."""
    if data is None:
        return None
    if kind is T:
        return _decoded_texts(data)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if isinstance(data, dict) and "node" in data:
            return _decoded(TIMETABLE_NODES[data["node"]], data)
        return _decoded(next(one for one in arguments if one is not NoneType), data)
    if origin is tuple:
        return tuple(_decoded(arguments[0], one) for one in data)
    if origin is Mapping:
        return {key: _decoded(arguments[1], one) for key, one in data.items()}
    if kind is date:
        return date.fromisoformat(data)
    if kind is time:
        return time.fromisoformat(data)
    cls: Any = origin or kind
    if is_dataclass(cls):
        hints = _hints(cls)
        values = {
            name: _decoded_texts(data[name], many_lines=True)
            if name in MANY_LINES
            else _decoded(hints[name], data[name])
            for name in _stored_names(cast("Any", cls))
        }
        return cast("Any", cls)(**values)
    return data


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: Any) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = get_type_hints(cls, include_extras=True)
    return _HINTS[cls]

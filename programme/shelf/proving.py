"""Whether a publication can be shown at all: asked before it takes the place of the last good one.

The shelf holds no current edition that was not proved here, and gives no old one: so whoever
reads an edition may count on what its types say, on its clock and on its four languages. What
only comes out when a page is made is for `programme.shelf.mending`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import datetime
from types import UnionType
from typing import (
    Any,
    NoReturn,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from zoneinfo import ZoneInfo

from programme.document.clock import boundaries
from programme.document.nodes import LANGUAGES, DataclassInstance, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of, stored_fields
from programme.shelf.edition import Edition, Version
from programme.shelf.releases import end_of_marks

Check = Callable[[object], None]


class UnshowableError(ValueError):
    """No page can be made of a publication; the message says why, for operators."""


def proved(version: Version) -> Edition:
    """The edition that a publication is, once it is known that it can be counted and read.

    Raises whatever keeps it from that: UnshowableError where it is not what was published or not
    what it should be made of, UnknownSchemaError where a newer release wrote it.
    """
    if digest_of(version.stored) != version.digest:
        raise UnshowableError("its document is not the one that was published")
    edition = version.edition()
    meeting = edition.document.meeting
    if (meeting.id, meeting.slug) != (version.meeting_id, version.slug):
        raise UnshowableError("its document is that of another meeting")
    refuse_odd_values(edition)
    if edition.published_at.tzinfo is None:
        raise UnshowableError("the hour at which it was published is of no zone")
    count(edition.document, edition.published_at, end_of_marks(edition.published_at))
    for language in LANGUAGES:
        edition.in_language(language)  # keeps it: home and delegations ask for all of them
    return edition


def refuse_unshowable(document: ProgrammeDocument[Texts]) -> None:
    """Refuse what could not be counted or read once it is published, as `proved` would then."""
    stored = ProgrammeDocument.from_json(document.to_json())
    refuse_odd_values(stored)
    count(stored)
    for language in LANGUAGES:
        stored.in_language(language)


def count(document: ProgrammeDocument[Texts], *others: datetime) -> None:
    """Count every moment at which pages change, as whoever keeps pages does, and some others.

    Raises ZoneInfoNotFoundError for a zone that this machine does not know, and OverflowError for
    what is beyond the calendar.
    """
    zone = ZoneInfo(document.meeting.zone)
    for moment in (*boundaries(document), *others):
        moment.astimezone(zone).timestamp()


# --- values are of the types that are declared -------------------------------------------------


def refuse_odd_values(node: DataclassInstance) -> None:
    """Refuse a value, a field of it or what is in that, that is not of its declared type."""
    _check_of_dataclass(type(node))(node)


_CHECKS: dict[type, Check] = {}


def _check_of_dataclass(cls: type[DataclassInstance]) -> Check:
    if cls not in _CHECKS:
        _CHECKS[cls] = _check_of_fields(cls)
    return _CHECKS[cls]


def _check_of_fields(cls: type[DataclassInstance]) -> Check:
    hints = get_type_hints(cls)
    names = [one.name for one in stored_fields(cls) if one.compare]
    checks = [(name, _check_of(hints[name])) for name in names]

    def check(node: object) -> None:
        if type(node) is not cls:
            _refuse(cls, node)
        for name, of_field in checks:
            of_field(getattr(node, name))

    return check


def _check_of(kind: object) -> Check:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda _value: None
    if isinstance(kind, TypeVar):
        return _check_of(Texts)
    if origin in (Union, UnionType):
        return _check_of_any({get_origin(one) or one: _check_of(one) for one in arguments})
    if origin is tuple:
        return _check_of_each(arguments[0])
    if origin is Mapping:
        return _check_of_mapping(*arguments)
    cls: Any = origin or kind
    if isinstance(cls, type) and is_dataclass(cls):
        # Found when it is met, since items hold items.
        return lambda value: _check_of_dataclass(cls)(value)  # noqa: PLW0108 -- not before
    return lambda value: None if type(value) is cls else _refuse(cls, value)


def _check_of_any(checks: Mapping[type, Check]) -> Check:
    def check(value: object) -> None:
        kind = next((one for one in checks if isinstance(value, one)), None)
        if kind is None:
            _refuse(tuple(checks), value)
        checks[kind](value)

    return check


def _check_of_each(kind: object) -> Check:
    of_one = _check_of(kind)

    def check(value: object) -> None:
        if type(value) is not tuple:
            _refuse(tuple, value)
        for part in value:
            of_one(part)

    return check


def _check_of_mapping(*kinds: object) -> Check:
    of_key, of_value = map(_check_of, kinds)

    def check(value: object) -> None:
        if not isinstance(value, Mapping):
            _refuse(Mapping, value)
        for key, part in value.items():
            of_key(key)
            of_value(part)

    return check


def _refuse(expected: object, value: object) -> NoReturn:
    message = f"expected {expected}, found {str(value)[:40]!r}"
    raise UnshowableError(message)

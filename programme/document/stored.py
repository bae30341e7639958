"""The stored form of a document: canonical JSON, its schema, and the upgrades of earlier ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from weakref import WeakValueDictionary

from meetings.alphabetical_order import healed_key
from programme.document.nodes import (
    Break,
    DataclassInstance,
    Delegation,
    PanelSlot,
    Placement,
    Sitting,
    T,
    Texts,
    Wording,
)
from programme.document.upgrades import Stored, kinds_of_lists, what_rows_know

SCHEMA = 3
"""Number of the stored form; raise it together with a function in `UPGRADES`."""


MANY_LINES = frozenset(
    {"introduction", "invitation", "lead_in", "notes", "practical_information", "text"}
)
"""Fields whose texts are Markdown in several lines; all others stand in one."""


class UnknownSchemaError(ValueError):
    """The stored document was written by a newer release than this one."""


_DELEGATIONS: WeakValueDictionary[str, Delegation[Texts]] = WeakValueDictionary()


def shared(data: object, delegation: Delegation[Texts]) -> Delegation[Texts]:
    """The value that says the same in a document that was read before, or this one."""
    return _DELEGATIONS.setdefault(json.dumps(data, sort_keys=True), delegation)


def in_order(delegation: Delegation[Texts]) -> Delegation[Texts]:
    """A delegation whose sort keys were made from its names as they are read now."""
    keys = {one: healed_key(key, one) for one, key in delegation.sort_keys.items()}
    return delegation if keys == delegation.sort_keys else replace(delegation, sort_keys=keys)


def digest_of(stored: str) -> str:
    """SHA-256 over the stored form's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(stored.encode()).hexdigest()


UPGRADES: dict[int, Callable[[Stored], Stored]] = {
    1: kinds_of_lists,
    2: what_rows_know,
}
"""From schema n to n + 1, as functions of plain dictionaries."""


TIMETABLE_NODES = {cls.__name__: cls for cls in (Sitting, Placement, PanelSlot, Break)}


def upgraded(data: Stored) -> Stored:
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


def stored_fields(node: DataclassInstance | type[DataclassInstance]) -> list[Field[object]]:
    """The fields of a node that its stored form holds."""
    return [f for f in fields(node) if not f.metadata.get("derived")]


@cache
def stored_names(cls: type[DataclassInstance]) -> tuple[str, ...]:
    """Names of the stored fields of a class; asked for at every node of a document."""
    return tuple(one.name for one in stored_fields(cls))


@cache
def usual_of(cls: type[DataclassInstance]) -> dict[str, object]:
    """What fields hold that came later, where a document of before has nothing."""
    return {one.name: one.default for one in stored_fields(cls) if one.metadata.get("later")}


def encoded(value: object) -> Any:
    """A value in its stored form: plain data that JSON can hold."""
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
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        return encoded_fields(kind, {name: getattr(value, name) for name in stored_names(kind)})
    return value


def encoded_fields(kind: type[DataclassInstance], values: Mapping[str, object]) -> Stored:
    """Values of a node's fields in their stored form, but for what came later and is as before."""
    usual = usual_of(kind)
    told = ((name, one) for name, one in values.items() if name not in usual or one != usual[name])
    node = {name: encoded(one) for name, one in told}
    if kind.__name__ in TIMETABLE_NODES:
        node["node"] = kind.__name__
    return node


def _encoded_wording(wording: Wording) -> str | Stored:
    """The common case, official and up to date, is stored as the bare string."""
    if wording.provenance == "official" and not wording.behind:
        return wording.value
    return {
        "value": wording.value,
        "provenance": wording.provenance,
        "behind": wording.behind,
    }


def _decoded_wording(data: str | Stored) -> Wording:
    return Wording(data) if isinstance(data, str) else Wording(**data)


def texts_of(data: Mapping[str, str | Stored]) -> Texts:
    """A text from its stored form."""
    return Texts({language: _decoded_wording(one) for language, one in data.items()})


def decoded(kind: Any, data: Any) -> Any:  # noqa: PLR0911 -- one return per shape of the schema
    """Build a value of a declared type from plain JSON data."""
    if data is None:
        return None
    if kind is T:
        return texts_of(data).healed()
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if isinstance(data, dict) and "node" in data:
            return decoded(TIMETABLE_NODES[data["node"]], data)
        return decoded(next(one for one in arguments if one is not NoneType), data)
    if origin is tuple:
        return tuple(decoded(arguments[0], one) for one in data)
    if origin is Mapping:
        return {key: decoded(arguments[1], one) for key, one in data.items()}
    if kind is date:
        return date.fromisoformat(data)
    if kind is time:
        return time.fromisoformat(data)
    cls: Any = origin or kind
    if isinstance(cls, type) and is_dataclass(cls):
        hints = _hints(cls)
        values = {
            name: texts_of(data[name]).healed(many_lines=True)
            if name in MANY_LINES
            else decoded(hints[name], data[name])
            for name in stored_names(cls)
            if name in data or name not in usual_of(cls)
        }
        return cls(**values)
    return data


_HINTS: dict[type, dict[str, object]] = {}


def _hints(cls: type) -> dict[str, object]:
    if cls not in _HINTS:
        _HINTS[cls] = get_type_hints(cls, include_extras=True)
    return _HINTS[cls]

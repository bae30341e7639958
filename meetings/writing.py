"""Bulk writes of rows with given ids: few queries, and unique values may change places."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import translation

from meetings.models import Delegation
from meetings.rows import SOURCE_LANGUAGE, TextState, column, translated_fields
from meetings.types import Column, Rows, Values


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A row as a file or a document wants it."""

    model: type[models.Model]
    id: uuid.UUID
    values: Values
    """Every column that is decided about; relations as `<name>_id`."""
    provenance: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Of each text that is there, by field and language; of a number, without language."""
    behind: frozenset[tuple[str, str]] | None = None
    """The translations that are behind the English; None where that is not told, as in a file."""
    key: str = ""
    """What a file calls it."""

    @property
    def name(self) -> str:
        """For people: what it is and its key."""
        return f"{self.model._meta.verbose_name} {self.key}"


DERIVED = frozenset({"id", "search_text", "sort_key"})


def managed_columns(model: type[models.Model]) -> list[str]:
    """The columns of a model that hold what people say; the others are made from them."""
    translated = set(translated_fields(model))
    return [
        f.attname
        for f in model._meta.concrete_fields
        if f.name not in DERIVED | translated
        and not any(f.name.startswith(f"{one}_") for one in DERIVED & translated)
    ]


def plain(value: object) -> object:
    """A column's value for comparison and digests: no text and nothing are the same."""
    if value is None:
        return ""
    if isinstance(value, (date, time, uuid.UUID)):
        return str(value)
    return value


def hold(rows: Rows, *, lets_rows_beneath: bool = True) -> None:
    """Lock rows until the transaction ends, so that what is compared stays as it is.

    Others may still make rows that point at them, unless this is ruled out. SQLite lets one
    writer in at a time anyway.
    """
    locked = rows.order_by("pk").select_for_update(no_key=lets_rows_beneath)
    list(locked.values_list("pk", flat=True))


def hold_for_deletion(rows: Iterable[models.Model]) -> None:
    """Lock rows that are to go, so that nobody puts anything beneath them any more."""
    for model, its_rows in by_model(rows).items():
        keys = [row.pk for row in its_rows]
        hold(model._default_manager.filter(pk__in=keys), lets_rows_beneath=False)


def going_with(rows: Iterable[models.Model]) -> list[models.Model]:
    """All rows that a deletion takes along, these among them, but for states of texts."""
    found = (row for its in _collected(rows).data.values() for row in its)
    return [row for row in found if not isinstance(row, TextState)]


def emptied_by(rows: Iterable[models.Model]) -> list[models.Model]:
    """All rows that stay when these are deleted, but point at them no more."""
    return [row for row, _relation in losing(_collected(rows))]


def losing(collector: NestedObjects) -> Iterator[tuple[models.Model, Column]]:
    """Each row that will point at nothing when what is collected goes, with that relation."""
    updates: dict[tuple[Column, object], Any] = collector.field_updates
    for (relation, _value), batches in updates.items():
        yield from ((row, relation) for rows in batches for row in rows)


def _collected(rows: Iterable[models.Model]) -> NestedObjects:
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    for model, its_rows in by_model(rows).items():
        collector.collect(model._default_manager.filter(pk__in=[row.pk for row in its_rows]))
    return collector


def by_model(rows: Iterable[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    """Rows in groups, each of one model."""
    groups: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        groups[type(row)].append(row)
    return groups


def write(
    *,
    created: Iterable[models.Model],
    changed: Iterable[tuple[models.Model, Collection[str]]],
    gone: Collection[models.Model],
    refuse: Callable[[Collection[models.Model]], None],
) -> None:
    """Write new rows, columns of others, and deletions; call it in a transaction.

    Unique values may change places, and what moves away from a row that goes is kept. `refuse` is
    asked last about the rows that are to go, when nobody can put anything beneath them any more.
    """
    changed = list(changed)
    with translation.override(SOURCE_LANGUAGE):  # the language of the base columns
        _put_aside([*(row for row, _columns in changed), *gone])
        _create(created)
        _update(changed)
        if gone:
            hold_for_deletion(gone)
            refuse(gone)
            delete(gone)


def _put_aside(rows: Iterable[models.Model]) -> None:
    """Free the unique columns of rows, so that two items can change places."""
    for model, its_rows in by_model(rows).items():
        if values := _aside(model):
            keys = [row.pk for row in its_rows]
            model._default_manager.filter(pk__in=keys).update(**values)


def _aside(model: type[models.Model]) -> Values:
    values: Values = getattr(model, "aside", {})
    return values


def _create(rows: Iterable[models.Model]) -> None:
    """Insert rows with the ids that they have."""
    for model, its_rows in by_model(rows).items():
        for row in its_rows:
            _refresh(row)
        model._default_manager.bulk_create(its_rows)


def _update(changed: Iterable[tuple[models.Model, Iterable[str]]]) -> None:
    """Write the named columns of rows, with those that were put aside before."""
    groups: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    names: dict[type[models.Model], set[str]] = defaultdict(set)
    for row, columns in changed:
        model = type(row)
        groups[model].append(row)
        names[model] |= {*columns, *_aside(model), *_refresh(row)}
    for model, rows in groups.items():
        model._default_manager.bulk_update(rows, sorted(_field_names(model, names[model])))


def delete(rows: Iterable[models.Model]) -> None:
    """Delete rows; what is beneath goes with its owner, and a later group finds nothing left."""
    for model, its_rows in by_model(rows).items():
        model._default_manager.filter(pk__in=[row.pk for row in its_rows]).delete()


def _refresh(row: models.Model) -> set[str]:
    """Make derived columns anew, as `save` would; their names."""
    if not isinstance(row, Delegation):
        return set()
    row.refresh_keys()
    return {"search_text", *(f.name for f in row._meta.fields if f.name.startswith("sort_key_"))}


def _field_names(model: type[models.Model], columns: Iterable[str]) -> set[str]:
    """Names for an update, with the base columns that modeltranslation keeps beside them."""
    names = {model._meta.get_field(one).name for one in columns}
    return names | {
        base for base in translated_fields(model) if column(base, SOURCE_LANGUAGE) in names
    }

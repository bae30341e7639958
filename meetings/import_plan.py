"""The dry run of an import: which rows come, change or go, and what staff changed meanwhile."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from meetings.models import ImportedRow
from meetings.rows import TextState, base_of, healed
from meetings.types import Values
from meetings.writing import WantedRow, managed_columns, plain

NAMESPACE = uuid.UUID("6f3f6f5e-9a5b-5d0c-8a43-1d7f0f4f1c21")
"""Of all ids made from keys; it must never change."""


def id_of(*path: str) -> uuid.UUID:
    """The id of the row with this path of keys, the same for ever (RFC 9562, version 5)."""
    return uuid.uuid5(NAMESPACE, "/".join(path))


class ImportRefusedError(ValueError):
    """The import would overwrite what staff did; `reasons` lists every row."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)


@dataclass(slots=True)
class Changed:
    """An existing row that the file wants otherwise, column by column (before, after)."""

    row: models.Model
    planned: WantedRow
    columns: dict[str, tuple[object, object]]
    provenance: bool


@dataclass(slots=True)
class Deleted:
    """An existing row that the file leaves out."""

    row: models.Model
    key: str

    @property
    def name(self) -> str:
        """For people: what it is and the key that it had."""
        return f"{self.row._meta.verbose_name} {self.key}"


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    scope: str
    created: list[WantedRow] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    deleted: list[Deleted] = field(default_factory=list)
    unchanged: list[WantedRow] = field(default_factory=list)
    forgotten: list[uuid.UUID] = field(default_factory=list)
    """Ids that an earlier import wrote and that are nowhere any more."""
    refused: list[str] = field(default_factory=list)
    """Rows that staff changed, added or deleted; an overwriting import takes the file's."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.created or self.changed or self.deleted)

    def lines(self) -> list[str]:
        """The plan in words, a line for each row or field."""
        lines = [_("new: %(row)s") % {"row": one.name} for one in self.created]
        for changed in self.changed:
            for name, (before, after) in changed.columns.items():
                lines.append(
                    _("changed: %(row)s, %(field)s: “%(before)s” → “%(after)s”")
                    % {
                        "row": changed.planned.name,
                        "field": name,
                        "before": _shown(before),
                        "after": _shown(after),
                    }
                )
            if changed.provenance:
                lines.append(
                    _("changed: %(row)s, where its texts come from") % {"row": changed.planned.name}
                )
        lines += [_("deleted: %(row)s") % {"row": one.name} for one in self.deleted]
        return lines


def digest_of(row: WantedRow) -> str:
    """What identifies the content of a row, to know a later change of staff."""
    return _digest(row.values, row.provenance)


def _digest(values: Values, provenance: Mapping[tuple[str, str], str]) -> str:
    content = {
        "values": {key: plain(value) for key, value in values.items()},
        "provenance": {f"{name} {language}": p for (name, language), p in provenance.items()},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _before_columns_came(model: type[models.Model], values: Values) -> Iterator[Values]:
    """What imports of before remember of a row: less the columns that came since, where unused."""
    came: tuple[str, ...] = getattr(model, "came_later", ())
    for number in range(len(came)):
        later = [name for name in values if base_of(model, name) in came[number:]]
        if all(plain(values[one]) == _usual(model, one) for one in later):
            yield {name: value for name, value in values.items() if name not in later}


def _usual(model: type[models.Model], name: str) -> object:
    (found,) = (one for one in model._meta.concrete_fields if one.attname == name)
    return plain(found.get_default())


def _shown(value: object) -> str:
    text = str(plain(value))
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 -- a terminal's width


def plan_import(
    scope: str,
    rows: Sequence[WantedRow],
    *,
    overwrite: bool = False,
    keep: Iterable[type[models.Model]] = (),
) -> Plan:
    """Compare a file's rows with the database; rows of the models in `keep` stay for ever.

    Call it in a transaction: nobody changes what it compared until that ends.
    """
    return _Planning(scope, rows, overwrite=overwrite, keep=tuple(keep)).plan()


class _Planning:
    def __init__(
        self,
        scope: str,
        rows: Sequence[WantedRow],
        *,
        overwrite: bool,
        keep: tuple[type[models.Model], ...],
    ) -> None:
        self.scope, self.rows, self.overwrite, self.keep = scope, rows, overwrite, keep
        ids = {row.id for row in rows}
        remembered = ImportedRow.objects.filter(models.Q(scope=scope) | models.Q(object_id__in=ids))
        self.imported = {one.object_id: one for one in remembered}
        self.existing = self._existing(ids)
        self.provenance: dict[uuid.UUID, dict[tuple[str, str], str]] = defaultdict(dict)
        for state in TextState.objects.of_rows(self.existing):
            self.provenance[state.object_id][state.field, state.language] = state.provenance

    def _existing(self, ids: set[uuid.UUID]) -> dict[uuid.UUID, models.Model]:
        wanted: dict[type[models.Model], set[uuid.UUID]] = defaultdict(set)
        for row in self.rows:
            wanted[row.model].add(row.id)
        models_by_label = {one._meta.label_lower: one for one in wanted}
        for imported in self.imported.values():
            if imported.object_id not in ids and imported.scope == self.scope:
                model = models_by_label.get(imported.model) or model_of(imported.model)
                wanted[model].add(imported.object_id)
        return {
            row.pk: row
            for model, its_ids in wanted.items()
            for row in model._default_manager.filter(pk__in=its_ids).select_for_update(
                of=("self",), no_key=True
            )
        }

    def plan(self) -> Plan:
        plan = Plan(self.scope)
        for planned in self.rows:
            self._place(planned, plan)
        self._plan_deletions(plan)
        return plan

    def _place(self, planned: WantedRow, plan: Plan) -> None:
        row = self.existing.get(planned.id)
        if row is None:
            if planned.id in self.imported and not self.overwrite:
                plan.refused.append(_("%(row)s was deleted by staff") % {"row": planned.name})
            plan.created.append(planned)
            return
        columns = {
            name: (getattr(row, name), value)
            for name, value in planned.values.items()
            if plain(healed(row, name)) != plain(value)
        }
        other_provenance = self.provenance[row.pk] != planned.provenance
        if not columns and not other_provenance:
            plan.unchanged.append(planned)
            return
        if not self.overwrite and self._changed_by_others(row):
            what = _(", ").join(columns) or _("where its texts come from")
            told = {"row": planned.name, "fields": what}
            plan.refused.append(
                _("%(row)s was imported otherwise from another file: %(fields)s") % told
                if self._is_of_another_file(row)
                else _("%(row)s was changed by staff: %(fields)s") % told
            )
        plan.changed.append(Changed(row, planned, columns, other_provenance))

    def _changed_by_others(self, row: models.Model) -> bool:
        imported = self.imported.get(row.pk)
        columns = managed_columns(type(row))
        as_stored = {name: getattr(row, name) for name in columns}
        as_healed = {name: healed(row, name) for name in columns}
        provenance = self.provenance[row.pk]
        is_as_imported = imported and imported.digest in {
            _digest(values, provenance)
            for each in (as_stored, as_healed)
            for values in (each, *_before_columns_came(type(row), each))
        }
        return not is_as_imported or self._is_of_another_file(row)

    def _is_of_another_file(self, row: models.Model) -> bool:
        imported = self.imported.get(row.pk)
        return imported is not None and imported.scope != self.scope

    def _plan_deletions(self, plan: Plan) -> None:
        ids = {row.id for row in self.rows}
        for imported in self.imported.values():
            if imported.object_id in ids or imported.scope != self.scope:
                continue
            row = self.existing.get(imported.object_id)
            if row is None:
                plan.forgotten.append(imported.object_id)
            elif not isinstance(row, self.keep):
                deleted = Deleted(row, imported.key)
                plan.deleted.append(deleted)
                if not self.overwrite and self._changed_by_others(row):
                    plan.refused.append(
                        _("%(row)s is not in the file, but was changed by staff")
                        % {"row": deleted.name}
                    )


def model_of(label: str) -> type[models.Model]:
    """The kind of rows that a label such as `meetings.sitting` names."""
    app_label, name = label.split(".")
    found = ContentType.objects.get_by_natural_key(app_label, name).model_class()
    if found is None:
        message = f"no model {label}"
        raise LookupError(message)
    return found

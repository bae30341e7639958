"""Parser of one row of a file: its hours, place, texts and key, and what it is refused for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meetings.held.status import Held
from meetings.import_plan import id_of
from meetings.models import Delegation, Sitting
from meetings.rows import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    Provenance,
    base_of,
    column,
    has_many_lines,
    translated_fields,
)
from meetings.types import Values
from meetings.unique_keys import addresses_of, twins
from meetings.writing import WantedRow, managed_columns
from programme.rows.yaml_file import FileError, Mapping

R = TypeVar("R", bound=models.Model)


@dataclass
class RowParser:
    """Makes planned rows of mappings, validating each on the way."""

    top: Mapping
    errors: list[FileError]
    rows: list[WantedRow] = field(default_factory=list)
    slug: str = ""
    provenance: dict[str, str] = field(default_factory=dict)
    by_key: dict[str, tuple[models.Model, Mapping]] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)

    def _times(self, mapping: Mapping) -> Values:
        return {"start": mapping.time("start"), "end": mapping.end("end")}

    def _held(self, mapping: Mapping) -> Values:
        return {
            "status": mapping.choice("status", Held.Status.values, Held.Status.PLANNED),
            "new_date": mapping.date("new_date"),
            "new_start": mapping.time("new_start"),
            "new_end": mapping.end("new_end"),
        }

    def _place(self, mapping: Mapping) -> Values:
        sitting = self._sitting(mapping)
        day = mapping.date("date") or (sitting.date if sitting else None)
        return {"date": day, **self._times(mapping)}

    def _sitting(self, mapping: Mapping) -> Sitting | None:
        sitting = self._known(mapping, "sitting", Sitting)
        if sitting is None and mapping.text("sitting"):
            mapping.expected("sitting", _("the key of a sitting in this file"))
        return sitting

    def _known(self, mapping: Mapping, key: str, model: type[R]) -> R | None:
        row, _mapping = self.by_key.get(mapping.text(key), (None, None))
        return row if isinstance(row, model) else None

    def _row(
        self,
        model: type[R],
        mapping: Mapping,
        *,
        relations: MappingOf[str, models.Model | None] | None = None,
        required: tuple[str, ...] = (),
        others: tuple[str, ...] = (),
        path: tuple[str, ...] = (),
        **values: object,
    ) -> R | None:
        """Plan one row; None, with errors, where the mapping makes none."""
        before = len(self.errors)
        key = self._key(mapping)
        texts = self._texts(model, mapping, required)
        inferred = {word for word, _node in mapping.words("inferred")}
        for word, node in mapping.words("inferred"):
            if word not in mapping.nodes:
                mapping.error(
                    _("inferred: “%(word)s” is no key of this row.") % {"word": word}, node
                )
        for name in others:
            mapping.has(name)
        mapping.finish()
        row = model(pk=id_of(*(path or (self.slug,)), key), **texts, **values, **(relations or {}))
        if len(self.errors) == before:
            self._validate(row, mapping, tuple(relations or ()))
        self.by_key[key] = (row, mapping)
        self._plan(row, key, inferred)
        return row

    def _key(self, mapping: Mapping) -> str:
        key = mapping.text("key", required=True)
        if key in self.by_key:
            first = self.by_key[key][1].line
            mapping.error(
                _("The key “%(key)s” is used already, at line %(line)s.")
                % {"key": key, "line": first},
                "key",
            )
        return key

    def _texts(
        self, model: type[models.Model], mapping: Mapping, required: tuple[str, ...]
    ) -> dict[str, str]:
        texts: dict[str, str] = {}
        for name in translated_fields(model):
            found = self._text(mapping, name, many_lines=has_many_lines(model, name))
            if name in required and not found.get(SOURCE_LANGUAGE):
                mapping.error(_("%(key)s is missing in English.") % {"key": name}, name)
            texts |= {column(name, language): found.get(language, "") for language in LANGUAGES}
        return texts

    def _text(self, mapping: Mapping, name: str, *, many_lines: bool) -> dict[str, str]:
        """A text by language; a bare string is English."""
        if not mapping.has(name):
            return {}
        if not hasattr(mapping.nodes[name].value, "append"):
            return {SOURCE_LANGUAGE: mapping.text(name, many_lines=many_lines)}
        by_language = mapping.mapping(name)
        if by_language is None:
            return {}
        texts = {one: by_language.text(one, many_lines=many_lines) for one in LANGUAGES}
        by_language.finish()
        return texts

    def _validate(self, row: models.Model, mapping: Mapping, relations: tuple[str, ...]) -> None:
        """Ask the row itself, as its form in the admin does."""
        unchecked = {*relations, *translated_fields(type(row)), "id"}
        checks: list[Callable[[], None]] = [
            lambda: row.clean_fields(exclude=unchecked),
            row.clean,
        ]
        for check in checks:
            try:
                check()
            except ValidationError as error:
                for name, message in _messages(error):
                    key = base_of(type(row), name)
                    prefix = f"{name}: " if key in mapping.nodes else ""
                    mapping.error(f"{prefix}{message}", key)
                return

    def _plan(self, row: models.Model, key: str, inferred: set[str] | None = None) -> None:
        names = translated_fields(type(row))
        provenance = {
            (name, language): Provenance.INFERRED.value
            if name in (inferred or ())
            else self.provenance[language]
            for name in names
            for language in LANGUAGES
            if getattr(row, column(name, language))
        }
        provenance |= {
            (name, ""): Provenance.INFERRED.value for name in (inferred or ()) if name not in names
        }
        self.rows.append(
            WantedRow(
                model=type(row),
                id=row.pk,
                key=key,
                values={name: getattr(row, name) for name in managed_columns(type(row))},
                provenance=provenance,
            )
        )

    def _refuse_twins(self) -> None:
        """Refuse two rows with one address."""
        for (_row, first), (row, mapping) in twins(
            self.by_key.values(), lambda pair: addresses_of(pair[0])
        ):
            mapping.error(
                _("%(kind)s “%(row)s” stands in the file already, at line %(line)s.")
                % {"kind": row._meta.verbose_name, "row": row, "line": first.line}
            )


def _messages(error: ValidationError) -> Iterator[tuple[str, str]]:
    """The messages of a validation error, each with its field ("" for the row)."""
    if not hasattr(error, "error_dict"):
        yield from (("", message) for message in error.messages)
        return
    for name, messages in error.message_dict.items():
        yield from ((name, message) for message in messages)

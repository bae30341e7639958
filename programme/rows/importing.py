"""From a meeting's YAML file to rows: `docs/programme-file.md` describes the file.

A file is read and validated wholly before anything is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Cast, Left
from django.utils.translation import gettext as _

from meetings.import_plan import ImportRefusedError, Plan, PlannedRow, id_of, plan_import
from meetings.importing import apply_import, rehearsal
from meetings.models import Break, Delegation, ImportedRow, Meeting, Sitting, Speaker, Venue
from meetings.rows import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    Provenance,
    base_of,
    column,
    has_many_lines,
    translated_fields,
)
from meetings.writing import managed_columns
from panels.models import Panel, Panellist
from programme.models import (
    MAX_LEVELS,
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)
from programme.rows.meeting_rows import MeetingRows
from programme.rows.problems import InvalidDraftError, problems_of
from programme.rows.yaml_file import FileError, InvalidFileError, Mapping, load

R = TypeVar("R", bound=models.Model)

ASIDE: MappingOf[type[models.Model], MappingOf[str, Any]] = {
    AgendaItem: {"number": None, "label": ""},
    Panel: {"slug": Cast("id", models.CharField())},
    Sitting: {"part": Left(Cast("id", models.CharField()), 11)},
}
"""Values that free unique columns while rows change places."""


def import_programme(path: Path, *, overwrite: bool = False, dry_run: bool = False) -> Plan:
    """Make a meeting's rows what its file says; a dry run only plans it.

    Raises InvalidFileError, ImportRefusedError (rows that staff changed, unless `overwrite`) or
    InvalidDraftError (the file and rows of staff do not go together); nothing is written then.
    """
    with transaction.atomic():
        file = ProgrammeFile.read(path)
        _refuse_foreign_meeting(file)
        plan = plan_import(file.scope, file.rows, overwrite=overwrite, keep=(Venue,))
        if not dry_run:
            _write(plan, file)
        elif not plan.refused:
            with rehearsal(plan):
                _write(plan, file)
    return plan


def _write(plan: Plan, file: ProgrammeFile) -> None:
    apply_import(plan, aside=ASIDE)
    if not plan.is_empty and (problems := problems_of(MeetingRows(file.meeting_id))):
        raise InvalidDraftError(problems)


def _refuse_foreign_meeting(file: ProgrammeFile) -> None:
    """Refuse if staff made a meeting of the same address by hand."""
    there = Meeting.objects.filter(slug=file.slug).first()
    if not there or there.pk == file.meeting_id:
        return
    told = {"slug": file.slug}
    if ImportedRow.objects.filter(scope=file.scope, object_id=there.pk).exists():
        reason = _("The key of the meeting %(slug)s was changed in the file; keys never change.")
    else:
        reason = _("A meeting with the address %(slug)s was made by staff.")
    raise ImportRefusedError([reason % told])


@dataclass(slots=True)
class ProgrammeFile:
    """A valid programme file, as rows."""

    slug: str
    meeting_id: Any
    rows: list[PlannedRow]

    @property
    def scope(self) -> str:
        """Under which its rows are remembered."""
        return f"meeting/{self.slug}"

    @classmethod
    def read(cls, path: Path) -> ProgrammeFile:
        """Read and validate a file. Raises InvalidFileError with all that is wrong."""
        errors: list[FileError] = []
        top = load(path, errors)
        reading = _Reading(top, errors) if top else None
        meeting = reading.everything() if reading else None
        if errors or not reading or not meeting:
            raise InvalidFileError(errors)
        return cls(meeting.slug, meeting.pk, reading.rows)


@dataclass
class _Reading:
    """Turns the mappings of a file into planned rows, validating each on the way."""

    top: Mapping
    errors: list[FileError]
    rows: list[PlannedRow] = field(default_factory=list)
    slug: str = ""
    provenance: dict[str, str] = field(default_factory=dict)
    by_key: dict[str, tuple[models.Model, Mapping]] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)
    placed: Counter[Any] = field(default_factory=Counter)
    """Placements by day and sitting, so far."""

    def everything(self) -> Meeting | None:
        """Read the whole file; the meeting, or None where there is none."""
        self.delegations = {one.code: one for one in Delegation.objects.all()}
        self._read_mendings()
        self._read_provenance()
        meeting = self._read_meeting()
        if meeting:
            for mapping in self.top.mappings("sittings"):
                self._read_sitting(mapping, meeting)
            for mapping in self.top.mappings("breaks"):
                self._read_break(mapping, meeting)
            for position, mapping in enumerate(self.top.mappings("agenda"), start=1):
                self._read_item(mapping, position, meeting, None)
            for mapping in self.top.mappings("placements"):
                self._read_placement(mapping)
            for mapping in self.top.mappings("panels"):
                self._read_panel(mapping, meeting)
            self.top.finish()
            self._refuse_twins()
        return meeting

    # --- the file's own

    def _read_mendings(self) -> None:
        for mapping in self.top.mappings("mendings"):
            for key in ("found", "mended", "because"):
                mapping.text(key, required=True)
            mapping.finish()

    def _read_provenance(self) -> None:
        """Where the texts of each language come from, unless a row says otherwise."""
        self.provenance = dict.fromkeys(LANGUAGES, Provenance.OFFICIAL.value)
        if mapping := self.top.mapping("texts"):
            for language in LANGUAGES:
                self.provenance[language] = mapping.choice(
                    language, Provenance.values, self.provenance[language]
                )
            mapping.finish()

    # --- rows

    def _read_meeting(self) -> Meeting | None:
        mapping = self.top.mapping("meeting", required=True)
        if mapping is None:
            return None
        self.slug = mapping.text("slug", required=True)
        venue = mapping.mapping("venue")
        return self._row(
            Meeting,
            mapping,
            required=("name",),
            relations={
                "venue": self._read_venue(venue) if venue else None,
                "follows": self._read_follows(mapping),
            },
            slug=self.slug,
            starts_on=mapping.date("starts_on", required=True),
            ends_on=mapping.date("ends_on", required=True),
            zone=mapping.text("zone", "Europe/Zurich"),
            status=mapping.choice("status", Meeting.Status.values, Meeting.Status.ANNOUNCED),
            programme_status=mapping.choice(
                "programme_status",
                Meeting.ProgrammeStatus.values,
                Meeting.ProgrammeStatus.PROVISIONAL,
            ),
        )

    def _read_venue(self, mapping: Mapping) -> Venue | None:
        return self._row(Venue, mapping, required=("name",), path=("venue",))

    def _read_follows(self, mapping: Mapping) -> Meeting | None:
        slug = mapping.text("follows")
        found = Meeting.objects.filter(slug=slug).first() if slug else None
        if slug and not found:
            mapping.expected("follows", _("the address of a meeting that is there already"))
        return found

    def _read_sitting(self, mapping: Mapping, meeting: Meeting) -> None:
        self._row(
            Sitting,
            mapping,
            relations={"meeting": meeting},
            date=mapping.date("date", required=True),
            part=mapping.choice("part", Sitting.Part.values),
            kind=mapping.choice("kind", Sitting.Kind.values, Sitting.Kind.PLENARY),
            **self._times(mapping),
        )

    def _read_break(self, mapping: Mapping, meeting: Meeting) -> None:
        self._row(
            Break,
            mapping,
            relations={"meeting": meeting, "sitting": self._sitting(mapping)},
            kind=mapping.choice("kind", Break.Kind.values, Break.Kind.LUNCH),
            **self._place(mapping),
        )

    def _read_item(
        self, mapping: Mapping, position: int, meeting: Meeting, parent: AgendaItem | None
    ) -> None:
        item = self._row(
            AgendaItem,
            mapping,
            relations={"meeting": meeting, "parent": parent},
            number=mapping.whole("number"),
            label=mapping.text("label"),
            position=position,
            others=("presenters", "lists", "sub_items"),
        )
        if item is None:
            return
        for place, one in enumerate(mapping.mappings("presenters"), start=1):
            self._read_speaker(Presenter, one, place, {"item": item})
        for place, one in enumerate(mapping.mappings("lists"), start=1):
            self._read_list(one, place, item)
        if len(item.lineage()) > MAX_LEVELS:
            return  # told already; what is deeper still is not looked at
        for place, one in enumerate(mapping.mappings("sub_items"), start=1):
            self._read_item(one, place, meeting, item)

    def _read_speaker(
        self,
        model: type[Speaker],
        mapping: Mapping,
        position: int,
        owner: dict[str, models.Model | None],
    ) -> None:
        code = mapping.text("delegation")
        if code and code not in self.delegations:
            mapping.expected("delegation", _("the code of a delegation, such as tcd"))
        self._row(
            model,
            mapping,
            relations=owner | {"delegation": self.delegations.get(code)},
            role=mapping.choice("role", Speaker.Role.values),
            has_spoken=mapping.flag("has_spoken"),
            named_in_text=mapping.flag("named_in_text"),
            position=position,
        )

    def _read_list(self, mapping: Mapping, position: int, item: AgendaItem) -> None:
        names_nobody = mapping.has("open_to")
        if names_nobody == mapping.has("delegations"):
            mapping.error(_("A list has either “delegations” or “open_to”."))
        named, *others = SpeakingList.Kind.values
        kinds = others if names_nobody else [named]
        open_to = self._categories(mapping)
        groups: dict[str, Any] = {
            f"open_to_{one}": one in open_to for one in SpeakingList.CATEGORIES
        }
        speaking_list = self._row(
            SpeakingList,
            mapping,
            required=("invitation",),
            relations={"item": item},
            form=mapping.choice("form", SpeakingList.Form.values, SpeakingList.Form.BULLET),
            basis=mapping.choice("basis", SpeakingList.Basis.values, SpeakingList.Basis.NONE),
            order=mapping.choice(
                "order", SpeakingList.Order.values, SpeakingList.Order.ALPHABETICAL
            ),
            kind=mapping.choice("kind", kinds, kinds[0]),
            other_than_named=mapping.flag("other_than_named"),
            position=position,
            **groups,
        )
        if speaking_list:
            self._read_entries(mapping, speaking_list)

    def _categories(self, mapping: Mapping) -> set[str]:
        categories = set()
        for word, node in mapping.words("open_to"):
            if word not in SpeakingList.CATEGORIES:
                mapping.error(
                    _("open_to: found “%(found)s”, expected one of %(choices)s.")
                    % {"found": word, "choices": _(", ").join(SpeakingList.CATEGORIES)},
                    node,
                )
            categories.add(word)
        return categories

    def _read_entries(self, mapping: Mapping, speaking_list: SpeakingList) -> None:
        named: list[Delegation] = []
        for position, (code, node) in enumerate(mapping.words("delegations"), start=1):
            delegation = self.delegations.get(code)
            if delegation is None:
                mapping.error(
                    _("Unknown delegation “%(code)s”; expected a code such as tcd.")
                    % {"code": code},
                    node,
                )
                continue
            try:
                speaking_list.check_entries([*named, delegation])
            except ValidationError as error:
                mapping.error(error.messages[0], node)
            else:
                named.append(delegation)
                self._plan(
                    SpeakingListEntry(
                        pk=id_of(self.slug, mapping.text("key"), code),
                        list=speaking_list,
                        delegation=delegation,
                        position=position,
                    ),
                    f"{mapping.text('key')}/{code}",
                )

    def _read_placement(self, mapping: Mapping) -> None:
        item = self._known(mapping, "item", AgendaItem)
        sitting = self._sitting(mapping)
        if item is None:
            mapping.error(_("item: expected the key of an item in this file."), "item")
            return
        place = self._place(mapping)
        siblings = (place["date"], sitting)
        self.placed[siblings] += 1
        self._row(
            ItemPlacement,
            mapping,
            relations={"item": item, "sitting": sitting},
            is_continued=mapping.flag("continued"),
            position=self.placed[siblings],
            **place,
        )

    def _read_panel(self, mapping: Mapping, meeting: Meeting) -> None:
        panel = self._row(
            Panel,
            mapping,
            relations={"meeting": meeting, "sitting": self._sitting(mapping)},
            slug=mapping.text("slug", required=True),
            others=("panellists",),
            **self._place(mapping),
        )
        if panel:
            for place, one in enumerate(mapping.mappings("panellists"), start=1):
                self._read_speaker(Panellist, one, place, {"panel": panel})

    # --- parts of rows

    def _times(self, mapping: Mapping) -> dict[str, Any]:
        return {"start": mapping.time("start"), "end": mapping.time("end")}

    def _place(self, mapping: Mapping) -> dict[str, Any]:
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
        **values: Any,
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
            PlannedRow(
                model=type(row),
                id=row.pk,
                key=key,
                values={name: getattr(row, name) for name in managed_columns(type(row))},
                provenance=provenance,
            )
        )

    def _refuse_twins(self) -> None:
        """Refuse two rows with one address, and two sittings in one part of a day."""
        seen: dict[Any, Mapping] = {}
        for row, mapping in self.by_key.values():
            identity: tuple[Any, ...]
            if isinstance(row, (AgendaItem, Panel)):
                identity = (type(row), row.slug)
            elif isinstance(row, Sitting):
                identity = (Sitting, row.date, row.part, row.kind)
            else:
                continue
            if identity in seen:
                mapping.error(
                    _("%(kind)s “%(row)s” stands in the file already, at line %(line)s.")
                    % {"kind": row._meta.verbose_name, "row": row, "line": seen[identity].line}
                )
            seen.setdefault(identity, mapping)


def _messages(error: ValidationError) -> Iterator[tuple[str, str]]:
    """The messages of a validation error, each with its field ("" for the row)."""
    if not hasattr(error, "error_dict"):
        yield from (("", message) for message in error.messages)
        return
    for name, messages in error.message_dict.items():
        yield from ((name, message) for message in messages)

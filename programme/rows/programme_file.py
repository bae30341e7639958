"""A meeting's YAML file, read and validated wholly before anything is written."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meetings.import_plan import id_of
from meetings.models import Break, Delegation, Meeting, Sitting, Speaker, Venue
from meetings.rows import (
    LANGUAGES,
    Provenance,
)
from meetings.types import Values
from meetings.writing import WantedRow
from panels.models import Panel, Panellist
from programme.models import (
    MAX_LEVELS,
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)
from programme.rows.row_parser import RowParser
from programme.rows.yaml_file import FileError, InvalidFileError, Mapping, load

R = TypeVar("R", bound=models.Model)


@dataclass(slots=True)
class ProgrammeFile:
    """A valid programme file, as rows."""

    slug: str
    meeting_id: uuid.UUID
    rows: list[WantedRow]

    @property
    def scope(self) -> str:
        """Under which its rows are remembered."""
        return f"meeting/{self.slug}"

    @classmethod
    def read(cls, path: Path) -> ProgrammeFile:
        """Read and validate a file. Raises InvalidFileError with all that is wrong."""
        errors: list[FileError] = []
        top = load(path, errors)
        parser = _FileParser(top, errors) if top else None
        meeting = parser.everything() if parser else None
        if errors or not parser or not meeting:
            raise InvalidFileError(errors)
        return cls(meeting.slug, meeting.pk, parser.rows)


@dataclass
class _FileParser(RowParser):
    """Turns the mappings of a file into planned rows."""

    placed: Counter[tuple[object, Sitting | None]] = field(default_factory=Counter)
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
            **self._held(mapping),
        )
        if item is None:
            return
        for place, presenter in enumerate(mapping.mappings("presenters"), start=1):
            self._read_speaker(Presenter, presenter, place, {"item": item})
        for place, speaking_list in enumerate(mapping.mappings("lists"), start=1):
            self._read_list(speaking_list, place, item)
        if len(item.lineage()) > MAX_LEVELS:
            return  # told already; what is deeper still is not looked at
        for place, sub_item in enumerate(mapping.mappings("sub_items"), start=1):
            self._read_item(sub_item, place, meeting, item)

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
        groups: Values = {f"open_to_{one}": one in open_to for one in SpeakingList.CATEGORIES}
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
            others=("details",),
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
        said = self._said_of_entries(mapping)
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
                        **said.get(code, ({}, set()))[0],
                    ),
                    f"{mapping.text('key')}/{code}",
                    said.get(code, ({}, set()))[1],
                )
        for code in said.keys() - {one.code for one in named}:
            mapping.error(
                _("details: “%(code)s” is not among the delegations of the list.") % {"code": code},
                "details",
            )

    def _said_of_entries(self, mapping: Mapping) -> dict[str, tuple[dict[str, str], set[str]]]:
        """What is said of delegations of a list, by code: texts, and which are inferred."""
        said = {}
        for details in mapping.mappings("details"):
            code = details.text("delegation", required=True)
            texts = self._texts(SpeakingListEntry, details, ())
            inferred = {word for word, _node in details.words("inferred")}
            details.finish()
            said[code] = (texts, inferred)
        return said

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
            kind=mapping.choice("kind", Panel.Kind.values, Panel.Kind.THEMATIC),
            others=("panellists",),
            **self._place(mapping),
            **self._held(mapping),
        )
        if panel:
            for place, panellist in enumerate(mapping.mappings("panellists"), start=1):
                self._read_speaker(Panellist, panellist, place, {"panel": panel})

    # --- parts of rows

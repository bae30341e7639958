"""The directory of delegations, from the files in `meetings/data/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.import_plan import ImportRefusedError, Plan, id_of, plan_import
from meetings.importing import apply_import, rehearsal
from meetings.models import Delegation, TreatyStatus
from meetings.rows import LANGUAGES, Provenance, column
from meetings.texts.typed_fields import cleaned
from meetings.writing import WantedRow, managed_columns

DATA = Path(__file__).parent / "data"
SCOPE = "delegations"


def import_delegations(*, overwrite: bool = False, dry_run: bool = False) -> Plan:
    """Make the directory what its files say; a dry run only plans it.

    A delegation that is in no file any more stays, since programmes may name it.
    Raises ImportRefusedError for texts that no row may hold, and for rows that staff changed,
    unless `overwrite`.
    """
    with transaction.atomic():
        rows = [*_delegations(), *_statuses()]
        plan = plan_import(SCOPE, rows, overwrite=overwrite, keep=(Delegation,))
        if not dry_run:
            apply_import(plan)
        elif not plan.refused:
            with rehearsal(plan):
                apply_import(plan)
    return plan


def _table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        for line in lines:
            place = f"{name}:{lines.line_num}"
            yield {key: _cleaned(text or "", place) for key, text in line.items() if key}


def _cleaned(text: str, place: str) -> str:
    try:
        return cleaned(text)
    except ValidationError as error:
        raise ImportRefusedError([f"{place}: {message}" for message in error.messages]) from error


def _delegations() -> Iterator[WantedRow]:
    for line in _table("states.csv"):
        yield _delegation(line, Delegation.Kind.STATE)
    for line in _table("organisations.csv"):
        yield _delegation(line, line["kind"])


def _delegation(line: dict[str, str], kind: str) -> WantedRow:
    values: dict[str, str] = dict.fromkeys(managed_columns(Delegation), "")
    values |= {name: line.get(name) or "" for name in values}
    values |= {"code": line["code"], "kind": str(kind)}
    return WantedRow(
        model=Delegation,
        id=id_of("delegation", line["code"]),
        key=line["code"],
        values=values,
        provenance={
            (name, language): Provenance.OFFICIAL.value
            for name in ("name", "name_in_text", "sort_override")
            for language in LANGUAGES
            if values[column(name, language)]
        },
    )


def _statuses() -> Iterator[WantedRow]:
    for line in _table("treaty_statuses.csv"):
        code, as_of = line["delegation_code"], date.fromisoformat(line["as_of"])
        yield WantedRow(
            model=TreatyStatus,
            id=id_of("delegation", code, str(as_of)),
            key=f"{code} {as_of}",
            values={
                "delegation_id": id_of("delegation", code),
                "status": line["status"],
                "as_of": as_of,
                "source": line["source"],
            },
        )

"""How long finding takes: `python -m tools.bench.finding`, without a database.

The programme of 2024, with the whole directory, stands for each of fifty meetings. Printed are what
the indexes take, once for each edition, and what each question takes when they are there.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from programme.document.nodes import Delegation, Texts
    from programme.shelf.edition import Edition

MEETINGS = 50
LIMIT = 5.0
"""Milliseconds that are meant to be enough."""

AGAIN = 15
"""So often each question is asked; the median counts."""

QUESTIONS = {
    "a code": "ukr",
    "the beginning of a name": "ukra",
    "several States": "guinea",
    "one letter": "a",
    "a word of every text": "the",
    "three words": "committee on victim",
    "a word in Arabic": "الألغام",
    "a number": "6b",
    "inside a word": "mmitte",
    "a slip of one letter": "Ukrane",
    "nothing": "zzzzzz",
    "as much as may be asked": "assistance " * 9,
}
DATA = Path("meetings/data")
STORED = Path("tests/data/programme-2024-schema-1.json")


def main() -> None:
    """Ask each question of fifty meetings."""
    from programme.searching.search import Known, mended, search  # noqa: PLC0415 -- needs settings

    editions = fifty_editions()
    delegations = editions[0].in_language("en").delegations
    print(f"{MEETINGS} meetings, {len(delegations)} delegations")
    began = time.perf_counter()
    known = Known.of(editions, delegations)
    search(known, "chad")
    print(f"{'all indexes, once':28}{milliseconds(began):8.1f} ms")

    def answered(query: str) -> None:
        if not search(Known.of(editions, delegations), query):
            mended(known, query)

    for what, query in QUESTIONS.items():
        taken = median(timed(answered, query) for _ in range(AGAIN))
        print(f"{what:28}{taken:8.1f} ms{'' if taken < LIMIT else '  more than is meant'}")


def fifty_editions() -> list[Edition]:
    """The programme of 2024 as if of as many meetings."""
    from django.utils import timezone  # noqa: PLC0415 -- as above

    from programme.document.programme import ProgrammeDocument  # noqa: PLC0415
    from programme.shelf.edition import Edition  # noqa: PLC0415

    stored = ProgrammeDocument.from_json(STORED.read_text(encoding="utf-8"))
    document = replace(stored, delegations=tuple(directory()))
    names = [f"meeting-{one}" for one in range(MEETINGS)]
    return [
        Edition(
            replace(document, meeting=replace(document.meeting, id=name, slug=name)),
            serial=1,
            designation="",
            published_at=timezone.now(),
            digest=name,
        )
        for name in names
    ]


def directory() -> Iterator[Delegation[Texts]]:
    """All States and organisations of the files, as documents hold them."""
    from meetings.alphabetical_order import sort_key  # noqa: PLC0415 -- as above
    from programme.document.nodes import LANGUAGES, Delegation, Texts  # noqa: PLC0415

    for name in ("states.csv", "organisations.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                names = {one: line[f"name_{one}"] for one in LANGUAGES}
                yield Delegation(
                    id=line["code"],
                    code=line["code"],
                    kind=line.get("kind", "state"),
                    name=Texts.of(**names),
                    name_in_text=Texts(),
                    sort_keys={
                        one: sort_key(name or line["name_en"], one) for one, name in names.items()
                    },
                )


def timed(answered: Callable[[str], None], query: str) -> float:
    """Milliseconds of one answer."""
    began = time.perf_counter()
    answered(query)
    return milliseconds(began)


def milliseconds(began: float) -> float:
    """What has gone by since a reading of the clock."""
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    main()

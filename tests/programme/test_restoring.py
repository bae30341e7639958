from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.directory import import_delegations
from meetings.models import Break, Sitting
from panels.models import Panel
from programme.compiling import compile_document
from programme.importing import import_programme
from programme.models import AgendaItem
from programme.restoring import restore
from tests.rows import DATA, PROGRAMMES, meeting_from

if TYPE_CHECKING:
    from pathlib import Path

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


def empty(meeting: Meeting) -> None:
    """Delete all rows of a meeting but the meeting itself."""
    for model in (AgendaItem, Panel, Break, Sitting):
        model._default_manager.filter(meeting=meeting).delete()


@pytest.mark.parametrize(
    "path",
    [DATA / "shapes.yaml", PROGRAMMES / "2024-intersessional-meetings.yaml"],
    ids=lambda path: path.stem,
)
def test_all_rows_of_a_programme_come_back_to_the_last_byte(path: Path) -> None:
    import_delegations()
    meeting = meeting_from(path)
    document = compile_document(meeting)
    empty(meeting)

    restore(meeting, document=document)

    assert compile_document(meeting).to_json() == document.to_json()
    assert import_programme(path).is_empty

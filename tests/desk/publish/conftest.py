"""What is published, as far as a test says nothing else."""

from __future__ import annotations

import pytest

from meetings.models import Meeting
from programme.models import AgendaItem
from tests.factories import make_item, make_meeting


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(slug="june", name_en="Meetings in June")


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return make_item(meeting, number=3, title_en="Opening")

"""What staff read as the name of a row, in headings, messages, choices and questions."""

from __future__ import annotations

import pytest
from django.utils import translation

from programme.language.shortening import LONGEST, short
from programme.models import AgendaItem, SpeakingList
from tests.admin_filling import registered
from tests.factories import make_item, make_list, make_meeting, make_placement

LANGUAGES = ("en", "fr", "es", "ar")
INVITATION = (
    "States Parties with alleged or known non-compliance with the prohibitions of the Convention "
    "({delegations}) are invited to provide an update"
)


def names_of_rows(language: str) -> list[str]:
    """What each row of the kinds that the admin knows is called."""
    with translation.override(language):
        return [str(row) for kind in registered() for row in kind._default_manager.all()]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_names_an_item_by_the_number_that_the_language_has(language: str) -> None:
    meeting = make_meeting()
    above = make_item(meeting, number=6)
    item = make_item(meeting, parent=above, number=1, title_ar="تحقيق العالمية")
    make_placement(item)

    named = [one for one in names_of_rows(language) if "6a" in one or "6 (أ)" in one]

    label = "6 (أ)" if language == "ar" else "6a"
    assert len(named) == 2
    assert all(one.startswith(label) for one in named)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_shows_the_place_of_the_names_or_half_a_word(language: str) -> None:
    item = make_item(make_meeting())
    make_list(item, **{f"invitation_{language}": INVITATION})

    named = names_of_rows(language)

    beginning = "States Parties with alleged or known non-compliance with the prohibitions of the…"
    assert beginning in named
    assert not [one for one in named if "{" in one]


@pytest.mark.parametrize(
    ("invitation", "name"),
    [
        ("States Parties ({delegations})", "States Parties"),
        ("({delegations}) States", "States"),
        ("States\u00a0({delegations})[^1] and others", "States and others"),
        ("{delegations} speak", "… speak"),
        ("One\ntwo", "One two"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), "x" * LONGEST + "…"),
        ("ten words, " * 9, "ten words, " * 7 + "ten words…"),
        ("ten words " * 9, ("ten words " * 9).strip()),
        ("« États\u00a0» parties", "« États\u00a0» parties"),
    ],
)
def test_a_list_is_called_by_the_beginning_of_its_invitation(invitation: str, name: str) -> None:
    assert short(invitation) == name
    assert str(SpeakingList(invitation_en=invitation)) == name


def test_an_item_outside_any_language_is_named_as_in_english() -> None:
    with translation.override(None):
        assert str(AgendaItem(number=6, title_en="Matters")) == "6 Matters"

"""Why a State stands in a list, in a few words of each language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from programme.document.nodes import LANGUAGES
from programme.language.bases import basis_phrase
from programme.models import SpeakingList

BASES = [one.value for one in SpeakingList.Basis if one != SpeakingList.Basis.NONE]
LONGEST = 60


@pytest.mark.parametrize("basis", BASES)
def test_each_basis_has_a_short_phrase_in_each_language(basis: str) -> None:
    phrases = set()
    for language in LANGUAGES:
        with override(language):
            phrases.add(basis_phrase(basis))

    assert len(phrases) == len(LANGUAGES)
    assert all(0 < len(one) <= LONGEST for one in phrases)


def test_nothing_is_said_where_there_is_no_basis() -> None:
    assert basis_phrase("none") == ""
    assert basis_phrase("of a later release") == ""

"""What a search costs does not grow with the archive."""

from __future__ import annotations

from unittest import mock

import pytest

from programme.pages import search
from programme.pages.search import ids_found
from tests.programme.builders import (
    CHAD,
    delegation,
    document,
    edition,
    intersessionals,
    version,
)


def test_names_that_editions_share_are_prepared_once_for_all_searches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_rest = version(intersessionals())
    editions = [at_rest.edition() for _ in range(20)]
    fold = mock.Mock(wraps=search.fold)
    monkeypatch.setattr(search, "fold", fold)
    search._folded.cache_clear()  # noqa: SLF001 -- other tests have searched before

    found = [ids_found(editions, asked) for asked in ("chad", "tchad", "Chad")]

    assert found == [frozenset({"delegation-tcd"})] * 3
    folded = [call.args[0] for call in fold.call_args_list]
    names = [one for one in folded if one not in {"chad", "tchad", "Chad"}]
    assert len(names) == len(set(names)) > 4


def test_names_are_found_as_each_edition_has_them() -> None:
    published = version(intersessionals()).edition()
    known = published.document.delegations
    assert len(known) > 1

    assert ids_found([published], known[0].code) == {known[0].id}
    assert ids_found([], known[0].code) == frozenset()


@pytest.mark.parametrize(
    "asked", ["cote d ivoire", "cote-d'ivoire", "Côte d’Ivoire", "cotedivoire"]
)
def test_blanks_hyphens_and_apostrophes_do_not_count(asked: str) -> None:
    ivory = delegation("civ", en="Côte d’Ivoire", es="Costa de Marfil", ar="كوت ديفوار")
    known = edition(document(delegations=(CHAD, ivory)))

    assert ids_found([known], asked) == {ivory.id}

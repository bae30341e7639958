"""What a search costs does not grow with the archive."""

from __future__ import annotations

from unittest import mock

import pytest

from programme.pages import search
from programme.pages.search import ids_found
from tests.programme.builders import intersessionals, version


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
    edition = version(intersessionals()).edition()
    known = edition.document.delegations
    assert len(known) > 1

    assert ids_found([edition], known[0].code) == {known[0].id}
    assert ids_found([], known[0].code) == frozenset()

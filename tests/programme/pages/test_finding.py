"""What is sought: the page, its form, and that its cost does not grow with the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.test import Client

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
from tests.programme.html import Page

if TYPE_CHECKING:
    from tests.programme.conftest import Publish

LANGUAGES = ("en", "fr", "es", "ar")

# --- the page ----------------------------------------------------------------------------------


def sought(address: str) -> Page:
    response = Client().get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("below", ["find/", "delegations/"])
def test_where_people_choose_browsers_suggest_all_names_in_their_language(
    publish: Publish, language: str, below: str
) -> None:
    publish(version(intersessionals()))

    read = sought(f"/{language}/{below}")

    (box,) = read.all("input", name="q")
    (names,) = read.all("datalist", id=box.attributes["list"])
    offered = [one.attributes["value"] for one in read.all("option") if names in one.parents]
    known = intersessionals().in_language(language).delegations
    assert sorted(offered) == sorted(str(one.name) for one in known)


def test_a_whole_programme_is_not_burdened_with_names_to_suggest(publish: Publish) -> None:
    publish(version(intersessionals()))

    read = sought("/en/meetings/2024-intersessional-meetings/")

    assert {one.attributes["action"] for one in read.all("form")} == {"/en/find/"}
    assert read.all("datalist") == []


def test_what_was_sought_among_delegations_is_sought_where_all_is_found() -> None:
    led = Client().get("/fr/delegations/?q=p%C3%A9rou")

    assert (led.status_code, led["Location"]) == (301, "/fr/find/?q=p%C3%A9rou")
    assert Client().get("/fr/delegations/?q=+").status_code == 200


def test_what_is_found_is_no_page_for_search_engines(publish: Publish) -> None:
    publish(version(intersessionals()))

    for address in ("/en/find/", "/en/find/?q=chad"):
        (robots,) = sought(address).all("meta", name="robots")
        assert robots.attributes["content"] == "noindex"


# --- the search --------------------------------------------------------------------------------


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

"""Whatever is wrong with one edition, all others stay up, and the last good one of its meeting.

Faults are planted by kind: in each field of each node of a document, in each text, in what is said
about a version. Asked for are all addresses of the URL table, in four languages.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from programme.document.nodes import LANGUAGES, Text, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.pages import finding, home, views
from programme.publishing.watcher import Watch, Watcher
from programme.renderers import markdown
from programme.renderers import text as plain_text
from programme.shelf.edition import Version
from programme.shelf.outage import Outage
from programme.shelf.shelf import Shelf
from programme.shelf.spool import Spool
from programme.templatetags import pages as page_tags
from serving.front import Front
from tests.programme.builders import (
    busy_days,
    document,
    intersessionals,
    item,
    reference,
    version,
)
from tests.programme.conftest import Publish
from tests.serving.test_front import PAGES
from tests.wsgi import ask

GOOD = intersessionals()
SLUG = GOOD.meeting.slug
OTHER = busy_days(follows=reference(GOOD.meeting))
"""A meeting that names the other one."""

BEGUN = ["", "delegations/", f"meetings/{SLUG}/"]
"""Where a reader begins."""
SITE = ["", "delegations/", "delegations/tcd/", "delegations/tcd/feed.atom"]
OF_OTHER = ["", "changes/", "feed.atom", "items/2/", "v/1/"]

Stored = dict[str, Any]


@pytest.fixture
def versions() -> list[Version]:
    return [version(GOOD), version(OTHER)]


def of_stored(stored: Stored, serial: int = 2, *, slug: str = SLUG) -> Version:
    """A version of a meeting, the second if not said otherwise, as it is stored."""
    text = json.dumps(stored)
    later = version(renamed(slug), serial, "Rev.1")
    return replace(later, digest=digest_of(text), packed=Version.pack(text))


@cache
def first_of(slug: str) -> Version:
    """A good first version of a meeting, in few words."""
    return version(replace(document(item(1)), meeting=renamed(slug).meeting))


@cache
def written(slug: str) -> str:
    return renamed(slug).to_json()


def renamed(slug: str) -> ProgrammeDocument[Texts]:
    return replace(GOOD, meeting=replace(GOOD.meeting, slug=slug, id=f"meeting-{slug}"))


def stored(slug: str = SLUG) -> Stored:
    read: Stored = json.loads(written(slug))
    return read


def all_pages(language: str) -> Iterator[str]:
    for below in (*PAGES.values(), *(f"meetings/busy-days/{one}" for one in OF_OTHER)):
        if f"with={language}" not in below:
            yield f"/{language}/{below}"


def assert_up(front: Front, *addresses: str) -> None:
    wrong = {one: status for one in addresses if (status := ask(front, one).status) != 200}
    assert wrong == {}


# --- what cannot be counted or read ------------------------------------------------------------


def with_days(first: str, last: str) -> Stored:
    changed = stored()
    changed["meeting"] |= {"starts_on": first, "ends_on": last}
    return changed


def with_zone(zone: str) -> Stored:
    changed = stored()
    changed["meeting"]["zone"] = zone
    return changed


FAULTS: dict[str, Callable[[], Version]] = {
    "it ends on the last day of the calendar": lambda: of_stored(
        with_days("2024-06-18", "9999-12-31")
    ),
    "its zone is unknown": lambda: of_stored(with_zone("Europe/Geneva")),
    "its zone is no name": lambda: of_stored(with_zone("../../etc/passwd")),
    "a newer release wrote it": lambda: of_stored(stored() | {"schema": 99}),
    "its digest is another": lambda: replace(of_stored(stored()), digest="0" * 64),
    "it is that of another meeting": lambda: replace(
        version(OTHER, 2), meeting_id=GOOD.meeting.id, slug=SLUG
    ),
    "it is cut short": lambda: replace(of_stored(stored()), packed=version(GOOD).packed[:-200]),
    "it is nested without end": lambda: replace(
        of_stored(stored()), packed=Version.pack("[" * 100_000), digest=digest_of("[" * 100_000)
    ),
    "a list names whom the directory does not know": lambda: of_stored(
        stored() | {"delegations": []}
    ),
    "it was published at the end of time": lambda: replace(
        of_stored(stored()), published_at=datetime.max.replace(tzinfo=UTC)
    ),
    "it was published at no known hour": lambda: replace(
        of_stored(stored()),
        published_at=datetime(2024, 6, 13),  # noqa: DTZ001 -- the fault
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_counted_or_read_leaves_all_pages_up(
    front: Front, publish: Publish, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    """All in one language, another for each fault; in the others those that a reader begins at."""
    publish(version(GOOD), version(OTHER), FAULTS[fault]())
    in_full = LANGUAGES[[*FAULTS].index(fault) % len(LANGUAGES)]

    for one in LANGUAGES:
        assert_up(front, *(all_pages(one) if one == in_full else (f"/{one}/{b}" for b in BEGUN)))

    assert len([one for one in caplog.records if one.levelno >= logging.ERROR]) == 1
    for one in LANGUAGES:
        assert ask(front, f"/{one}/meetings/{SLUG}/v/2/").status == 500
        assert "Rev.1" not in ask(front, f"/{one}/meetings/{SLUG}/changes/").text


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_meeting_without_a_good_edition_harms_no_other(
    front: Front, publish: Publish, fault: Callable[[], Version]
) -> None:
    publish(version(OTHER), fault())

    assert_up(front, *(f"/fr/{one}" for one in SITE), "/fr/meetings/busy-days/")
    own = ask(front, f"/fr/meetings/{SLUG}/")
    assert (own.status, own.headers["content-language"]) == (500, "fr")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_after_a_restart_from_the_spool_the_last_good_one_is_served(
    tmp_path: Path, fault: Callable[[], Version]
) -> None:
    Spool(tmp_path).keep([version(GOOD), version(OTHER), fault()], frozenset())
    shelf = Shelf()

    Watch(Watcher(shelf, spool=Spool(tmp_path)), Outage()).restore_once()

    current = shelf.current(SLUG)
    assert current
    assert current.serial == 1
    assert shelf.current("busy-days")


# --- hostile values in each field of each node ---------------------------------------------------

HOSTILE: tuple[Any, ...] = (
    None,
    7,
    True,
    "",
    "9999-12-31",
    "0001-01-01",
    "24:00",
    "../..",
    [],
    {},
    [[]],
    [None],
)
HUGE = "x " * 50_000


def places_in(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """A path to each field of each kind of node, by the stored form."""
    if isinstance(node, dict):
        for key, one in node.items():
            yield (*path, key)
            yield from places_in(one, (*path, key))
    elif isinstance(node, list):
        for place, one in enumerate(node):
            yield (*path, place)
            yield from places_in(one, (*path, place))


def planted(path: tuple[Any, ...], value: Any, slug: str = SLUG) -> Stored:
    changed = stored(slug)
    node: Any = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return changed


def hostile(path: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*HOSTILE, HUGE) if path[-1] == "en" else HOSTILE


def kinds_of_places() -> dict[str, tuple[Any, ...]]:
    """One path for each field of each kind of node, and for one language of each text."""
    kinds: dict[str, tuple[Any, ...]] = {}
    for path in places_in(stored()):
        names = [one if isinstance(one, str) else "*" for one in path]
        if names[-1] not in LANGUAGES[1:]:
            kinds.setdefault(".".join(names[-2 - (names[-1] == "en") :]), path)
    return kinds


@pytest.mark.parametrize("path", kinds_of_places().values(), ids=kinds_of_places())
def test_no_value_in_any_field_takes_others_down(
    front: Front, publish: Publish, path: tuple[Any, ...]
) -> None:
    values = {f"odd-{place}": value for place, value in enumerate(hostile(path))}
    odd = [of_stored(planted(path, value, slug), slug=slug) for slug, value in values.items()]

    publish(version(GOOD), version(OTHER), *map(first_of, values), *odd)

    served = {slug: current.serial for slug in values if (current := views.shelf.current(slug))}
    assert set(served) == set(values)
    refused = [slug for slug, serial in served.items() if serial == 1][:1]  # one as the other
    taken = [slug for slug, serial in served.items() if serial == 2]
    assert_up(front, "/en/", "/ar/delegations/", f"/fr/meetings/{SLUG}/")
    assert_up(front, "/en/delegations/tcd/", "/en/delegations/tcd/feed.atom")
    assert_up(front, *(f"/en/meetings/{slug}/" for slug in ("busy-days", *refused, *taken)))


# --- what cannot be rendered ---------------------------------------------------------------------

BAD = "BOOM"


@pytest.fixture
def _renderers_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every renderer fail at one word, as a fault in it would at one text."""

    def failing(render: Callable[..., Any]) -> Callable[..., Any]:
        def rendered(*values: Any, **named: Any) -> Any:
            texts = (one.value if isinstance(one, Text) else one for one in values)
            if any(isinstance(one, str) and BAD in one for one in texts):
                raise ZeroDivisionError
            return render(*values, **named)

        return rendered

    for module, name in (
        *((page_tags, one) for one in ("conditional_escape", "format_html")),
        *((markdown, one) for one in ("to_html", "inline_html")),
        *((plain_text, one) for one in ("to_plain",)),
    ):
        monkeypatch.setattr(module, name, failing(getattr(module, name)))


def texts_in_places() -> dict[str, tuple[Any, ...]]:
    return {name: one for name, one in kinds_of_places().items() if one[-1] == "en"}


@pytest.mark.usefixtures("_renderers_fail")
@pytest.mark.parametrize("path", texts_in_places().values(), ids=texts_in_places())
def test_a_text_that_cannot_be_rendered_leaves_all_pages_up(
    front: Front, publish: Publish, caplog: pytest.LogCaptureFixture, path: tuple[Any, ...]
) -> None:
    publish(version(GOOD), version(OTHER), of_stored(planted(path, f"One {BAD} text")))

    for address in all_pages("en"):
        assert_up(front, address)
        if is_set_aside():  # all other pages are made from the version before
            break
    assert_up(front, *(f"/{one}/{below}" for one in ("en", "ar") for below in BEGUN))

    errors = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(errors) <= 1
    assert is_set_aside() is bool(errors)  # it is shown nowhere, or everywhere


def is_set_aside() -> bool:
    current = views.shelf.current(SLUG)
    assert current
    return current.serial == 1


@pytest.mark.usefixtures("_renderers_fail")
def test_two_meetings_that_cannot_be_rendered_are_both_found(
    front: Front, publish: Publish
) -> None:
    name = Texts.of(en=BAD)
    third = busy_days(slug="third", name=Texts.of(en="Third"))
    faulty = [
        version(replace(one, meeting=replace(one.meeting, name=name)), 2) for one in (OTHER, third)
    ]
    publish(version(GOOD), version(OTHER), version(third), *faulty)

    assert_up(front, "/en/", f"/en/meetings/{SLUG}/", "/en/meetings/third/")

    assert [one.serial for one in views.shelf.current_editions()] == [1, 1, 1]


@pytest.mark.usefixtures("_renderers_fail")
def test_a_meeting_of_which_no_version_can_be_rendered_is_left_out_of_home_alone(
    front: Front, publish: Publish
) -> None:
    faulty = busy_days(name=Texts.of(en=BAD, fr="Jours chargés"))
    publish(version(GOOD), version(faulty))

    assert_up(front, "/en/", "/en/delegations/tcd/", "/fr/", "/fr/meetings/busy-days/")

    assert "busy-days" not in ask(front, "/en/").text
    assert "Jours chargés" in ask(front, "/fr/").text
    assert ask(front, "/en/meetings/busy-days/").status == 500


@pytest.mark.usefixtures("_renderers_fail")
def test_a_fault_of_the_pages_own_sets_nothing_aside(
    front: Front, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(version(GOOD), version(GOOD, 2, "Rev.1"), version(OTHER))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(views, "text_states_of", broken)

    assert ask(front, f"/en/meetings/{SLUG}/").status == 500
    current = views.shelf.current(SLUG)
    assert current
    assert current.serial == 2
    assert_up(front, "/en/", "/en/delegations/")


@pytest.mark.usefixtures("_renderers_fail")
def test_what_a_reader_writes_decides_nothing(
    front: Front, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(version(GOOD), version(GOOD, 2, "Rev.1"), version(OTHER))

    def found(_known: object, _query: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(finding, "search", found)

    assert ask(front, "/en/find/?q=x").status == 500
    assert len(views.shelf.current_editions()) == 2
    current = views.shelf.current(SLUG)
    assert current
    assert current.serial == 2


# --- an answer always has a page and its headers -------------------------------------------------


def broken(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError


def assert_is_a_page(answer: Any, language: str) -> None:
    assert answer.status == 500
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert f'<html lang="{language}"' in answer.text
    assert "<h1>" in answer.text


PARTS = {
    "the front's own code": "serving.front.Front._key",
    "the lifetimes of pages": "serving.page_keys.Lifetime.of",
    "the sending of an answer": "serving.http_caching.Answer.send",
    "Django's own handler": "django.core.handlers.wsgi.WSGIHandler.get_response",
    "the handler of errors": "django.core.handlers.exception.response_for_exception",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize("below", ["", "nothing/", "admin/"])
def test_a_fault_outside_all_pages_is_answered_by_one(
    front: Front, monkeypatch: pytest.MonkeyPatch, part: str, below: str
) -> None:
    if part.endswith("response_for_exception"):
        monkeypatch.setattr(home, "home", broken)
        monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", broken)
    is_pages_alone = part.rpartition(".")[2] in {"of", "send"}
    monkeypatch.setattr(part, broken)

    for language in LANGUAGES:
        answer = ask(front, f"/{language}/{below}")
        if is_pages_alone and below == "admin/":
            assert answer.status < 500
        else:
            assert_is_a_page(answer, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_while_the_page_of_faults_is_made_is_answered_by_one(
    front: Front, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("programme.pages.errors.render_to_string", broken)
    monkeypatch.setattr("programme.pages.views.render_to_string", broken)

    assert_is_a_page(ask(front, f"/{language}/"), language)
    assert_is_a_page(ask(front, f"/{language}/nothing/"), language)


def test_pages_go_on_being_made_ahead_where_one_edition_is_odd(
    front: Front, publish: Publish
) -> None:
    publish(version(GOOD), version(OTHER), FAULTS["its zone is unknown"]())

    front.renew()

    assert len(front.pages)

"""Pages answered from memory change with the shelf and with the clock, each made once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine

from programme.document.nodes import Texts
from programme.shelf.edition import Version
from serving import http_caching
from serving.front import Front, PageKey
from tests.programme.builders import (
    busy_days,
    intersessionals,
    of_meeting,
    version,
    versions_in_turn,
)
from tests.programme.conftest import Publish
from tests.serving.conftest import MEETING, Counted
from tests.wsgi import Answered, ask

LANGUAGES = ["en", "fr", "es", "ar"]


# The shelf and the clock ---------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be made ahead for as long as a slow machine needs."""
    for patience in ("RENEW_WITHIN", "WARM_WITHIN"):
        monkeypatch.setattr(f"serving.front.{patience}", 60)


def test_a_new_version_is_seen_at_once(
    front: Front, publish: Publish, versions: list[Version]
) -> None:
    before = ask(front, f"/en/{MEETING}")
    changed = intersessionals(practical_information=versions[0].note)
    publish(*versions, version(replace(changed, agenda=()), 3, "Rev.2"))

    after = ask(front, f"/en/{MEETING}")

    assert "Rev.2" in after.text
    assert after.headers["etag"] != before.headers["etag"]
    assert len(front.pages) == 1


def test_old_versions_tell_of_the_new_one(front: Front, publish: Publish) -> None:
    first = intersessionals()
    *known, new = versions_in_turn(
        first, replace(first, agenda=first.agenda[1:]), replace(first, agenda=first.agenda[2:])
    )
    publish(*known)
    before = ask(front, f"/en/{MEETING}v/1/")
    publish(*known, new)

    after = ask(front, f"/en/{MEETING}v/1/")

    assert before.text != after.text
    assert after.headers["cache-control"] == http_caching.OLD


def test_what_is_withdrawn_is_gone_at_once(
    front: Front, publish: Publish, versions: list[Version]
) -> None:
    slug = MEETING.split("/")[1]
    ask(front, f"/en/{MEETING}")
    ask(front, f"/en/{MEETING}v/1/")
    publish(versions[1], withdrawn=frozenset({(slug, 1)}))
    assert ask(front, f"/en/{MEETING}v/1/").status == 410
    publish(withdrawn=frozenset({(slug, 1), (slug, 2)}))

    gone = ask(front, f"/en/{MEETING}")

    assert (gone.status, gone.headers["cache-control"]) == (410, http_caching.SHORT)


def test_an_address_that_was_left_leads_on_at_once(front: Front, publish: Publish) -> None:
    ask(front, f"/en/{MEETING}changes/?since=1")
    old, new = version(intersessionals(), 1), version(intersessionals(slug="renamed"), 2, "Rev.1")
    publish(old, of_meeting(new, old.meeting_id))

    led_on = ask(front, f"/en/{MEETING}changes/?since=1&x=1")

    assert (led_on.status, led_on.headers["cache-control"]) == (301, http_caching.SHORT)
    assert led_on.headers["location"] == "/en/meetings/renamed/changes/?since=1"
    assert ask(front, led_on.headers["location"]).status == 200


def test_a_page_changes_at_the_boundaries_of_the_programme(front: Front, django: Counted) -> None:
    front.built_at = 0
    seen = []
    for moment in ("09:29:59", "09:30:00", "10:59:59", "11:00:00"):  # UTC
        with time_machine.travel(f"2024-06-19T{moment}Z", tick=False):
            seen.append(ask(front, f"/en/{MEETING}"))

    assert [one.headers["etag"] for one in seen][1] == seen[2].headers["etag"]
    assert len({one.headers["etag"] for one in seen}) == 3
    assert [one.headers["last-modified"][17:25] for one in seen[1:]] == [
        *("09:30:00", "09:30:00", "11:00:00")
    ]
    assert len(django.asked) == 3


def test_nothing_was_modified_in_time_to_come(front: Front, publish: Publish) -> None:
    ahead = replace(version(intersessionals()), published_at=datetime.now(UTC) + timedelta(days=1))
    publish(ahead)

    answer = ask(front, f"/en/{MEETING}")

    assert parsedate_to_datetime(answer.headers["last-modified"]) <= datetime.now(UTC)


def test_home_changes_at_midnight_where_the_meeting_is(front: Front, django: Counted) -> None:
    ends_on = intersessionals().meeting.ends_on
    for moment in ("21:59:59", "22:00:00"):  # UTC: midnight in Geneva
        with time_machine.travel(f"{ends_on}T{moment}Z", tick=False):
            ask(front, "/en/")

    assert django.asked == ["/en/", "/en/"]


def test_a_page_changes_when_the_last_day_of_a_mark_is_over(
    front: Front, django: Counted, publish: Publish
) -> None:
    front.built_at = 0
    first = intersessionals()
    titles = [Texts.of(en=one) for one in "AB"]
    one, two = (replace(first.agenda[n], title=title) for n, title in enumerate(titles))
    known = versions_in_turn(
        first,
        replace(first, agenda=(one, *first.agenda[1:])),
        replace(first, agenda=(one, two, *first.agenda[2:])),
    )
    over = known[1].published_at + timedelta(days=1)
    publish(known[0], known[1], replace(known[2], published_at=over - timedelta(hours=1)))
    seen = []
    for moment in (over - timedelta(seconds=1), over, over + timedelta(hours=9)):
        with time_machine.travel(moment, tick=False):
            seen.append(ask(front, f"/en/{MEETING}"))

    assert [one.text.count('class="change"') for one in seen] == [2, 1, 1]
    assert parsedate_to_datetime(seen[1].headers["last-modified"]) == over
    assert seen[1].headers["etag"] == seen[2].headers["etag"]
    assert len(django.asked) == 2


FRESH = {
    "long before": ("09:00:00", "s-maxage=1, stale-while-revalidate=1"),
    "three seconds before": ("09:29:57", "s-maxage=1, stale-while-revalidate=1"),
    "two": ("09:29:58", "s-maxage=1, stale-while-revalidate=0"),
    "less than two": ("09:29:58.1", "s-maxage=0, stale-while-revalidate=0"),
    "at the boundary": ("09:30:00", "s-maxage=1, stale-while-revalidate=1"),
}


@pytest.mark.parametrize(("moment", "fresh"), FRESH.values(), ids=FRESH)
def test_no_cache_holds_a_page_past_the_next_boundary(
    front: Front, moment: str, fresh: str
) -> None:
    with time_machine.travel(f"2024-06-19T{moment}Z", tick=False):
        answer = ask(front, f"/en/{MEETING}")

        asked_at = int(time.time())

    assert answer.headers["cache-control"] == (f"public, max-age=0, {fresh}, stale-if-error=86400")
    assert answer.expires == (f"@{asked_at}" if "s-maxage=1" in fresh else "")


# Crowds and renewal --------------------------------------------------------------------------


def test_a_crowd_on_a_new_page_has_it_made_once(
    front: Front, django: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Front._asked  # noqa: SLF001 -- made slow, so that all meet

    def slow(self: Front, place: PageKey) -> Any:
        time.sleep(0.1)
        return make(self, place)

    monkeypatch.setattr(Front, "_asked", slow)
    barrier = Barrier(8)
    seen: list[Answered] = []

    def reader() -> None:
        barrier.wait()
        seen.append(ask(front, f"/en/{MEETING}"))

    crowd = [Thread(target=reader) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert len(django.asked) == 1
    assert seen == [seen[0]] * 8


def test_pages_are_there_before_anybody_asks(front: Front, django: Counted) -> None:
    front.renew()
    django.asked.clear()

    for language in LANGUAGES:
        for page in ("", MEETING, f"{MEETING}changes/", "delegations/"):
            assert ask(front, f"/{language}/{page}").status == 200
    assert django.asked == []


@pytest.mark.parametrize("last", ["busy-days", "2024-intersessional-meetings"])
def test_pages_of_what_was_published_last_are_made_anew_first(
    front: Front, django: Counted, publish: Publish, last: str
) -> None:
    ask(front, "/en/")
    publish(
        *(version(one(), 1 + (one().meeting.slug == last)) for one in (busy_days, intersessionals))
    )
    django.asked.clear()

    front.renew()

    assert django.asked[:2] == ["/en/", f"/en/meetings/{last}/"]


def test_what_was_read_is_made_anew_while_the_old_page_is_answered(
    front: Front, django: Counted, publish: Publish, versions: list[Version]
) -> None:
    address = f"/es/{MEETING}items/3/"
    old = ask(front, address)
    publish(*versions, version(intersessionals(), 3, "Rev.2"))
    seen_meanwhile: list[Answered] = []
    django_asked = front.application

    def watched(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not seen_meanwhile:
            seen_meanwhile.append(ask(front, address))
        return django_asked(environ, start_response)

    front.application = watched
    front.renew()
    django.asked.clear()
    new = ask(front, address)

    assert seen_meanwhile == [old]
    assert "Rev.2" in new.text
    assert django.asked == []


def test_an_old_page_is_answered_for_a_moment_only(
    front: Front, publish: Publish, versions: list[Version], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/en/{MEETING}items/3/"
    ask(front, address)
    monkeypatch.setattr("serving.front.RENEW_WITHIN", 0)
    publish(*versions, version(intersessionals(), 3, "Rev.2"))

    front.renew()

    assert "Rev.2" in ask(front, address).text

"""Pages of what is postponed or cancelled: each says so, in its place, by text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.programme.builders import version
from tests.programme.html import Page
from tests.rows import DATA, meeting_from

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

MEETING = "meetings/plans-change"

SAYS = {
    "en": ("Cancelled", "Postponed to 19 June 2025, 10:00 – 11:30", "(new time)"),
    "fr": ("Annulé", "Reportée au 19 juin 2025, 10:00 – 11:30", "(nouvel horaire)"),
    "es": ("Cancelado", "Aplazada al 19 de junio de 2025, 10:00 – 11:30", "(nuevo horario)"),
    "ar": ("ملغى", "مؤجلة إلى 19 حزيران/يونيه 2025، 10:00 – 11:30", "(الموعد الجديد)"),
}
"""Of item 2, of the panel on the environment, and what stands at the new times."""


@pytest.fixture
def plans(db: None, publish: Publish) -> None:  # noqa: ARG001 -- rows are made
    """The meeting whose plans change, on the shelf."""
    from meetings.directory import import_delegations  # noqa: PLC0415 -- rows are for this alone
    from programme.rows.compiling import compile_document  # noqa: PLC0415

    import_delegations()
    publish(version(compile_document(meeting_from(DATA / "plans-change.yaml"))))


def read(client: Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


def seen(text: str) -> str:
    """Text without signs of direction, and with plain blanks."""
    unseen = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))
    return " ".join(text.translate(unseen).split())


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("language", SAYS)
def test_every_page_says_it(client: Client, language: str) -> None:
    cancelled, postponed, again = SAYS[language]

    whole = seen(read(client, f"/{language}/{MEETING}/").text)
    assert whole.count(postponed) == 1
    # item 4 and the panel, in the text, at a glance and in the contents
    assert (
        whole.count(again) == 6
    )  # of an item and a panel: in the glance, the contents and the text
    for path, says in {
        f"{MEETING}/items/2/": cancelled,
        f"{MEETING}/panels/environment/": postponed,
        "delegations/afg/": cancelled,
        "delegations/nor/": postponed,
        f"{MEETING}.txt": cancelled,
    }.items():
        response = client.get(f"/{language}/{path}")
        body = response.content.decode()
        assert says in seen(Page(body).text if path.endswith("/") else body), path


@pytest.mark.usefixtures("plans")
def test_headings_say_it_too(client: Client) -> None:
    headings = [text for _level, text in read(client, f"/en/{MEETING}/").headings]

    assert any(one.endswith("Extension requests Cancelled") for one in map(seen, headings))
    assert sum("Postponed to 18 June 2025, 15:30 – 17:00" in seen(one) for one in headings) == 3


@pytest.mark.usefixtures("plans")
def test_the_contents_say_it_in_a_word(client: Client) -> None:
    lines = [seen(one.text) for one in read(client, f"/en/{MEETING}/").all("li")]

    assert "2 Extension requests Cancelled" in lines
    for in_contents in (
        "11:30 Mines and the environment Postponed",
        "10:00 Mines and the environment (new time)",
    ):
        assert lines.count(in_contents) == 1
        assert lines.count(f"{in_contents} Thematic panel") == 1  # in the glance


@pytest.mark.usefixtures("plans")
def test_now_and_next_are_what_is_held(client: Client) -> None:
    with time_machine.travel("2025-06-17T08:45Z", tick=False):  # 10:45 in Geneva
        assert "Extension requests" not in now_and_next(client)
    with time_machine.travel("2025-06-19T07:00Z", tick=False):
        assert now_and_next(client) == "Next 10:00 – 11:30 Mines and the environment"
    with time_machine.travel("2025-06-18T14:00Z", tick=False):
        assert now_and_next(client) == "Now 15:30 – 17:00 4 Clearing mined areas"


def now_and_next(client: Client) -> str:
    lines = read(client, f"/en/{MEETING}/").all("li")
    return " ".join(
        seen(one.text)
        for one in lines
        if any("now-and-next" in each.attributes.get("class", "") for each in one.parents)
        and "hidden" not in one.attributes
    )

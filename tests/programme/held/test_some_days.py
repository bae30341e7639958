"""Pages of a programme of which only some items have a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from programme.rows.compiling import compile_document
from tests.programme.builders import version
from tests.programme.html import Page
from tests.rows import DATA, meeting_from

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

pytestmark = pytest.mark.django_db

DAYS = ["9 September", "10 September", "11 September"]


@pytest.fixture
def page(client: Client, publish: Publish) -> Page:
    publish(version(compile_document(meeting_from(DATA / "some-days.yaml"))))
    response = client.get("/en/meetings/some-days/")
    assert response.status_code == 200
    return Page(response.content.decode())


def test_items_stand_in_the_order_of_the_meeting(page: Page) -> None:
    items = [one for one in page.ids if one.startswith("item-") and "heading" not in one]

    assert items == [f"item-{one}" for one in ("1", "2", "3", "4", "5a", "5", "5b", "6", "7")]


def test_what_has_no_day_is_no_part_of_one(page: Page) -> None:
    sections = {
        one.attributes["id"].removeprefix("item-"): [
            each.attributes["id"]
            for each in one.parents
            if each.attributes.get("id", "").startswith(("day-", "not-"))
        ]
        for one in page.all("section")
        if one.attributes.get("id", "").startswith("item-")
    }

    assert sections["2"] == ["day-2025-09-09"]
    assert sections["4"] == ["not-scheduled-1"]
    assert sections["5b"] == sections["6"] == ["not-scheduled-2"]
    assert [text for level, text in page.headings if level == 2].count("Not yet scheduled") == 2


def test_the_contents_are_in_the_same_order(page: Page) -> None:
    lines = [one.text for one in page.all("li") if any(each.tag == "ol" for each in one.parents)]
    numbers = [one.split()[0] for one in lines if one[:1].isdigit()]

    assert numbers[:9] == ["1", "2", "3", "4", "5a", "5", "5b", "6", "7"]

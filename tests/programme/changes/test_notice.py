from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from programme.comparing.change_lines import held_back
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import Texts
from programme.pages.notice import notice_of, notices_of
from tests.programme.builders import CHAD, PERU, document, edition, item, named_list

if TYPE_CHECKING:
    from programme.shelf.edition import Edition

TITLES = Texts.of(en="Article 5", fr="Article 5", es="Artículo 5", ar="المادة 5")


def of_lists(*delegations: Any) -> Any:
    """A document whose item 3 has one list, of these delegations."""
    made = replace(named_list(*delegations), id="list")
    return document(item(3, title=TITLES, lists=[made]))


def revised(*, back: str = "", **values: Any) -> Edition:
    """A second version in which Chad left the list and Peru joined it."""
    old, new = of_lists(CHAD), of_lists(PERU)
    lines = lines_between(old, new)
    keys = [one.key for one in lines if one.code == back]
    made = edition(new, 2, "Rev.1")
    return replace(made, lines=tuple(held_back(lines, keys)), **values)


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://programme.example.org"


def test_a_notice_tells_what_has_changed_and_where_it_is_read() -> None:
    notice = notice_of(revised(note=Texts.of(en="As agreed on Monday.")), "en")

    assert notice.subject == "2024 Intersessional Meetings: programme changed (Rev.1)"
    assert notice.text == (
        "The programme of “2024 Intersessional Meetings” has changed; this version is Rev.1.\n\n"
        "As agreed on Monday.\n\n"
        "3. Article 5\n"
        "– Peru added to the list\n"
        "– Chad removed from the list\n\n"
        "The programme:\n"
        "https://programme.example.org/en/meetings/2024-intersessional-meetings/\n"
    )


def test_a_line_that_is_held_back_is_in_no_notice() -> None:
    told = [one.text for one in notices_of(revised(back="tcd"))]

    for name in ("Chad", "Tchad", "تشاد"):
        assert not any(name in one for one in told)
    assert "Peru added to the list" in told[0]


def test_a_notice_stands_in_each_language_with_its_own_address() -> None:
    notices = notices_of(revised())

    assert [(one.code, one.dir) for one in notices] == [
        ("en", "ltr"),
        ("fr", "ltr"),
        ("es", "ltr"),
        ("ar", "rtl"),
    ]
    for one in notices:
        address = f"https://programme.example.org/{one.code}/meetings/2024-intersessional-meetings/"
        assert one.text.endswith(f"\n{address}\n")
    assert "المادة 5" in notices[3].text


def test_a_first_version_and_a_reissue_have_no_changes_to_tell() -> None:
    first = notice_of(edition(of_lists(CHAD)), "en")
    reissue = notice_of(replace(revised(), lines=(), is_reissue=True), "en")

    assert first.subject == "2024 Intersessional Meetings: programme published"
    assert reissue.subject == "2024 Intersessional Meetings: programme reissued (Rev.1)"
    assert "What it says has not changed." in reissue.text
    assert "removed" not in first.text + reissue.text

"""Pages of a programme with side events, and with two panels in one half-day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from programme.comparing.warnings import warnings_of
from programme.rows.compiling import compile_document
from tests.programme.builders import version
from tests.programme.html import Page
from tests.rows import DATA, meeting_from

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

pytestmark = pytest.mark.django_db

SAYS = {
    "en": ("Side event", "Host: Norway and the GICHD", "Room XXII"),
    "fr": ("Manifestation parallèle", "Organisation : Norvège et CIDHG", "Salle XXII"),
    "es": ("Acto paralelo", "Organización: Noruega y CIDHG", "Sala XXII"),
    "ar": ("حدث جانبي", "الجهة المنظمة: النرويج ومركز جنيف الدولي", "القاعة 22"),
}


def test_a_file_makes_them_without_a_warning() -> None:
    document = compile_document(meeting_from(DATA / "side-events.yaml"))

    assert [one.kind for one in document.panels].count("side_event") == 2
    assert [one for one in warnings_of(document) if "time" in one.code] == []


@pytest.mark.parametrize("language", SAYS)
def test_pages_say_what_it_is_by_whom_and_where(
    client: Client, publish: Publish, language: str
) -> None:
    publish(version(compile_document(meeting_from(DATA / "side-events.yaml"))))

    for path in ("", "panels/drones/"):
        page = Page(client.get(f"/{language}/meetings/side-events/{path}").content.decode())
        text = page.text.replace("\u202f", " ").replace("\u00a0", " ")
        assert all(one in text for one in SAYS[language]), (path, text)

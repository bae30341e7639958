"""Catalogues follow the sources, proved on a small project of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib
import pytest
from django.core.management import CommandError, call_command

from config import catalogues

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

TEMPLATE = """
{% load i18n %}
<h1>{% translate "Programme" %}</h1>
    {# Translators: where the meeting takes place. #}
  <p title="{% translate "Room" context "place" %}">it's
        {% blocktranslate trimmed count n=states|length %}
      {{ n }} State
    {% plural %}
      {{ n }} States
    {% endblocktranslate %}
"""

MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

title = _("Programme")
# Translators: of a vote or of a house.
floor = pgettext_lazy("debate", "Floor")
long = _(
    "A sentence "
    "in two parts"
)
lists = ngettext("%(n)s list", "%(n)s lists", 2)
"""


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def entries(language: str) -> dict[str, polib.POEntry]:
    po = polib.pofile(str(catalogues.catalogue_path(language)))
    return {entry.msgid: entry for entry in po}


def test_messages_of_modules_and_templates_are_found_in_their_order(project: Path) -> None:
    module = project / "a.py"
    module.write_text(MODULE, encoding="utf-8")

    found = catalogues.messages_in([module, project / "templates" / "a.html"])

    assert [(m.context, m.singular, m.plural) for m in found] == [
        (None, "Programme", ""),
        ("debate", "Floor", ""),
        (None, "A sentence in two parts", ""),
        (None, "%(n)s list", "%(n)s lists"),
        ("place", "Room", ""),
        (None, "%(n)s State", "%(n)s States"),
    ]
    assert found[0].files == ["a.py", "templates/a.html"]
    assert found[1].comments == ["Translators: of a vote or of a house."]
    assert found[4].comments == ["Translators: where the meeting takes place."]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("language", "forms"), [("fr", 2), ("es", 3), ("ar", 6)])
def test_new_catalogue_has_empty_entries_with_all_forms(language: str, forms: int) -> None:
    call_command("messages")

    found = entries(language)
    assert list(found) == ["Programme", "Room", "%(n)s State"]
    assert found["Programme"].msgstr == ""
    assert found["%(n)s State"].msgstr_plural == dict.fromkeys(range(forms), "")
    assert found["%(n)s State"].flags == ["python-format"]
    assert found["Programme"].occurrences == [("templates/a.html", "")]


def test_translations_stay_and_what_vanished_goes_without_a_guess(project: Path) -> None:
    call_command("messages")
    path = catalogues.catalogue_path("fr")
    po = polib.pofile(str(path))
    for entry in po:
        entry.msgstr = "" if entry.msgid_plural else f"fr {entry.msgid}"
    po.save()
    template = project / "templates" / "a.html"

    template.write_text(TEMPLATE.replace('"Room"', '"Rooms"'), encoding="utf-8")
    call_command("messages")

    assert {entry.msgid: entry.msgstr for entry in entries("fr").values()} == {
        "Programme": "fr Programme",
        "Rooms": "",
        "%(n)s State": "",
    }
    assert "#~" not in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("project")
def test_second_run_changes_nothing() -> None:
    call_command("messages")
    path = catalogues.catalogue_path("ar")
    before = path.read_bytes()

    call_command("messages")
    call_command("messages", check=True)

    assert path.read_bytes() == before


def test_check_lists_what_would_change_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("messages")
    before = catalogues.catalogue_path("fr").read_bytes()
    template = project / "templates" / "a.html"
    template.write_text(TEMPLATE.replace('"Room"', '"Rooms"'), encoding="utf-8")
    capsys.readouterr()

    with pytest.raises(CommandError, match="make messages"):
        call_command("messages", check=True)

    assert capsys.readouterr().out.splitlines()[:3] == [
        "locale/fr/LC_MESSAGES/django.po: 1 new, 1 vanished",
        "  + 'Rooms'",
        "  - 'Room'",
    ]
    assert catalogues.catalogue_path("fr").read_bytes() == before


@pytest.mark.usefixtures("project")
def test_compiled_catalogue_is_made_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("messages")
    capsys.readouterr()

    call_command("compile_messages")
    call_command("compile_messages")

    assert capsys.readouterr().out.splitlines() == [
        "Compiled locale/ar/LC_MESSAGES/django.po",
        "Compiled locale/es/LC_MESSAGES/django.po",
        "Compiled locale/fr/LC_MESSAGES/django.po",
    ]


@pytest.mark.usefixtures("project")
def test_broken_catalogue_is_named() -> None:
    path = catalogues.catalogue_path("fr")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "a"\nno string\n', encoding="utf-8")

    with pytest.raises(CommandError, match=r"locale/fr/LC_MESSAGES/django\.po cannot be compiled"):
        call_command("compile_messages")

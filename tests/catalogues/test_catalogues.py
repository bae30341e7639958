"""Catalogues follow the sources, proved on a small project of its own."""

from __future__ import annotations

import ast
import os
import re
from typing import TYPE_CHECKING

import polib
import pytest
from django.core.management import CommandError, call_command

from catalogues import files as catalogues
from catalogues.proofreading import plural_forms

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

    found = [
        one for one in catalogues.messages_in([module, project / "templates" / "a.html"]) if one.id
    ]

    assert [(one.context, one.id) for one in found] == [
        (None, "Programme"),
        ("debate", "Floor"),
        (None, "A sentence in two parts"),
        (None, ("%(n)s list", "%(n)s lists")),
        ("place", "Room"),
        (None, ("%(n)s State", "%(n)s States")),
    ]
    assert [file for file, _line in found[0].locations] == ["a.py", "templates/a.html"]
    assert found[1].auto_comments == ["Translators: of a vote or of a house."]
    assert found[4].auto_comments == ["Translators: where the meeting takes place."]


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


def test_another_plural_is_another_message(project: Path) -> None:
    call_command("messages")
    path = catalogues.catalogue_path("fr")
    po = polib.pofile(str(path))
    po[-1].msgstr_plural = {0: "%(n)s État", 1: "%(n)s États"}
    po.save()
    template = project / "templates" / "a.html"
    template.write_text(TEMPLATE.replace("{{ n }} States", "{{ n }} Parties"), encoding="utf-8")

    call_command("messages")

    assert entries("fr")["%(n)s State"].msgid_plural == "%(n)s Parties"
    assert entries("fr")["%(n)s State"].msgstr_plural == {0: "", 1: ""}


@pytest.mark.usefixtures("project")
def test_what_a_translator_wrote_beside_the_texts_stays() -> None:
    call_command("messages")
    path = catalogues.catalogue_path("es")
    po = polib.pofile(str(path))
    po.header = "Traducido en Ginebra."
    po.metadata |= {
        "Last-Translator": "Ana",
        "X-Generator": "Poedit",
        "Plural-Forms": "nplurals=2;",
    }
    po[0].tcomment, po[0].msgstr, po[0].flags = "¿Así?", "Programa", ["fuzzy"]
    po.save()

    call_command("messages")

    kept = polib.pofile(str(path))
    assert (kept[0].tcomment, kept[0].msgstr, kept[0].flags) == ("¿Así?", "Programa", ["fuzzy"])
    assert kept.header == "Traducido en Ginebra."
    assert (kept.metadata["Last-Translator"], kept.metadata["X-Generator"]) == ("Ana", "Poedit")
    assert kept.metadata["Plural-Forms"] == plural_forms("es")


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


# --- what is refused ---------------------------------------------------------------------------

HEADER = """msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
GOOD = HEADER + 'msgid "Room"\nmsgstr "Salle"\n'
NOT_UTF_8 = "the file is not UTF-8 without a byte order mark: save it as such"
NOT_A_LINE = "this is neither a comment nor a keyword with a text between quotation marks"
NOT_HERE = "this line does not belong here: a keyword is missing, or stands there twice"


def entry(msgid: str, *lines: str) -> str:
    return HEADER + "\n".join(["#: a.py", f'msgid "{msgid}"', *lines, ""])


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "UTF-16": (GOOD.encode("utf-16"), f"1: {NOT_UTF_8}"),
    "byte order mark": (GOOD.encode("utf-8-sig"), f"1: {NOT_UTF_8}"),
    "Latin-1": (entry("Day", 'msgstr "Journée"').encode("latin-1"), f"9: {NOT_UTF_8}"),
    "other charset": (GOOD.replace("UTF-8", "ISO-8859-1"), "1: the header has no Content-Type: "),
    "other language": (
        GOOD.replace(": fr", ": es"),
        "1: the header says that the language is es, not fr",
    ),
    "number of forms": (
        GOOD.replace("nplurals=2", "nplurals=INTEGER"),
        "1: the header’s Plural-Forms (nplurals=INTEGER; plural=(n > 1);) is not how the site c",
    ),
    "rule": (GOOD.replace("n > 1", "n != 1"), "1: the header’s Plural-Forms (nplurals=2; plural=("),
    "no rule": (GOOD.replace("Plural-Forms", "Plural"), "1: the header’s Plural-Forms (none) is"),
    "no header": ('msgid "Room"\nmsgstr "Salle"\n', "1: the header has no Content-Type: "),
    "text left open": (entry("Room", 'msgstr "Salle'), f"9: {NOT_A_LINE}"),
    "text within": (entry("Room", 'msgstr "la "Salle""'), f"9: {NOT_A_LINE}"),
    "stray words": (entry("Room", "Salle"), f"9: {NOT_A_LINE}"),
    "unknown escape": (entry("Room", r'msgstr "a\q"'), f"9: {NOT_A_LINE}"),
    "keyword twice": (entry("Room", 'msgstr "a"', 'msgstr "b"'), f"10: {NOT_HERE}"),
    "no translation": (entry("Room", 'msgid "Day"', 'msgstr "a"'), f"9: {NOT_HERE}"),
    "form without a number": (entry("a", 'msgid_plural "b"', 'msgstr[] "c"'), f"10: {NOT_A_LINE}"),
    "twice": (
        entry("Room", 'msgstr "a"', "", 'msgid "Room"', 'msgstr "b"'),
        "11: “Room” stands there twice",
    ),
    "percent": (
        entry("All", 'msgstr "100 % de tous"'),
        "8: “All”: a % where the English has none: write it in words",
    ),
    "placeholder": (
        entry("In %(place)s", 'msgstr "À %(lieu)s"'),
        "8: “In %(place)s”: the English has no %(lieu)s",
    ),
    "markup": (
        entry("All", 'msgstr "<script>x</script>"'),
        "8: “All”: its markup is not that of the English",
    ),
    "forms": (
        entry("%(n)s day", 'msgid_plural "%(n)s days"', 'msgstr[0] "%(n)s jour"'),
        "8: “%(n)s day”: 1 of its plural forms are filled; the language has 2",
    ),
}


def written(name: str, content: str | bytes) -> Path:
    path = catalogues.catalogue_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("content", "said"), BROKEN.values(), ids=BROKEN)
def test_broken_catalogue_is_refused_and_the_last_good_one_stays(
    content: str | bytes, said: str
) -> None:
    compiled = written("fr", GOOD).with_suffix(".mo")
    call_command("compile_messages", verbosity=0)
    good = compiled.read_bytes()
    written("fr", content)
    written("es", GOOD.replace(": fr", ": es").replace("nplurals=2; plural=(n > 1)", SPANISH))

    with pytest.raises(CommandError) as refused:
        call_command("compile_messages", verbosity=0)

    first, *_others, last = str(refused.value).splitlines()
    assert first.startswith(f"locale/fr/LC_MESSAGES/django.po:{said}")
    assert last == (
        "Not compiled: locale/fr/LC_MESSAGES/django.mo stays as it was, with the last good words."
    )
    assert compiled.read_bytes() == good
    assert catalogues.catalogue_path("es").with_suffix(".mo").exists()  # others go on


SPANISH = "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"


@pytest.mark.usefixtures("project")
def test_all_faults_are_told_at_once_in_their_order() -> None:
    written("fr", entry("All", 'msgstr "100 %"', "", 'msgid "Room"', 'msgstr "{"'))

    with pytest.raises(CommandError) as refused:
        call_command("compile_messages")

    assert [line.split(" ")[0] for line in str(refused.value).splitlines()[:2]] == [
        "locale/fr/LC_MESSAGES/django.po:8:",
        "locale/fr/LC_MESSAGES/django.po:11:",
    ]
    assert "there is no earlier locale/fr/LC_MESSAGES/django.mo" in str(refused.value)


@pytest.mark.usefixtures("project")
def test_fuzzy_and_vanished_messages_are_not_read(project: Path) -> None:
    vanished = '\n#~ msgid "Gone"\n#~ msgstr "100 %"\n'
    text = entry("Room", 'msgstr "{"').replace("#: a.py", "#: a.py\n#, fuzzy") + vanished
    path = written("fr", text)

    call_command("compile_messages", verbosity=0)

    assert project in path.parents
    assert list(polib.mofile(str(path.with_suffix(".mo")))) == []


@pytest.mark.usefixtures("project")
def test_older_file_with_other_words_is_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    path = written("fr", GOOD)
    call_command("compile_messages", verbosity=0)
    written("fr", GOOD.replace("Salle", "Pièce"))
    os.utime(path, (0, 0))  # as from an archive, or from a machine whose clock was behind

    call_command("compile_messages")

    assert capsys.readouterr().out == "Compiled locale/fr/LC_MESSAGES/django.po\n"
    assert [one.msgstr for one in polib.mofile(str(path.with_suffix(".mo")))] == ["Pièce"]


@pytest.mark.usefixtures("project")
def test_damaged_compiled_file_is_written_anew() -> None:
    compiled = written("fr", GOOD).with_suffix(".mo")
    call_command("compile_messages", verbosity=0)
    good = compiled.read_bytes()
    compiled.write_bytes(good[:40])

    call_command("compile_messages", verbosity=0)

    assert compiled.read_bytes() == good
    assert sorted(one.name for one in compiled.parent.iterdir()) == ["django.mo", "django.po"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", ["UTF-16", "Latin-1", "text left open", "keyword twice"])
def test_messages_do_not_touch_what_cannot_be_read(name: str) -> None:
    content, said = BROKEN[name]
    path = written("fr", content)
    before = path.read_bytes()

    with pytest.raises(CommandError, match=re.escape(f"locale/fr/LC_MESSAGES/django.po:{said}")):
        call_command("messages")

    assert path.read_bytes() == before


@pytest.mark.usefixtures("project")
def test_workshop_goes_on_with_the_last_good_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.DEBUG = True
    written("fr", "msgid")
    asked: list[str] = []

    def call(name: str, *_args: object, **_options: object) -> None:
        asked.append(name)
        if name == "compile_messages":
            call_command(name)

    monkeypatch.setattr("serving.management.commands.workshop.call_command", call)
    monkeypatch.delenv("RUN_MAIN", raising=False)
    monkeypatch.setenv("SITE_URL", settings.SITE_URL)  # so that it is as before afterwards
    call_command("workshop")

    assert asked == ["compile_messages", "migrate", "first_run", "runserver"]
    assert f"locale/fr/LC_MESSAGES/django.po:1: {NOT_A_LINE}" in capsys.readouterr().err


def test_no_message_stands_inside_an_f_string() -> None:
    """Python reads the inside of an f-string as code from 3.12 on; before, no message is found."""
    inside = [
        f"{path}:{call.lineno}"
        for path in catalogues.source_files()
        if path.suffix == ".py"
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in catalogues.KEYWORDS
    ]

    assert inside == []

"""What holds for the project as a whole, whatever its pages say."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.utils import translation

from catalogues import files
from catalogues.proofreading import plural_forms

ROOT = Path(__file__).resolve().parent.parent

PUBLIC = {
    "SECRET_KEY": "an-operator-s-key-of-sixty-characters-0123456789-abcdefghij-x",
    "ALLOWED_HOSTS": "programme.example.org",
    "SITE_URL": "https://programme.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def manage(command: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an environment of these variables alone."""
    return subprocess.run(
        [sys.executable, "manage.py", command, *options],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


# Settings ------------------------------------------------------------------------------------


def test_public_site_refuses_to_start_without_secret_hosts_address_and_database() -> None:
    refused = manage("check")

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [
        "The site cannot start. .env.example explains each variable.",
        (
            "  - SECRET_KEY is missing: set it to 50 random characters or more, for example what "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` prints, "
            "or name a file that holds them in SECRET_KEY_FILE."
        ),
        (
            "  - ALLOWED_HOSTS is missing: list the names that the site answers to, with commas, "
            "such as programme.example.org."
        ),
        "  - SITE_URL is missing: give the public address, such as https://programme.example.org.",
        (
            "  - DATABASE_URL is missing: give the address of the database that holds the rows, "
            "such as postgresql://programme@%2Frun%2Fpostgresql/programme, or name a file that "
            "holds it in DATABASE_URL_FILE."
        ),
    ]


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL"])
def test_each_of_the_four_is_required(name: str) -> None:
    refused = manage("check", **{**PUBLIC, name: ""})

    assert refused.returncode == 1
    assert [line.split(" is ")[0] for line in refused.stderr.splitlines()[1:]] == [f"  - {name}"]


def test_check_for_deployment_is_silent() -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PUBLIC)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "System check identified no issues (3 silenced).\n"


def test_environment_example_explains_what_settings_read_and_nothing_else() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    explained = re.findall(r"^#?([A-Z][A-Z_]+)=", example, flags=re.MULTILINE)

    assert sorted(explained) == sorted(variables_read())


def variables_read() -> list[str]:
    """Give each variable that a call such as `env.flag("DEBUG")` names."""
    names: list[str] = []
    for module in ("config/settings.py", "operating/databases.py"):
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env"), attr=kind),
                    args=[ast.Constant(value=str(name)), *_],
                ) if kind != "fault":
                    names += [name, f"{name}_FILE"] if kind == "secret" else [name]
    return names


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_requirements_name_no_index_and_no_path(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    odd = [line for line in lines if not re.fullmatch(r"    --hash=\S+( \\)?|[a-z].*==.* \\", line)]

    assert odd == []


# Rows and rooms ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_migration_is_missing_whatever_language_is_active(language: str) -> None:
    with translation.override(language):
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


MODULES = [path for path in ROOT.glob("[a-z]*/**/*.py") if "migrations" not in path.parts]


def test_no_room_holds_more_modules_than_can_be_seen_at_once() -> None:
    rooms = Counter(str(path.parent.relative_to(ROOT)) for path in MODULES)

    assert rooms["programme"]
    assert {room: held for room, held in rooms.items() if held > 15} == {}


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    of_the_site = [path for path in MODULES if "tests" not in path.parts]

    long = {
        str(path.relative_to(ROOT)): lines
        for path in of_the_site
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    # What a row is is said in one place.
    assert long.keys() == {"meetings/models.py", "programme/models.py"}


def test_document_stands_on_the_standard_library_alone() -> None:
    seen = modules_behind("programme.document.programme")
    rooms = {one.rpartition(".")[0] for one in seen if (ROOT / one.partition(".")[0]).is_dir()}
    others = {one.partition(".")[0] for one in seen} - {"programme", "meetings"}

    assert others <= sys.stdlib_module_names
    assert "programme.document.stored" in seen
    assert {one for one in rooms if one.startswith("programme")} == {
        "programme.document",
        "programme.language",
    }


def modules_behind(name: str) -> set[str]:
    """A module of ours, and all that it and those of ours that it imports import."""
    seen: set[str] = set()
    waiting = {name}
    while waiting:
        module = waiting.pop()
        seen.add(module)
        path = ROOT / f"{module.replace('.', '/')}.py"
        if path.exists():
            waiting |= imported(ast.parse(path.read_text(encoding="utf-8"))) - seen
    return seen


def imported(tree: ast.Module) -> set[str]:
    """Give the modules that a module imports; a relative import counts as ''."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("" if node.level else node.module or "")
    return names


# What pages load -----------------------------------------------------------------------------


def test_every_file_that_templates_load_is_there() -> None:
    # For the public a missing one is an error on every page; here it would only be a 404.
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    names = {name for html in templates for name in re.findall(r"{% static ['\"](.+?)['\"]", html)}

    missing = [name for name in sorted(names) if finders.find(name) is None]

    assert names
    assert missing == []


# Style sheets --------------------------------------------------------------------------------

SIDES = re.compile(r"\b(left|right)\b")
FOUR_SIDES = re.compile(r"\b(?:margin|padding|inset|border-\w+)\s*:\s*([^;}]+)")


def test_style_sheets_know_start_and_end_but_no_left_or_right() -> None:
    sheets = sorted((ROOT / "static").rglob("*.css"))

    faults = {path.name: physical_directions(path.read_text(encoding="utf-8")) for path in sheets}

    assert sheets
    assert {name: found for name, found in faults.items() if found} == {}


def test_each_kind_of_physical_direction_is_found() -> None:
    style = """
        /* left alone: a comment may say right */
        a { margin-left: 1px; text-align: right; }
        b { padding: 1px 2px 3px 4px; }
        c { padding: 1px 2px 3px 2px; margin-inline-start: 1px; background: url(right.svg); }
    """

    assert physical_directions(style) == ["3: left", "3: right", "4: 1px 2px 3px 4px"]


def physical_directions(style: str) -> list[str]:
    """Give line and words of each declaration that would not mirror in Arabic."""
    spoken = re.sub(r"/\*.*?\*/|url\([^)]*\)", _as_newlines, style, flags=re.DOTALL)
    found: list[str] = []
    for number, line in enumerate(spoken.splitlines(), 1):
        found += [f"{number}: {side}" for side in SIDES.findall(line)]
        for value in FOUR_SIDES.findall(line):
            widths = value.split()
            if len(widths) == 4 and widths[1] != widths[3]:
                found.append(f"{number}: {value.strip()}")
    return found


SPACE = re.compile(r"\b(?:margin|padding|gap|column-gap)[a-z-]*\s*:\s*([^;}]+)")


@pytest.mark.parametrize("sheet", ["site", "preview"])
def test_what_stands_between_things_is_a_step_of_the_scale(sheet: str) -> None:
    style = (ROOT / f"static/css/{sheet}.css").read_text(encoding="utf-8")

    spaces = [value for value in SPACE.findall(style) if "clamp(" not in value]
    lengths = [float(one) for value in spaces for one in re.findall(r"([\d.]+)rem", value)]

    assert any("var(--space-" in value for value in spaces)
    assert [one for one in lengths if one < 3] == []  # 3rem and more belong to the layout


def _as_newlines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


# Catalogues ----------------------------------------------------------------------------------

FORMS = {"fr": 2, "es": 3, "ar": 6}

every_language = pytest.mark.parametrize("language", sorted(FORMS))


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(files.catalogue_path(language)))


def test_each_language_beside_english_has_a_catalogue() -> None:
    assert sorted(files.languages()) == sorted(FORMS)


@every_language
def test_catalogue_is_complete(language: str) -> None:
    po = catalogue(language)

    assert len(po) > 0
    assert [entry.msgid for entry in po.untranslated_entries()] == []
    assert [entry.msgid for entry in po.fuzzy_entries()] == []
    assert [entry.msgid for entry in po.obsolete_entries()] == []


@every_language
def test_plural_rule_is_that_of_django(language: str) -> None:
    rule = catalogue(language).metadata["Plural-Forms"]

    assert rule == plural_forms(language)
    assert rule.startswith(f"nplurals={FORMS[language]};")


@every_language
def test_catalogue_can_be_read_counted_and_filled(language: str) -> None:
    assert len(files.read(files.catalogue_path(language))) > 0

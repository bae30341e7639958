from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_project import ROOT

UNITS = sorted((ROOT / "deploy/systemd").iterdir())


def test_units_are_understood_and_start_what_is_there(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("There is no systemd-analyze here: units are not verified.")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        text = text.replace("/srv/programme/site/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    verified = subprocess.run(
        [program, "verify", "--man=no", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"])
def test_services_start_modules_and_commands_that_exist(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")

    modules = re.findall(r"python\"? -m ([\w.]+)", text)
    commands = re.findall(r"manage\.py (\w+)", text)

    assert len([*modules, *commands]) == len(re.findall(r"^ExecStart", text, re.MULTILINE))
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    assert all((ROOT / f"{name.replace('.', '/')}.py").exists() for name in modules)
    assert {*commands} <= ours | {"clearsessions"}


def test_scripts_for_operators_are_sound_and_may_be_run() -> None:
    for name in ("manage", "restart", "upgrade"):
        script = ROOT / "deploy" / name
        assert script.stat().st_mode & 0o111
        assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0


def test_settings_of_the_guide_are_read_alike_by_the_shell_and_by_systemd() -> None:
    guide = (ROOT / "docs/operators.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    block = guide.partition("cat > /etc/programme.env <<END\n")[2].partition("\nEND\n")[0]

    settings = [line.partition("=") for line in block.splitlines()]

    assert len(settings) > 5
    assert all(value[0] == value[-1] == "'" for _, _, value in settings)
    assert all(f"\n{name}=" in example or f"\n#{name}=" in example for name, _, _ in settings)

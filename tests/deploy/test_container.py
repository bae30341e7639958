"""The image holds all that the site needs: its files are tried in a folder; no image is built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.test_project import PUBLIC, ROOT

if TYPE_CHECKING:
    from pathlib import Path

CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()


def test_what_is_copied_into_the_image_can_be_built_and_checked(tmp_path: Path) -> None:
    for name in re.findall(r"^COPY (?!--)(\S+) ", CONTAINERFILE, re.MULTILINE):
        assert f"!{name}" in IGNORED
        source = ROOT / name
        if source.is_dir():
            left_out = shutil.ignore_patterns("__pycache__", "*.mo")
            shutil.copytree(source, tmp_path / name, ignore=left_out)
        else:
            shutil.copy(source, tmp_path)

    built = re.findall(r"python manage\.py (.+?)(?: \\)?$", CONTAINERFILE, re.MULTILINE)
    assert built == ["compile_messages", "collectstatic --noinput", "write_notices"]
    for command in (*built, "check --deploy --fail-level WARNING"):
        done = subprocess.run(
            [sys.executable, "manage.py", *command.split()],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], **PUBLIC},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from config import ready


def test_nobody_waits_for_a_process_that_has_ended(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    asked_at = time.monotonic()

    assert not ready.wait(str(tmp_path / "socket"), patience=60, process=str(ended.pid))

    assert time.monotonic() - asked_at < 30


def test_a_process_that_lives_is_waited_for(tmp_path: Path) -> None:
    asked_at = time.monotonic()

    assert not ready.wait(str(tmp_path / "socket"), patience=0.3, process=str(os.getpid()))

    assert time.monotonic() - asked_at >= 0.3

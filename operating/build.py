"""When the running code was last changed (for Last-Modified): pages may differ afterwards."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_SHOWN = {"docs", "spool", "staticfiles", "tests", "tools"}


def built_at() -> float:
    """POSIX seconds at which the newest of our files was written."""
    folders = (one for one in ROOT.glob("[a-z]*/") if one.name not in NOT_SHOWN)
    files = (path for folder in folders for path in folder.rglob("*.*"))
    return max(path.stat().st_mtime for path in files if path.suffix != ".pyc")

"""When what is running was last changed: a page may look otherwise after an upgrade."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("config", "locale", "meetings", "panels", "programme", "static", "templates")


def built_at() -> float:
    """POSIX seconds at which the newest of our files was written."""
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*"))
    return max(path.stat().st_mtime for path in files if path.suffix != ".pyc")

"""Known faults of what the site stands on: `python -m tools.audit`, part of `make lint`.

pip-audit asks the package index for them. Where that cannot be reached or does not know, a
sentence says so, and nothing fails: what was not audited must not look as if it were.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60
"""Seconds for all, and five for each answer."""


def main() -> None:
    """Print what is known; exit with 1 if there is a fault."""
    lines, is_faulty = verdict(audited())
    print("\n".join(lines))
    sys.exit(int(is_faulty))


def audited() -> list[dict[str, Any]] | None:
    """Each dependency with what is known of it; None where nobody could be asked."""
    command = [
        *(sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt"),
        *("--require-hashes", "--disable-pip", "--progress-spinner", "off"),
        *("--format", "json", "--timeout", "5"),
    ]
    try:
        run = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        found: list[dict[str, Any]] = json.loads(run.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return found


def verdict(dependencies: list[dict[str, Any]] | None) -> tuple[list[str], bool]:
    """What to say, and whether there is a fault."""
    if dependencies is None:
        return ["Dependencies are not audited: known faults cannot be asked for from here."], False
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for one in dependencies
        for fault in one.get("vulns", ())
    ]
    unknown = sum("skip_reason" in one for one in dependencies)
    known = len(dependencies) - unknown
    lines = [*faults, f"{known} dependencies audited, {len(faults)} known faults."]
    if unknown:
        lines.append(f"{unknown} are not audited: the index asked from here knows no faults.")
    return lines, bool(faults)


if __name__ == "__main__":
    main()

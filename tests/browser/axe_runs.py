"""How often axe looked at a page: a pytest plugin, loaded in pyproject.toml by `-p`.

No part of a conftest, since the process that sums up collects no tests where several run them.
"""

from __future__ import annotations

from typing import Any

import pytest

axe_runs: list[str] = []
"""Addresses of the pages that axe looked at."""


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that sums up, if this is one of several that test."""
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["axe_runs"] = axe_runs


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear it."""
    axe_runs.extend(getattr(node, "workeroutput", {}).get("axe_runs", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it."""
    if axe_runs:
        terminalreporter.write_line(f"axe ran {len(axe_runs)} times on {len(set(axe_runs))} pages.")

"""As many requests as can be had, by wrk."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.servers.site import HOST

FIGURES = Path(__file__).with_name("figures.lua")
CONNECTIONS = 16
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "br"}
"""As the proxy asks, which the application is then measured without."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run found; times in milliseconds."""

    rate: float
    """Answers in a second."""
    p50: float
    p99: float
    slowest: float
    failed: int
    count: int


def wrk_program() -> str | None:
    """The path of wrk; None without it."""
    return shutil.which("wrk")


def load(
    port: int,
    *addresses: str,
    seconds: int = 2,
    headers: Mapping[str, str] | None = None,
    connections: int = CONNECTIONS,
) -> Figures:
    """Ask for addresses in turn, over connections that are kept, for so many seconds."""
    given = [f"-H{name}: {value}" for name, value in {**HEADERS, **(headers or {})}.items()]
    run = subprocess.run(
        [
            *("wrk", "--threads", "1", "--connections", str(connections)),
            *("--duration", f"{seconds}s", "--timeout", "10s", "--script", str(FIGURES), *given),
            *(f"http://127.0.0.1:{port}{addresses[0]}", "--", *addresses),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"^FIGURES (.+)$", run.stdout, flags=re.MULTILINE)
    if not found:
        raise RuntimeError(run.stdout)
    count, duration, p50, p99, slowest, errors, refused = map(int, found[1].split())
    return Figures(
        rate=count / (duration / 1e6),
        p50=p50 / 1000,
        p99=p99 / 1000,
        slowest=slowest / 1000,
        failed=errors + refused,
        count=count,
    )


def medians(runs: Iterable[Figures]) -> Figures:
    """The middle of several runs, figure by figure; failures are added up."""
    known = list(runs)
    return Figures(
        rate=median(one.rate for one in known),
        p50=median(one.p50 for one in known),
        p99=median(one.p99 for one in known),
        slowest=max(one.slowest for one in known),
        failed=sum(one.failed for one in known),
        count=sum(one.count for one in known),
    )

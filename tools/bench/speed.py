"""How fast the site answers, and what it takes: `make bench`, or `python -m tools.bench.speed`.

One process each of the site, of a bare Django view that returns the same bytes and of a view that
makes the page from rows, all under the same server; then the shipped nginx in front of two
processes, beside the same bytes as a static file. The runs are interleaved and repeated five
times; medians are printed. A figure that misses its aim is marked, and nothing fails.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median

from config.ready import Connection
from tools.bench.load import HEADERS, Figures, load, medians, wrk_program
from tools.bench.places import ADDRESSES
from tools.servers.site import Site, nginx_program, site_of_its_own

ROUNDS = 5
SECONDS = 2
SLOW = 6
"""Seconds for what answers a few times in one."""

PROGRAMME = "/en/meetings/2024-intersessional-meetings/"
ARABIC = "/ar/meetings/2024-intersessional-meetings/"
DELEGATION = "/en/delegations/ukr/"
FROM_ROWS = "/en/from-rows/2024-intersessional-meetings/"
FEW, MANY = 8, 300


@dataclass
class Case:
    """One row of the table: what is asked for, and of whom."""

    name: str
    port: int
    address: str
    headers: dict[str, str] = field(default_factory=dict)
    seconds: int = SECONDS
    runs: list[Figures] = field(default_factory=list)

    @property
    def figures(self) -> Figures:
        """The medians of all rounds."""
        return medians(self.runs)

    def against(self, other: Case, what: str = "rate") -> float:
        """The median of the ratios in each round, since a machine has good and bad moments."""
        pairs = zip(self.runs, other.runs, strict=True)
        return float(median(getattr(us, what) / max(getattr(it, what), 0.01) for us, it in pairs))


def main() -> None:
    """Measure everything, one thing after the other."""
    for program, found in (("nginx", nginx_program()), ("wrk", wrk_program())):
        if not found:
            sys.exit(f"The bench needs {program}: on Debian, apt-get install nginx-light wrk.")
    with site_of_its_own() as (site, _):
        measure(site, site.folder)


def measure(site: Site, folder: Path) -> None:
    """The whole bench."""
    from tools.bench import rows  # noqa: PLC0415 -- rows need settings

    meeting = rows.fill()
    title(f"What it takes to compile, publish and load 10 and {MANY} items (milliseconds)")
    for items in (FEW, 10, MANY):
        line(f"{items} items", rows.costs_of(rows.meeting_of(items)))
    rates(site, folder)
    title("From publishing to the first reader (seconds): two machines, two processes each")
    for name in ("1", "2", "3", "4"):
        # Two share what one machine keeps on its disk, and are behind the nginx of that machine.
        site.start(name, SPOOL_DIR=str(folder / f"spool-{'12' if name in '12' else '34'}"))
    port = site.start_nginx()
    places = {name: str(site.socket(name)) for name in ("1", "2", "3", "4")}
    worst = visible({**places, "through nginx": str(port)}, meeting, rows.publish_correction)
    for place, seconds in worst.items():
        aim = 1.5 if "nginx" in place else 0.4
        line(f"worst of 20, {place}", f"{seconds:.2f}{missed(seconds < aim, f'< {aim}')}")
    for name in places:
        site.stop(name)
    title("Memory of one process with 50 published meetings (MB, shared memory divided), and start")
    rows.publish_many(50 - 5)
    line("seconds from start to the first answer", f"{site.start('1'):.2f}")
    tell_memory(site, "after start")
    reader = Connection(str(site.socket("1")), 20)
    for address in ADDRESSES + rows.every_programme():
        ask(reader, address)
    tell_memory(site, "after every programme was read in every language")


# --- how fast ------------------------------------------------------------------------------------


def rates(site: Site, folder: Path) -> None:
    """Answers in a second, and how long they take."""
    app = site.start_on_port("app")
    pages = {"en": PROGRAMME, "ar": ARABIC, "delegation": DELEGATION}
    sizes = {f"of-{items}": f"/en/meetings/meeting-of-{items}/" for items in (FEW, MANY)}
    bodies, tags = {}, {}
    for name, address in (pages | sizes).items():
        tags[name], bodies[name] = ask(Connection(str(app), 20), address)
    bare_folder, files = folder / "bare", folder / "nginx/files"
    for where in (bare_folder, files):
        where.mkdir(parents=True)
    for name, body in bodies.items():
        (bare_folder / name).write_bytes(body)
    (files / "page").write_bytes(bodies["en"])
    bare = site.start_on_port("bare", "tools.bench.bare", BARE_FOLDER=str(bare_folder))
    from_rows = site.start_on_port("from-rows", "tools.bench.from_rows", SPOOL_DIR="")
    for name in ("1", "2"):
        site.start(name)
    nginx = site.start_nginx()
    # What is compared stands side by side, so that it meets the same moment of the machine.
    cases = [
        Case("nginx in front, en, 304", nginx, PROGRAMME, {"If-None-Match": tags["en"]}),
        Case("nginx in front, en", nginx, PROGRAMME),
        Case("nginx, static file, en", nginx, "/file"),
        Case("site, en, 304", app, PROGRAMME, {"If-None-Match": tags["en"]}),
        *(
            Case(f"{who}, {name}", port, address)
            for name, page in (pages | sizes).items()
            for who, port, address in (("site", app, page), ("bare view", bare, f"/{name}"))
        ),
        Case("from rows, en", from_rows, FROM_ROWS, seconds=SLOW),
    ]
    for _ in range(ROUNDS):
        for case in cases:
            run = load(case.port, case.address, seconds=case.seconds, headers=case.headers)
            case.runs.append(run)
        # The slow one, which is the last, goes on with what was asked of it: until it answers anew.
        ask(Connection(str(from_rows), 60), FROM_ROWS)
    tell_rates(cases, {name: len(body) for name, body in bodies.items()})
    for name in ("app", "bare", "from-rows", "1", "2"):
        site.stop(name)
    site.stop_nginx()


def tell_rates(cases: list[Case], sizes: dict[str, int]) -> None:
    """The table, and the ratios that are aimed at."""
    title(f"Answers in a second (16 connections, medians of {ROUNDS} interleaved runs)")
    line("bytes of the pages, compressed", ", ".join(f"{k} {v}" for k, v in sizes.items()))
    line("", f"{'req/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'failed':>8}")
    known = {case.name: case for case in cases}
    for name, case in known.items():
        one = case.figures
        line(name, f"{one.rate:>10.0f}{one.p50:>10.2f}{one.p99:>10.2f}{one.failed:>8}")
    title("Ratios (medians of those in each round)")
    for ours, theirs, aim in (
        *((f"site, {name}", f"bare view, {name}", 1.4) for name in sizes),
        ("site, en", "from rows, en", 200),
        ("nginx in front, en", "nginx, static file, en", 0.8),
        (f"site, of-{MANY}", f"site, of-{FEW}", 0.9),
        ("site, en, 304", "site, en", 1.0),
        ("nginx in front, en, 304", "nginx in front, en", 1.0),
    ):
        ratio = known[ours].against(known[theirs])
        line(f"{ours} / {theirs}", f"{ratio:.2f}{missed(ratio >= aim, f'>= {aim}')}")
    for name in sizes:
        ratio = known[f"site, {name}"].against(known[f"bare view, {name}"], "p99")
        line(f"p99 of {name}, site / bare view", f"{ratio:.2f}{missed(ratio <= 1, '<= 1')}")


def ask(connection: Connection, address: str) -> tuple[str, bytes]:
    """The ETag and the compressed bytes of a page."""
    connection.request("GET", address, headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} at {address}")
    return answer.headers["ETag"] or "", body


# --- how soon ------------------------------------------------------------------------------------


def visible(
    places: dict[str, str], meeting: object, publish: Callable[..., str], times: int = 20
) -> dict[str, float]:
    """Publish so many times; how long each place took at worst, when asked every 100 ms."""
    worst = dict.fromkeys(places, 0.0)
    offsets = cycle((0.0, 0.13, 0.29, 0.41, 0.57, 0.73, 0.89))  # of the watcher's second
    for number in range(times):
        words = publish(meeting, number).encode()
        published = time.monotonic()
        waiting = dict(places)
        while waiting and time.monotonic() < published + 30:
            for name, place in [*waiting.items()]:
                connection = Connection(place, 20)
                connection.request("GET", PROGRAMME, headers={**HEADERS, "Accept-Encoding": ""})
                if words in connection.getresponse().read():
                    worst[name] = max(worst[name], time.monotonic() - published)
                    del waiting[name]
                connection.close()
            time.sleep(0.1)
        for name in waiting:
            worst[name] = float("inf")
        time.sleep(next(offsets))
    return worst


# --- how much ------------------------------------------------------------------------------------


def tell_memory(site: Site, when: str) -> None:
    """What a process takes, its server included."""
    took = site.memory("1")
    total = sum(took.values())
    figures = f"{total:.0f} (worker {took['worker']:.0f}){missed(total <= 150, '<= 150')}"
    line(when, figures)


# --- printing ------------------------------------------------------------------------------------


def title(words: str) -> None:
    """A heading."""
    print(f"\n{words}", flush=True)


def line(name: str, figures: object) -> None:
    """One row of a table."""
    print(f"  {name:<52}{figures}", flush=True)


def missed(is_kept: bool, aim: str) -> str:  # noqa: FBT001 -- it reads as a sentence
    """What stands behind a figure that misses its aim."""
    return "" if is_kept else f"   missed: {aim}"


def timed(of: Callable[[], object], times: int = 5) -> float:
    """Milliseconds that something takes, the median of some runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        of()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000


if __name__ == "__main__":
    main()

"""The database goes away in mid-plenary: `make drill`, or `python -m tools.bench.drill`.

A real PostgreSQL under load is stopped and brought back, then frozen so that its connections
hang; both processes of the site are restarted meanwhile, one after the other, as the guide for
operators does it. Sixteen readers walk over ten pages in four languages through the shipped
nginx, half of them past its cache, while somebody works in the admin.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from tools.bench.crowd import Answer, Crowd, Reader
from tools.bench.places import ADDRESSES
from tools.servers.database import Database
from tools.servers.site import Site, nginx_program, site_of_its_own

SLOWEST = 1.0
"""Seconds that no public answer may take, whatever happens."""

CAUGHT = 3.0
"""Seconds after which a staff request that the freeze caught must have ended."""

RETURN = 5.0
"""Seconds after the database's return when all must be as before."""

AT_ONCE = 1.0
"""Seconds within which staff are told of an outage that is known."""


@dataclass
class Staff:
    """Somebody who opens a page of the admin in each language, again and again."""

    places: list[str]
    cookie: str
    answers: list[Answer] = field(default_factory=list)

    @contextmanager
    def working(self, pause: float = 0.1) -> Iterator[None]:
        """Work in the background."""
        stop = threading.Event()

        def work() -> None:
            reader = Reader(self.places, {"Cookie": self.cookie})
            languages = ("en", "fr", "es", "ar")
            while not stop.wait(pause):
                language = languages[len(self.answers) % 4]
                self.answers.append(reader.get(f"/{language}/admin/meetings/meeting/"))
            reader.close()

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def between(self, start: float, end: float) -> list[Answer]:
        """Answers to what was asked in this time."""
        return [one for one in self.answers if start <= one.at < end]


@dataclass
class Report:
    """What the drill found; a figure over its limit is a fault."""

    faults: list[str] = field(default_factory=list)

    def tell(self, phase: str, crowd: Crowd) -> None:
        """The public's side of a phase."""
        count, bad, slowest = crowd.since()
        seconds = slowest.seconds if slowest else 0.0
        show(f"{phase:<44}{count:>8}{len(bad):>8}{seconds * 1000:>10.0f} ms")
        if bad:
            self.faults.append(f"{phase}: {bad[0].status} at {bad[0].address}")
        if seconds > SLOWEST and slowest:
            self.faults.append(f"{phase}: {seconds:.2f} s at {slowest.address}")

    def judge(self, sentence: str, *, holds: bool) -> None:
        """One more thing that must hold."""
        show(f"  {sentence}")
        if not holds:
            self.faults.append(sentence)


def show(line: str) -> None:
    """A command tells what it found."""
    print(line, flush=True)


def main() -> None:
    """Run the drill; exit with 1 where a limit is not kept."""
    if not nginx_program():
        sys.exit("The drill needs nginx: on Debian, apt-get install nginx-light.")
    with site_of_its_own() as (site, database):
        report = drill(site, database)
    if report.faults:
        sys.exit("\n".join(["", "Not kept:", *report.faults]))
    show("\nEverything was kept.")


def drill(site: Site, database: Database, *, seconds: float = 6.0, size: int = 16) -> Report:
    """Take the database away twice and bring it back, and tell what readers and staff met."""
    cookie = site.run("tools.bench.fill")
    for name in ("1", "2"):
        site.start(name)
    places = [str(site.start_nginx())]
    past_the_cache = [f"{address}?past=1" for address in ADDRESSES]
    report = Report()
    staff = Staff(places, cookie)
    crowd = Crowd(places, ADDRESSES + past_the_cache, size)
    show(f"{'':<44}{'answers':>8}{'failed':>8}{'slowest':>13}")
    with crowd, staff.working():
        time.sleep(seconds)
        report.tell("all is well", crowd)
        stopped(site, database, crowd, staff, report, seconds)
        frozen(site, database, crowd, staff, report, seconds)
    return report


def stopped(
    site: Site, database: Database, crowd: Crowd, staff: Staff, report: Report, seconds: float
) -> None:
    """The database is stopped, one process restarted, the database started."""
    began = time.monotonic()
    database.halt()
    time.sleep(seconds)
    report.tell("database stopped", crowd)
    restart(site, crowd, report)
    database.resume()
    back = time.monotonic()
    tell_staff(staff.between(began, back), report)
    returned(back, staff, crowd, report)


def frozen(
    site: Site, database: Database, crowd: Crowd, staff: Staff, report: Report, seconds: float
) -> None:
    """The database is frozen, so that connections hang; both processes are restarted."""
    began = time.monotonic()
    database.freeze()
    time.sleep(seconds)
    report.tell("database frozen", crowd)
    restart(site, crowd, report)
    database.thaw()
    back = time.monotonic()
    tell_staff(staff.between(began - CAUGHT, back), report)
    returned(back, staff, crowd, report)


def restart(site: Site, crowd: Crowd, report: Report) -> None:
    """One process after the other, each only when the other is ready."""
    taken = max(site.restart(name) for name in ("1", "2"))
    report.tell(f"both processes restarted ({taken:.1f} s to ready)", crowd)


def tell_staff(answers: list[Answer], report: Report) -> None:
    """What staff met while the database was away."""
    refused = [one for one in answers if one.status == HTTPStatus.SERVICE_UNAVAILABLE]
    longest = max((one.seconds for one in answers), default=0.0)
    in_language = all(f'lang="{one.address[1:3]}"'.encode() in one.body for one in refused)
    later = sorted(one.seconds for one in refused[1:])
    slow = max(later, default=0.0)
    others = {one.status for one in answers} - {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}
    report.judge(
        f"staff: {len(refused)} times 503, in their language: {in_language}; "
        f"other answers than 200 and 503: {sorted(others) or 'none'}",
        holds=bool(refused) and in_language and not others,
    )
    report.judge(f"staff: whoever was caught waited {longest:.2f} s", holds=longest <= CAUGHT)
    report.judge(f"staff: later ones waited {slow:.2f} s at most", holds=slow <= AT_ONCE)


def returned(back: float, staff: Staff, crowd: Crowd, report: Report) -> None:
    """Wait until all is as before, then look whether it stays so."""
    time.sleep(RETURN + 1)
    after = staff.between(back, time.monotonic())
    refused = [one for one in after if one.status != HTTPStatus.OK]
    taken = max((one.at + one.seconds - back for one in refused), default=0.0)
    report.tell("database back", crowd)
    report.judge(f"staff: all is normal {taken:.1f} s after its return", holds=taken <= RETURN)


if __name__ == "__main__":
    main()

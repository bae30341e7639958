"""Ten minutes at full load with a publication every five seconds: `make soak`.

wrk walks over ten pages in four languages through the shipped nginx; `python -m tools.bench.soak
MINUTES` takes another time. Fails if a request failed; memory is printed, to be looked at.
"""

from __future__ import annotations

import sys
import threading
import time

from tools.bench.load import Figures, load, wrk_program
from tools.bench.places import ADDRESSES
from tools.servers.site import Site, nginx_program, site_of_its_own

BETWEEN = 5.0
"""Seconds from one publication to the next."""


def main() -> None:
    """Run the soak."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    if not (nginx_program() and wrk_program()):
        sys.exit("The soak needs nginx and wrk: on Debian, apt-get install nginx-light wrk.")
    with site_of_its_own() as (site, _):
        figures = soak(site, minutes)
    if figures.failed:
        sys.exit(f"{figures.failed} requests failed.")


def soak(site: Site, minutes: float) -> Figures:
    """Load, publish and look at the memory, each at its own pace."""
    from tools.bench import rows  # noqa: PLC0415 -- rows need settings

    meeting = rows.fill()
    for name in ("1", "2"):
        site.start(name)
    port = site.start_nginx()
    found: list[Figures] = []
    # Half of them pass nginx's cache, so that the site itself is under load as well.
    addresses = [*ADDRESSES, *(f"{address}?past=1" for address in ADDRESSES)]
    crowd = threading.Thread(
        target=lambda: found.append(load(port, *addresses, seconds=round(minutes * 60)))
    )
    crowd.start()
    show("minute", "published", "MB of 1", "MB of 2")
    began = time.monotonic()
    told, published = -1, 0
    while crowd.is_alive():
        rows.publish_correction(meeting, published)
        published += 1
        minute = int((time.monotonic() - began) / 60)
        if minute > told:
            told = minute
            show(minute, published, *(f"{sum(site.memory(name).values()):.0f}" for name in "12"))
        crowd.join(BETWEEN)
    show("end", published, *(f"{sum(site.memory(name).values()):.0f}" for name in "12"))
    one = found[0]
    show("answers", "failed", "p50 ms", "p99 ms", "worst ms")
    show(one.count, one.failed, f"{one.p50:.1f}", f"{one.p99:.1f}", f"{one.slowest:.0f}")
    return one


def show(*cells: object) -> None:
    """A row of the table."""
    print("".join(f"{one!s:>12}" for one in cells), flush=True)


if __name__ == "__main__":
    main()

"""A process that looks by itself once a minute: `python -m tests.programme.publishing.hearing`.

Prints the serials of what is public whenever that has changed.
"""

from __future__ import annotations

import django


def main() -> None:
    """Look and wait, until the process is ended."""
    django.setup()
    from programme.publishing import watcher as watching  # noqa: PLC0415 -- Django is set up by now
    from programme.shelf.outage import outage  # noqa: PLC0415 -- as above
    from programme.shelf.shelf import Shelf  # noqa: PLC0415 -- as above

    watching.INTERVAL = 60
    shelf = Shelf()

    def tell() -> None:
        print([one.serial for one in shelf.all_versions()], flush=True)  # noqa: T201 -- what it is for

    watch = watching.Watch(watching.Watcher(shelf, renew=tell), outage)
    while True:
        watch.look_once()
        watch.wait()


if __name__ == "__main__":
    main()

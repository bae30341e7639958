"""Concurrency limits of one process."""

from __future__ import annotations

THREADS = 4
"""Requests that are answered at once."""

STAFF_AT_ONCE = THREADS - 1
"""Those of them that may wait for the database: one thread is always left to the public."""

LEFT_TO_KNOWN = 1
"""Those of these that strangers cannot take: for devices on which somebody has logged in before."""

OLD_AT_ONCE = THREADS // 2
"""Those that may make pages of old versions. Whoever walks through all of them has thousands made,
each of which takes long, and must not keep from their turn all who read what holds today."""

IN_A_WORKSHOP = 100
"""Of either; there, each request has a thread of its own."""

"""What the steps from rows to the shelf cost; imported once the settings are known."""

from __future__ import annotations

from meetings.models import Meeting
from programme.publishing.watcher import version_of
from programme.rows.compiling import compile_document
from tools.bench.speed import timed
from tools.servers.rows import published


def of_meeting(meeting: Meeting) -> str:
    """Compile its rows, publish them, and load what was published, in milliseconds."""
    compiling = timed(lambda: compile_document(meeting))
    publications = []
    publishing = timed(lambda: publications.append(published(meeting)), times=1)
    version = version_of(publications[0])
    loading = timed(version.edition)
    return f"compile {compiling:.0f}, publish {publishing:.0f}, load {loading:.0f}"

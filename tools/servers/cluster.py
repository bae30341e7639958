"""A private PostgreSQL in a temporary folder, reachable only through a socket there.

It is removed with its folder when whoever started it ends, however that ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

# Debian keeps the server's programs out of PATH, one folder per major version.
DEBIAN_FOLDER = Path("/usr/lib/postgresql")

# A cluster takes about 40 MB and grows with its log; containers often have 64 MB of this.
MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
ROOM_NEEDED = 512 * 1024 * 1024

SECONDS_TO_START = 30

# The data lives for one run, so nothing needs to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# The shell outlives us if we are killed: its standard input then ends, and it cleans up.
GUARD = """
"$1" -D "$2/data" >"$2/log" 2>&1 &
read -r _
kill -INT $! 2>/dev/null
wait $!
rm -rf "$2"
"""


class NoServerError(RuntimeError):
    """PostgreSQL is not here, or does not start."""


class Cluster:
    """A PostgreSQL server of one run."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = _folder()
        self._guard: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self._user = _unprivileged_user() if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)

    def start(self) -> str:
        """Make and start the server; give its DATABASE_URL."""
        data = self._folder / "data"
        made = subprocess.run(
            [
                *(self._programs / "initdb", "--pgdata", data, "--username", "postgres"),
                *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            ],
            user=self._user,
            cwd=self._folder,
            capture_output=True,
            check=False,
        )
        if made.returncode:
            raise NoServerError(f"initdb failed: {made.stderr.decode()}")
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write("\n".join([*FAST, "listen_addresses=''", self._socket_setting(), ""]))
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "sh", self._programs / "postgres", self._folder],
            user=self._user,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            start_new_session=True,  # so that Ctrl-C reaches us alone, and we stop it in order
        )
        self._wait()
        return f"postgresql://postgres@{quote(str(self._folder), safe='')}/programme"

    def stop(self) -> None:
        """Stop the server and remove all that it wrote."""
        if self._guard and self._guard.stdin:
            self._guard.stdin.close()
            self._guard.wait(timeout=SECONDS_TO_START)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _socket_setting(self) -> str:
        return f"unix_socket_directories='{self._folder}'"

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres").close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    log = (self._folder / "log").read_text(encoding="utf-8", errors="replace")
                    raise NoServerError(f"PostgreSQL does not start: {log}") from error
                time.sleep(0.05)
            else:
                return


def _folder() -> Path:
    roomy = MEMORY_FOLDER.is_dir() and shutil.disk_usage(MEMORY_FOLDER).free > ROOM_NEEDED
    in_memory = roomy and os.access(MEMORY_FOLDER, os.W_OK)
    return Path(tempfile.mkdtemp(prefix="programme-", dir=MEMORY_FOLDER if in_memory else None))


def _unprivileged_user() -> str:
    import pwd  # noqa: PLC0415 -- a module of Unix alone, needed by root alone

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def server_programs() -> Path:
    """The folder of the newest PostgreSQL server here; NoServerError where there is none."""
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError("The PostgreSQL server is needed: on Debian `apt-get install postgresql`.")


def _candidates() -> Iterator[Path]:
    """Folders where the server's programs may be, the newest version first."""
    versions = (folder for folder in DEBIAN_FOLDER.glob("*") if folder.name.isdigit())
    for version in sorted(versions, key=lambda folder: int(folder.name), reverse=True):
        yield version / "bin"
    in_path = shutil.which("initdb")
    if in_path:
        yield Path(in_path).resolve().parent

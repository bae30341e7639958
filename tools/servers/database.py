"""A private PostgreSQL that can be taken away and brought back while the site runs."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import psycopg

from tools.servers.cluster import Cluster, server_programs


class Database(Cluster):
    """A server of one run, and what may happen to it in the middle of a meeting."""

    def __init__(self) -> None:
        super().__init__(server_programs())
        self.url = ""
        self._resumed: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start it with an empty database; give its DATABASE_URL."""
        self.url = super().start()
        with psycopg.connect(
            host=str(self._folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("CREATE DATABASE programme")
        return self.url

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def halt(self) -> None:
        """Stop the server, as a restart of its machine would: connections are cut."""
        subprocess.run(
            [self._programs / "pg_ctl", "stop", "--pgdata", self._data, "--mode", "fast"],
            user=self._user,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        if self._resumed:
            self._resumed.wait()

    def resume(self) -> None:
        """Start the server again, with all that it held."""
        with (self._folder / "log").open("ab") as log:
            self._resumed = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data],
                user=self._user,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def freeze(self) -> None:
        """Stop all its processes where they are (SIGSTOP): connections hang."""
        for process in self._processes():
            os.kill(process, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        for process in self._processes():
            os.kill(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """The server, then the processes that serve its connections."""
        server = int((self._data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii")
        return [server, *map(int, children.split())]

    def stop(self) -> None:
        """Stop the server and remove all that it wrote."""
        if self._resumed and self._resumed.poll() is None:
            self._resumed.send_signal(signal.SIGINT)
            self._resumed.wait()
        super().stop()

"""A database for the tests: a pytest plugin, loaded in pyproject.toml by `-p`.

Without DATABASE_URL it is a private PostgreSQL, which is removed when the tests end, however they
end. `--sqlite` takes SQLite instead.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from urllib.parse import quote

import pytest

from tools.servers.cluster import Cluster, NoServerError, server_programs


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("database").addoption(
        "--sqlite", action="store_true", help="run on SQLite instead of a private PostgreSQL"
    )


@pytest.hookimpl(tryfirst=True)  # before pytest-django reads the settings
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    # The site's own tests run in the workshop; those of the public settings start processes.
    os.environ["DEBUG"] = "1"
    if early_config.known_args_namespace.sqlite:
        folder = tempfile.mkdtemp(prefix="programme-")
        early_config.add_cleanup(lambda: shutil.rmtree(folder))
        os.environ["DATABASE_URL"] = f"sqlite:///{quote(folder)}/db.sqlite3"
    elif "DATABASE_URL" not in os.environ:
        try:
            cluster = Cluster(server_programs())
            early_config.add_cleanup(cluster.stop)
            os.environ["DATABASE_URL"] = cluster.start()
        except NoServerError as error:
            raise pytest.UsageError(
                f"{error} Or name a server in DATABASE_URL, or run on SQLite with --sqlite."
            ) from error

"""deploy/upgrade with a small site of its own; the machine's own programs are stood in for."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_project import ROOT

MANAGE = """
import os, pathlib, signal, sys
command = sys.argv[1]
with open(os.environ["TOLD"], "a") as told:
    print(command, pathlib.Path.cwd().name[11:], file=told)
if command == "static_headers":
    print(f"headers of {pathlib.Path('name').read_text()}")
if command == os.environ.get("FAILS"):
    sys.exit(3)
if command == os.environ.get("HANGS_UP"):
    os.kill(os.getppid(), signal.SIGHUP)
if command == "collectstatic":
    name, static = pathlib.Path("name").read_text(), pathlib.Path("staticfiles")
    static.mkdir()
    (static / name).touch()
    (static / "site.css").write_text(name)
"""

STAND_INS = {
    "runuser": 'shift 3; exec "$@"',
    "setpriv": 'while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"',
    "install": "for last; do :; done; mkdir -p $last",
    "chown": ":",
    "nginx": ":",
    "systemctl": 'echo "$*" >> $TOLD; [ "$*" != "${FAILS:-}" ]',
    "python3": f"""mkdir -p .venv/bin; ln -s /bin/true .venv/bin/pip
printf '#!/bin/sh\\nexec {sys.executable} "$@"\\n' > .venv/bin/python; chmod +x .venv/bin/python""",
}


class Machine:
    """A machine with releases in a repository, of which some are put into place."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "srv"
        self.told = folder / "told"
        self.work = folder / "work"
        self.units = folder / "units"
        self.environment = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PROGRAMME_HOME": str(self.home),
            "PROGRAMME_UNITS": str(self.units),
            "SETTINGS": str(folder / "settings"),
            "TOLD": str(self.told),
            "GIT_CONFIG_GLOBAL": str(folder / "settings"),
        }
        (folder / "settings").touch()
        for name in ("bin", "units", "work"):
            (folder / name).mkdir()
        for name, text in STAND_INS.items():
            program = folder / "bin" / name
            program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            program.chmod(0o755)
        for room in ("config", "meetings", "panels", "programme"):
            (self.work / room).mkdir()
            (self.work / room / "__init__.py").touch()
        (self.work / "deploy").symlink_to(ROOT / "deploy")
        (self.work / "manage.py").write_text(MANAGE, encoding="utf-8")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("clone", "--quiet", "--mirror", ".", str(self.home / "source.git"))

    def git(self, *words: str) -> str:
        """Say something to git, in the developers' repository."""
        who = ["-c", "user.name=developer", "-c", "user.email=developer@example.org"]
        command = ["git", *who, *words]
        run = subprocess.run(
            command, cwd=self.work, env=self.environment, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    def release(self, name: str) -> None:
        """Make a release."""
        (self.work / "name").write_text(name, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", name)
        self.git("tag", name)

    def upgrade(self, name: str, variables: dict[str, str] | None = None) -> int:
        """Go over to a release; give the exit status."""
        self.told.unlink(missing_ok=True)
        # As at an operator's terminal: tests that outlive theirs (nohup) are deaf to its end.
        at_a_terminal = ["env", "--default-signal=HUP"]
        command = [*at_a_terminal, "/bin/sh", str(ROOT / "deploy/upgrade"), name]
        environment = self.environment | (variables or {})
        return subprocess.run(
            command, cwd="/", env=environment, capture_output=True, check=False
        ).returncode

    def go_back(self, name: str) -> None:
        """Go back to a release that is kept, as the guide says."""
        self.told.unlink()
        (release,) = (
            one.parent
            for one in self.home.glob("releases/*/name")
            if one.read_text(encoding="utf-8") == name
        )
        (self.home / "site").unlink()
        (self.home / "site").symlink_to(release)
        subprocess.run([self.home / "site/deploy/restart"], env=self.environment, check=True)

    @property
    def running(self) -> str:
        """The release to which the link leads."""
        return (self.home / "site/name").read_text(encoding="utf-8")

    def folders(self) -> set[str]:
        """The releases that are kept."""
        return {one.read_text(encoding="utf-8") for one in self.home.glob("releases/*/name")}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine on which v1 runs, and v2 can be had."""
    machine = Machine(tmp_path)
    machine.release("v1")
    assert machine.upgrade("v1") == 0
    machine.release("v2")
    return machine


def test_new_release_takes_over_once_it_is_built_and_the_old_one_has_taken_a_backup(
    machine: Machine,
) -> None:
    old, new = (machine.git("rev-parse", "--short=12", name) for name in ("v1", "v2"))

    assert machine.upgrade("v2") == 0

    assert machine.running == "v2"
    assert machine.told.read_text(encoding="utf-8").splitlines()[:10] == [
        f"compile_messages {new}",
        f"collectstatic {new}",
        f"write_notices {new}",
        f"back_up {old}",
        f"migrate {new}",
        f"check {new}",
        f"static_headers {new}",
        "daemon-reload",
        "restart programme@1",
        "restart programme@2",
    ]
    assert {one.name for one in (machine.home / "static").iterdir()} == {"site.css", "v1", "v2"}
    headers = (machine.home / "static-headers.conf").read_text(encoding="utf-8")
    assert headers == "headers of v2\n"


def test_static_file_that_is_replaced_is_whole_for_whoever_reads_it(machine: Machine) -> None:
    with (machine.home / "static/site.css").open(encoding="utf-8") as read:
        assert machine.upgrade("v2") == 0

        assert read.read() == "v1"
    assert (machine.home / "static/site.css").read_text(encoding="utf-8") == "v2"


def test_two_upgrades_do_not_run_at_the_same_time(machine: Machine) -> None:
    with (machine.home / "releases/.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert machine.upgrade("v2") == 1

    assert machine.running == "v1"
    assert machine.upgrade("v2") == 0


@pytest.mark.parametrize("step", ["compile_messages", "collectstatic", "back_up", "migrate"])
def test_step_that_fails_leaves_the_site_as_it_is(machine: Machine, step: str) -> None:
    assert machine.upgrade("v2", {"FAILS": step}) == 3

    assert machine.running == "v1"
    assert machine.folders() == {"v1"}
    assert "restart" not in machine.told.read_text(encoding="utf-8")


@pytest.mark.parametrize("step", ["collectstatic", "migrate"])
def test_operator_whose_connection_is_cut_leaves_the_site_as_it_is(
    machine: Machine, step: str
) -> None:
    assert machine.upgrade("v2", {"HANGS_UP": step}) == 1

    assert machine.running == "v1"
    assert machine.folders() == {"v1"}


def test_process_that_does_not_start_leaves_the_other_alone(machine: Machine) -> None:
    assert machine.upgrade("v2", {"FAILS": "restart programme@1"}) == 1

    assert machine.told.read_text(encoding="utf-8").splitlines()[-1] == "restart programme@1"
    assert machine.folders() == {"v1", "v2"}


def test_settings_that_are_wrong_stop_no_process(machine: Machine) -> None:
    assert machine.upgrade("v2", {"FAILS": "check"}) == 1

    assert "restart" not in machine.told.read_text(encoding="utf-8")


def test_way_back_brings_the_units_of_that_release_too(machine: Machine) -> None:
    assert machine.upgrade("v2") == 0
    units = [*machine.units.iterdir()]
    for one in units:
        one.unlink()

    machine.go_back("v1")

    assert machine.running == "v1"
    assert {*machine.units.iterdir()} == {*units}
    assert machine.told.read_text(encoding="utf-8").splitlines()[2:] == [
        "daemon-reload",
        "restart programme@1",
        "restart programme@2",
    ]


@pytest.mark.parametrize("name", ["v1", "v9"])
def test_release_that_runs_or_is_unknown_is_refused(machine: Machine, name: str) -> None:
    assert machine.upgrade(name) == 1

    assert machine.running == "v1"
    assert not machine.told.exists()


def test_three_releases_are_kept(machine: Machine) -> None:
    for name in ("v3", "v4"):
        machine.release(name)

    assert [machine.upgrade(name) for name in ("v2", "v3", "v4")] == [0, 0, 0]

    assert machine.folders() == {"v2", "v3", "v4"}

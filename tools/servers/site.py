"""The site as deploy/ runs it, in a temporary folder: processes behind the shipped nginx."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import django

from config import ready
from tools.servers.database import Database

ROOT = Path(__file__).resolve().parents[2]
HOST = "programme.example.org"
SECONDS_TO_STOP = 20
MODULES = Path("/etc/nginx/modules-enabled")
SHIPPED = ROOT / "deploy/nginx"

FROM = "X-Test-Address"
"""The header in which a test says from where it asks; the shipped proxy knows no such thing."""

MORE = f"""
    set_real_ip_from 127.0.0.1;
    real_ip_header {FROM};
    location = /file {{{{
        types {{{{ }}}}
        default_type text/html;
        add_header Content-Encoding br;
        alias {{home}}/files/page;
    }}}}
    include {{home}}/server.conf;"""


class Site:
    """Processes of the site, by name, each on a socket or a port of its own."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self.static = folder / "static"
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "PROXY_SSL_HEADER": "X-Forwarded-Proto",
            "PROXY_ADDRESS_HEADER": "X-Real-IP",
            "DATABASE_URL": database_url,
            "SPOOL_DIR": str(folder / "spool"),
            "STATIC_ROOT": str(self.static),
            "LOG_LEVEL": "WARNING",
            "MALLOC_ARENA_MAX": "2",  # as the unit has it
        }
        self.port = self.port_for_programs = self.port_for_redirects = 0
        """Where nginx listens, once it runs: for https, for programs, for http."""
        self.certificate: Path | None = None
        """The folder of a certificate with which nginx is to end TLS itself."""
        self._nginx = ExitStack()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_nginx()
        for name in [*self._processes]:
            self.stop(name)

    def manage(self, *command: str) -> None:
        """Run a command of the site's, as an operator would."""
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def run(self, module: str) -> str:
        """Run a module of ours on its database; give what it prints."""
        run = subprocess.run(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    def prepare(self) -> None:
        """Make the tables and collect the static files."""
        self.manage("compile_messages")
        self.manage("collectstatic", "--noinput")
        self.manage("write_notices")
        self.manage("migrate")

    # --- processes ---------------------------------------------------------------------------

    def socket(self, name: str) -> Path:
        """Where a process listens, as the units have it."""
        path = self.folder / "run" / name / "web.sock"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def start(self, name: str, **more: str) -> float:
        """Start a process on its socket and wait until it is ready; give the seconds it took."""
        path = str(self.socket(name))
        return self._start(name, path, "config.serve", "--socket", path, **more)

    def start_on_port(self, name: str, module: str = "config.serve", **more: str) -> int:
        """Start a process on a free port, to be measured without a proxy; give the port."""
        port = free_port()
        self._start(name, str(port), module, "--port", str(port), **more)
        return port

    def _start(self, name: str, where: str, module: str, *options: str, **more: str) -> float:
        began = time.monotonic()
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", module, *options],
                cwd=ROOT,
                env=self.environment | more,
                stdout=log,
                stderr=log,
            )
        if not ready.wait(where):
            raise RuntimeError(f"{name} does not start: {self.log(name)[-2000:]}")
        return time.monotonic() - began

    def stop(self, name: str) -> None:
        """Stop a process as the service manager does: it ends what is under way."""
        process = self._processes.pop(name)
        process.terminate()
        process.wait(timeout=SECONDS_TO_STOP)

    def restart(self, name: str) -> float:
        """Restart a process, as the guide for operators does one after the other."""
        self.stop(name)
        return self.start(name)

    def memory(self, name: str) -> dict[str, float]:
        """Megabytes (PSS) of a process: of the server itself and of its worker."""
        server = self._processes[name].pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii")
        worker, *_ = map(int, children.split())
        return {"server": megabytes(server), "worker": megabytes(worker)}

    def log(self, name: str) -> str:
        """All that a process wrote down."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    # --- the proxy ---------------------------------------------------------------------------

    def start_nginx(self, edit: Callable[[str], str] = str) -> int:
        """Run the shipped nginx configuration in front of the sockets; give its port.

        Its listening addresses and paths are those of this run, and TLS is ended before it unless
        there is a certificate. One more address, /file, serves the content of files/page as a
        static file. `edit` may change each of the shipped files before.
        """
        program = nginx_program()
        if not program:
            raise RuntimeError("nginx is needed: on Debian, apt-get install nginx-light.")
        ports = free_port(), free_port(), free_port()
        self.port, self.port_for_programs, self.port_for_redirects = ports
        home = self.folder / "nginx"
        for name in ("cache", "temporary", "files", "certificates"):
            (home / name).mkdir(parents=True, exist_ok=True)
        for name, text in adapted(self, home, ports, edit).items():
            (home / name).write_text(text, encoding="utf-8")
        command = [program, "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
        with (home / "output.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        self._nginx.callback(stopped, process)
        wait_for(self.port, process, home / "output.log")
        return self.port

    def stop_nginx(self) -> None:
        """Stop the proxy, if it runs."""
        self._nginx.close()


@contextmanager
def site_of_its_own() -> Iterator[tuple[Site, Database]]:
    """A site with tables and no rows in a PostgreSQL of its own, which we may read and write."""
    database = Database()
    url = database.start()
    try:
        with tempfile.TemporaryDirectory(prefix="site-") as folder, Site(Path(folder), url) as site:
            site.prepare()
            os.environ.update(site.environment)
            django.setup()
            yield site, database
    finally:
        database.stop()


def nginx_program() -> str | None:
    """The path of nginx, which Debian keeps out of the PATH of most; None without it."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


def adapted(
    site: Site, home: Path, ports: tuple[int, int, int], edit: Callable[[str], str]
) -> dict[str, str]:
    """The shipped files with addresses and paths of this run; all else as it is."""
    folder, (port, for_programs, for_redirects) = site.folder, ports
    tls = " ssl http2" if site.certificate else ""
    temporary = "".join(
        f"    {kind}_temp_path {home}/temporary;\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    changes = {
        "user www-data;": "daemon off;" + (" user root;" if os.geteuid() == 0 else ""),
        "/run/nginx.pid": f"{home}/pid",
        "/var/log/nginx/error.log": f"{home}/error.log",
        "/etc/nginx/conf.d/*.conf;": f"{home}/programme.conf;\n{temporary}",
        "listen 443 ssl http2": f"listen 127.0.0.1:{port}{tls}",
        "/etc/ssl/programme/": f"{site.certificate}/",
        "listen 127.0.0.1:9180;": f"listen 127.0.0.1:{for_programs};",
        "listen 80": f"listen 127.0.0.1:{for_redirects}",
        "include /srv/programme/site/deploy/nginx/server.conf;": MORE.format(home=home),
        "X-Forwarded-Proto $scheme;": "X-Forwarded-Proto https;",
        "/run/programme/": f"{folder}/run/",
        "/run/programme-pages": f"{home}/cache",
        "/var/log/nginx/programme.log": f"{home}/access.log",
        "root /srv/programme;": f"root {folder};",
        "include /srv/programme/static-headers": f"include {folder}/static-headers",
        "include /srv/programme/site/deploy/nginx/": f"include {home}/",
        "root /srv/programme/static;": f"root {folder}/static;",
        "root /var/www/html;": f"root {home}/certificates;",
    }
    shipped = {one.name: edit(one.read_text(encoding="utf-8")) for one in SHIPPED.glob("*.conf")}
    for old, new in changes.items():
        if not any(old in text for text in shipped.values()):
            raise RuntimeError(f"deploy/nginx no longer says {old!r}.")
        shipped = {name: text.replace(old, new) for name, text in shipped.items()}
    absent = [r"listen \[::\]"]
    absent += [] if site.certificate else [r"ssl_\w+"]
    absent += [] if list(MODULES.glob("*brotli-static*")) else ["brotli_static"]
    gone = re.compile(rf"^ *({'|'.join(absent)}).*\n", flags=re.MULTILINE)
    return {name: gone.sub("", text) for name, text in shipped.items()}


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a port takes connections."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(log.read_text(encoding="utf-8"))


def stopped(process: subprocess.Popen[bytes]) -> None:
    """Stop a program that we started."""
    process.terminate()
    process.wait(timeout=SECONDS_TO_STOP)


def megabytes(process: int) -> float:
    """The memory of a process; what it shares is divided among those that share it (PSS)."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, flags=re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0

"""Programs the tests run against, each a throwaway: PostgreSQL, Redis, Shopfloor itself.

Every one lives in its own temporary folder and dies with the test process, even when that is killed.
`python -m tests.support.services postgresql` exits 0 when that service can be started here.
"""

from __future__ import annotations

import glob
import http.client
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

#: What to install for each service, as Debian names it.
PACKAGES = {"postgresql": "postgresql", "redis": "redis-server", "chromium": "chromium-headless-shell"}

#: The shell comes first: the same engine without windows, tabs and their furniture, at 0.4 of the CPU.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

#: Asks the kernel to end a child when the test process ends, whichever way.
_DIE_WITH_PARENT = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []


class ServiceFailed(RuntimeError):
    """A service did not come up; the text holds its log."""


@dataclass(frozen=True)
class Service:
    """A running service: the address clients use, and its process."""

    address: str
    process: subprocess.Popen[bytes]


def program(name: str) -> str | None:
    """The path of the program behind service `name`, or None when it is not installed."""
    if name == "postgresql":
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"), key=_version_in)
        path = found[-1] if found else shutil.which("postgres")
        return path if path and _postgres_user() is not None else None
    if name == "redis":
        return shutil.which("redis-server")
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def why_missing(name: str) -> str | None:
    """Why service `name` can't be used here, or None when it can."""
    if program(name) is None:
        return f"{name} is not installed (apt-get install {PACKAGES[name]})"
    return None


def free_port() -> int:
    """A TCP port of this machine on which nobody listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def postgresql(kept: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster; yields the SQLAlchemy address of its first database, which is empty in a fresh one.

    It is thrown away in the end, unless a folder is given in which it is `kept`; it may lose what it acknowledged,
    unless it is `durable`. It listens on a socket in a folder of its own alone, so it needs no port and nobody else
    finds it. PostgreSQL refuses to run as root: then it runs as the user `postgres`.
    """
    server = program("postgresql")
    assert server is not None
    user = _postgres_user()
    with _folder(user) as folder:
        data, log = kept or folder / "data", folder / "log"
        if not (data / "PG_VERSION").exists():
            _make_cluster(Path(server).with_name("initdb"), data, user)
        sure = "on" if durable else "off"
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": sure,
            "synchronous_commit": sure,
            "full_page_writes": sure,
            "max_connections": "60",
            "shared_buffers": "64MB",
        }
        command = [server, "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        # A fast shutdown (SIGINT) does not wait for clients that a failed test left behind.
        with _running(command, log, stop=signal.SIGINT, user=user, cwd=folder) as process:
            wait_for(lambda: _postgres_answers(folder), process, log)
            yield f"postgresql+psycopg://shopfloor@/postgres?host={folder}"


def _make_cluster(initdb: Path, data: Path, user: str | None) -> None:
    data.mkdir(parents=True, exist_ok=True)
    if user is not None:
        shutil.chown(data, user)
    command = [str(initdb), "--pgdata", str(data), "--username", "shopfloor"]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run(command, user=user, cwd="/", capture_output=True, check=False)
    if made.returncode != 0:
        raise ServiceFailed(made.stderr.decode(errors="replace"))


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis without persistence on a free port; yields its address."""
    server = program("redis")
    assert server is not None
    with _folder(None) as folder:
        port = free_port()
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        log = folder / "log"
        with _running(command, log, stop=signal.SIGTERM, cwd=folder) as process:
            wait_for(lambda: _listens(port), process, log)
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def running(
    command: Sequence[str], *, port: int, log: Path, environ: dict[str, str], cwd: Path
) -> Iterator[Service]:
    """Run a web server on `port` for as long as the block lasts; what it prints goes to `log`."""
    address = f"http://127.0.0.1:{port}"
    with _running(command, log, stop=signal.SIGTERM, cwd=cwd, env=environ) as process:
        wait_for(lambda: _serves(address), process, log)
        yield Service(address, process)


def wait_for(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float = 150
) -> None:
    """Wait until `ready` says so. Raises `ServiceFailed` with the log when the process ends or time is up."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            text = log.read_text(errors="replace") if log.exists() else ""
            raise ServiceFailed(f"{process.args!r} is not ready\n{text[-4000:]}")
        pause.wait(0.05)


@contextmanager
def _running(
    command: Sequence[str], log: Path, *, stop: signal.Signals, **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*_DIE_WITH_PARENT, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options
        )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _folder(user: str | None) -> Iterator[Path]:
    """A temporary folder that belongs to `user`. Its path is short: a socket's may have 107 bytes at most."""
    folder = Path(tempfile.mkdtemp(prefix="shopfloor-", dir="/tmp"))
    if user is not None:
        shutil.chown(folder, user)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_user() -> str | None:
    """Whom to run PostgreSQL as: ourselves, or `postgres` for root; None when there is no such user."""
    try:
        return (
            "postgres" if os.getuid() == 0 and pwd.getpwnam("postgres") else pwd.getpwuid(os.getuid()).pw_name
        )
    except KeyError:
        return None


def _version_in(path: str) -> float:
    return float(Path(path).parts[-3])


def _postgres_answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user="shopfloor", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _serves(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=60).close()
    except (OSError, http.client.HTTPException):
        return False
    return True


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(1 if why_missing(sys.argv[1]) else 0)

"""Starting and stopping real servers on free ports."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Seconds a server may take to start.
PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> int:
        """Resident bytes of the process that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = Path(f"/proc/{children[0]}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE")


@contextmanager
def serve(target: str, environment: dict[str, str]) -> Iterator[Server]:
    """Run `target` ("module:object") under the product's own server settings until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", target]
    if target != "wsgi:flask_app":
        command[3:5] = [
            "--worker-class",
            "gthread",
            "--workers",
            "1",
            "--threads",
            "64",
            "--bind",
            f"127.0.0.1:{port}",
        ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")

"""Running a few lines of the product's code in a process of their own, to race or to be killed."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

from tests.support.sources import ROOT


class Script:
    """A running script: talk to it by text lines."""

    def __init__(self, script: str, arguments: list[str], environ: dict[str, str]) -> None:
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        wanted = {"script": script, "arguments": arguments, "environ": environ}
        self.pid = _ask(json.dumps(wanted).encode(), [read_there, write_there])
        os.close(read_there)
        os.close(write_there)
        self.stdin = os.fdopen(write_here, "w", encoding="utf-8")
        self.stdout = os.fdopen(read_here, encoding="utf-8")
        self._ended = os.pidfd_open(self.pid)
        self.returncode: int | None = None

    def kill(self) -> None:
        """End it without warning; nothing happens when it has ended."""
        if self.returncode is None:
            signal.pidfd_send_signal(self._ended, signal.SIGKILL)

    def poll(self) -> int | None:
        """Its exit code when it has ended, else None."""
        if self.returncode is None and select.select([self._ended], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; its exit code, or minus the signal that ended it. Raises `TimeoutError`."""
        if self.returncode is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise TimeoutError(f"process {self.pid} runs on")
            self.returncode = _ask(str(self.pid).encode())
            os.close(self._ended)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """What it still says until it ends, and nothing else; it is killed when that takes longer."""
        watch = threading.Timer(timeout or threading.TIMEOUT_MAX, self.kill)
        watch.start()
        self.stdin.close()
        said = self.stdout.read()
        self.stdout.close()
        self.wait()
        watch.cancel()
        return said, None


#: The nursery's process, kept so that nobody wonders about it.
_started: list[subprocess.Popen[bytes]] = []


def start_script(script: str, *arguments: object, database: str, folder: Path) -> Script:
    """Run Python `script` on the database at an address, with `folder` for its files; talk to it by text lines."""
    settings = {"DATABASE_URL": database, "DATA_DIR": str(folder), "WORKER": "none", "LOG_LEVEL": "ERROR"}
    environ = {**os.environ, **{f"SHOPFLOOR_{name}": value for name, value in settings.items()}}
    return Script(script, [str(each) for each in arguments], environ)


def _ask(message: bytes, streams: list[int] | None = None) -> int:
    nursery = _nursery()
    socket.send_fds(nursery, [message], streams or [])
    return int(nursery.recv(64))


@cache
def _nursery() -> socket.socket:
    """A connection to this process's nursery (see there), which is started at the first need."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHOPFLOOR_")}
    _started.append(
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery", str(there.fileno())],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            pass_fds=[there.fileno()],
        )
    )
    there.close()
    return here

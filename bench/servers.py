"""Starting and stopping real servers on free ports."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select

from tests.support import services

ROOT = Path(__file__).resolve().parent.parent
#: The product's own server settings, as `make run` uses them.
PRODUCT = ("--config", "deploy/gunicorn.conf.py", "wsgi:flask_app")
#: The same server with nothing of the product.
HELLO = ("--worker-class", "gthread", "--threads", "200", "bench.hello:flask_app")


#: A server rests when it computes less than this in a second.
IDLE = 0.05
MOST_SECONDS_BUSY = 180


class StillBusy(Exception):
    """A server that is to be measured does something else, or nothing any more."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    master: int

    def memory(self) -> int:
        """Resident bytes of the process that answers."""
        return self._of_worker("statm", 1) * os.sysconf("SC_PAGESIZE")

    def cpu_seconds(self) -> float:
        """What the process that answers has computed since its start."""
        return (self._of_worker("stat", 13) + self._of_worker("stat", 14)) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until what a start leaves to do is done: what a new company has told nobody yet, jobs that were due.

        Raises `StillBusy` when it computes for minutes on end, or ends.
        """
        ended = os.pidfd_open(self.master)
        try:
            before = self.cpu_seconds()
            for _second in range(MOST_SECONDS_BUSY):
                if select([ended], [], [], 1)[0]:
                    raise StillBusy("the server ended before it was measured")
                now = self.cpu_seconds()
                if now - before < IDLE:
                    return
                before = now
        finally:
            os.close(ended)
        raise StillBusy(f"the server has not come to rest in {MOST_SECONDS_BUSY} seconds")

    def _of_worker(self, name: str, field: int) -> int:
        worker = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()[0]
        return int(Path(f"/proc/{worker}/{name}").read_text().split()[field])


@contextmanager
def serve(arguments: tuple[str, ...], environment: dict[str, str]) -> Iterator[Server]:
    """Run gunicorn with these arguments until the block ends. Raises `ServiceFailed` with its log."""
    port = services.free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *arguments]
    with (
        tempfile.TemporaryDirectory() as folder,
        services.running(
            command,
            port=port,
            log=Path(folder) / "log",
            environ={**environment, "HOST": "127.0.0.1", "PORT": str(port)},
            cwd=ROOT,
        ) as running,
    ):
        yield Server(port, running.process.pid)


def several_processes(environment: dict[str, str], redis: str) -> dict[str, str]:
    """The settings of a server with a process for each core, joined by Redis; jobs would run in `flask worker`."""
    return {
        **environment,
        "SHOPFLOOR_WEB_PROCESSES": str(os.cpu_count() or 1),
        "SHOPFLOOR_REDIS_URL": redis,
        "SHOPFLOOR_WORKER": "outside",
    }

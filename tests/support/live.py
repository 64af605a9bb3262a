"""A real server process for tests: the same gunicorn and settings as `make run`, in a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

import config as configuration
from app import create_app
from app.search import service as search
from tests.support import services
from tests.support.sources import ROOT


@dataclass(frozen=True)
class LiveServer:
    """A running Shopfloor."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    environ: dict[str, str]

    def flask(self, *arguments: str) -> str:
        """Run a command of the product on the server's data; what it printed. Raises when it fails."""
        return run_flask(self.environ, *arguments)

    @contextmanager
    def data(self) -> Iterator[Flask]:
        """Work on the server's database in this process, with factories and services.

        Events emitted inside are delivered by the server's own worker.
        """
        flask_app = create_app(configuration.load(self.environ, worker="none"))
        with flask_app.app_context():
            yield flask_app


@contextmanager
def live_server(folder: Path, *, prepare: bool = True, **settings: str) -> Iterator[LiveServer]:
    """Serve from `folder` on a free port; `settings` are environment variables without their prefix.

    With `prepare` the database is migrated and the search index made first.
    """
    port = services.free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHOPFLOOR_")}
    environ |= {"SHOPFLOOR_DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    environ |= {f"SHOPFLOOR_{name.upper()}": value for name, value in settings.items()}
    if prepare:
        _prepare(environ)
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:flask_app"]
    with services.running(
        command, port=port, log=folder / "server.log", environ=environ, cwd=ROOT
    ) as running:
        yield LiveServer(running.address, folder, running.process, environ)


def _prepare(environ: dict[str, str]) -> None:
    """What `flask db upgrade` and `flask search rebuild` do, without starting Python twice more."""
    with create_app(configuration.load(environ, worker="none")).app_context():
        upgrade()
        search.rebuild()


def run_flask(environ: dict[str, str], *arguments: str) -> str:
    """Run `flask …` with `environ`; what it printed. Raises `ServiceFailed` with its messages when it fails."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise services.ServiceFailed(f"flask {' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
    return done.stdout

"""A real server process for tests: the same gunicorn and settings as `make run`, in a data folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade

import config as configuration
from app import create_app
from app.core import shared
from app.core.db import db
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
        flask_app = _application(self.environ)
        with flask_app.app_context():
            shared.forget_now()
            yield flask_app


@contextmanager
def live_server(folder: Path, *, prepare: bool = True, **settings: str) -> Iterator[LiveServer]:
    """Serve from `folder` on a free port; `settings` are environment variables without their prefix.

    With `prepare` it begins with an empty, migrated database and search index. Browsers keep the static files, as in
    production: in development each page asks sixty times whether one has changed, which takes as long as the page.
    """
    settings = {"environment": "test", **settings}
    port = services.free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHOPFLOOR_")}
    environ |= {"SHOPFLOOR_DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    environ |= {f"SHOPFLOOR_{name.upper()}": value for name, value in settings.items()}
    if prepare:
        shutil.copytree(_pristine().name, folder, dirs_exist_ok=True)
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:flask_app"]
    # Longer than any test waits for the end: on a busy machine ten seconds pass before a sound worker has stopped.
    command += ["--graceful-timeout", "120"]
    with services.running(
        command, port=port, log=folder / "server.log", environ=environ, cwd=ROOT
    ) as running:
        yield LiveServer(running.address, folder, running.process, environ)


@cache
def _pristine() -> TemporaryDirectory[str]:
    """A folder with what `flask db upgrade` and `flask search rebuild` make, to be copied; made once."""
    folder = TemporaryDirectory(prefix="shopfloor-")
    environ = {"SHOPFLOOR_DATA_DIR": folder.name, "SHOPFLOOR_SECRET_KEY": "nobody's, and kept nowhere"}
    with _application(environ).app_context():
        upgrade()
        search.rebuild()
        db.engine.dispose()  # the last connection moves what is in the log into the file
    return folder


#: The application made last in this process, and what it was made for.
_latest: list[tuple[dict[str, str], Flask]] = []


def _application(environ: dict[str, str]) -> Flask:
    """This process's application on the data of a server. One at a time: a further one takes its place."""
    if not _latest or _latest[0][0] != environ:
        _latest[:] = [(environ, create_app(configuration.load(environ, worker="none")))]
    return _latest[0][1]


def run_flask(environ: dict[str, str], *arguments: str) -> str:
    """Run `flask …` with `environ`; what it printed. Raises `ServiceFailed` with its messages when it fails."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise services.ServiceFailed(f"flask {' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
    return done.stdout

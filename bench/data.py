"""The demo company of a size on a database: made once and kept; each run works on a copy of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.servers import ROOT
from tests.support import services

#: Where prepared companies are kept.
FOLDER = Path(os.environ.get("SHOPFLOOR_BENCH_DIR", ROOT / "var" / "bench"))

Environment = dict[str, str]


def databases() -> list[str]:
    """The databases this machine has."""
    return ["sqlite"] if services.why_missing("postgresql") else ["sqlite", "postgresql"]


@contextmanager
def company(size: str, database: str) -> Iterator[Environment]:
    """The settings of a server on a fresh copy of the company."""
    kept = FOLDER / f"{size}-{database}"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
        if database == "sqlite":
            _prepare(kept, size, settings(kept / "data"))
            shutil.copytree(kept / "data", scratch, dirs_exist_ok=True)
            yield settings(Path(scratch))
        else:
            with services.postgresql(kept / "cluster", durable=True) as address:
                _prepare(kept, size, settings(kept / "data", address))
                shutil.copytree(kept / "data", scratch, dirs_exist_ok=True)
                yield settings(Path(scratch), _copied(address))


def settings(folder: Path, address: str = "") -> Environment:
    """The environment of a server that keeps its data in `folder`, and nothing of the caller's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHOPFLOOR_")}
    own = {"SHOPFLOOR_DATA_DIR": str(folder), "SHOPFLOOR_LOG_LEVEL": "WARNING"}
    return {**kept, **own, **({"SHOPFLOOR_DATABASE_URL": address} if address else {})}


def sessions(environment: Environment, people: int) -> list[str]:
    """Session tokens of so many people of the company, always the same ones."""
    command = [sys.executable, "-m", "bench.people", str(people)]
    out = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    tokens: list[str] = json.loads(out.splitlines()[-1])
    return tokens


def _prepare(kept: Path, size: str, environment: Environment) -> None:
    """Makes the company where there is none yet; one that was kept by an older version gets what came since."""
    done = kept / "prepared"
    if not done.exists():
        print(f"Preparing a demo company ({size}) in {kept}; it is kept for the next time.", flush=True)
    _flask(environment, "db", "upgrade")
    if done.exists():
        return
    _flask(environment, "demo", "load", "--size", size, "--if-empty")
    if "SHOPFLOOR_DATABASE_URL" in environment:
        with _connected(environment["SHOPFLOOR_DATABASE_URL"]) as connection:
            connection.execute("VACUUM ANALYZE")
    done.touch()


def _flask(environment: Environment, *command: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command], cwd=ROOT, env=environment, check=True
    )


def _copied(address: str) -> str:
    """The address of a copy of the database at `address`, in the same cluster."""
    with _connected(address.replace("/postgres?", "/template1?")) as connection:
        connection.execute("DROP DATABASE IF EXISTS scratch")
        connection.execute("CREATE DATABASE scratch TEMPLATE postgres")
    return address.replace("/postgres?", "/scratch?")


def _connected(address: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(address.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)

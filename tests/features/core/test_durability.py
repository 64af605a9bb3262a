"""Nothing acknowledged is lost, also when processes are killed or write at the same time."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import select, text

from app.core.db import db
from app.core.settings import Setting

#: Adds one to a shared number and records the step, again and again; acknowledges each step once it is committed.
WRITER = """
import os, sys
from app import create_app
from app.core.settings import get, put
from app.core.unit_of_work import unit_of_work

with create_app().app_context():
    for step in range(int(sys.argv[1])):
        with unit_of_work():
            put("sum", get("sum", 0) + 1)
            put(f"{os.getpid()} {step}", True)
        print(f"{os.getpid()} {step}", flush=True)
"""


@pytest.fixture
def start_writer(real_database, tmp_path):
    """Starts a process that writes `steps` times."""
    started = []
    settings = {
        "SHOPFLOOR_DATABASE_URL": real_database,
        "SHOPFLOOR_DATA_DIR": str(tmp_path),
        "SHOPFLOOR_WORKER": "none",
    }

    def start(steps):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(steps)],
            env={**os.environ, **environ},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def recorded():
    """The steps in the database, and the sum that counts them, as of one moment."""
    db.session.rollback()
    rows = dict(db.session.execute(select(Setting.name, Setting.value)).tuples())
    return rows.pop("sum", 0), set(rows)


def test_a_killed_writer_loses_nothing_it_acknowledged(start_writer):
    for _ in range(3):
        writer = start_writer(100_000)
        acknowledged = {writer.stdout.readline().strip() for _ in range(20)}
        writer.kill()
        acknowledged |= {line.strip() for line in writer.stdout if line.endswith("\n")}

        total, steps = recorded()
        assert acknowledged <= steps
        assert total == len(steps)


@pytest.mark.only_on("sqlite")
def test_writers_queue_instead_of_failing(start_writer):
    """Each reads before it writes: with deferred transactions most would find the database locked."""
    writers = [start_writer(25) for _ in range(4)]

    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    total, steps = recorded()
    assert total == len(steps) == 100


@pytest.mark.only_on("sqlite")
def test_a_killed_writer_leaves_a_sound_file(start_writer):
    writer = start_writer(100_000)
    for _ in range(10):
        writer.stdout.readline()
    writer.kill()
    writer.wait()

    assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"

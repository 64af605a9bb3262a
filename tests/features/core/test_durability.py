"""Nothing acknowledged is lost, also when processes are killed or write at the same time."""

import pytest
from sqlalchemy import select, text

from app.core.db import db
from app.core.settings import Setting
from tests.support.scripts import start_script

pytestmark = pytest.mark.slow

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

    def start(steps):
        process = start_script(WRITER, steps, database=real_database, folder=tmp_path)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stdin.close()


def recorded():
    """The steps in the database, and the sum that counts them, as of one moment."""
    db.session.rollback()
    rows = {row.name: row.value for row in db.session.scalars(select(Setting))}
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
    writers = [start_writer(15) for _ in range(3)]

    assert [writer.wait(timeout=120) for writer in writers] == [0] * 3
    total, steps = recorded()
    assert total == len(steps) == 45


@pytest.mark.only_on("sqlite")
def test_a_killed_writer_leaves_a_sound_file(start_writer):
    writer = start_writer(100_000)
    for _ in range(10):
        writer.stdout.readline()
    writer.kill()
    writer.wait()

    assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"

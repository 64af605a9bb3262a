"""Fixtures that every test may ask for. What they are made of is in tests/support and tests/factories.

A test that touches the database asks for `database` (or for `client`, which builds on it) and sees an empty, migrated
database of the kind named by SHOPFLOOR_TEST_DATABASE: sqlite (the default) or postgresql. Whatever it commits is
undone afterwards. A test of several processes or of real commits asks for `real_database` instead.
"""

import gc
import os
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from flask import has_app_context
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy import Connection, create_engine

import config as configuration
from app import create_app
from app.core import clock, shared
from app.core.db import WRITES, db, engine_options, prepare_engine
from tests.support import services
from tests.support.client import Client
from tests.support.databases import databases, mark_directly

# No test may fail because the machine is busy: speed is what bench/ measures. The whole suite tries the same examples
# each time, so that it judges the change alone; `bin/check` looks for new ones.
settings.register_profile("shopfloor", deadline=None, derandomize="SHOPFLOOR_TEST_RANDOM" not in os.environ)
settings.load_profile("shopfloor")

DATABASE = os.environ.get("SHOPFLOOR_TEST_DATABASE", "sqlite")
#: "journeys", "pages" (the journeys through the demo company) or "code" (everything else); all by default.
PART = os.environ.get("SHOPFLOOR_TEST_PART", "")

TESTS = Path(__file__).parent

#: The frozen moment of tests that ask for `frozen_clock`: a Tuesday, 12:00 in Moscow.
NOON = 1_763_456_400 * clock.SECOND


def pytest_terminal_summary(terminalreporter):
    """Name what this machine could not run, next to the result."""
    missing = [reason for name in services.PACKAGES if (reason := services.why_missing(name))]
    for reason in missing:
        terminalreporter.write_line(f"Not run here: {reason}", yellow=True)


def pytest_ignore_collect(collection_path):
    """Folders of which this process runs nothing are not even read."""
    if PART and collection_path.parent == TESTS and collection_path.is_dir():
        return (collection_path.name == "journeys") == (PART == "code") or None
    return None


def pytest_collection_modifyitems(config, items):
    """Choose what this process runs: on PostgreSQL only what touches the database, as the rest runs beside SQLite.

    Journeys come last: they make further applications in this process, which takes the place of the first one.
    """
    chosen = sorted(filter(_belongs_here, items), key=_is_journey)
    config.hook.pytest_deselected(items=list(set(items).difference(chosen)))
    items[:] = chosen


def pytest_collection_finish():
    """What there is now stays to the end: whoever looks for garbage, some thousand times, leaves it out."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _belongs_here(item):
    only = item.get_closest_marker("only_on")
    if (only is not None and only.args[0] != DATABASE) or (PART and _part(item) != PART):
        return False
    return DATABASE == "sqlite" or "flask_app" in item.fixturenames


def _is_journey(item):
    return "journeys" in item.path.parts


def _part(item):
    if not _is_journey(item):
        return "code"
    return "pages" if "demo_server" in item.fixturenames else "journeys"


@pytest.fixture(scope="session")
def _databases(tmp_path_factory):
    if DATABASE == "postgresql" and (reason := services.why_missing("postgresql")):
        pytest.skip(reason)
    with databases(DATABASE, tmp_path_factory.mktemp("database")) as made:
        yield made


@pytest.fixture(scope="session")
def flask_app(_databases, tmp_path_factory):
    """The application, made once, with a migrated database."""
    made = create_app(
        configuration.load(
            {},
            environment="test",
            worker="none",
            secret_key="only for tests, but long enough to be one",
            data_dir=str(tmp_path_factory.mktemp("data")),
            database_url=_databases.address,
            log_level="WARNING",
        )
    )
    made.test_client_class = Client
    with made.app_context():
        upgrade() if any((configuration.ROOT / "migrations" / "versions").glob("*.py")) else db.create_all()
        db.engine.dispose()
        mark_directly(db.engine.dialect)
    return made


@pytest.fixture
def database(flask_app):
    """An empty database inside one outer transaction. Commits of the code under test end savepoints of it.

    Where the test's module asks for `shared_database`, what was made there is in it.
    """
    with _undone(flask_app):
        yield db


@pytest.fixture(scope="module")
def shared_database(flask_app):
    """A database for what every test of a module looks at and what takes long to make.

    Each test's `database` begins as this one is left by the fixtures of the module. They give plain values to the
    tests, for no row outlives them.
    """
    with _undone(flask_app):
        yield db


@contextmanager
def _undone(flask_app):
    """Whatever is committed inside is undone in the end; one inside another undoes its own part."""
    if has_app_context():
        db.session.remove()
    with flask_app.app_context():
        flask_app.extensions["shopfloor_cards"].clear()  # undone rows give their ids back
        shared.forget_now()
        around = db.engine
        nested = isinstance(around, Connection)
        with nullcontext(around) if nested else around.connect() as connection:
            connection.execution_options(**{WRITES: True})
            outer = connection.begin_nested() if nested else connection.begin()
            db.engines[None] = connection
            db.session.configure(join_transaction_mode="create_savepoint")
            try:
                yield
            finally:
                db.session.remove()
                if not nested:
                    db.session.configure(join_transaction_mode="conditional_savepoint")
                db.engines[None] = around
                outer.rollback()


@pytest.fixture
def real_database(flask_app, _databases):
    """The address of an empty database of its own, to which commits are real; for tests of several processes."""
    with flask_app.app_context():
        shared.forget_now()
        usual = db.engine
        usual.dispose()
        address = _databases.copy()
        engine = create_engine(address, **engine_options(address, synchronous="FULL"))
        prepare_engine(engine, synchronous="FULL")
        db.engines[None] = engine
        try:
            yield address
        finally:
            db.session.remove()
            db.engines[None] = usual
            engine.dispose()


@pytest.fixture
def frozen_clock():
    """The clock, standing still at `NOON`; move it with `clock.advance`."""
    with clock.frozen(NOON):
        yield clock


@pytest.fixture
def client(flask_app, database):
    """A browser without a screen, signed out; `client.sign_in(person)` signs in."""
    return flask_app.test_client()


@pytest.fixture
def new_client(flask_app, database):
    """Makes further clients, for tests of several people or devices."""
    return flask_app.test_client


@pytest.fixture(scope="session")
def redis_url():
    """The address of a throwaway Redis."""
    if reason := services.why_missing("redis"):
        pytest.skip(reason)
    with services.redis_server() as address:
        yield address

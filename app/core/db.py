"""The database: engine options, base class of the models, column types.

SQLite runs in WAL mode with foreign keys on; write units begin IMMEDIATE so that two writers queue instead of
failing (see docs/database.md for the measurements). SQLAlchemy, not the driver, controls BEGIN.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Engine, Integer, MetaData, Table, event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase

#: Names of constraints and indexes are made by rule, so that migrations can name what they drop.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: A row's identity: 64 bits on PostgreSQL, SQLite's rowid on SQLite.
Identity = BigInteger().with_variant(Integer, "sqlite")
#: Microseconds since the epoch, UTC (see `app.core.clock`).
Moment = BigInteger

#: Execution option of a connection whose transaction will write.
WRITES = "shopfloor_writes"
#: Execution option of a connection that reads much, all as of one moment.
STEADY = "shopfloor_steady"
#: What psycopg calls it; SQLite does without psycopg.
_REPEATABLE_READ = 3
#: Seconds after which a connection to PostgreSQL that nobody used is asked whether it still stands.
PING_AFTER = 30


class Model(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(model: type[Model]) -> Table:
    """The table of a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


db = SQLAlchemy(model_class=Model, session_options={"autoflush": False, "expire_on_commit": False})


#: Seconds that who wants to write waits for who is writing. SQLite keeps no queue, so some wait long on a busy machine.
LOCK_PATIENCE = 20


def engine_options(address: str, *, synchronous: str) -> dict[str, Any]:
    """Options for `create_engine` that fit the database at `address`.

    The connection used last is used next, for its pages and statements are in its memory.
    """
    if address.startswith("sqlite"):
        return {
            "connect_args": {"timeout": LOCK_PATIENCE, "check_same_thread": False},
            "pool_size": 16,
            "max_overflow": 64,
            "pool_use_lifo": True,
        }
    return {
        "pool_size": 8,
        "max_overflow": 32,
        "pool_use_lifo": True,
        # Compiling a plan takes longer than any statement of ours runs. Who writes says so: see `WRITES`.
        "connect_args": {
            "prepare_threshold": 3,
            "options": "-c jit=off -c default_transaction_read_only=on",
        },
    }


#: What a database that cannot be had raises: SQLAlchemy's, and the driver's own where we begin a transaction.
UNREACHABLE = (OperationalError, sqlite3.OperationalError, PoolTimeout)


def is_busy(error: Exception) -> bool:
    """Whether too many wanted the database at once: nothing was done, and the same may be tried again."""
    cause = error.orig if isinstance(error, OperationalError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT)
    return isinstance(cause, PoolTimeout)


def prepare_engine(engine: Engine, *, synchronous: str) -> None:
    """Attach the connection habits of this product to `engine`."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, synchronous)
    else:
        _prepare_postgresql(engine)


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        # REPLACE deletes, which append-only tables refuse.
        cursor.execute("PRAGMA recursive_triggers=ON")
        cursor.execute(f"PRAGMA busy_timeout={LOCK_PATIENCE * 1000}")
        cursor.execute("PRAGMA cache_size=-20000")
        cursor.execute("PRAGMA mmap_size=268435456")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # SQLAlchemy's own execution costs more than the statement.
        _driver(connection).execute("BEGIN IMMEDIATE" if _will_write(connection) else "BEGIN")


def _prepare_postgresql(engine: Engine) -> None:
    """Reading takes no transaction, which saves two round trips a page, and can't write by mistake."""

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        driver, writes = _driver(connection), _will_write(connection)
        steady = bool(connection.get_execution_options().get(STEADY, False))
        driver.autocommit = not (writes or steady)
        driver.read_only = False if writes else None
        if steady or driver.isolation_level is not None:
            driver.isolation_level = _REPEATABLE_READ if steady else None

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: object, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, record: Any, _fairy: object) -> None:
        if monotonic() - record.info.get("rests_since", monotonic()) > PING_AFTER:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error


def _will_write(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITES, False))


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


@contextmanager
def steady_reading() -> Iterator[None]:
    """Read as of one moment, and rows one after another (`yield_per`) without holding them all.

    Not inside a unit of work, nor around one: what is read must be at an end before something is written. For commands,
    and what compares many rows with each other; pages have no need of it.
    """
    db.session.rollback()
    db.session.connection(execution_options={STEADY: True})
    try:
        yield
    finally:
        db.session.rollback()

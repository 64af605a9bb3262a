"""The database: engine options, base class of the models, column types.

SQLite runs in WAL mode with foreign keys on; write units begin IMMEDIATE so that two writers queue instead of
failing (see docs/database.md for the measurements). SQLAlchemy, not the driver, controls BEGIN.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Engine, Integer, MetaData, event
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


class Model(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Model, session_options={"autoflush": False, "expire_on_commit": False})


def engine_options(address: str, *, synchronous: str) -> dict[str, Any]:
    """Options for `create_engine` that fit the database at `address`.

    The connection used last is used next, for its pages and statements are in its memory.
    """
    if address.startswith("sqlite"):
        return {
            "connect_args": {"timeout": 10, "check_same_thread": False},
            "pool_size": 16,
            "max_overflow": 64,
            "pool_use_lifo": True,
        }
    return {
        "pool_pre_ping": True,
        "pool_size": 8,
        "max_overflow": 32,
        "pool_use_lifo": True,
        # Compiling a plan takes longer than any statement of ours runs.
        "connect_args": {"prepare_threshold": 3, "options": "-c jit=off"},
    }


def prepare_engine(engine: Engine, *, synchronous: str) -> None:
    """Attach the connection habits of this product to `engine`."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.execute("PRAGMA cache_size=-20000")
        cursor.execute("PRAGMA mmap_size=268435456")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        driver: Any = (
            connection.connection.dbapi_connection
        )  # SQLAlchemy's own execution costs more than the statement
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

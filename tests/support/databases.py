"""Databases for tests: one that is migrated once, used by most tests inside a transaction, and copied by some."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, create_engine, text
from sqlalchemy.engine import make_url

from tests.support import services


class Databases(ABC):
    """Makes databases of one kind; `address` is that of the first, empty one."""

    address: str

    def __init__(self) -> None:
        self._numbers = count(1)

    @abstractmethod
    def copy(self) -> str:
        """The address of a new database equal to the first one, to which nobody may be connected."""


class SqliteDatabases(Databases):
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._first = folder / "pristine.sqlite3"
        self.address = f"sqlite:///{self._first}"

    def copy(self) -> str:
        path = self._first.with_name(f"copy{next(self._numbers)}.sqlite3")
        shutil.copyfile(self._first, path)
        return f"sqlite:///{path}"


class PostgresqlDatabases(Databases):
    """Databases of one throwaway cluster."""

    def __init__(self, cluster: str) -> None:
        super().__init__()
        self._maintenance = make_url(cluster)
        self.address = self._create("pristine", template="template0")

    def copy(self) -> str:
        return self._create(f"copy{next(self._numbers)}", template="pristine")

    def _create(self, name: str, *, template: str) -> str:
        engine = create_engine(self._maintenance, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return self._maintenance.set(database=name).render_as_string(hide_password=False)


def mark_directly(dialect: Dialect) -> None:
    """Have the driver itself begin and end savepoints, which every unit of work of a test is.

    SQLAlchemy compiles each of them anew, for its name is new, which costs more than the statement.
    """

    def run(verb: str) -> Callable[[Connection, str], None]:
        return lambda connection, name: _driver(connection).execute(f"{verb} {name}")

    for act, verb in (
        ("do_savepoint", "SAVEPOINT"),
        ("do_release_savepoint", "RELEASE SAVEPOINT"),
        ("do_rollback_to_savepoint", "ROLLBACK TO SAVEPOINT"),
    ):
        setattr(dialect, act, run(verb))


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    """Databases of `kind` ("sqlite" or "postgresql"); `folder` is for files."""
    if kind == "sqlite":
        yield SqliteDatabases(folder)
        return
    with services.postgresql() as cluster:
        yield PostgresqlDatabases(cluster)

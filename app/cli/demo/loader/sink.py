"""Fast, ordered writing of many rows: `executemany` on SQLite, `COPY` on PostgreSQL.

Rows go into the open unit of work's transaction. Constraints of the schema hold as for every other write.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.core.db import Model, db

#: Rows kept in memory before they are written, over all tables.
_BUFFER = 8_000


class Bin:
    """Rows of one table waiting to be written; a row is a tuple in the order of `columns`.

    Columns that are not named and have a constant default in the model get it.
    """

    def __init__(self, model: type[Model], columns: str) -> None:
        table = model.__table__
        assert isinstance(table, Table)
        self.table = table.name
        self.columns = columns.split()
        unknown = [name for name in self.columns if name not in table.c]
        if unknown:
            raise ValueError(f"{table.name} has no column {', '.join(unknown)}")
        defaults = {
            column.name: column.default.arg
            for column in table.c
            if column.name not in self.columns and isinstance(column.default, ScalarElementColumnDefault)
        }
        self.columns += defaults
        self.types = [table.c[name].type for name in self.columns]
        self._defaults = tuple(defaults.values())
        self.rows: list[Sequence[Any]] = []

    def add(self, *row: Any) -> None:
        """Put a row in. Values are str, int, bool, None, date, and for JSON dict or list."""
        self.rows.append(row + self._defaults)


class Sink:
    """Bins in the order in which they may be written: what is pointed at comes before what points."""

    def __init__(self) -> None:
        self._bins: list[Bin] = []
        self.written = 0

    def bin(self, model: type[Model], columns: str) -> Bin:
        """A bin for the named columns, written after those asked for before. Raises `ValueError` for a wrong name."""
        made = Bin(model, columns)
        self._bins.append(made)
        return made

    def flush_if_full(self) -> None:
        """Write everything when enough has gathered."""
        if sum(len(each.rows) for each in self._bins) >= _BUFFER:
            self.flush()

    def flush(self) -> None:
        """Write everything, table by table. One statement a table."""
        connection = db.session.connection()
        write = _copy if connection.dialect.name == "postgresql" else _insert
        for each in self._bins:
            if each.rows:
                write(connection.connection.cursor(), each)
                self.written += len(each.rows)
                each.rows.clear()


def _insert(cursor: Any, each: Bin) -> None:
    # Names come from the models, never from outside.
    marks = ", ".join("?" for _ in each.columns)
    statement = f"INSERT INTO {each.table} ({', '.join(each.columns)}) VALUES ({marks})"  # noqa: S608
    cursor.executemany(statement, _converted(each, {Date: date.isoformat, JSON: json.dumps}))


def _copy(cursor: Any, each: Bin) -> None:
    with cursor.copy(f"COPY {each.table} ({', '.join(each.columns)}) FROM STDIN") as copy:
        for row in _converted(each, {JSON: json.dumps}):
            copy.write_row(row)


def _converted(each: Bin, by_type: Mapping[type[Any], Callable[[Any], str]]) -> Iterable[Sequence[Any]]:
    """The rows as the driver takes them: columns of the given types go through their function, NULL stays."""
    convert = {
        place: function
        for place, type_ in enumerate(each.types)
        for kind, function in by_type.items()
        if isinstance(type_, kind)
    }
    if not convert:
        return each.rows
    return (
        [
            convert[place](value) if place in convert and value is not None else value
            for place, value in enumerate(row)
        ]
        for row in each.rows
    )

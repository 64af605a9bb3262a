"""Statements compiled once and run as plain rows: how hot pages read.

Building and compiling a SQLAlchemy expression costs more Python than the query costs the database. A `Prepared`
takes the expression once, at import, with `bindparam`s for what varies; the first run compiles it for the database
in use, later runs hand the text to the driver. Lists are passed as one parameter through `among`.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    bindparam,
    cast,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.expression import Executable

from app.core.db import db


class among(ColumnElement[bool]):  # noqa: N801 - reads as an operator: among(column, "ids")
    """`column IN (the list bound to name)` as one parameter, whatever the list's length.

    Bind integers with `ids_value`, which fits the value to the database in use.
    """

    inherit_cache = False
    type = Boolean()

    def __init__(self, column: Any, name: str) -> None:
        self.column = column
        self.name = name
        self.array: BindParameter[Any] = bindparam(name, required=False)

    def self_group(self, against: Any = None) -> among:
        """Itself: without this SQLite would be asked for `… IN (…) = 1` and could use no index."""
        return self


@compiles(among, "sqlite")
def _among_sqlite(element: among, compiler: SQLCompiler, **kwargs: Any) -> str:
    column = compiler.process(element.column, **kwargs)
    array = compiler.process(element.array, **kwargs)
    return f"{column} IN (SELECT value FROM json_each({array}))"  # noqa: S608 - compiled parts, no values


@compiles(among, "postgresql")
def _among_postgresql(element: among, compiler: SQLCompiler, **kwargs: Any) -> str:
    column = compiler.process(element.column, **kwargs)
    return f"{column} = ANY({compiler.process(cast(element.array, ARRAY(BigInteger)), **kwargs)})"


def ids_value(ids: Iterable[int]) -> Any:
    """The value to bind for `among` on the database in use."""
    return _list_value(ids, db.engine.dialect)


def _list_value(ids: Iterable[int], dialect: Dialect) -> Any:
    return json.dumps(list(ids)) if dialect.name == "sqlite" else list(ids)


class _Compiled(NamedTuple):
    """A statement as one database takes it."""

    text: str
    constants: dict[str, Any]
    #: Makes a row of what the driver gives; known after the first run.
    rows: list[Callable[[Iterable[Any]], Any]]


class Prepared:
    """A statement compiled once per dialect. Rows come as the driver gives them: moments are ints, dates maybe text.

    They are named tuples. The statement goes to the driver past SQLAlchemy's execution, which costs more than a small
    SELECT itself, unless somebody listens to what is executed, as tests do that count. A statement that depends on what
    features register is given as the function that makes it, which is called at the first run.
    """

    def __init__(self, statement: Executable | Callable[[], Executable]) -> None:
        self._given = statement
        self._compiled: dict[str, _Compiled] = {}

    @cached_property
    def statement(self) -> Executable:
        """The expression."""
        return self._given() if callable(self._given) else self._given

    def all(self, **values: Any) -> list[Row[Any]]:
        """Every row. One statement; joins the transaction that is open."""
        connection = _connection()
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        given = {
            name: _list_value(value, dialect) if isinstance(value, (list, tuple, set, frozenset)) else value
            for name, value in values.items()
        }
        parameters = {**compiled.constants, **given}
        if connection.dispatch.before_cursor_execute:
            return list(connection.exec_driver_sql(compiled.text, parameters).all())
        return _read(connection, compiled, parameters)

    def first(self, **values: Any) -> Row[Any] | None:
        """The first row, or None."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def by(self, key: str, **values: Any) -> Mapping[Any, Row[Any]]:
        """The rows by the column named `key`."""
        return {getattr(row, key): row for row in self.all(**values)}

    def _compile(self, dialect: Dialect) -> _Compiled:
        make: Any = type(dialect)
        named = make(paramstyle="named" if dialect.name == "sqlite" else "pyformat")
        assert isinstance(self.statement, ClauseElement)
        given_later = self._leave_open()
        compiled = self.statement.compile(dialect=named, compile_kwargs={"render_postcompile": True})
        constants = {name: value for name, value in compiled.params.items() if name not in given_later}
        return self._compiled.setdefault(dialect.name, _Compiled(str(compiled), constants, []))

    def _leave_open(self) -> set[str]:
        """Let the statement compile before its parameters have values; their names."""
        parts = visitors.iterate(self.statement)  # type: ignore[arg-type]
        open_ones = [part for part in parts if isinstance(part, BindParameter) and part.required]
        for parameter in open_ones:
            parameter.required = False
        return {parameter.key for parameter in open_ones}


def _connection() -> Connection:
    """The connection of the open transaction, which is begun if there is none; found anew for each transaction."""
    session = db.session()
    transaction = session.get_transaction()
    kept: tuple[object, Connection] | None = session.info.get("prepared")
    if kept is not None and transaction is not None and kept[0] is transaction:
        return kept[1]
    connection = session.connection()
    session.info["prepared"] = (session.get_transaction(), connection)
    return connection


def _read(connection: Connection, compiled: _Compiled, parameters: dict[str, Any]) -> list[Row[Any]]:
    driver: Any = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        cursor.execute(compiled.text, parameters)
        found = cursor.fetchall()
    except driver.Error as error:
        raise DBAPIError.instance(compiled.text, parameters, error, driver.Error) from error
    else:
        if not compiled.rows:
            assert cursor.description is not None
            name_tuple: Any = namedtuple  # the names are known only now
            compiled.rows.append(
                name_tuple("Found", [each[0] for each in cursor.description], rename=True)._make
            )
        return list(map(compiled.rows[0], found))
    finally:
        cursor.close()

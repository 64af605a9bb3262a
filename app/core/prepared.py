"""Statements compiled once and run as plain rows: how hot pages read.

Building and compiling a SQLAlchemy expression costs more Python than the query costs the database. A `Prepared`
takes the expression once, at import, with `bindparam`s for what varies; the first run compiles it for the database
in use, later runs hand the text to the driver. Lists are passed as one parameter through `among`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Boolean, ColumnElement, Row, bindparam, cast
from sqlalchemy.dialects.postgresql import ARRAY
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
    return json.dumps(list(ids)) if db.engine.dialect.name == "sqlite" else list(ids)


class Prepared:
    """A statement compiled once per dialect. Rows come as the driver gives them: moments are ints, dates maybe text."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._texts: dict[str, tuple[str, dict[str, Any]]] = {}

    def _compiled(self) -> tuple[str, dict[str, Any]]:
        dialect = db.engine.dialect
        found = self._texts.get(dialect.name)
        if found is None:
            make: Any = type(dialect)
            named = make(paramstyle="named" if dialect.name == "sqlite" else "pyformat")
            assert isinstance(self.statement, ClauseElement)
            given_later = self._leave_open()
            compiled = self.statement.compile(dialect=named, compile_kwargs={"render_postcompile": True})
            constants = {name: value for name, value in compiled.params.items() if name not in given_later}
            found = self._texts[dialect.name] = (str(compiled), constants)
        return found

    def _leave_open(self) -> set[str]:
        """Let the statement compile before its parameters have values; their names."""
        parts = visitors.iterate(self.statement)  # type: ignore[arg-type]
        open_ones = [part for part in parts if isinstance(part, BindParameter) and part.required]
        for parameter in open_ones:
            parameter.required = False
        return {parameter.key for parameter in open_ones}

    def all(self, **values: Any) -> list[Row[Any]]:
        """Every row. One statement; joins the transaction that is open."""
        text, defaults = self._compiled()
        given = {
            name: ids_value(v) if isinstance(v, (list, tuple, set, frozenset)) else v
            for name, v in values.items()
        }
        return list(db.session.connection().exec_driver_sql(text, {**defaults, **given}).all())

    def first(self, **values: Any) -> Row[Any] | None:
        """The first row, or None."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def by(self, key: str, **values: Any) -> Mapping[Any, Row[Any]]:
        """The rows by the column named `key`."""
        return {getattr(row, key): row for row in self.all(**values)}

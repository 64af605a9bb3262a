"""INSERT … ON CONFLICT for both databases: how a natural unique key makes a repeated write harmless."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import Model, db, table_of


def insert(table: Any) -> Any:
    """An INSERT into a model or table that understands `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)


def insert_new(model: type[Model], rows: Sequence[Mapping[str, Any]], *returned: Any) -> Sequence[Row[Any]]:
    """Insert those of many rows that break no unique key; the columns `returned` of those that were new.

    All rows name the same columns. PostgreSQL gets a list for each column: reading thousands of rows as values takes it
    longer than writing them. For a class, not a table, SQLAlchemy would send them by the dozen, parted wherever another
    column is NULL.
    """
    table = table_of(model)
    new = insert(table)
    if db.engine.dialect.name == "postgresql":
        names = list(rows[0])
        lists = [
            bindparam(name, [row[name] for row in rows], type_=postgresql.ARRAY(table.c[name].type))
            for name in names
        ]
        found = select(*func.unnest(*lists).table_valued(*names).render_derived().c)
        new = new.from_select(names, found, include_defaults=False)
        return db.session.execute(new.on_conflict_do_nothing().returning(*returned)).all()
    return db.session.execute(new.on_conflict_do_nothing().returning(*returned), list(rows)).all()

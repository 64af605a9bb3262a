"""Who refers to a row, asked of every table there is: tables of later features are found without being named."""

from collections.abc import Collection, Iterable

from sqlalchemy import Column, select

from app.cli.bulk import in_chunks
from app.core.db import Model, db, table_of


def referenced(model: type[Model], ids: Iterable[int], *, apart_from: Collection[str]) -> set[int]:
    """Those of `ids` of `model` to which some row of another table points.

    `apart_from` names columns ("table.column") that do not count. One SELECT for each remaining foreign key and
    chunk of ids.
    """
    target = table_of(model)
    columns: list[Column[int]] = [
        key.parent
        for table in Model.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is target and f"{table.name}.{key.parent.name}" not in apart_from
    ]
    found: set[int] = set()
    for chunk in in_chunks(ids):
        for column in columns:
            found.update(db.session.scalars(select(column).where(column.in_(chunk)).distinct()))
    return found

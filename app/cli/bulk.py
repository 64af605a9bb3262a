"""Writing many rows at once, on both databases, in the open unit of work."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, update

from app.core.db import Model, db, table_of

#: Rows in one transaction: short enough that other writers hardly notice.
CHUNK = 500

_Item = TypeVar("_Item")


def in_chunks(items: Iterable[_Item], size: int = CHUNK) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_rows(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns; nothing for none. One statement."""
    if rows:
        db.session.connection().execute(insert(table_of(model)), list(rows))


def insert_for_ids(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows that all have the same columns; their new ids, in order."""
    if not rows:
        return []
    table = table_of(model)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.connection().execute(statement, list(rows)).scalars())


def update_rows(model: type[Model], rows: Sequence[Mapping[str, Any]], *, key: str = "id") -> None:
    """Update rows by the column `key`; all name the same columns. One statement; nothing for none.

    Where the table has a version it is raised, so that no cache shows what was.
    """
    if not rows:
        return
    table = table_of(model)
    names = [name for name in rows[0] if name != key]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    statement = update(table).where(table.c[key] == bindparam("row_key")).values(values)
    db.session.connection().execute(
        statement, [{"row_key": row[key], **{f"new_{name}": row[name] for name in names}} for row in rows]
    )

"""Counting the SQL a piece of code runs, for query budgets and growth tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from app.core import shared

#: Statements that steer transactions and cost next to nothing.
STEERING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect the statements run inside the block, but for those that steer transactions.

    Nothing that all readers share is remembered from before, so that a budget is kept at the worst of times.
    """
    shared.forget_now()
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(STEERING):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)

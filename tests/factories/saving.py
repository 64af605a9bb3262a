"""How factories save."""

from __future__ import annotations

from itertools import count
from typing import TypeVar

from app.core.db import Model, db
from app.core.unit_of_work import unit_of_work

Row = TypeVar("Row", bound=Model)

#: Numbers for names that must be unique within a test process.
numbers = count(1)


def saved(row: Row) -> Row:
    """Commit one row and return it, with its identity."""
    with unit_of_work():
        db.session.add(row)
    return row

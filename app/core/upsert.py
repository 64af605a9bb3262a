"""INSERT … ON CONFLICT for both databases: how a natural unique key makes a repeated write harmless."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import db


def insert(table: Any) -> Any:
    """An INSERT into a model or table that understands `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)

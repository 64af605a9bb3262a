"""Places and positions, made when first named."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.people.models import Position


def position_named(name: str) -> Position:
    """The position with this name, made when it is new. One INSERT, one SELECT."""
    with unit_of_work():
        db.session.execute(insert(Position).values(name=name).on_conflict_do_nothing())
        return db.session.scalars(select(Position).where(Position.name == name)).one()

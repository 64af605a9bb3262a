"""What the organisation sets for itself in the interface, as opposed to `config.py`, which operators set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, db


class Setting(Model):
    """One named value."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def get(name: str, default: Any = None) -> Any:
    """The value set for `name`, or `default`. One SELECT."""
    found = db.session.scalars(select(Setting.value).where(Setting.name == name)).first()
    return default if found is None else found


def put(name: str, value: Any) -> None:
    """Set `name` in the open unit of work."""
    db.session.merge(Setting(name=name, value=value))

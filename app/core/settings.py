"""What the organisation sets for itself in the interface, as opposed to `config.py`, which operators set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import shared
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


def known(name: str, default: Any = None) -> Any:
    """The value set for `name`, or `default`, as it was a moment ago; all are asked of the database seldom."""
    values: dict[str, Any] = shared.recall("settings", _read)
    found = values.get(name)
    return default if found is None else found


def _read() -> dict[str, Any]:
    return {row.name: row.value for row in db.session.execute(select(Setting.name, Setting.value))}


def put(name: str, value: Any) -> None:
    """Set `name` in the open unit of work; what is shared is read anew once that is committed."""
    db.session.merge(Setting(name=name, value=value))
    shared.forget()

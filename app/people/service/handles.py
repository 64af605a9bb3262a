"""Handles: one name space for people and groups, first come, first served."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import db
from app.lib.handles import MAX_HANDLE, fold_handle, is_handle, unique_handle
from app.people.models import Handle


def claim_handle(base: str) -> str:
    """A free handle that reads like `base` ("анна.петрова", then "анна.петрова2"); the caller saves it at once.

    Call it inside the unit of work that adds the `Handle` row: on SQLite units that write queue, on PostgreSQL the
    primary key turns away the second of two that raced. One SELECT.
    """
    base = fold_handle(base)
    stem = base[: MAX_HANDLE - 6].rstrip("._-")
    taken = set(
        db.session.scalars(select(Handle.handle).where(Handle.handle.startswith(stem, autoescape=True)))
    )
    return unique_handle(base, taken)


def is_free(handle: str) -> bool:
    """Whether a person or group may have this handle: well formed, not reserved, not taken. One SELECT."""
    handle = fold_handle(handle)
    return is_handle(handle) and db.session.get(Handle, handle) is None

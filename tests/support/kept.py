"""Rows that are made once for a module of tests and read anew by each, for no session outlives a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect

from app.core.db import db

#: The class and primary key of rows, by the name they have in a test.
Keys = Mapping[str, tuple[type, tuple[Any, ...]]]


def keys_of(rows: object) -> Keys:
    """What is needed to read the rows again that are the attributes of an object."""
    return {name: inspect(row).identity_key[:2] for name, row in vars(rows).items()}


def read(keys: Keys) -> dict[str, Any]:
    """The rows, by their names. One SELECT for each."""
    return {name: db.session.get_one(model, key) for name, (model, key) in keys.items()}

"""LIKE with what people type: their per cent signs and underscores mean themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam

_ESCAPE = "\\"


def like(column: Any, name: str) -> ColumnElement[bool]:
    """`column LIKE` the pattern bound to `name`; make the pattern with `starting` or `containing`."""
    matches: ColumnElement[bool] = column.like(bindparam(name), escape=_ESCAPE)
    return matches


def starting(text: str) -> str:
    """The pattern of what begins with `text`."""
    return _escaped(text) + "%"


def containing(text: str) -> str:
    """The pattern of what has `text` anywhere."""
    return "%" + _escaped(text) + "%"


def _escaped(text: str) -> str:
    for special in (_ESCAPE, "%", "_"):
        text = text.replace(special, _ESCAPE + special)
    return text

"""Periodic work of experts."""

from __future__ import annotations

from app.expertise import service


def recount() -> None:
    """Let titles follow the scores, which fall from day to day; and repair strengths that no event told of."""
    service.rebuild()

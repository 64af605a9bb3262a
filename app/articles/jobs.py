"""Periodic work of articles."""

from __future__ import annotations

from app.articles import service


def remind_owners() -> None:
    """Remind owners of articles that have to be checked again."""
    service.remind()

"""Periodic work of accounts."""

from __future__ import annotations

from app.accounts import service


def forget_old_sessions() -> int:
    """Delete sessions that were over a month ago; how many."""
    return service.forget_old_sessions()

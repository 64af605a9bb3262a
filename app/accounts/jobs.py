"""Periodic work of accounts."""

from __future__ import annotations

from app.accounts import service


def forget_old_sessions() -> int:
    """Delete sessions that were over a month ago; how many."""
    return service.forget_old_sessions()


def end_expired_sessions() -> int:
    """Cut the sockets of sessions that have run out; how many sessions."""
    return service.end_expired_sessions()

"""Periodic work of rewards."""

from __future__ import annotations

from app.rewards import service


def watch_expiry() -> None:
    """Let points expire that are due, and tell whose points soon will."""
    service.watch_expiry()

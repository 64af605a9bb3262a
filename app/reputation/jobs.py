"""Periodic work of reputation."""

from __future__ import annotations

from app.reputation import service


def settle_waiting() -> None:
    """Let newcomers' acts count when they have been here a day."""
    service.settle_due()

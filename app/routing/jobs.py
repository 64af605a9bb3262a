"""Periodic work."""

from __future__ import annotations

from app.routing import service


def drive() -> int:
    """Send the waves that are due. Every minute."""
    return service.drive()

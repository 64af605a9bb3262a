"""Periodic work of trust."""

from __future__ import annotations

from app.core.i18n import house_time_zone
from app.trust import service


def watch_validity() -> int:
    """Ask about what has ended, and let expire what has ended everywhere; how many items were concerned."""
    return service.ask_and_expire(house_time_zone())


def forget_openings() -> int:
    """Forget who opened what more than thirty days ago."""
    return service.forget_old()

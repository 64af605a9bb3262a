"""Periodic work of badges."""

from __future__ import annotations

from app.badges import service


def award_badges() -> None:
    """Give the badges of rules for what was done since yesterday."""
    service.award()

"""Consequences for orders and reminders."""

from __future__ import annotations

from app.core.outbox import Delivered
from app.rewards import service


def forget(delivered: Delivered) -> None:
    """Somebody was erased."""
    service.forget_person(delivered.event.person_id)

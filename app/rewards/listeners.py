"""Consequences for orders of what happens to people."""

from __future__ import annotations

from app.core.outbox import Delivered
from app.rewards import service


def forget(delivered: Delivered) -> None:
    """Somebody was erased: nobody waits for a reward any more, and what they were told is forgotten."""
    service.forget_person(delivered.event.person_id)

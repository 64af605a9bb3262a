"""Consequences of accepting an answer: the question's state changes on open pages."""

from __future__ import annotations

from app.content.listeners import hint_card
from app.core.outbox import Delivered


def hint_state(delivered: Delivered) -> None:
    """Show the question as answered, or as waiting again, where it is open."""
    hint_card(delivered.event.question_id)

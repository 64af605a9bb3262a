"""Consequences for moderation of what happens elsewhere."""

from __future__ import annotations

from app.content.events import ContentDeleted
from app.core.outbox import Delivered
from app.moderation import service


def close_reports(delivered: Delivered) -> None:
    """What its author has deleted needs no decision any more. Twice is as once."""
    event: ContentDeleted = delivered.event
    service.close_reports(event.content_id)

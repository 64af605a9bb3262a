"""Hiding and restoring: the change itself. Who may, and why, is decided and recorded by `app.moderation`."""

from __future__ import annotations

from app.content.events import ContentHidden, ContentRestored
from app.content.models import HIDDEN, PUBLISHED, ContentItem
from app.content.service.changing import count, uncount
from app.core.outbox import emit


def hide(item: ContentItem, root: ContentItem, moderator_id: int) -> bool:
    """Hide a published row, in the open unit of work with both rows locked; whether it was shown until now."""
    if item.state != PUBLISHED:
        return False
    uncount(item, root)
    item.state = HIDDEN
    item.pinned_at = None
    root.version += 1
    emit(ContentHidden(item.id, root.id, item.author_id, moderator_id))
    return True


def restore(item: ContentItem, root: ContentItem, moderator_id: int) -> bool:
    """Show a hidden row again, in the open unit of work with both rows locked; whether it was hidden until now."""
    if item.state != HIDDEN:
        return False
    item.state = PUBLISHED
    count(item, root)
    root.version += 1
    emit(ContentRestored(item.id, root.id, item.author_id, moderator_id))
    return True

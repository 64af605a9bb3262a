"""What is read about notifications."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, func, or_, select

from app.content.models import ContentItem
from app.content.policy import Root, actor_values, comment_visible_to
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.notifications.models import Notification
from app.notifications.schemas import UnreadCounts

_UNREAD = Prepared(
    select(
        func.count(func.distinct(Notification.group_key)).label("notifications"),
        func.count(func.distinct(case((Notification.reason == "mentioned", Notification.group_key)))).label("mentions"),
    )
    .outerjoin(ContentItem, ContentItem.id == Notification.content_id)
    .outerjoin(Root, Root.id == ContentItem.root_id)
    .where(
        Notification.person_id == bindparam("actor_id"),
        Notification.read_at.is_(None),
        or_(Notification.content_id.is_(None), and_(ContentItem.id.is_not(None), comment_visible_to())),
    )
)


def unread(actor: Actor) -> UnreadCounts:
    """How many lines of the bell are unread, and how many of them are mentions. One statement."""
    row = _UNREAD.first(**actor_values(actor))
    return UnreadCounts(row.notifications, row.mentions) if row else UnreadCounts(0, 0)

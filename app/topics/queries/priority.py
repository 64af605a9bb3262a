"""Priority topics for everyone's right column."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from app.core import clock
from app.core.prepared import Prepared
from app.topics.models import PriorityTopic, Topic
from app.topics.policy import in_force
from app.topics.schemas import TopicLine, topic_url

_priority = Prepared(
    select(Topic.id, Topic.name, Topic.title, Topic.publications_count, Topic.subscribers_count)
    .join(PriorityTopic, PriorityTopic.topic_id == Topic.id)
    .where(in_force())
    .order_by(PriorityTopic.position, Topic.id)
    .limit(bindparam("most"))
)


def priority(most: int = 12) -> tuple[TopicLine, ...]:
    """The priority topics in force, in the editors' order; the same for all. One statement."""
    return tuple(
        TopicLine(
            id=row.id,
            name=row.title,
            key=row.name,
            url=topic_url(row.name),
            publications=row.publications_count,
            subscribers=row.subscribers_count,
            priority=True,
        )
        for row in _priority.all(now=clock.now(), most=most)
    )

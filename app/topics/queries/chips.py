"""Topics as cards show them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, select

from app.core import clock
from app.core.prepared import Prepared, among
from app.topics.models import PriorityTopic, Topic
from app.topics.policy import in_force
from app.topics.schemas import TopicChip, topic_url

_chips = Prepared(
    select(Topic.id, Topic.name, Topic.title, PriorityTopic.topic_id.label("priority"))
    .outerjoin(PriorityTopic, and_(PriorityTopic.topic_id == Topic.id, in_force()))
    .where(among(Topic.id, "ids"))
)


def chips(topic_ids: Collection[int]) -> dict[int, TopicChip]:
    """The chips of topics by id. One statement, none for no ids."""
    if not topic_ids:
        return {}
    return {
        row.id: TopicChip(row.title, topic_url(row.name), row.priority is not None)
        for row in _chips.all(ids=list(topic_ids), now=clock.now())
    }

"""What is read about topics."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from app.core import clock
from app.core.prepared import Prepared, among
from app.topics.models import PriorityTopic, Topic
from app.topics.schemas import TopicChip


def topic_url(name: str) -> str:
    """The address of a topic's page, from its folded name."""
    return "/topics/" + quote(name, safe="")


def _in_force() -> ColumnElement[bool]:
    """A priority topic whose period has not ended; binds `now`."""
    return or_(PriorityTopic.until.is_(None), PriorityTopic.until > bindparam("now"))


_chips = Prepared(
    select(Topic.id, Topic.name, Topic.title, PriorityTopic.topic_id.label("priority"))
    .outerjoin(PriorityTopic, and_(PriorityTopic.topic_id == Topic.id, _in_force()))
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

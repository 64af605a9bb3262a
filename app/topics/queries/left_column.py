"""The actor's topics in the left column of every page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select

from app.topics.models import Topic, TopicSubscription
from app.topics.policy import known_topics
from app.topics.schemas import TopicLink, topic_url

#: The first of the topics the actor reads, by name; bind `person_id` and `most_topics`.
#: `app/web/mine.py` runs it.
MY_TOPICS = (
    select(
        func.row_number().over(order_by=Topic.name).label("position"),
        case((known_topics(), Topic.title), else_=Topic.name).label("name"),
        Topic.name.label("handle"),
    )
    .join(TopicSubscription, TopicSubscription.topic_id == Topic.id)
    .where(TopicSubscription.person_id == bindparam("person_id"))
    .order_by(Topic.name)
    .limit(bindparam("most_topics"))
)


def topic_links(rows: Iterable[Row[Any]]) -> tuple[TopicLink, ...]:
    """Rows of `MY_TOPICS` as links."""
    return tuple(TopicLink(row.name, topic_url(row.handle)) for row in rows)

"""The actor's topics in the left column of every page."""

from __future__ import annotations

from sqlalchemy import bindparam, case, select

from app.core.actor import Actor
from app.core.prepared import Prepared
from app.topics.models import Topic, TopicSubscription
from app.topics.policy import known_topics
from app.topics.schemas import TopicLink, topic_url

_my_topics = Prepared(
    select(Topic.name, case((known_topics(), Topic.title), else_=Topic.name).label("shown"))
    .join(TopicSubscription, TopicSubscription.topic_id == Topic.id)
    .where(TopicSubscription.person_id == bindparam("person_id"))
    .order_by(Topic.name)
    .limit(bindparam("most"))
)


def my_topics(actor: Actor, most: int) -> tuple[TopicLink, ...]:
    """The first of the topics the actor reads, by name. One statement."""
    rows = _my_topics.all(person_id=actor.person_id, most=most)
    return tuple(TopicLink(row.shown, topic_url(row.name)) for row in rows)

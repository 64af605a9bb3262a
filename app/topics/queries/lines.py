"""The columns of a topic in a list, with the reader's subscription."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.actor import Actor
from app.core.like import like
from app.topics.models import PriorityTopic, Topic, TopicSubscription
from app.topics.policy import in_force, known_topics
from app.topics.schemas import TopicLine, topic_url

_Synonym = aliased(Topic, name="synonym")


def called(*patterns: str) -> ColumnElement[bool]:
    """Topics whose name, or a name that was merged into theirs, is like one of the patterns; bind these."""
    merged = select(_Synonym.merged_into_id).where(
        _Synonym.merged_into_id.is_not(None), or_(*(like(_Synonym.name, each) for each in patterns))
    )
    return or_(*(like(Topic.name, each) for each in patterns), Topic.id.in_(merged))


def topic_lines(*more: Any) -> Select[Any]:
    """A SELECT of topics and `more` columns; bind `values_for`."""
    return (
        select(
            Topic.id,
            Topic.name,
            Topic.title,
            Topic.publications_count,
            Topic.subscribers_count,
            TopicSubscription.person_id.label("subscriber"),
            TopicSubscription.mandatory,
            PriorityTopic.topic_id.label("priority"),
            known_topics().label("known"),
            *more,
        )
        .select_from(Topic)
        .outerjoin(
            TopicSubscription,
            and_(TopicSubscription.topic_id == Topic.id, TopicSubscription.person_id == bindparam("reader")),
        )
        .outerjoin(PriorityTopic, and_(PriorityTopic.topic_id == Topic.id, in_force()))
    )


def values_for(actor: Actor) -> dict[str, Any]:
    """What `topic_lines` needs bound."""
    return {"reader": actor.person_id, "now": clock.now()}


def topic_line(row: Row[Any]) -> TopicLine:
    """The line of a row of `topic_lines`; of a topic that is not known, spelling and numbers say nothing."""
    return TopicLine(
        id=row.id,
        name=row.title if row.known else row.name,
        key=row.name,
        url=topic_url(row.name),
        publications=row.publications_count if row.known else 0,
        subscribers=row.subscribers_count if row.known else 0,
        subscribed=row.subscriber is not None,
        mandatory=bool(row.mandatory),
        priority=row.priority is not None,
    )

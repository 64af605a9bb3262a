"""Topics for somebody new: what is put before everyone, then what colleagues in the same work read."""

from __future__ import annotations

from sqlalchemy import func, or_, select, union

from app.core.actor import Actor
from app.core.db import db
from app.people.models import ACTIVE, Person, Shop
from app.topics.models import PriorityTopic, Topic, TopicSubscription
from app.topics.policy import known_topics
from app.topics.queries.lines import topic_line, topic_lines, values_for
from app.topics.schemas import TopicLine

#: So many colleagues of each kind are asked for what they read: enough to tell, few enough to count at once.
_COLLEAGUES = 150


def suggested(actor: Actor, limit: int = 12) -> tuple[TopicLine, ...]:
    """Topics that fit the actor's position, shop, department and region, those subscribed to among them.

    One statement; it counts what some hundreds of colleagues read, and then walks the known topics.
    """
    same = [
        select(Person.id).where(column == value, Person.state == ACTIVE, Person.id != actor.person_id)
        for column, value in (
            (Person.position_id, actor.position_id),
            (Person.shop_id, actor.shop_id),
            (Person.department_id, actor.department_id),
        )
        if value is not None
    ]
    if actor.region_id is not None:
        there = select(Shop.id).where(Shop.region_id == actor.region_id)
        same.append(select(Person.id).where(Person.shop_id.in_(there), Person.state == ACTIVE))
    found = [select(each.limit(_COLLEAGUES).subquery().c.id) for each in same]
    near = union(*found).subquery() if found else select(Person.id).where(Person.id < 0).subquery()
    read = (
        select(TopicSubscription.topic_id, func.count().label("readers"))
        .where(TopicSubscription.person_id.in_(select(near.c.id)))
        .group_by(TopicSubscription.topic_id)
        .subquery()
    )
    rows = db.session.execute(
        topic_lines()
        .outerjoin(read, read.c.topic_id == Topic.id)
        .where(known_topics(), or_(TopicSubscription.mandatory.is_(None), ~TopicSubscription.mandatory))
        .order_by(
            PriorityTopic.topic_id.is_(None), func.coalesce(read.c.readers, 0).desc(),
            Topic.subscribers_count.desc(), Topic.id,
        )
        .limit(limit),
        values_for(actor),
    )  # fmt: skip
    return tuple(topic_line(row) for row in rows)

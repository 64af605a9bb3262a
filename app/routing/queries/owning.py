"""Who owns topics: their curators, and everybody of the department that owns them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, or_, select

from app.content.models import ContentTopic
from app.core.actor import Actor
from app.core.db import db
from app.people.models import ACTIVE, Person
from app.routing.models import TopicCare, TopicCurator


def owns(actor: Actor, publication_id: int) -> bool:
    """Whether the person looks after a topic of a publication or works in a department that owns one. One statement."""
    topics = select(ContentTopic.topic_id).where(ContentTopic.content_id == publication_id)
    curates = exists().where(TopicCurator.topic_id.in_(topics), TopicCurator.person_id == actor.person_id)
    owned = exists().where(TopicCare.topic_id.in_(topics), TopicCare.department_id == actor.department_id)
    return bool(db.session.scalar(select(or_(curates, owned))))


def curators_of(topic_ids: Sequence[int]) -> list[int]:
    """Who looks after these topics, longest first. One statement."""
    rows = (
        select(TopicCurator.person_id)
        .join(Person, Person.id == TopicCurator.person_id)
        .where(TopicCurator.topic_id.in_(topic_ids), Person.state == ACTIVE)
        .order_by(TopicCurator.since, TopicCurator.person_id)
    )
    return list(dict.fromkeys(db.session.scalars(rows)))

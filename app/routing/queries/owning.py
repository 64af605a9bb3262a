"""Who owns topics: their curators, and everybody of the department that owns them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.core.actor import Actor
from app.core.db import db
from app.people.models import ACTIVE, Person
from app.routing.models import TopicCare, TopicCurator


def owns(actor: Actor, topic_ids: Sequence[int]) -> bool:
    """Whether the person looks after one of these topics or works in a department that owns one. One statement."""
    curates = select(TopicCurator.topic_id).where(
        TopicCurator.topic_id.in_(topic_ids), TopicCurator.person_id == actor.person_id
    )
    owned = select(TopicCare.topic_id).where(
        TopicCare.topic_id.in_(topic_ids), TopicCare.department_id == actor.department_id
    )
    return bool(db.session.scalar(select(or_(curates.exists(), owned.exists()))))


def curators_of(topic_ids: Sequence[int]) -> list[int]:
    """Who looks after these topics, longest first. One statement."""
    rows = (
        select(TopicCurator.person_id)
        .join(Person, Person.id == TopicCurator.person_id)
        .where(TopicCurator.topic_id.in_(topic_ids), Person.state == ACTIVE)
        .order_by(TopicCurator.since, TopicCurator.person_id)
    )
    return list(dict.fromkeys(db.session.scalars(rows)))

"""What editors see of priority topics and mandatory subscriptions."""

from __future__ import annotations

from sqlalchemy import exists, select

from app.core.actor import Actor
from app.core.prepared import Prepared
from app.groups.models import Group
from app.groups.policy import groups_visible_to
from app.groups.schemas import group_url
from app.people.models import Person, Region, Shop
from app.topics.models import MandatorySubscription, PriorityTopic, Topic
from app.topics.queries.lines import topic_line, topic_lines, values_for
from app.topics.schemas import MandatoryLine, PriorityLine, topic_url

_priority = Prepared(
    topic_lines(PriorityTopic.position, PriorityTopic.until)
    .where(PriorityTopic.topic_id.is_not(None))
    .order_by(PriorityTopic.position, Topic.id)
)
_rules = Prepared(
    select(
        MandatorySubscription.id,
        MandatorySubscription.made_at,
        Topic.name.label("topic"),
        Topic.title,
        Group.name.label("group_name"),
        Group.handle,
        Region.name.label("region"),
        Person.name.label("made_by"),
    )
    .outerjoin(Topic, Topic.id == MandatorySubscription.topic_id)
    .outerjoin(Group, Group.id == MandatorySubscription.group_id)
    .outerjoin(Region, Region.id == MandatorySubscription.region_id)
    .outerjoin(Person, Person.id == MandatorySubscription.made_by)
    .where(MandatorySubscription.group_id.is_(None) | groups_visible_to())
    .order_by(MandatorySubscription.made_at.desc(), MandatorySubscription.id.desc())
)
_regions = Prepared(
    select(Region.id, Region.name)
    .where(exists().where(Shop.region_id == Region.id))
    .order_by(Region.name, Region.id)
)


def priority_desk(actor: Actor) -> tuple[PriorityLine, ...]:
    """The priority topics in force with their ends, in order. One statement."""
    return tuple(
        PriorityLine(topic_line(row), row.position, row.until) for row in _priority.all(**values_for(actor))
    )


def mandatory_rules(actor: Actor) -> tuple[MandatoryLine, ...]:
    """The mandatory subscriptions, the newest first; of groups, those the actor may see. One statement."""
    return tuple(
        MandatoryLine(
            id=row.id,
            kind="group" if row.topic is None else "topic",
            name=row.group_name if row.topic is None else row.title,
            url=group_url(row.handle) if row.topic is None else topic_url(row.topic),
            region=row.region,
            made_at=row.made_at,
            made_by=row.made_by or "",
        )
        for row in _rules.all(actor_groups=actor.group_ids)
    )


def regions() -> tuple[tuple[int, str], ...]:
    """The regions that have shops, and so people, as (id, name), by name. One statement."""
    return tuple((row.id, row.name) for row in _regions.all())

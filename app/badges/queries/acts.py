"""Thanks as acts that reputation pays for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from app.badges.models import Badge, Thanks, ThanksRecipient
from app.content.models import PUBLISHED, ContentItem, ContentTopic
from app.core.db import db
from app.people.models import Person
from app.reputation.queries.acts import priority_topic
from app.reputation.schemas import THANKED, Act

#: Rows fetched at once when all acts are read.
BATCH = 5000


def _acts() -> Select[Any]:
    topic = select(func.min(ContentTopic.topic_id)).where(ContentTopic.content_id == Thanks.content_id)
    priority = priority_topic(Thanks.content_id, Thanks.given_at)
    return (
        select(
            Thanks.content_id, Thanks.giver_id, ThanksRecipient.person_id, Thanks.given_at,
            topic.scalar_subquery().label("topic_id"), priority.label("priority_id"),
            Badge.code.label("badge"),
        )
        .join(ContentItem, ContentItem.id == Thanks.content_id)
        .join(Badge, Badge.id == Thanks.badge_id)
        .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
        .join(Person, Person.id == Thanks.giver_id)
        .where(ContentItem.state == PUBLISHED)
        .order_by(Thanks.given_at, Thanks.content_id, ThanksRecipient.person_id)
    )  # fmt: skip


def thanked_of(content_id: int) -> list[Act]:
    """The thanks that stand in one publication. One statement."""
    rows = db.session.execute(_acts().where(Thanks.content_id == content_id))
    return [_act(row) for row in rows]


def thanked_acts() -> Iterator[Act]:
    """All thanks that stand, oldest first. One statement; holds `BATCH` rows."""
    statement = _acts().execution_options(yield_per=BATCH)
    for row in db.session.execute(statement):
        yield _act(row)


def _act(row: Any) -> Act:
    priority = row.priority_id is not None
    topic_id = row.priority_id if priority else row.topic_id
    return Act(
        THANKED, row.content_id, row.giver_id, row.person_id, row.given_at, topic_id, priority, row.badge
    )

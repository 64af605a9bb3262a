"""Counters that only the finished rows can tell, and the sequences behind explicit ids."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text, update

from app.content.models import COMPANY, PUBLISHED, ContentItem, ContentTopic
from app.core.db import Model, db
from app.groups.models import Group
from app.people.models import Department, Follow, Person, Position, Region, Shop
from app.topics.models import Topic, TopicSubscription


def count() -> None:
    """Set the counters of people, groups and topics from the rows. Seven UPDATEs of whole tables."""
    published = ContentItem.root_id.is_(None) & (ContentItem.state == PUBLISHED)
    _set(Person, "followers_count", select(Follow.followed_id, func.count()).group_by(Follow.followed_id))
    _set(
        Person,
        "publications_count",
        select(ContentItem.author_id, func.count()).where(published).group_by(ContentItem.author_id),
    )
    _set(
        Group,
        "publications_count",
        select(ContentItem.group_id, func.count())
        .where(published, ContentItem.group_id.is_not(None))
        .group_by(ContentItem.group_id),
    )
    _set(
        Topic,
        "publications_count",
        select(ContentTopic.topic_id, func.count())
        .join(ContentItem, ContentItem.id == ContentTopic.content_id)
        .where(published, ContentItem.audience == COMPANY)
        .group_by(ContentTopic.topic_id),
    )
    _set(
        Topic,
        "subscribers_count",
        select(TopicSubscription.topic_id, func.count()).group_by(TopicSubscription.topic_id),
    )


def _set(model: Any, column: str, counted: Any) -> None:
    """Set a counter from (id, number) rows; rows that are not counted keep their 0."""
    numbers = counted.subquery()
    key, number = numbers.c
    db.session.execute(
        update(model)
        .where(model.id == key)
        .values({column: number})
        .execution_options(synchronize_session=False)
    )


def continue_sequences() -> None:
    """Let PostgreSQL give the ids after those that were written; SQLite does so by itself."""
    if db.session.connection().dialect.name != "postgresql":
        return
    models: tuple[type[Model], ...] = (Region, Department, Position, Shop, Person, Group, Topic, ContentItem)
    for model in models:
        table = model.__tablename__
        statement = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
        db.session.execute(text(statement))

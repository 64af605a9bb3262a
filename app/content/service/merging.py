"""What the spine does when two topics become one: everything about the one is about the other at once."""

from __future__ import annotations

from sqlalchemy import case, delete, func, literal, or_, select, update
from sqlalchemy.orm import aliased

from app.content.models import (
    COMPANY,
    PUBLISHED,
    ContentItem,
    ContentTopic,
    TopicGiver,
    TopicOrigin,
)
from app.core.db import db
from app.core.upsert import insert
from app.topics.service import set_publications_count

_Target = aliased(ContentTopic, name="target")


def follow_merge(source_id: int, target_id: int) -> None:
    """Have what is about one topic be about another, in the open unit of work; whoever gave it, gave that one.

    A publication that had both has one, and keeps beside it who gave the other, for that was their act. Ten statements,
    however many publications.
    """
    about = select(ContentTopic.content_id).where(ContentTopic.topic_id == source_id)
    db.session.execute(
        update(ContentItem)
        .where(ContentItem.id.in_(about))
        .values(version=ContentItem.version + 1)
        .execution_options(synchronize_session=False)
    )
    _keep_earlier_moments(source_id, target_id)
    _keep_givers(source_id, target_id)
    doubled = select(_Target.content_id).where(_Target.topic_id == target_id)
    db.session.execute(
        delete(ContentTopic)
        .where(ContentTopic.topic_id == source_id, ContentTopic.content_id.in_(doubled))
        .execution_options(synchronize_session=False)
    )
    for table in (ContentTopic, TopicOrigin):
        db.session.execute(
            update(table)
            .where(table.topic_id == source_id)
            .values(topic_id=target_id)
            .execution_options(synchronize_session=False)
        )
    for topic_id in (source_id, target_id):
        set_publications_count(topic_id, publications_about(topic_id))


def publications_about(topic_id: int) -> int:
    """How many publications about a topic are open to the whole company. One statement."""
    query = (
        select(func.count())
        .select_from(ContentTopic)
        .join(ContentItem, ContentItem.id == ContentTopic.content_id)
        .where(
            ContentTopic.topic_id == topic_id, ContentItem.state == PUBLISHED, ContentItem.audience == COMPANY
        )
    )
    return db.session.scalar(query) or 0


def _keep_earlier_moments(source_id: int, target_id: int) -> None:
    """Who gave a publication both did so when they gave the first."""
    source = aliased(ContentTopic, name="source")
    earlier = (
        select(source.added_at)
        .where(
            source.content_id == ContentTopic.content_id,
            source.topic_id == source_id,
            source.added_by == ContentTopic.added_by,
            source.added_at < ContentTopic.added_at,
        )
        .correlate(ContentTopic)
        .scalar_subquery()
    )
    db.session.execute(
        update(ContentTopic)
        .where(ContentTopic.topic_id == target_id, earlier.is_not(None))
        .values(added_at=earlier)
        .execution_options(synchronize_session=False)
    )


def _keep_givers(source_id: int, target_id: int) -> None:
    """Remember who else gave a publication what is one topic now."""
    doubles = (
        select(
            ContentTopic.content_id,
            literal(target_id),
            ContentTopic.added_by,
            ContentTopic.origin,
            ContentTopic.added_at,
        )
        .join(_Target, _Target.content_id == ContentTopic.content_id)
        .where(
            ContentTopic.topic_id == source_id,
            _Target.topic_id == target_id,
            ContentTopic.added_by.is_not(None),
            or_(_Target.added_by.is_(None), _Target.added_by != ContentTopic.added_by),
        )
    )
    before = select(
        TopicGiver.content_id,
        literal(target_id),
        TopicGiver.person_id,
        TopicGiver.origin,
        TopicGiver.added_at,
    ).where(TopicGiver.topic_id == source_id)
    columns = ["content_id", "topic_id", "person_id", "origin", "added_at"]
    for rows in (doubles, before):
        new = insert(TopicGiver).from_select(columns, rows)
        given, again = TopicGiver.added_at, new.excluded.added_at
        db.session.execute(
            new.on_conflict_do_update(
                index_elements=["content_id", "topic_id", "person_id"],
                set_={"added_at": case((again < given, again), else_=given)},
            )
        )
    db.session.execute(
        delete(TopicGiver)
        .where(TopicGiver.topic_id == source_id)
        .execution_options(synchronize_session=False)
    )

"""Asking the database what is stored."""

from sqlalchemy import func, select

from app.content.models import ContentTopic
from app.core.db import db
from app.topics.models import Topic


def count(model, *conditions) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def topics_of(item) -> set[str]:
    query = select(Topic.name).join(ContentTopic, ContentTopic.topic_id == Topic.id)
    return set(db.session.scalars(query.where(ContentTopic.content_id == item.id)))

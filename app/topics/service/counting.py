"""The counter of publications, counted by the spine and kept here."""

from __future__ import annotations

from sqlalchemy import update

from app.core.db import db
from app.topics.models import Topic


def set_publications_count(topic_id: int, count: int) -> None:
    """Keep how many publications the topic has, in the open unit of work. One UPDATE, none when it is right already."""
    db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id, Topic.publications_count != count)
        .values(publications_count=count)
    )

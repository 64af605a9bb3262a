"""Periodic work: ended priorities leave the list, rules reach whom an import brought, counters agree with rows."""

from __future__ import annotations

from sqlalchemy import func, select, update

from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.topics.models import Topic, TopicSubscription
from app.topics.service import end_expired
from app.topics.service.mandatory import announce_all


def end_expired_priorities() -> None:
    """Take ended priority topics out of the list. Every few minutes."""
    end_expired()


def serve_everyone() -> None:
    """Bring mandatory subscriptions in line with the rules, whatever happened. Nightly."""
    announce_all()


def repair_subscriber_counts() -> int:
    """Set counters that disagree with their rows right; how many. One UPDATE. Nightly."""
    counted = (
        select(func.count()).where(TopicSubscription.topic_id == Topic.id).correlate(Topic).scalar_subquery()
    )
    with unit_of_work():
        result = db.session.execute(
            update(Topic)
            .where(Topic.subscribers_count != counted)
            .values(subscribers_count=counted)
            .execution_options(synchronize_session=False)
        )
        return int(getattr(result, "rowcount", 0))

"""What happens to routing when two topics become one."""

from __future__ import annotations

from sqlalchemy import delete, exists, select, update

from app.core.db import db
from app.core.upsert import insert
from app.routing.models import Ask, TopicCare, TopicCurator


def merge_topics(source_id: int, target_id: int) -> None:
    """Let those who look after a topic look after the one that it is now a name of.

    The other's department and plan stay where it has them. In the open unit of work, some eight statements.
    """
    curators = select(TopicCurator.person_id, TopicCurator.since, TopicCurator.handed_by).where(
        TopicCurator.topic_id == source_id
    )
    rows = [
        {"topic_id": target_id, "person_id": row.person_id, "since": row.since, "handed_by": row.handed_by}
        for row in db.session.execute(curators)
    ]
    if rows:
        db.session.execute(insert(TopicCurator).on_conflict_do_nothing(), rows)
    db.session.execute(delete(TopicCurator).where(TopicCurator.topic_id == source_id))
    source = db.session.get(TopicCare, source_id, populate_existing=True)
    if source is not None:
        target = db.session.get(TopicCare, target_id, populate_existing=True)
        if target is None:
            target = TopicCare(topic_id=target_id)
            db.session.add(target)
        if target.department_id is None:
            target.department_id = source.department_id
        if target.plan is None:
            target.plan = source.plan
        if source.waiting_since is not None and target.waiting_since is None:
            target.waiting_since, target.left_by = source.waiting_since, source.left_by
        db.session.delete(source)
        db.session.flush()  # the next statement asks the rows
    kept = exists().where(TopicCurator.topic_id == target_id)
    db.session.execute(
        update(TopicCare)
        .where(TopicCare.topic_id == target_id, kept)
        .values(waiting_since=None, left_by=None)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(update(Ask).where(Ask.topic_id == source_id).values(topic_id=target_id))

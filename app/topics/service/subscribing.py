"""Reading a topic, or no longer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.topics.events import TopicSubscribed, TopicUnsubscribed
from app.topics.models import Topic, TopicSubscription
from app.topics.service.naming import named


def subscribe(actor: Actor, name: str) -> None:
    """Read a topic from now on; one that nobody has written yet, too. Again changes nothing. Raises `NotFound`."""
    with unit_of_work():
        topic = named(name, actor.person_id)
        if insert_rows(topic.id, [actor.person_id]):
            emit(TopicSubscribed(topic.id, actor.person_id))


def unsubscribe(actor: Actor, name: str) -> None:
    """Read a topic no longer. Again changes nothing. Raises `NotFound`, and `Conflict` for a mandatory subscription."""
    with unit_of_work():
        topic = named(name, actor.person_id)
        row = db.session.get(TopicSubscription, (topic.id, actor.person_id), populate_existing=True)
        if row is None:
            return
        if row.mandatory:
            raise Conflict(_("This topic is for everyone concerned, so the subscription can’t be ended."))
        gone = delete(TopicSubscription).where(
            TopicSubscription.topic_id == topic.id, TopicSubscription.person_id == actor.person_id
        )
        db.session.execute(gone)
        _count(topic.id, -1)
        emit(TopicUnsubscribed(topic.id, actor.person_id))


def forget_person(person_id: int) -> None:
    """End every subscription of somebody who was erased, in the open unit of work. A statement for each topic."""
    gone = delete(TopicSubscription).where(TopicSubscription.person_id == person_id)
    for topic_id in sorted(db.session.scalars(gone.returning(TopicSubscription.topic_id)).all()):
        _count(topic_id, -1)


def insert_rows(topic_id: int, person_ids: Sequence[int], *, mandatory: bool = False) -> int:
    """Subscribe those who are not and count them; how many. Two statements, in the open unit of work."""
    new = insert(TopicSubscription).on_conflict_do_nothing(index_elements=["topic_id", "person_id"])
    rows = [
        {"topic_id": topic_id, "person_id": person_id, "mandatory": mandatory, "created_at": clock.now()}
        for person_id in person_ids
    ]
    added = len(db.session.scalars(new.returning(TopicSubscription.person_id), rows).all()) if rows else 0
    if added:
        _count(topic_id, added)
    return added


def _count(topic_id: int, difference: int) -> None:
    db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id)
        .values(subscribers_count=Topic.subscribers_count + difference)
    )

"""Topics and who reads them."""

from __future__ import annotations

from app.core import clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.hashtags import fold_topic
from app.people.models import Person
from app.topics.models import PriorityPeriod, PriorityTopic, Topic, TopicSubscription
from tests.factories.saving import numbers, saved


def topic(title: str | None = None) -> Topic:
    """A topic that nobody has written about yet."""
    title = title or f"Тема-{next(numbers)}"
    return saved(Topic(name=fold_topic(title), title=title, created_at=clock.now()))


def subscribe(person: Person, topic: Topic, *, mandatory: bool = False) -> TopicSubscription:
    """`person` reads `topic`."""
    with unit_of_work():
        row = TopicSubscription(
            topic_id=topic.id, person_id=person.id, mandatory=mandatory, created_at=clock.now()
        )
        db.session.add(row)
        topic.subscribers_count += 1
    return row


def priority(topic: Topic, *, position: int = 1, until: int | None = None) -> PriorityTopic:
    """Put `topic` before everyone."""
    saved(PriorityPeriod(topic_id=topic.id, begins=clock.now(), ends=until))
    return saved(PriorityTopic(topic_id=topic.id, position=position, until=until, chosen_at=clock.now()))

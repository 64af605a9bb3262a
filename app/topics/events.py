"""What happens to topics."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class TopicCreated(Event):
    """Somebody wrote a topic for the first time."""

    topic_id: int
    actor_id: int | None


@dataclass(frozen=True)
class TopicChanged(Event):
    """An editor changed its description or spelling."""

    topic_id: int
    actor_id: int | None


@dataclass(frozen=True)
class TopicSubscribed(Event):
    """A person chose to read a topic."""

    topic_id: int
    person_id: int


@dataclass(frozen=True)
class TopicUnsubscribed(Event):
    """A person ended their subscription."""

    topic_id: int
    person_id: int

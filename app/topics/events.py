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
    """What is shown of it is different: spelling, description, or whether it is a priority topic."""

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


@dataclass(frozen=True)
class MandatoryRulesChanged(Event):
    """A topic or group became mandatory for somebody, or is so no longer; people after `after_id` are not yet served.

    The region is the one the change concerns, or None for everyone. The listener serves some thousand people and emits
    the event anew for the rest, so that no transaction is long.
    """

    topic_id: int | None
    group_id: int | None
    region_id: int | None
    after_id: int = 0

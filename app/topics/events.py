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
class TopicsMerged(Event):
    """A name stands for another topic from now on, and everything about it is about that one."""

    source_id: int
    target_id: int
    actor_id: int


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
    """A topic or group became mandatory for a region, or for everyone (None), or is so no longer."""

    topic_id: int | None
    group_id: int | None
    region_id: int | None


@dataclass(frozen=True)
class MandatoryAudienceWaits(Event):
    """Of those whom a changed rule concerns, the people after `after_id` are not yet served.

    Some thousand people are served in a transaction, so that none is long; the event asks for the next.
    """

    topic_id: int | None
    group_id: int | None
    region_id: int | None
    after_id: int

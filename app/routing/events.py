"""What happens to questions on their way, and to those who look after topics."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class QuestionRouted(Event):
    """A wave has gone out: these people are asked."""

    content_id: int
    wave: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class QuestionPassed(Event):
    """A person who was asked names a colleague who may know."""

    content_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class RoutingChanged(Event):
    """Where a question stands on its way is different: seen, claimed, let go, ended."""

    content_id: int


@dataclass(frozen=True)
class TopicsHandedOver(Event):
    """Who looked after topics left or moved; their manager does now, until they decide. None: the editors decide."""

    from_id: int
    to_id: int | None
    topic_ids: tuple[int, ...]

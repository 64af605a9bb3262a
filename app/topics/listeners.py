"""Consequences: mandatory subscriptions reach the people they are for."""

from __future__ import annotations

from app.core.outbox import Delivered, emit
from app.topics.events import MandatoryAudienceWaits, MandatoryRulesChanged
from app.topics.service import forget_person, mandatory
from app.topics.service.mandatory import Subject


def serve_audience(delivered: Delivered) -> None:
    """Serve the first people a changed rule concerns, and ask for the rest."""
    _serve(delivered.event, after_id=0)


def serve_rest(delivered: Delivered) -> None:
    """Serve the next people."""
    _serve(delivered.event, after_id=delivered.event.after_id)


def _serve(event: MandatoryRulesChanged | MandatoryAudienceWaits, *, after_id: int) -> None:
    last = mandatory.serve_audience(Subject(event.topic_id, event.group_id), event.region_id, after_id)
    if last is not None:
        emit(MandatoryAudienceWaits(event.topic_id, event.group_id, event.region_id, last))


def serve_person(delivered: Delivered) -> None:
    """Serve somebody who joined, moved or returned."""
    mandatory.serve_person(delivered.event.person_id)


def forget(delivered: Delivered) -> None:
    """Somebody was erased: nobody knows any more what they read."""
    forget_person(delivered.event.person_id)

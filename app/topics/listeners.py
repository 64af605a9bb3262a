"""Consequences: mandatory subscriptions reach the people they are for."""

from __future__ import annotations

from dataclasses import replace

from app.core.outbox import Delivered, emit
from app.topics.service import mandatory
from app.topics.service.mandatory import Subject


def serve_audience(delivered: Delivered) -> None:
    """Serve the next people a changed rule concerns, and ask for the rest."""
    event = delivered.event
    last = mandatory.serve_audience(Subject(event.topic_id, event.group_id), event.region_id, event.after_id)
    if last is not None:
        emit(replace(event, after_id=last))


def serve_person(delivered: Delivered) -> None:
    """Serve somebody who joined, moved or returned."""
    mandatory.serve_person(delivered.event.person_id)

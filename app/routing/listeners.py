"""Consequences: questions start and end their way, open pages hear of it, topics go to managers."""

from __future__ import annotations

from app.content.listeners import hint_publication_changed
from app.content.models import ANSWER, QUESTION
from app.core.outbox import Delivered
from app.routing import service


def start(delivered: Delivered) -> None:
    """A question was asked."""
    if delivered.event.kind == QUESTION:
        service.start(delivered.event.content_id)


def answered(delivered: Delivered) -> None:
    """An answer was given."""
    if delivered.event.kind == ANSWER:
        service.settle(delivered.event.root_id)


def judged(delivered: Delivered) -> None:
    """An answer was accepted, or is so no longer."""
    service.settle(delivered.event.question_id)


def came_or_went(delivered: Delivered) -> None:
    """A question or an answer was deleted, hidden or restored."""
    service.settle(delivered.event.root_id)


def hint(delivered: Delivered) -> None:
    """Show on open pages where the question stands."""
    hint_publication_changed(delivered.event.content_id, "routing")


def left(delivered: Delivered) -> None:
    """Who looked after topics works here no more."""
    service.hand_to_manager(delivered.event.person_id, left=True)


def moved(delivered: Delivered) -> None:
    """Who looked after topics works elsewhere or as something else."""
    service.hand_to_manager(delivered.event.person_id, left=False, from_shop_id=delivered.event.from_shop_id)


def forget(delivered: Delivered) -> None:
    """Somebody was erased."""
    service.forget_person(delivered.event.person_id)

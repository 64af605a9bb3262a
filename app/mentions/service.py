"""What people do with mentions of them."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.mentions.events import MentionsRead


def look_through(actor: Actor) -> None:
    """The actor has the page of their mentions open. Emits `MentionsRead`, whose listener quiets the counter."""
    with unit_of_work():
        emit(MentionsRead(actor.person_id, clock.now()))

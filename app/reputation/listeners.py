"""Every event that may change what an act is worth settles its item again."""

from __future__ import annotations

from app.core import live
from app.core.outbox import Delivered
from app.core.unit_of_work import after_commit
from app.reputation import service
from app.reputation.schemas import NOTHING_WRITTEN


def settle(delivered: Delivered) -> None:
    """Something was published, changed, hidden, restored, deleted, or got topics."""
    service.settle_item(delivered.event.content_id, f"event:{delivered.event_id}")


def settle_like(delivered: Delivered) -> None:
    """Somebody likes it, or no longer: only what they did to it is settled."""
    event = delivered.event
    service.settle_item(event.content_id, f"event:{delivered.event_id}", doer_id=event.person_id)


def settle_answer(delivered: Delivered) -> None:
    """An answer was accepted, or no longer is."""
    service.settle_item(delivered.event.answer_id, f"event:{delivered.event_id}")


def settle_invitation(delivered: Delivered) -> None:
    """A colleague came by somebody's invitation."""
    event = delivered.event
    service.settle_item(NOTHING_WRITTEN, f"event:{delivered.event_id}", doer_id=event.inviter_id)


def forget(delivered: Delivered) -> None:
    """Somebody was erased."""
    service.forget_person(delivered.event.person_id)


def hint(delivered: Delivered) -> None:
    """Have the person's open pages show the new points."""
    person_id: int = delivered.event.person_id
    after_commit(lambda: live.hint(live.person_room(person_id), "reputation"))

"""Consequences: leavers leave their groups, and who left a group hears nothing of it any more."""

from __future__ import annotations

from app.core import live
from app.core.outbox import Delivered
from app.groups import service


def settle_departure(delivered: Delivered) -> None:
    """Take somebody who left the company out of their groups."""
    service.settle_departure(delivered.event.person_id)


def leave_room(delivered: Delivered) -> None:
    """Stop the group's live hints to the open pages of who left it."""
    live.leave_room_everywhere(delivered.event.person_id, live.group_room(delivered.event.group_id))

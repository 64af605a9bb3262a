"""What follows when sessions end or people leave: open pages and sockets are cut."""

from __future__ import annotations

from app.accounts import service
from app.accounts.events import SessionsEnded
from app.core import live
from app.core.outbox import Delivered
from app.people.events import PersonLeft


def cut_sessions(delivered: Delivered) -> None:
    """Tell the pages of ended sessions, and disconnect their sockets."""
    event: SessionsEnded = delivered.event
    for session_id in event.session_ids:
        live.close_session(session_id)


def cut_person(delivered: Delivered) -> None:
    """Somebody left: end what is still running, however they were marked, and disconnect all their sockets."""
    event: PersonLeft = delivered.event
    service.end_access(event.person_id)
    live.close_person(event.person_id)

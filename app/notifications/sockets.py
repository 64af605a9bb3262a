"""What an open page asks about the bell."""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIO

from app.accounts.views.callers import speaker
from app.core.db import db
from app.core.ratelimit import Limit
from app.notifications import queries

_OFTEN = Limit("unread", times=120, seconds=60)


def register(socketio: SocketIO) -> None:
    """Attach the handler."""
    socketio.on_event("unread", on_unread)


def on_unread(_wish: Any = None) -> dict[str, int] | None:
    """What the counters should show, for a page whose hints may have come before it could hear them.

    None for who asks too often. Two statements.
    """
    actor = speaker(_OFTEN)
    if actor is None:
        return None
    try:
        counts = queries.unread(actor)
    finally:
        db.session.rollback()
    return {"notifications": counts.notifications, "mentions": counts.mentions}

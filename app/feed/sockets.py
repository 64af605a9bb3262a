"""What an open page asks about its feed."""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIO

from app.accounts.views.callers import speaker
from app.core.db import db
from app.core.ratelimit import Limit
from app.feed import queries

_OFTEN = Limit("news", times=120, seconds=60)


def register(socketio: SocketIO) -> None:
    """Attach the handler."""
    socketio.on_event("news", on_news)


def on_news(wish: Any = None) -> int | None:
    """How many publications appeared in the page's feed since it was made: their hints may have come too early.

    `wish` is {feed, since}, the latter in microseconds, as digits. None for what makes no sense, and for who asks too
    often. Two statements.
    """
    scope, since = (wish.get("feed"), wish.get("since")) if isinstance(wish, dict) else (None, None)
    if scope not in queries.SCOPES or not queries.is_moment(since):
        return None
    actor = speaker(_OFTEN)
    if actor is None:
        return None
    try:
        return queries.fresh(actor, scope=str(scope), since=int(str(since)))
    finally:
        db.session.rollback()

"""Who speaks through a live socket."""

from __future__ import annotations

from typing import Any

from flask import request

from app.accounts.service.sessions import actor_for_session
from app.accounts.views.cookies import token_in_cookie
from app.core import live
from app.core.actor import Actor
from app.core.db import db
from app.core.ratelimit import Limit


def caller() -> Actor | None:
    """Who the socket belongs to now: sessions end and rights change while it is open. One statement."""
    try:
        return actor_for_session(token_in_cookie())
    finally:
        db.session.rollback()


def speaker(limit: Limit) -> Actor | None:
    """The caller, once more within `limit`; None for one who asks too often, or whose session has ended.

    The latter's socket is closed. One statement.
    """
    actor = caller()
    if actor is None:
        live.close_socket(sid())
        return None
    return actor if limit.hit(str(actor.person_id)) else None


def sid() -> str:
    """The socket's own name."""
    name: Any = request.sid  # type: ignore[attr-defined]
    return str(name)

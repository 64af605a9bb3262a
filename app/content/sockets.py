"""Live sockets: who may connect, and which rooms the server puts them in.

A client says which publications are on its page; the server checks each one, every time. What stands in a closed or
secret group has no room of its own: its hints go to the room of the group's members, which leaving the group ends.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask_socketio import SocketIO, join_room, leave_room, rooms
from sqlalchemy import Row, bindparam, select

from app.accounts.views.callers import caller, speaker
from app.content.models import COMPANY, ContentItem
from app.content.policy import actor_values, visible_to
from app.core import live
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared
from app.core.ratelimit import Limit

#: Publications one page may watch.
MOST_WATCHED = 60

_OFTEN = Limit("watch", times=120, seconds=60)

_SHOWN = Prepared(
    select(ContentItem.id, ContentItem.public_id, ContentItem.version, ContentItem.audience).where(
        ContentItem.public_id == bindparam("public_id"), ContentItem.root_id.is_(None), visible_to()
    )
)


def register(socketio: SocketIO) -> None:
    """Attach the handlers."""
    socketio.on_event("connect", on_connect)
    socketio.on_event("watch", on_watch)
    socketio.on_event("unwatch", on_unwatch)


def on_connect(_auth: Any = None) -> bool:
    """Let signed-in people in, by the session's cookie; join the rooms that follow from who they are."""
    actor = caller()
    if actor is None or actor.session_id is None:
        return False
    join_room(live.company_room())
    join_room(live.person_room(actor.person_id))
    join_room(live.session_room(actor.session_id))
    for group_id in actor.group_ids:
        join_room(live.group_room(group_id))
    return True


def on_watch(wish: Any = None) -> dict[str, int] | None:
    """Join the rooms of the publications on the page that the person may see, and leave all others.

    Answers the version of each, so that the page brings up to date what changed while it heard nothing: before it was
    connected, or in a gap of the network.
    """
    actor = speaker(_OFTEN)
    if actor is None:
        return None
    shown = _visible(actor, _ids(wish))
    wanted = {live.item_room(item.id) for item in shown if item.audience == COMPANY}
    joined = {room for room in rooms() if live.is_item_room(room)}
    for room in joined - wanted:
        leave_room(room)
    for room in wanted - joined:
        with suppress(KeyError, ValueError):  # the page has closed meanwhile
            join_room(room)
    return {item.public_id: item.version for item in shown}


def on_unwatch(_wish: Any = None) -> None:
    """Leave the rooms of all publications."""
    for room in rooms():
        if live.is_item_room(room):
            leave_room(room)


def _ids(wish: Any) -> list[str]:
    items = wish.get("items") if isinstance(wish, dict) else None
    if not isinstance(items, list):
        return []
    return [item for item in items[:MOST_WATCHED] if isinstance(item, str) and len(item) <= 32]


def _visible(actor: Actor, public_ids: list[str]) -> list[Row[Any]]:
    try:
        values = actor_values(actor)
        found = [_SHOWN.first(public_id=public_id, **values) for public_id in public_ids]
        return [row for row in found if row is not None]
    finally:
        db.session.rollback()

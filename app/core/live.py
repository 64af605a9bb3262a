"""Live hints over Socket.IO.

A hint says *that* something changed ({signal, id, root, version}), never what: the browser fetches it over HTTP,
where visibility is decided. The server alone joins rooms: at the handshake `person:<id>`, `session:<id>`, `company` and
one for each of the person's groups; later `item:<id>` for publications all may see.
"""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIO

socketio = SocketIO()

_NAMESPACE = "/"


def company_room() -> str:
    """Everybody who is signed in."""
    return "company"


def person_room(person_id: int) -> str:
    """Every open page of one person."""
    return f"person:{person_id}"


def session_room(session_id: int) -> str:
    """Every open page of one session."""
    return f"session:{session_id}"


def group_room(group_id: int) -> str:
    """The members of one group."""
    return f"group:{group_id}"


def item_room(root_id: int) -> str:
    """Who has this publication open and may see it."""
    return f"item:{root_id}"


def is_item_room(room: object) -> bool:
    """Whether a room is one of a publication."""
    return isinstance(room, str) and room.startswith("item:")


def hint(room: str, signal: str, *, id: str = "", root: str = "", version: int = 0, by: str = "") -> None:
    """Tell a room that something changed. `by` is the handle of who did it, so that their own page can ignore it."""
    socketio.emit(
        "hint",
        {"signal": signal, "id": id, "root": root, "version": version, "by": by},
        to=room,
        namespace=_NAMESPACE,
    )


def leave_room_everywhere(person_id: int, room: str) -> None:
    """Take every socket of a person in this process out of a room (they may not see it any more)."""
    for sid in _sockets_in(person_room(person_id)):
        socketio.server.leave_room(sid, room, namespace=_NAMESPACE)


def close_socket(sid: str) -> None:
    """Tell one page that its session has ended and cut its socket."""
    hint(sid, "session_ended")
    socketio.server.disconnect(sid, namespace=_NAMESPACE)


def close_session(session_id: int) -> None:
    """Tell a session's pages that it has ended and cut their sockets in this process."""
    _close(session_room(session_id))


def close_person(person_id: int) -> None:
    """Tell all pages of a person that the session has ended and cut their sockets in this process."""
    _close(person_room(person_id))


def _close(room: str) -> None:
    hint(room, "session_ended")
    for sid in _sockets_in(room):
        socketio.server.disconnect(sid, namespace=_NAMESPACE)


def _sockets_in(room: str) -> list[Any]:
    if socketio.server is None:
        return []
    return [sid for sid, _ in socketio.server.manager.get_participants(_NAMESPACE, room)]

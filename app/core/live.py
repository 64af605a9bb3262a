"""Live hints over Socket.IO.

A hint says *that* something changed ({signal, id, root, version}), never what: the browser fetches it over HTTP,
where visibility is decided. The server alone joins rooms: at the handshake `person:<id>`, `session:<id>`, `company` and
one for each of the person's groups; later `item:<id>` for publications all may see.

Several processes are joined by Redis: a hint reaches the sockets of all of them, and so does the order to leave a room
or to close. Whoever gives it may have no sockets of its own, as `flask worker`.
"""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIO
from socketio import RedisManager

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
    """Take every socket of a person out of a room (they may not see it any more)."""
    _order(person_room(person_id), leave=room)


def close_socket(sid: str) -> None:
    """Tell one page that its session has ended and cut its socket."""
    hint(sid, "session_ended")
    socketio.server.disconnect(sid, namespace=_NAMESPACE)


def close_session(session_id: int) -> None:
    """Tell a session's pages that it has ended and cut their sockets."""
    _close(session_room(session_id))


def close_person(person_id: int) -> None:
    """Tell all pages of a person that the session has ended and cut their sockets."""
    _close(person_room(person_id))


class SharedSockets(RedisManager):  # type: ignore[misc]
    """The sockets of several processes, each of which carries out what any of them orders."""

    def tell_others(self, room: str, leave: str) -> None:
        """Pass an order on. Of the messages that processes know, the one for closing a room carries it."""
        order = {"method": "close_room", "host_id": self.host_id, "namespace": _NAMESPACE}
        self._publish({**order, "room": room, "leave": leave})

    def _handle_close_room(self, message: dict[str, Any]) -> None:
        _carry_out(message["room"], message["leave"])


def _close(room: str) -> None:
    hint(room, "session_ended")
    _order(room)


def _order(room: str, *, leave: str = "") -> None:
    """Have the sockets in `room`, in whichever process, leave the room `leave`, or close."""
    if socketio.server is None:
        return
    _carry_out(room, leave)
    if isinstance(socketio.server.manager, SharedSockets):
        socketio.server.manager.tell_others(room, leave)


def _carry_out(room: str, leave: str) -> None:
    for sid in _sockets_in(room):
        if leave:
            socketio.server.leave_room(sid, leave, namespace=_NAMESPACE)
        else:
            socketio.server.disconnect(sid, namespace=_NAMESPACE)


def _sockets_in(room: str) -> list[Any]:
    return [sid for sid, _ in socketio.server.manager.get_participants(_NAMESPACE, room)]

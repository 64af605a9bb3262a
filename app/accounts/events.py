"""What happens to accounts."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class SessionsEnded(Event):
    """Sessions of one person are over: their pages and sockets must go."""

    person_id: int
    session_ids: tuple[int, ...]


@dataclass(frozen=True)
class RoleGranted(Event):
    """A person has a further role."""

    person_id: int
    role: str
    by: int | None


@dataclass(frozen=True)
class RoleRevoked(Event):
    """A person has lost a role."""

    person_id: int
    role: str
    by: int | None


@dataclass(frozen=True)
class InvitationTaken(Event):
    """Somebody whom a colleague had invited has signed in for the first time."""

    person_id: int
    inviter_id: int

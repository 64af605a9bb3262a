"""How long a session lasts, and who may manage accounts."""

from __future__ import annotations

from dataclasses import dataclass

from app.core import clock
from app.core.actor import ADMINISTRATOR, Actor

#: `seen_at` and `last_used_at` are written at most so often.
SEEN_EVERY = 5 * clock.MINUTE
#: An invitation counts for so long: who comes later has come by themselves.
INVITATION_COUNTS = 30 * clock.DAY
#: So many colleagues can somebody wait for at once: who invites everybody invites nobody.
MOST_INVITATIONS = 10
#: Who came within this time invites nobody yet.
FIRST_DAY = clock.DAY


@dataclass(frozen=True)
class Rules:
    """What operators set for accounts; durations in microseconds."""

    idle: int = 14 * clock.DAY
    absolute: int = 30 * clock.DAY
    administrator: int = 12 * clock.HOUR
    default_locale: str = "ru"
    default_time_zone: str = "Europe/Moscow"


def longest(rules: Rules, roles: frozenset[str]) -> int:
    """How long a session of somebody with these roles lasts at most, in microseconds."""
    return min(rules.absolute, rules.administrator) if ADMINISTRATOR in roles else rules.absolute


def is_alive(
    rules: Rules,
    roles: frozenset[str],
    *,
    created_at: int,
    seen_at: int,
    expires_at: int,
    ended_at: int | None,
) -> bool:
    """Whether a session holds now: not ended, not idle too long, not too old for the roles of its person."""
    now = clock.now()
    if ended_at is not None:
        return False
    return now < min(expires_at, seen_at + rules.idle, created_at + longest(rules, roles))


def can_manage_accounts(actor: Actor) -> bool:
    """Roles, one-time passwords, leaving and returning."""
    return actor.is_administrator


def can_revoke(actor: Actor, person_id: int, role: str) -> bool:
    """Administrators may take any role from anyone, but not their own administrator's: somebody must be left."""
    return actor.is_administrator and not (role == ADMINISTRATOR and person_id == actor.person_id)


def can_mark_left(actor: Actor, person_id: int) -> bool:
    """Administrators, but not themselves."""
    return actor.is_administrator and person_id != actor.person_id

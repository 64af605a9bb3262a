"""Sessions: opened by a password, looked up on every request, ended by any of five reasons.

The browser holds a random token, the database its hash. What ends a session (signing out, a new password, a new role,
leaving, an administrator) writes `ended_at`, so the next request on any page is refused, and emits `SessionsEnded`, so
that open sockets are cut as well.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, select, update

from app.accounts import queries
from app.accounts.events import SessionsEnded
from app.accounts.models import RoleGrant, Session
from app.accounts.policy import SEEN_EVERY, Rules, is_alive, longest
from app.accounts.service.inviting import arrive
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work

#: A dead session still tells whose it was for so long, so that a text sent after its end can be kept as a draft.
REMEMBERED = 30 * clock.DAY

_rules = Rules()


def use_rules(rules: Rules) -> None:
    """Set what operators configured; called once when the application is made."""
    global _rules
    _rules = rules


def rules() -> Rules:
    """What is in force."""
    return _rules


def hash_token(token: str) -> str:
    """What the database keeps of a random token: it needs no slow hash, for it can't be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_session(person_id: int, user_agent: str, address: str) -> str:
    """Open a session and return its token (128 random bits) for the cookie; the first one is somebody's arrival.

    One SELECT, two INSERTs.
    """
    token = secrets.token_urlsafe(16)
    now = clock.now()
    with unit_of_work():
        roles = frozenset(db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person_id)))
        db.session.add(
            Session(
                token_hash=hash_token(token),
                person_id=person_id,
                created_at=now,
                seen_at=now,
                expires_at=now + longest(_rules, roles),
                user_agent=user_agent[:240],
                address=address[:64],
            )
        )
        arrive(person_id)
    return token


def actor_for_session(token: str) -> Actor | None:
    """Who a session's token acts for; None when it is unknown, ended, expired, or the person has left.

    One statement; every five minutes a second one, which notes the visit.
    """
    row = queries.session_row(hash_token(token)) if token else None
    if row is None or not is_alive(
        _rules,
        queries.roles_in(row),
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
    ):
        return None
    now = clock.now()
    if now - row.seen_at >= SEEN_EVERY:
        with unit_of_work():
            db.session.execute(update(Session).where(Session.id == row.session_id).values(seen_at=now))
    return queries.actor_from(row, _rules, session_id=row.session_id)


def actor_for_person(person_id: int) -> Actor | None:
    """The actor of a person without a session, for commands and listeners; None when they left. One statement."""
    row = queries.person_row(person_id)
    return None if row is None else queries.actor_from(row, _rules)


def person_of_dead_session(token: str) -> int | None:
    """Whose session this was, when it has ended or expired within the last 30 days and the person still works here.

    It gives no rights: it only lets a text sent after the end be kept as that person's draft. One statement.
    """
    row = queries.session_row(hash_token(token)) if token else None
    if row is None:
        return None
    over_at = row.ended_at or min(row.expires_at, row.seen_at + _rules.idle)
    return row.person_id if clock.now() - over_at < REMEMBERED else None


def end_session(session_id: int) -> None:
    """End one session and cut its sockets. Nothing when it has ended already."""
    with unit_of_work():
        _end(Session.id == session_id)


def end_own_session(actor: Actor, session_id: int) -> None:
    """End one of the actor's own sessions, from the session list; a stranger's id does nothing."""
    with unit_of_work():
        _end(Session.id == session_id, Session.person_id == actor.person_id)


def end_all_sessions(person_id: int, except_session: int | None = None) -> int:
    """End every session of a person, or every other one; how many. One SELECT and one UPDATE."""
    with unit_of_work():
        conditions = [Session.person_id == person_id]
        if except_session is not None:
            conditions.append(Session.id != except_session)
        return len(_end(*conditions))


def end_expired_sessions() -> int:
    """End what has run out, so that pages left open lose their sockets too; how many. A job of every five minutes.

    Requests don't wait for it: `actor_for_session` decides by the clock. Reads all running sessions.
    """
    now = clock.now()
    with unit_of_work():
        return len(_end((Session.expires_at <= now) | (Session.seen_at <= now - _rules.idle)))


def _end(*conditions: object) -> Sequence[int]:
    """End what is still running; emits one event per person."""
    running = db.session.execute(
        update(Session)
        .where(Session.ended_at.is_(None), *conditions)  # type: ignore[arg-type]
        .values(ended_at=clock.now())
        .returning(Session.id, Session.person_id)
        .execution_options(synchronize_session=False)
    ).all()
    for person_id in {row.person_id for row in running}:
        emit(SessionsEnded(person_id, tuple(row.id for row in running if row.person_id == person_id)))
    return [row.id for row in running]


def forget_old_sessions() -> int:
    """Delete sessions that were over 30 days ago; how many. A daily job."""
    cutoff = clock.now() - REMEMBERED
    with unit_of_work():
        result = db.session.execute(
            delete(Session).where((Session.ended_at < cutoff) | (Session.expires_at < cutoff))
        )
        return int(getattr(result, "rowcount", 0))

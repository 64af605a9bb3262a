"""What a person sees of their own account."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import ApiToken, Preference, Session
from app.accounts.policy import Rules, is_alive
from app.accounts.schemas import OwnProfile, Preferences, SessionLine, TokenLine, device_of
from app.core.actor import Actor
from app.core.db import db
from app.people.models import Person
from app.people.queries import LINE, joined, line


def own_profile(actor: Actor) -> OwnProfile:
    """The form for one's own profile. One statement."""
    row = db.session.execute(
        joined(select(*LINE, Person.about, Person.email, Person.phone).select_from(Person)).where(
            Person.id == actor.person_id
        )
    ).one()
    return OwnProfile(
        line(row, photo="medium"), row.about, row.email or "", row.phone or "", row.photo_key is not None
    )


def preferences(actor: Actor) -> Preferences:
    """What the actor has set. One statement."""
    row = db.session.get(Preference, actor.person_id)
    if row is None:
        return Preferences()
    return Preferences(
        row.locale or "", row.theme, row.time_zone or "", row.feed_order, row.letter_keys, row.pictures
    )


def sessions(actor: Actor, rules: Rules) -> tuple[SessionLine, ...]:
    """The actor's running sessions, this one first, then the last used. One statement."""
    rows = db.session.scalars(
        select(Session)
        .where(Session.person_id == actor.person_id, Session.ended_at.is_(None))
        .order_by(Session.seen_at.desc())
        .limit(200)
    )
    running = [
        SessionLine(
            row.id,
            device_of(row.user_agent),
            row.address,
            row.created_at,
            row.seen_at,
            row.id == actor.session_id,
        )
        for row in rows
        if is_alive(
            rules,
            actor.roles,
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
        )
    ]
    return tuple(sorted(running, key=lambda session: not session.is_this))


def tokens(actor: Actor) -> tuple[TokenLine, ...]:
    """The actor's running API tokens, the newest first. One statement."""
    rows = db.session.scalars(
        select(ApiToken)
        .where(ApiToken.person_id == actor.person_id, ApiToken.ended_at.is_(None))
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
    )
    return tuple(TokenLine(row.id, row.name, row.hint, row.created_at, row.last_used_at) for row in rows)

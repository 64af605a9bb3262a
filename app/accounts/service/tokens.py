"""API tokens: they act for a person, in the API alone."""

from __future__ import annotations

import secrets

from sqlalchemy import select, update

from app.accounts import queries
from app.accounts.models import ApiToken
from app.accounts.policy import SEEN_EVERY
from app.accounts.service.sessions import hash_token, rules
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.lib.text import clean_line

#: Makes a leaked token recognisable to those who search for such.
PREFIX = "sf_"
_HINT = len(PREFIX) + 6
#: More than anyone needs; a runaway script is stopped here.
MOST_TOKENS = 50


def create_token(person_id: int, name: str, *, by: int | None) -> str:
    """Make a token for a person and return it, the only time it can be read. Raises `Invalid`. One INSERT.

    `by` is who made it, None for a command.
    """
    name = clean_line(name, 120)
    if not name:
        raise Invalid(_("Give the token a name, so that you recognise it later."), field="name")
    token = PREFIX + secrets.token_urlsafe(24)
    with unit_of_work():
        running = db.session.scalars(
            select(ApiToken.id).where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None))
        ).all()
        if len(running) >= MOST_TOKENS:
            raise Invalid(_("You have too many tokens. End the ones you no longer use first."), field="name")
        db.session.add(
            ApiToken(
                person_id=person_id,
                name=name,
                token_hash=hash_token(token),
                hint=token[:_HINT],
                created_at=clock.now(),
            )
        )
        audit.record("token.created", f"person:{person_id}", actor_id=by, name=name)
    return token


def actor_for_token(bearer: str) -> Actor | None:
    """Who a bearer token acts for; None when it is unknown, ended, or the person has left.

    One statement; every five minutes a second one, which notes the use.
    """
    row = queries.token_row(hash_token(bearer)) if bearer.startswith(PREFIX) else None
    if row is None:
        return None
    now = clock.now()
    if row.last_used_at is None or now - row.last_used_at >= SEEN_EVERY:
        with unit_of_work():
            db.session.execute(update(ApiToken).where(ApiToken.id == row.token_id).values(last_used_at=now))
    return queries.actor_from(row, rules(), token_id=row.token_id)


def end_token(actor: Actor, token_id: int) -> None:
    """End one of the actor's own tokens; a stranger's id does nothing."""
    with unit_of_work():
        token = db.session.scalars(
            select(ApiToken).where(
                ApiToken.id == token_id, ApiToken.person_id == actor.person_id, ApiToken.ended_at.is_(None)
            )
        ).first()
        if token is not None:
            token.ended_at = clock.now()
            audit.record(
                "token.ended", f"person:{actor.person_id}", actor_id=actor.person_id, name=token.name
            )


def end_all_tokens(person_id: int) -> None:
    """End every token of a person. One UPDATE."""
    with unit_of_work():
        db.session.execute(
            update(ApiToken)
            .where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None))
            .values(ended_at=clock.now())
            .execution_options(synchronize_session=False)
        )

"""Inviting a colleague who has not been here yet, and coming here for the first time."""

from __future__ import annotations

from sqlalchemy import case, or_, select

from app.accounts.events import InvitationTaken
from app.accounts.models import Arrival
from app.accounts.policy import INVITATION_COUNTS
from app.accounts.queries.inviting import INVITED, MINE, OBSTACLES, inviting
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.people.models import Person


def invite(actor: Actor, handle: str) -> None:
    """Note that the actor invites somebody who has never signed in; again changes nothing.

    It opens no way in: passwords come from administrators alone. Holds the actor's row, so that what they have open is
    counted by one at a time. Raises `NotFound`, and `Conflict` for who is here already or was invited by another, and
    for who came yesterday themselves or waits for many.
    """
    with unit_of_work():
        # Other rows may still point at the actor meanwhile.
        db.session.execute(
            select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True)
        )
        found = inviting(actor, handle)
        if found.state == MINE:
            return
        if found.obstacle is not None:
            raise Conflict(found.obstacle)
        now = clock.now()
        table = insert(Arrival).values(person_id=found.person.id, invited_by=actor.person_id, invited_at=now)
        free = or_(Arrival.invited_at.is_(None), Arrival.invited_at <= now - INVITATION_COUNTS)
        done = db.session.scalar(
            table.on_conflict_do_update(
                index_elements=["person_id"],
                set_={"invited_by": table.excluded.invited_by, "invited_at": table.excluded.invited_at},
                where=Arrival.arrived_at.is_(None) & free,
            ).returning(Arrival.person_id)
        )
        if done is None:  # somebody was faster
            raise Conflict(OBSTACLES[INVITED])


def arrive(person_id: int, *, welcome: str | None = None) -> bool:
    """Note that somebody is here, in the open unit of work; only the first time changes anything.

    Whether it is the first; `welcome` are the first steps that wait for them then. An invitation that counts no more is
    forgotten then. One statement.
    """
    now = clock.now()
    counts = Arrival.invited_at > now - INVITATION_COUNTS
    come = insert(Arrival).values(person_id=person_id, arrived_at=now, welcome=welcome)
    row = db.session.execute(
        come.on_conflict_do_update(
            index_elements=["person_id"],
            set_={
                "arrived_at": now,
                "welcome": welcome,
                "invited_by": case((counts, Arrival.invited_by)),
                "invited_at": case((counts, Arrival.invited_at)),
            },
            where=Arrival.arrived_at.is_(None),
        ).returning(Arrival.invited_by)
    ).first()
    if row is not None and row.invited_by is not None:
        emit(InvitationTaken(person_id, row.invited_by))
    return row is not None

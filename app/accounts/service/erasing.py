"""Erasing a person with their account."""

from __future__ import annotations

from sqlalchemy import delete, or_

from app.accounts.models import ApiToken, Arrival, Credential, Preference, RoleGrant, Session
from app.accounts.policy import can_mark_left
from app.accounts.service.leaving import end_access
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.organisation import service as organisation
from app.people import service as people
from app.people.models import Person


def erase(person_id: int, *, by: int | None, texts: bool = False) -> bool:
    """Erase a person and their account, see `people.erase_person`; whether anything changed. Raises `NotFound`."""
    with unit_of_work():
        if not people.erase_person(person_id, by=by, texts=texts):
            return False
        end_access(person_id)
        for table in (Credential, RoleGrant, Session, ApiToken, Preference):
            db.session.execute(delete(table).where(table.person_id == person_id))
        organisation.forget_person(person_id)
        # Who came by an invitation came: that was paid. An invitation that nobody took up says nothing any more.
        theirs = or_(Arrival.person_id == person_id, Arrival.invited_by == person_id)
        db.session.execute(delete(Arrival).where(Arrival.arrived_at.is_(None), theirs))
    return True


def erase_for(actor: Actor, person_id: int, number: str, *, texts: bool = False) -> None:
    """An administrator erases a person, and types their personnel number so that nobody else is meant.

    Raises `Forbidden`, `NotFound` and `Invalid` (field "number").
    """
    if not can_mark_left(actor, person_id):
        raise Forbidden(_("Only administrators do this, and not to themselves."))
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound(_("There is nobody with this name here."))
    if number.strip() != person.personnel_number:
        raise Invalid(_("This is not the personnel number of this person."), field="number")
    erase(person_id, by=actor.person_id, texts=texts)

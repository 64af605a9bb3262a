"""What administrators do to accounts: leaving and returning, with the person in one transaction; new passwords."""

from __future__ import annotations

from datetime import date

from app.accounts.policy import can_manage_accounts, can_mark_left
from app.accounts.service.passwords import set_one_time_password
from app.accounts.service.sessions import end_all_sessions
from app.accounts.service.tokens import end_all_tokens
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.people import service as people
from app.people.models import ACTIVE, Person


def leave(actor: Actor, person_id: int, *, on: date | None = None) -> None:
    """An administrator notes that a person works here no more; they are out at once. Raises `Forbidden`."""
    if not can_mark_left(actor, person_id):
        raise Forbidden(_("Only administrators do this, and not to themselves."))
    with unit_of_work():
        people.mark_left(person_id, on=on or clock.today())
        end_access(person_id)
        audit.record("person.left", f"person:{person_id}", actor_id=actor.person_id)


def come_back(actor: Actor, person_id: int) -> None:
    """An administrator notes that a leaver works here again; they sign in anew. Raises `Forbidden`."""
    if not can_manage_accounts(actor):
        raise Forbidden(_("Only administrators do this."))
    with unit_of_work():
        people.mark_returned(person_id)
        audit.record("person.returned", f"person:{person_id}", actor_id=actor.person_id)


def reset_password(actor: Actor, person_id: int) -> str:
    """An administrator gives a person a one-time password, which is returned; all their sessions end.

    Raises `Forbidden`, `NotFound`, and `Invalid` for somebody who has left.
    """
    if not can_manage_accounts(actor):
        raise Forbidden(_("Only administrators do this."))
    person = _staff(person_id)
    if person.state != ACTIVE:
        raise Invalid(_("This person no longer works here."))
    return set_one_time_password(person_id, by=actor.person_id)


def sign_out_everywhere(actor: Actor, person_id: int) -> None:
    """An administrator ends every session of a person. Raises `Forbidden` and `NotFound`."""
    if not can_manage_accounts(actor):
        raise Forbidden(_("Only administrators do this."))
    _staff(person_id)
    with unit_of_work():
        end_all_sessions(person_id)
        audit.record("sessions.ended", f"person:{person_id}", actor_id=actor.person_id)


def _staff(person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound(_("There is nobody with this name here."))
    return person


def end_access(person_id: int) -> None:
    """End all sessions and tokens of a person. Repeating it changes nothing."""
    with unit_of_work():
        end_all_sessions(person_id)
        end_all_tokens(person_id)

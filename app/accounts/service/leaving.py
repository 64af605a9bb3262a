"""Leaving and returning, as administrators and commands do it: the person and the account in one transaction."""

from __future__ import annotations

from datetime import date

from app.accounts.policy import can_manage_accounts, can_mark_left
from app.accounts.service.sessions import end_all_sessions
from app.accounts.service.tokens import end_all_tokens
from app.core import audit, clock
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.people import service as people


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


def end_access(person_id: int) -> None:
    """End all sessions and tokens of a person. Repeating it changes nothing."""
    with unit_of_work():
        end_all_sessions(person_id)
        end_all_tokens(person_id)

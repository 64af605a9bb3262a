"""Roles beyond employee: given and taken by administrators and by commands, always audited.

A change of roles ends the person's sessions: the next sign-in starts with the new rights and the limits that go with
them, and nothing that was decided under the old ones lives on.
"""

from __future__ import annotations

from app.accounts.events import RoleGranted, RoleRevoked
from app.accounts.models import RoleGrant
from app.accounts.policy import can_manage_accounts, can_revoke
from app.accounts.service.sessions import end_all_sessions
from app.core import audit, clock
from app.core.actor import GRANTED_ROLES, Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work


def grant(actor: Actor, person_id: int, role: str) -> bool:
    """An administrator gives a role; whether anything changed. Raises `Forbidden` and `Invalid`."""
    if not can_manage_accounts(actor):
        raise Forbidden(_("Only administrators give and take roles."))
    return grant_role(person_id, role, by=actor.person_id)


def revoke(actor: Actor, person_id: int, role: str) -> bool:
    """An administrator takes a role; whether anything changed. Raises `Forbidden` and `Invalid`."""
    if not can_manage_accounts(actor):
        raise Forbidden(_("Only administrators give and take roles."))
    if not can_revoke(actor, person_id, role):
        raise Forbidden(_("Another administrator must take this role from you."))
    return revoke_role(person_id, role, by=actor.person_id)


def grant_role(person_id: int, role: str, *, by: int | None) -> bool:
    """Give a role without asking who wants it: for commands, importers and `grant`. Raises `Invalid`."""
    _check(role)
    with unit_of_work():
        if db.session.get(RoleGrant, (person_id, role)) is not None:
            return False
        db.session.add(RoleGrant(person_id=person_id, role=role, granted_by=by, granted_at=clock.now()))
        audit.record("role.granted", f"person:{person_id}", actor_id=by, role=role)
        end_all_sessions(person_id)
        emit(RoleGranted(person_id, role, by))
    return True


def revoke_role(person_id: int, role: str, *, by: int | None) -> bool:
    """Take a role without asking who wants it: for commands, importers and `revoke`. Raises `Invalid`."""
    _check(role)
    with unit_of_work():
        held = db.session.get(RoleGrant, (person_id, role))
        if held is None:
            return False
        db.session.delete(held)
        audit.record("role.revoked", f"person:{person_id}", actor_id=by, role=role)
        end_all_sessions(person_id)
        emit(RoleRevoked(person_id, role, by))
    return True


def _check(role: str) -> None:
    if role not in GRANTED_ROLES:
        raise Invalid(_("There is no such role."), field="role")

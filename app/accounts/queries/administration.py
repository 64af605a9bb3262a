"""What administrators see: everybody, also leavers, with roles, and what was done to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, func, or_, select

from app.accounts.models import ApiToken, Arrival, Credential, RoleGrant, Session
from app.accounts.policy import can_manage_accounts
from app.accounts.schemas import AuditLine, StaffLine, StaffPage
from app.core.actor import Actor
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.i18n import lazy_gettext as _
from app.lib.text import squeeze
from app.people.models import ACTIVE, Person
from app.people.queries import LINE, joined, line, manages, name_matches

#: Found people on one page; whoever finds more narrows the search.
MOST_FOUND = 40
MOST_AUDIT = 30
_MOST_WORDS = 6

_roles = (
    select(func.aggregate_strings(RoleGrant.role, ","))
    .where(RoleGrant.person_id == Person.id)
    .correlate(Person)
    .scalar_subquery()
)
_staff = joined(
    select(
        *LINE,
        Person.personnel_number,
        Person.state,
        Person.erased_at,
        _roles.label("roles"),
        manages(Person).label("manages"),
    ).select_from(Person)
)


def staff(actor: Actor, q: str = "") -> tuple[StaffLine, ...]:
    """People by name, personnel number, e-mail or phone; without a search, those with roles. One statement.

    Raises `Forbidden`.
    """
    _require(actor)
    statement = _staff
    words = squeeze(q).split(" ")[:_MOST_WORDS] if q.strip() else []
    if not words:
        statement = statement.where(Person.id.in_(select(RoleGrant.person_id)))
    for word in words:
        contacts = (Person.personnel_number == word, Person.email == word.lower(), Person.phone == word)
        statement = statement.where(or_(name_matches(word), *contacts))
    rows = db.session.execute(statement.order_by(Person.state, Person.sort_name, Person.id).limit(MOST_FOUND))
    return tuple(_line(row) for row in rows)


def invited(actor: Actor) -> tuple[StaffLine, ...]:
    """Whom colleagues have invited and who has not been here yet, the longest first: they may need a first password.

    One statement. Raises `Forbidden`.
    """
    _require(actor)
    waiting = _staff.join(Arrival, Arrival.person_id == Person.id).where(
        Person.state == ACTIVE, Arrival.arrived_at.is_(None)
    )
    rows = db.session.execute(waiting.order_by(Arrival.invited_at, Person.id).limit(MOST_FOUND))
    return tuple(_line(row) for row in rows)


def staff_page(actor: Actor, person_id: int) -> StaffPage:
    """One person with account and history. Raises `Forbidden` and `NotFound`. Five statements."""
    _require(actor)
    row = db.session.execute(_staff.where(Person.id == person_id)).first()
    if row is None:
        raise NotFound(_("There is nobody with this name here."))
    credential = db.session.get(Credential, person_id)
    return StaffPage(
        line=_line(row),
        has_password=credential is not None,
        must_change=credential is not None and credential.must_change,
        sessions=_running(Session, person_id),
        tokens=_running(ApiToken, person_id),
        audit=_history(person_id),
    )


def _require(actor: Actor) -> None:
    if not can_manage_accounts(actor):
        raise Forbidden(_("Only administrators see this."))


def _line(row: Row[Any]) -> StaffLine:
    roles = tuple(sorted(row.roles.split(","))) if row.roles else ()
    works_here = row.state == ACTIVE
    return StaffLine(
        row.id,
        line(row),
        row.personnel_number,
        works_here,
        roles,
        manages=works_here and row.manages,
        erased=row.erased_at is not None,
    )


def _running(model: type[Session] | type[ApiToken], person_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(model)
            .where(model.person_id == person_id, model.ended_at.is_(None))
        )
        or 0
    )


def _history(person_id: int) -> tuple[AuditLine, ...]:
    rows = db.session.execute(
        select(AuditEntry.happened_at, AuditEntry.action, AuditEntry.details, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.subject == f"person:{person_id}")
        .order_by(AuditEntry.happened_at.desc(), AuditEntry.id.desc())
        .limit(MOST_AUDIT)
    )
    return tuple(AuditLine(row.happened_at, row.action, row.name or "", dict(row.details)) for row in rows)
